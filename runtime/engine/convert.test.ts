/** One mapping's value in the other side's terms: tables, limits, what stands in for what cannot go over. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FallbackPlan, MappingPlan, Scalar, TemplatePart } from '../../compiler/plan/ir.ts';
import { field, mapping, priority, subject, target } from '../../test/kit/plan.ts';
import { converterOf, emailsIn, emailsShown, noPeople, type People } from './convert.ts';
import type { Fields } from './values.ts';

const at = { file: 'a.bridge', line: 1, column: 1 };
const table = (...pairs: readonly (readonly [Scalar, Scalar])[]) => ({
  toJira: pairs.map(([from, to]) => ({ from, to, origin: at })),
  toSalesforce: pairs.map(([to, from]) => ({ from, to, origin: at })),
});
const value = (written: unknown, normal = written) => ({ kind: 'value', value: written, normal });
const problem = (reason: string) => ({ kind: 'problem', reason });

const kinds = field('Kinds__c', 'multipicklist');
const labels = target('labels', 'labels');
const summary = target('summary', 'text', { required: true });
const name = field('Name', 'string', { nillable: false, length: 10 });

/** What a record of one field is in Jira, and what an issue of one field is in Salesforce. */
const toJira = (one: MappingPlan, source: unknown, people: People = noPeople, more: Fields = {}) =>
  converterOf(one).toJira({ [fieldName(one)]: source, ...more }, people);
const toSalesforce = (one: MappingPlan, there: unknown, people: People = noPeople, more: Fields = {}) =>
  converterOf(one).toSalesforce({ [one.target.id]: there }, more, people);
const fieldName = ({ source }: MappingPlan): string => (source.kind === 'field' ? source.field.path[0]! : '');

describe('a value table', () => {
  const rows = table(['High', 'Highest'], ['Low', 'Lowest']);
  const byTable = mapping('both', priority, target('priority', 'priority'), { table: rows });

  it.each<[string, MappingPlan, unknown, unknown]>([
    ['a text in any case', byTable, 'HIGH', { name: 'Highest' }],
    [
      'a moment in any zone',
      mapping('both', field('At__c', 'datetime'), target('customfield_1'), {
        table: table(['2026-01-01T00:00:00.000Z', 'new year']),
      }),
      '2026-01-01T01:00:00.000+0100',
      'new year',
    ],
    [
      'a number however it is written',
      mapping('both', field('Level__c', 'double'), target('customfield_1'), { table: table([3, 'three']) }),
      '3.0',
      'three',
    ],
    [
      'a checkbox',
      mapping('both', field('Vip__c', 'boolean'), target('customfield_1'), {
        table: table([true, 'vip'], [false, 'other']),
      }),
      false,
      'other',
    ],
    [
      'one of several choices where it stands alone',
      mapping('both', kinds, target('customfield_1'), { table: table(['A', 'first'], ['B', 'second']) }),
      'B',
      'second',
    ],
  ])('L-2 finds %s', (_, one, source, written) => {
    expect(toJira(one, source)).toMatchObject({ kind: 'value', value: written });
  });

  it('L-2 finds several choices in whichever order, case and spacing the program and the record name them', () => {
    const one = mapping('both', kinds, target('customfield_1'), { table: table(['B; a', 'both'], ['B', 'second']) });
    for (const stored of ['A;B', 'B;A', 'b;a']) expect(toJira(one, stored)).toEqual(value('both'));
    expect(toJira(one, 'A;C')).toEqual(problem('Kinds__c is “A; C”, which has no row in the value table'));
    expect(toJira({ ...one, table: table(['ab', 'x']) }, 'A;B')).toMatchObject({ kind: 'problem' });
    const home = mapping('both', field('Kind__c'), labels, { table: table(['both', 'B;A']) });
    expect(toSalesforce(home, ['a', 'b'])).toEqual(value('both'));
    expect(toJira(home, 'both')).toEqual(value(['A', 'B']));
    expect(toSalesforce(home, ['a', 'c'])).toEqual(problem('Labels is “a; c”, which has no row in the value table'));
  });

  it('L-2 leaves a text with a semicolon the text that it is', () => {
    const one = mapping('both', field('Note__c'), target('customfield_1'), { table: table(['B;A', 'ba']) });
    expect(toJira(one, 'B;A')).toEqual(value('ba'));
    expect(toJira(one, 'A;B')).toMatchObject({ kind: 'problem' });
  });

  it('L-2 goes back by its own rows, and takes the first of two', () => {
    expect(toSalesforce(byTable, { name: 'lowest' })).toEqual(value('Low'));
    const twice = mapping('both', priority, target('priority', 'priority'), {
      table: table(['High', 'Highest'], ['high', 'Lowest']),
    });
    expect(toJira(twice, 'High')).toMatchObject({ value: { name: 'Highest' } });
  });

  it.each<[string, FallbackPlan | undefined, FallbackPlan | undefined, object]>([
    ['nothing: a person has to say', undefined, undefined, { kind: 'problem' }],
    ['skip', { kind: 'skip' }, undefined, { kind: 'none', recorded: true }],
    ['keep', { kind: 'keep' }, undefined, { kind: 'none', recorded: false }],
    ['clear', { kind: 'clear' }, undefined, { kind: 'value', value: null, normal: null }],
    ['the mapping’s own `or else`', undefined, { kind: 'skip' }, { kind: 'none', recorded: true }],
    ['its own before the mapping’s', { kind: 'keep' }, { kind: 'skip' }, { kind: 'none', recorded: false }],
    [
      'a text',
      { kind: 'text', parts: [{ kind: 'literal', value: 'Medium' }] },
      undefined,
      { kind: 'value', value: { name: 'Medium' }, normal: 'Medium' },
    ],
  ])('L-2 says of a value without a row: %s', (_, otherwise, orElse, wanted) => {
    const one = mapping('both', priority, target('priority', 'priority'), {
      table: { ...rows, ...(otherwise && { otherwise }) },
      ...(orElse && { orElse }),
    });
    const reason = 'Priority is “Odd”, which has no row in the value table';
    const told = 'value' in wanted ? { instead: reason } : { reason };
    expect(toJira(one, 'Odd')).toEqual({ ...wanted, ...told });
    const home = toSalesforce(one, { name: 'Medium' });
    const back = 'Priority is “Medium”, which has no row in the value table';
    expect('reason' in home ? home.reason : 'instead' in home && home.instead).toBe(back);
    expect(home.kind).toBe((wanted as { kind: string }).kind);
  });

  it('L-2 says why what a row gives cannot be written', () => {
    const one = mapping('both', field('Kind__c'), labels, { table: table(['x', 'two words']) });
    expect(toJira(one, 'x')).toEqual(problem('“two words” has a space in it, which a Jira label cannot have'));
    const back = mapping('both', field('Level__c', 'int'), target('customfield_1'), { table: table(['many', 'x']) });
    expect(toSalesforce(back, 'x')).toEqual(problem('“many” is not a number'));
  });
});

describe('an empty value', () => {
  it('S-1 empties what may be empty, in the form that the field takes', () => {
    expect(toJira(mapping('both', field('Kind__c'), labels), null)).toEqual(value([], null as never));
    expect(toJira(mapping('both', subject, target('customfield_1')), '')).toEqual(value(null));
    expect(toSalesforce(mapping('both', subject, target('summary')), undefined)).toEqual(value(null));
  });

  const literal = (text: string): TemplatePart => ({ kind: 'literal', value: text });
  const number = field('CaseNumber');
  it.each<[string, FallbackPlan | undefined, object]>([
    ['is a problem', undefined, { kind: 'problem' }],
    ['is left', { kind: 'skip' }, { kind: 'none', recorded: true }],
    ['is left in silence', { kind: 'keep' }, { kind: 'none', recorded: false }],
    ['cannot be emptied either', { kind: 'clear' }, { kind: 'problem' }],
    [
      'gets a text',
      { kind: 'text', parts: [literal('Case '), { kind: 'field', field: number }] },
      { kind: 'value', value: 'Case 17', normal: 'Case 17' },
    ],
    [
      'is a problem too when the text is empty',
      { kind: 'text', parts: [{ kind: 'field', field: field('Nothing') }] },
      { kind: 'problem' },
    ],
  ])('S-3 into a field that needs one %s', (_, orElse, wanted) => {
    const more = orElse && { orElse };
    const there = toJira(mapping('both', subject, summary, more), null, noPeople, { CaseNumber: '17' });
    const reason = 'Subject is empty, and Summary is required';
    expect(there).toEqual({ ...wanted, ...('value' in wanted ? { instead: reason } : { reason }) });
    const back = toSalesforce(mapping('both', name, target('summary'), more), null, noPeople, { CaseNumber: '17' });
    const home = 'Summary is empty, and Name cannot be';
    expect(back).toEqual({ ...wanted, ...('value' in wanted ? { instead: home } : { reason: home }) });
  });

  it('S-3 says what is wrong with the text that was given for it', () => {
    const orElse: FallbackPlan = { kind: 'text', parts: [literal('far too long a text')] };
    expect(toSalesforce(mapping('both', name, target('summary'), { orElse }), null)).toEqual(
      problem(
        'Summary is empty, and Name cannot be; and the text given for that: the text is 19 characters long, and the field takes at most 10',
      ),
    );
  });

  it('S-3 is also one that only becomes empty on its way', () => {
    const one = mapping('salesforce', field('Text__c', 'textarea'), summary, { cutAt: 0 });
    expect(toJira(one, 'words')).toEqual(problem('Text__c gives an empty value, and Summary is required'));
    expect(toJira({ ...one, target: target('summary') }, 'words')).toEqual(value(null));
    expect(toJira({ ...one, cutAt: 3 }, 'words')).toEqual(value('wor'));
  });
});

describe('limits', () => {
  it('S-1 are each side’s own, and a cut comes before them', () => {
    const one = (more: object) =>
      mapping('both', field('Subject', 'string', { length: 4 }), target('customfield_1', 'text', { length: 3 }), more);
    expect(toJira(one({}), 'abcd')).toEqual(problem('the text is 4 characters long, and the field takes at most 3'));
    expect(toSalesforce(one({}), 'abcd')).toEqual(value('abcd'));
    expect(toSalesforce(one({}), 'abcde')).toMatchObject({ kind: 'problem' });
    expect(toJira(one({ cutAt: 2 }), 'abcd')).toEqual(value('ab'));
    expect(toSalesforce(one({ cutAt: 2 }), 'abcde')).toEqual(value('ab'));
    expect(toJira(one({ orElse: { kind: 'skip' } }), 'abcd')).toMatchObject({ kind: 'none', recorded: true });
    expect(toSalesforce(one({ orElse: { kind: 'skip' } }), 'abcde')).toMatchObject({ kind: 'none', recorded: true });
  });
});

describe('what cannot be written', () => {
  const template: MappingPlan = {
    ...mapping('salesforce', subject, target('summary')),
    source: {
      kind: 'template',
      parts: [
        { kind: 'literal', value: 'Case ' },
        { kind: 'field', field: field('Account.Name') },
      ],
    },
  };
  it('L-2 is a template, or a field of a parent', () => {
    expect(toSalesforce(template, 'x')).toEqual(problem('Case {Account.Name} cannot be written'));
    const parent = mapping('salesforce', field('Account.Name'), target('summary'));
    expect(toSalesforce({ ...parent, toSalesforce: 'string <- text' }, 'x')).toEqual(problem('Name cannot be written'));
  });
  it('L-2 still shows a template as it is read, and nothing while all its fields are empty', () => {
    expect(toJira(template, undefined, noPeople, { Account: { Name: 'Acme' } })).toEqual(value('Case Acme'));
    expect(toJira(template, undefined, noPeople, { Account: null })).toEqual(value(null));
    expect(converterOf(template).salesforceNormal({ Account: { Name: ' x ' } })).toBe('Case x');
  });
  it('L-2 is a value that the plan gives no way', () => {
    expect(toJira(mapping('jira', subject, target('customfield_1')), 'x')).toEqual(
      problem('Subject has no way into Customfield_1'),
    );
    expect(toSalesforce(mapping('salesforce', subject, target('summary')), 'x')).toEqual(
      problem('Summary has no way into Subject'),
    );
  });
});

describe('people', () => {
  const owner = mapping('both', field('Email__c', 'email'), target('assignee', 'user'));
  const people: People = {
    accountIdOf: email => (email === 'ann@example.com' ? 'acc-ann' : undefined),
    emailOf: account => (account === 'acc-ann' ? 'ann@example.com' : undefined),
  };
  it('L-2 are found by their address, and written by it', () => {
    expect(toJira(owner, 'ann@example.com', people)).toEqual(value({ accountId: 'acc-ann' }, 'acc-ann' as never));
    expect(toSalesforce(owner, { accountId: 'acc-ann' }, people)).toEqual(value('ann@example.com'));
    const named = { ...owner, table: table(['x@example.com', 'ann@example.com']) };
    expect(toJira(named, 'x@example.com', people)).toMatchObject({ value: { accountId: 'acc-ann' } });
  });

  it('S-1 are looked up by the addresses in fields that are mapped to people, each once', () => {
    const mappings = [
      owner,
      mapping('both', field('Watchers__c', 'multipicklist'), target('watchers', 'users')),
      mapping('both', field('Other__c', 'email'), target('summary')),
    ];
    const record = {
      Email__c: 'ann@example.com',
      Watchers__c: 'bo@example.com; bo@example.com;Queue',
      Other__c: 'x@example.com',
    };
    expect(emailsIn(mappings, record)).toEqual(['ann@example.com', 'bo@example.com']);
    expect(emailsIn(mappings, { Email__c: null, Watchers__c: 3 })).toEqual([]);
    const template: MappingPlan = { ...owner, source: { kind: 'template', parts: [literalMail] } };
    expect(emailsIn([template], record)).toEqual([]);
  });
  const literalMail: TemplatePart = { kind: 'literal', value: 'ann@example.com' };

  it('S-1 I24 are known by the addresses that an issue shows, whatever else it holds', () => {
    const ann = { accountId: 'acc-ann', emailAddress: 'ann@example.com' };
    const bo = { accountId: 'acc-bo', emailAddress: 'bo@example.com' };
    const issue = { assignee: ann, watchers: [[bo], { accountId: 'acc-shy' }, null], summary: 'x', nobody: null };
    expect([...emailsShown({ ...issue, odd: { emailAddress: 'y@example.com', accountId: 1 } })]).toEqual([
      ['acc-ann', 'ann@example.com'],
      ['acc-bo', 'bo@example.com'],
    ]);
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), odd => void emailsShown(odd)));
  });
});

describe('a normal form', () => {
  it('I4 goes with what is written, in the spelling of its side', () => {
    const one = mapping('both', field('Text__c', 'textarea'), target('customfield_1', 'rich-text'));
    expect(toSalesforce(one, 'a\nb')).toEqual(value('a\r\nb', 'a\nb'));
  });

  it('I4 that is handed over spares working it out, and gives the same', () => {
    fc.assert(
      fc.property(
        fc.option(fc.string(), { nil: null }),
        fc.constantFrom('string', 'textarea', 'picklist'),
        (text, type) => {
          const converter = converterOf(mapping('both', field('Subject', type), target('summary')));
          const record = { Subject: text };
          const issue = { summary: text };
          expect(converter.toJira(record, noPeople, converter.salesforceNormal(record))).toEqual(
            converter.toJira(record, noPeople),
          );
          expect(converter.toSalesforce(issue, record, noPeople, converter.jiraNormal(issue))).toEqual(
            converter.toSalesforce(issue, record, noPeople),
          );
        },
      ),
    );
  });
});
