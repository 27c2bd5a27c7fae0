import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JiraType, SalesforceType } from '../plan/ir.ts';
import type { Conversion, ConversionContext, Direction } from './index.ts';
import {
  conversionFor,
  conversionNamed,
  conversions,
  foldText,
  jiraText,
  normalJira,
  normalSalesforce,
  salesforceText,
  sameValue,
  writeScalar,
} from './index.ts';
import { rows } from './table.ts';
import { jiraTypes, salesforceTypes } from './types.ts';

const people = new Map([
  ['ann@example.com', 'acc-ann'],
  ['bob@example.com', 'acc-bob'],
]);
const context: ConversionContext = {
  accountIdOf: email => people.get(email.toLowerCase()),
  emailOf: account => [...people].find(([, id]) => id === account)?.[0],
};

function salesforceSide(c: { direction: string; from: string; to: string }): SalesforceType {
  return (c.direction === 'to-jira' ? c.from : c.to) as SalesforceType;
}
function jiraSide(c: { direction: string; from: string; to: string }): JiraType {
  return (c.direction === 'to-jira' ? c.to : c.from) as JiraType;
}

// ── values as the two systems give them ─────────────────────────────────────────────────────────

const blankish = fc.constantFrom(' ', '  ', '\t', '\n', '\r\n', '\r', '\u00a0');
const words = fc.oneof(fc.string({ maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 12 }), blankish);
const textOf = (max: number) => fc.array(words, { maxLength: 6 }).map(parts => parts.join('').slice(0, max));
const shortText = textOf(200);
const choice = fc.string({ minLength: 1, maxLength: 12 }).filter(text => text.trim() !== '' && !text.includes(';'));
const day = fc
  .date({ min: new Date('0002-01-01'), max: new Date('9998-12-30'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10));
const moment = fc
  .tuple(day, fc.integer({ min: 0, max: 86_399_999 }), fc.constantFrom('Z', '+0000', '+02:00', '-0730'))
  .map(([date, ms, zone]) => `${date}T${new Date(ms).toISOString().slice(11, 23)}${zone}`);
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
const recordIds = fc.constantFrom('500000000000001AAA', '001000000000001', '5003000000D8cuI');
const html = fc
  .array(
    fc.oneof(
      textOf(20),
      fc
        .constantFrom(
          ...'p b strong i em u s code a ul ol li h1 h3 blockquote pre div span table tr td br hr'.split(' '),
        )
        .chain(tag =>
          fc.constantFrom(
            `<${tag}>`,
            `</${tag}>`,
            `<${tag}/>`,
            `<${tag} class="x" href="https://example.com/?a=1&amp;b=2">`,
          ),
        ),
      fc.constantFrom(
        '&amp;',
        '&lt;',
        '&nbsp;',
        '&#8364;',
        '&bogus;',
        '<',
        '&',
        '<!-- note -->',
        '<script>x</script>',
        '<img alt="cat">',
        '<p>&nbsp;</p>',
      ),
    ),
    { maxLength: 14 },
  )
  .map(parts => parts.join(''));

const salesforceValues: Readonly<Record<SalesforceType, fc.Arbitrary<unknown>>> = {
  id: recordIds,
  reference: recordIds,
  string: shortText.map(text => text.replace(/[\r\n]/g, ' ')),
  textarea: textOf(2000),
  'rich-textarea': html,
  picklist: choice,
  multipicklist: fc.array(choice, { maxLength: 4 }).map(all => all.join(';')),
  combobox: shortText,
  boolean: fc.boolean(),
  int: fc.integer(),
  double: number,
  currency: number,
  percent: number,
  date: day,
  datetime: moment,
  time: fc.constantFrom('09:30:00.000Z', '23:59:59.999Z', '00:00:00.000Z'),
  phone: shortText,
  email: fc.constantFrom('ann@example.com', 'bob@example.com'),
  url: fc.oneof(fc.webUrl(), shortText),
  encryptedstring: shortText,
  address: fc.record({ street: shortText, city: shortText, postalCode: fc.constantFrom(null, '1010') }),
  location: fc.record({ latitude: number, longitude: number }),
  base64: fc.base64String(),
  anytype: fc.jsonValue(),
};
const adf = fc.letrec<{ inline: unknown; block: unknown }>(tie => ({
  inline: fc.oneof(
    fc.record({
      type: fc.constant('text'),
      text: fc.string({ minLength: 1, maxLength: 10 }),
      marks: fc.constantFrom([], [{ type: 'strong' }], [{ type: 'em' }, { type: 'code' }]),
    }),
    fc.constantFrom(
      { type: 'hardBreak' },
      { type: 'mention', attrs: { id: 'a', text: '@Ann' } },
      { type: 'emoji', attrs: { shortName: ':ok:' } },
    ),
  ),
  block: fc.oneof(
    { depthSize: 'small' },
    fc.record({
      type: fc.constantFrom('paragraph', 'heading', 'codeBlock'),
      content: fc.array(tie('inline'), { maxLength: 4 }),
    }),
    fc.record({
      type: fc.constantFrom(
        'bulletList',
        'orderedList',
        'listItem',
        'panel',
        'blockquote',
        'table',
        'tableRow',
        'novelty',
      ),
      content: fc.array(tie('block'), { maxLength: 3 }),
    }),
  ),
}));
const documents = fc.array(adf.block, { maxLength: 5 }).map(content => ({ version: 1, type: 'doc', content }));
const named = choice.map(name => ({ self: 'https://jira/1', id: '1', name }));
const jiraValues: Readonly<Record<JiraType, fc.Arbitrary<unknown>>> = {
  text: shortText,
  'rich-text': documents,
  number,
  date: day,
  datetime: moment,
  option: choice.map(value => ({ self: 'https://jira/1', id: '1', value })),
  options: fc.array(
    choice.map(value => ({ id: '1', value })),
    { maxLength: 4 },
  ),
  'cascading-option': fc.constantFrom({ value: 'Hardware', child: { value: 'Laptop' } }, { value: 'Other' }),
  priority: named,
  version: named,
  named,
  components: fc.array(named, { maxLength: 3 }),
  versions: fc.array(named, { maxLength: 3 }),
  group: choice.map(name => ({ name, groupId: 'g' })),
  groups: fc.array(
    choice.map(name => ({ name, groupId: 'g' })),
    { maxLength: 3 },
  ),
  url: fc.webUrl(),
  project: fc.constantFrom({ id: '1', key: 'SUP' }, { id: '2', key: 'OPS' }),
  parent: fc.constantFrom({ id: '1', key: 'SUP-1' }, { id: '2', key: 'OPS-22' }),
  other: fc.jsonValue(),
  user: fc.constantFrom({ accountId: 'acc-ann', displayName: 'Ann' }),
  users: fc.constantFrom([{ accountId: 'acc-bob' }, { accountId: 'acc-ann' }]),
  labels: fc.array(
    choice.filter(label => !/\s/.test(label)),
    { maxLength: 4 },
  ),
};

const pairsWith = <T>(
  values: Partial<Record<string, fc.Arbitrary<T>>>,
  side: (c: ReturnType<typeof conversionNamed>) => string,
  direction: string,
) => conversions().filter(c => c.direction === direction && values[side(c)] !== undefined);

// ── the laws ────────────────────────────────────────────────────────────────────────────────────

describe('two-way laws', () => {
  it('I24 S-11 a value that travels exactly and comes back without loss is the value that left', () => {
    for (const there of pairsWith(salesforceValues, salesforceSide, 'to-jira')) {
      const [sf, jira] = [salesforceSide(there), jiraSide(there)];
      const back = conversionFor('to-salesforce', sf, jira);
      if (there.safety === 'lossy' || back === undefined || back.safety === 'lossy') continue;
      // A text may spell a number or a moment in ways of its own.
      if (there.safety === 'fallible' && ['number', 'date', 'datetime'].includes(jira)) continue;
      fc.assert(
        fc.property(salesforceValues[sf], value => {
          const out = there.convert(value, context);
          if (!out.ok) return;
          const home = back.convert(out.value, context);
          if (!home.ok) {
            // An empty value may have no way home; anything else that arrived exactly has one.
            expect(
              normalJira(jira, out.value) === null || back.safety === 'fallible',
              `${there.name} then ${back.name}`,
            ).toBe(true);
            return;
          }
          expect(normalSalesforce(sf, home.value), there.name).toEqual(normalSalesforce(sf, value));
        }),
        { numRuns: 60 },
      );
    }
  });

  it('I24 S-11 the same holds from Jira', () => {
    for (const there of pairsWith(jiraValues, jiraSide, 'to-salesforce')) {
      const [sf, jira] = [salesforceSide(there), jiraSide(there)];
      const back = conversionFor('to-jira', sf, jira);
      if (there.safety !== 'exact' || back === undefined || back.safety === 'lossy') continue;
      fc.assert(
        fc.property(jiraValues[jira], value => {
          const out = there.convert(value, context);
          if (!out.ok) return;
          const home = back.convert(out.value, context);
          if (home.ok) expect(normalJira(jira, home.value), there.name).toEqual(normalJira(jira, value));
        }),
        { numRuns: 60 },
      );
    }
  });

  it('S-11 where both ways are exact, every value within the limits arrives and returns', () => {
    const exact = conversions().filter(
      c =>
        c.direction === 'to-jira' &&
        c.safety === 'exact' &&
        conversionFor('to-salesforce', salesforceSide(c), jiraSide(c))?.safety === 'exact',
    );
    expect(exact.map(c => c.name)).toEqual(
      expect.arrayContaining([
        'string -> text',
        'phone -> text',
        'double -> number',
        'date -> date',
        'datetime -> datetime',
      ]),
    );
    for (const there of exact) {
      const [sf, jira] = [salesforceSide(there), jiraSide(there)];
      const back = conversionFor('to-salesforce', sf, jira)!;
      fc.assert(
        fc.property(salesforceValues[sf], value => {
          const out = there.convert(value, context);
          expect(out).toMatchObject({ ok: true });
          const home = back.convert(out.ok && out.value, context);
          expect(home.ok && normalSalesforce(sf, home.value), there.name).toEqual(normalSalesforce(sf, value));
        }),
        { numRuns: 100 },
      );
    }
  });

  it.each<[SalesforceType, JiraType]>([
    ['textarea', 'rich-text'],
    ['rich-textarea', 'rich-text'],
    ['string', 'rich-text'],
    ['date', 'datetime'],
  ])('S-11 Salesforce keeps its own %s when %s shows it, although the way back is lossy for others', (sf, jira) => {
    const [there, back] = [conversionFor('to-jira', sf, jira)!, conversionFor('to-salesforce', sf, jira)!];
    fc.assert(
      fc.property(salesforceValues[sf], value => {
        const out = there.convert(value, context);
        const home = back.convert(out.ok && out.value, context);
        expect(home.ok && normalSalesforce(sf, home.value)).toEqual(normalSalesforce(sf, value));
      }),
      { numRuns: 600 },
    );
  });

  it('a normal form is its own normal form, and what is written is in the normal form of what is read', () => {
    for (const sf of salesforceTypes) {
      fc.assert(
        fc.property(salesforceValues[sf], value => {
          const once = normalSalesforce(sf, value);
          expect(normalSalesforce(sf, once), sf).toEqual(once);
        }),
      );
    }
    for (const jira of jiraTypes) {
      fc.assert(
        fc.property(jiraValues[jira], value => {
          const once = normalJira(jira, value);
          expect(normalJira(jira, once), jira).toEqual(once);
        }),
      );
    }
  });
});

describe('the table', () => {
  it('L-2 has each pair of types in one row at most, in each direction', () => {
    const cells = rows.flatMap(({ direction, salesforce, jira }) =>
      salesforce.flatMap(from => jira.map(to => `${direction} ${from} ${to}`)),
    );
    expect(cells.filter((cell, at) => cells.indexOf(cell) !== at)).toEqual([]);
  });

  it('L-2 leaves out only types that have no values to exchange, or that Jira or Salesforce sets itself', () => {
    const meet = (direction: Direction, side: (c: Conversion) => string) =>
      new Set(conversions().flatMap(c => (c.direction === direction ? [side(c)] : [])));
    const without = (all: readonly string[], some: ReadonlySet<string>) => all.filter(type => !some.has(type));
    expect(without(salesforceTypes, meet('to-jira', salesforceSide))).toEqual(['base64']);
    expect(without(jiraTypes, meet('to-jira', jiraSide))).toEqual(['named', 'other']);
    expect(without(salesforceTypes, meet('to-salesforce', salesforceSide))).toEqual([
      'id',
      'encryptedstring',
      'address',
      'location',
      'base64',
      'anytype',
    ]);
    expect(without(jiraTypes, meet('to-salesforce', jiraSide))).toEqual(['other']);
  });

  it('L-2 says of no conversion that it is exact when a value can be refused', () => {
    for (const conversion of conversions().filter(({ safety }) => safety !== 'fallible')) {
      const values = conversion.direction === 'to-jira' ? salesforceValues : jiraValues;
      fc.assert(
        fc.property(values[conversion.from as never] as fc.Arbitrary<unknown>, value => {
          const result = conversion.convert(value, { ...context, maxLength: 1_000_000 });
          // Nothing but an empty value into a field that has none.
          if (!result.ok) expect([conversion.name, value, result.reason]).toEqual([conversion.name, value, '']);
        }),
        { numRuns: 20 },
      );
    }
  });
});

describe('totality', () => {
  const deep = (depth: number) => {
    let value: unknown = 'x';
    for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { type: 'panel', content: value, __proto__: null };
    return value;
  };
  const anything = fc.oneof(fc.jsonValue(), documents, html, fc.constantFrom(deep(20_000), deep(3)));

  it('I24 no JSON value makes a conversion throw, and every answer is a value or a reason', () => {
    for (const conversion of conversions()) {
      fc.assert(
        fc.property(anything, value => {
          const result = conversion.convert(value, { ...context, maxLength: 40 });
          if (!result.ok) expect(result.reason).toMatch(/\S/);
          else expect(result.value).not.toBeUndefined();
        }),
        { numRuns: 15 },
      );
    }
  });

  it('no JSON value makes a normal form, a text for people or a comparison throw', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...salesforceTypes), fc.constantFrom(...jiraTypes), (value, sf, jira) => {
        expect(salesforceText(sf, value)).toBeTypeOf('string');
        expect(jiraText(jira, value)).toBeTypeOf('string');
        expect(sameValue(normalSalesforce(sf, value), normalSalesforce(sf, structuredCloneOf(value)))).toBe(true);
        expect(foldText(String(salesforceText('string', value)))).toBeTypeOf('string');
      }),
      { numRuns: 2000 },
    );
  });
  /** The very deep value cannot be copied by JSON; it is compared with itself. */
  function structuredCloneOf(value: unknown): unknown {
    try {
      return JSON.parse(JSON.stringify(value));
    } catch {
      return value;
    }
  }
});

// ── single facts that the laws cannot say ───────────────────────────────────────────────────────

describe('limits', () => {
  const convert = (name: string, value: unknown, more: Partial<ConversionContext> = {}) =>
    conversionNamed(name).convert(value, { ...context, ...more });

  it('a text that is too long is refused with both lengths, never cut', () => {
    expect(convert('string -> text', 'x'.repeat(256))).toEqual({
      ok: false,
      reason: 'the text is 256 characters long, and the field takes at most 255',
    });
    expect(convert('textarea -> rich-text', 'x'.repeat(32_768))).toMatchObject({ ok: false });
    expect(convert('string <- text', 'x'.repeat(81), { maxLength: 80 })).toMatchObject({ ok: false });
    expect(convert('string <- text', 'x'.repeat(80), { maxLength: 80 })).toEqual({ ok: true, value: 'x'.repeat(80) });
  });

  it('`cut at` cuts first, and never inside a surrogate pair', () => {
    expect(convert('textarea -> text', 'abc😀def', { cutAt: 4 })).toEqual({ ok: true, value: 'abc' });
    expect(convert('textarea -> rich-text', 'abc\r\ndef', { cutAt: 5 })).toEqual({
      ok: true,
      value: {
        type: 'doc',
        version: 1,
        content: [
          {
            type: 'paragraph',
            content: [{ type: 'text', text: 'abc' }, { type: 'hardBreak' }, { type: 'text', text: 'd' }],
          },
        ],
      },
    });
    expect(
      convert(
        'string <- rich-text',
        {
          type: 'doc',
          version: 1,
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x'.repeat(300) }] }],
        },
        { cutAt: 255, maxLength: 255 },
      ),
    ).toEqual({ ok: true, value: 'x'.repeat(255) });
  });

  it('a template keeps its lines in a rich text, and runs them together in a text', () => {
    const document = convert('string -> rich-text', 'a\nb');
    expect(jiraText('rich-text', document.ok && document.value)).toBe('a\nb');
    expect(convert('string -> text', 'a\nb')).toEqual({ ok: true, value: 'a b' });
  });

  it('Salesforce counts and keeps CRLF', () => {
    const document = conversionNamed('textarea -> rich-text').convert('a\nb', context);
    const home = convert('textarea <- rich-text', document.ok && document.value, { maxLength: 4 });
    expect(home).toEqual({ ok: true, value: 'a\r\nb' });
    expect(convert('textarea <- rich-text', document.ok && document.value, { maxLength: 3 }).ok).toBe(false);
  });
});

describe('what people would call the same', () => {
  it.each<[SalesforceType, unknown, unknown]>([
    ['textarea', 'a\r\nb  ', 'a\nb'],
    ['string', ' a ', 'a'],
    ['string', '', null],
    ['datetime', '2026-01-05T11:05:00.000+0000', '2026-01-05T12:05:00+01:00'],
    ['multipicklist', 'B;A', 'A;B'],
    ['double', 3.0, '3'],
    ['id', '5003000000D8cuI', '5003000000D8cuIAAR'],
    ['rich-textarea', '<strong>a</strong><br/>', '<p><b>a</b></p>'],
  ])('S-11 Salesforce %s: %j is %j', (type, a, b) => {
    expect(sameValue(normalSalesforce(type, a), normalSalesforce(type, b))).toBe(true);
  });

  it.each<[JiraType, unknown, unknown]>([
    ['option', { self: 'x', value: 'Red', id: '1' }, { value: 'Red' }],
    ['priority', { iconUrl: 'x', name: 'High', id: '2' }, { name: 'High' }],
    ['user', { accountId: 'a', displayName: 'Ann' }, { accountId: 'a' }],
    ['labels', ['b', 'a', 'a'], ['a', 'b']],
    ['labels', [], null],
    ['datetime', '2026-07-05T11:05:00.000+0200', '2026-07-05T09:05:00.000Z'],
    [
      'rich-text',
      {
        version: 1,
        type: 'doc',
        content: [
          {
            type: 'paragraph',
            attrs: { localId: 'x' },
            content: [
              { type: 'text', text: 'a' },
              { type: 'text', text: 'b ' },
            ],
          },
          { type: 'paragraph', content: [] },
        ],
      },
      { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'ab' }] }] },
    ],
    ['rich-text', { type: 'doc', version: 1, content: [] }, null],
  ])('S-11 Jira %s: %j is %j', (type, a, b) => {
    expect(sameValue(normalJira(type, a), normalJira(type, b))).toBe(true);
  });

  it('texts fold without case, whatever the locale', () => {
    expect(foldText('ΟΔΟΣ')).toBe(foldText('οδος'));
    expect(foldText('Customer - DIRECT')).toBe('customer - direct');
  });
});

describe('what is refused, and why', () => {
  it.each<[string, unknown, string]>([
    ['string -> number', 'twelve', '“twelve” is not a number'],
    ['int <- number', 1.5, '1.5 is not a whole number'],
    ['multipicklist -> labels', 'Two words', '“Two words” has a space in it, which a Jira label cannot have'],
    ['email -> user', 'nobody@example.com', 'no Jira user with the e-mail address “nobody@example.com” can be found'],
    ['email <- user', { accountId: 'acc-zed' }, 'the Jira profile of user “acc-zed” hides the e-mail address'],
    ['boolean <- text', 'perhaps', '“perhaps” is neither true nor false'],
    ['boolean <- text', null, 'a checkbox is either true or false and cannot be empty'],
    ['picklist <- options', [{ value: 'A' }, { value: 'B' }], 'there are 2 values (“A; B”), and the field takes one'],
    [
      'url -> url',
      'javascript:alert(1)',
      '“javascript:alert(1)” is not an address that begins with http:// or https://',
    ],
    ['date <- text', '2026-02-30', '“2026-02-30” is not a date'],
    ['combobox -> users', ';', 'no Jira user with the e-mail address “;” can be found'],
    ['reference <- text', '5003000000D8cuIXXX', '“5003000000D8cuIXXX” is not a Salesforce record id'],
  ])('%s of %j', (name, value, reason) => {
    expect(conversionNamed(name).convert(value, context)).toEqual({ ok: false, reason });
  });

  it('types that cannot meet have no conversion', () => {
    expect(conversionFor('to-jira', 'base64', 'text')).toBeUndefined();
    expect(conversionFor('to-jira', 'string', 'other')).toBeUndefined();
    expect(conversionFor('to-salesforce', 'address', 'text')).toBeUndefined();
    expect(conversionFor('to-jira', 'reference', 'user')).toBeUndefined();
    expect(() => conversionNamed('nothing -> nowhere')).toThrow(
      'the plan names a conversion that does not exist: nothing -> nowhere',
    );
  });
});

describe('values from tables and `or else`', () => {
  it.each<[string, unknown, unknown]>([
    ['priority', 'Highest', { name: 'Highest' }],
    ['number', 3, 3],
    ['option', true, { value: 'true' }],
    ['user', 'acc-ann', { accountId: 'acc-ann' }],
    ['cascading-option', 'Hardware / Laptop', { value: 'Hardware', child: { value: 'Laptop' } }],
  ])('are written to a Jira %s', (type, scalar, written) => {
    expect(writeScalar('to-jira', type as JiraType, scalar as string, context)).toEqual({ ok: true, value: written });
  });

  it.each<[string, unknown, unknown]>([
    ['picklist', 'High', 'High'],
    ['boolean', true, true],
    ['currency', 2.5, 2.5],
    ['email', 'ann@example.com', 'ann@example.com'],
  ])('are written to a Salesforce %s', (type, scalar, written) => {
    expect(writeScalar('to-salesforce', type as SalesforceType, scalar as string, context)).toEqual({
      ok: true,
      value: written,
    });
  });
});
