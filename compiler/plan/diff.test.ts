import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSourceFile, parse } from '../../dsl/index.ts';
import { convert } from '../../dsl/printer/index.ts';
import { analyseText, itemWith } from '../../test/kit/check.ts';
import { metadata } from '../../test/kit/metadata.ts';
import { analyse } from '../analysis.ts';
import { diffPlans } from './diff.ts';
import type { ItemPlan, Plan } from './ir.ts';

function planOf(text: string): Plan {
  const { plan, diagnostics } = analyseText(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  return plan!;
}

const clauses: Readonly<Record<string, string>> = {
  where:
    'where Origin is not "Web" and (Score__c is at least 5 or not Account.Type is one of "Prospect", "Customer - Direct")',
  create: 'create matching since 2026-01-01',
  fields: `fields {
    Subject -> summary or else "Case {CaseNumber}"
    Priority <-> priority by p on conflict hold
    Notes__c <- "Resolution notes" cut at 255
    Owner.Email -> assignee or else skip
    "{Account.Name} ({Account.Rating})" -> Customer cut at 80
  }`,
  'new issue': 'new issue { labels = ["a", "b"] }',
  status: 'status Status { "Working" <-> "Waiting" "Escalated" -> "In Progress" }',
  when: 'when Account.Rating is "Hot" move to "Done"\n  when Vip__c is true move to "In Progress"',
  otherwise: 'otherwise leave',
  comments: 'comments on, internal too',
  attachments: 'attachments on',
  associations: 'associations on',
  show: 'show CaseNumber, Subject, Account.Name',
};
const tables = 'values p { "High" <-> "Highest" "Low" -> "Low" "Medium" <-> "Medium" otherwise keep }\n';
const written = (changed: Readonly<Record<string, string>> = {}): string =>
  Object.values({ ...clauses, ...changed })
    .map(clause => `  ${clause}`)
    .join('\n');
const program = (changed?: Readonly<Record<string, string>>): string => itemWith(written(changed), tables);
const whole = planOf(program());

const lines = (before: Plan, after: Plan): readonly string[] =>
  diffPlans(before, after).items.flatMap(({ id, kind, changes }) => [
    `${kind} ${id}`,
    ...changes.map(
      ({ group, effect, text, before: old }) =>
        `${{ more: '+', less: '-', other: '~' }[effect]} ${group}: ${text}${old === undefined ? '' : `, before ${old}`}`,
    ),
  ]);

describe('programs that mean the same', () => {
  it('L-3 have no difference, in whichever order and file their parts stand', () => {
    const { when, otherwise, ...rest } = clauses;
    // A rule's branches keep their order.
    const order = Object.entries({ ...Object.fromEntries(Object.entries(rest).reverse()), when, otherwise });
    const moved = planOf(`# moved\n\n${tables}${itemWith(order.map(([, clause]) => `  ${clause}`).join('\n'))}`);
    const rows = program({
      fields: clauses.fields!.replace(/(\n {4}Subject.*)([\s\S]*)(\n {4}Owner.*)/, '$3$2$1'),
      where:
        'where (not Account.Type is one of "Customer - Direct", "Prospect" or Score__c is at least 5) and Origin is not "Web"',
    }).replace(/("High" <-> "Highest") (.*) otherwise keep/, 'otherwise keep $2 $1');
    expect(diffPlans(whole, whole)).toEqual({ items: [], limits: [] });
    expect(lines(whole, moved)).toEqual([]);
    expect(lines(whole, planOf(rows))).toEqual([]);
  });
  it('L-3 have none in the other notation', () => {
    const file = createSourceFile('a.bridge', program());
    const yaml = convert(file, 'yaml').text!;
    const twin = createSourceFile('b.bridge.yaml', yaml);
    expect(parse(twin).diagnostics).toEqual([]);
    expect(lines(whole, analyse([twin], metadata).plan!)).toEqual([]);
  });
});

describe('whatever changes', () => {
  const items = [whole, planOf(itemWith('  create all\n  status Status'))].map(plan => plan.items[0]!);

  it('L-3 appears: each value of the plan, replaced', () => {
    for (const item of items) {
      for (const path of valuesOf(item)) {
        const changed = structuredClone(item) as never;
        set(changed, path, another(at(item, path)));
        const { items: found } = diffPlans(planWith(item), planWith(changed));
        expect(found.length, path.join('.')).toBeGreaterThan(0);
        for (const { kind, changes } of found) {
          if (kind === 'changed') expect(changes.length, path.join('.')).toBeGreaterThan(0);
          for (const { text } of changes) expect(text, path.join('.')).not.toMatch(/undefined|\[object|NaN/);
        }
      }
    }
  });
  it('L-3 appears: each entry of a list, and each part that may be absent, taken out', () => {
    for (const item of items) {
      for (const path of entriesOf(item)) {
        const changed = structuredClone(item) as never;
        const parent = at(changed, path.slice(0, -1)) as unknown[] & Record<string, unknown>;
        if (Array.isArray(parent)) parent.splice(Number(path.at(-1)), 1);
        else delete parent[path.at(-1)!];
        const { items: found } = diffPlans(planWith(item), planWith(changed));
        expect(found[0]?.changes.length ?? 0, path.join('.')).toBeGreaterThan(0);
      }
    }
  });
  it('L-3 any two programs differ exactly where their plans do, and the way back tells as much', () => {
    const choice = (name: string, ...others: readonly string[]) =>
      fc.constantFrom(clauses[name]!, ...others).map(clause => [name, clause] as const);
    const variant = fc
      .tuple(
        choice('where', '', 'where Origin is not "Web"'),
        choice('create', 'create all', 'create off'),
        choice('new issue', '', 'new issue { labels = ["b", "a"] }'),
        choice('status', '', 'status Status', 'status Status { otherwise keep }'),
        choice('comments', '', 'comments on, published'),
        choice('attachments', ''),
        choice('show', '', 'show Subject, CaseNumber, Account.Name'),
        choice(
          'fields',
          'fields { Subject <-> Customer }',
          clauses.fields!.replace('Owner.Email -> assignee or else skip', ''),
        ),
      )
      .map(chosen => program(Object.fromEntries(chosen)));
    fc.assert(
      fc.property(variant, variant, (a, b) => {
        const [before, after] = [planOf(a), planOf(b)];
        const equal = JSON.stringify(bare(before)) === JSON.stringify(bare(after));
        expect(diffPlans(before, after).items.length === 0).toBe(equal);
        const forth = diffPlans(before, after).items.flatMap(({ changes }) => changes.map(({ part }) => part));
        const back = diffPlans(after, before).items.flatMap(({ changes }) => changes.map(({ part }) => part));
        expect(new Set(back)).toEqual(new Set(forth));
      }),
      { numRuns: 60, seed: 11 },
    );
  });
});

describe('what is told', () => {
  const change = (before: string, after: string, rest = '') =>
    lines(planOf(itemWith(`  ${before}`, rest)), planOf(itemWith(`  ${after}`, rest))).slice(1);
  it.each<[string, string, string, readonly string[]]>([
    [
      'a mapping that comes',
      '',
      'fields { Subject -> Customer }',
      ['+ jira: Customer: Subject -> Customer', '+ read: Subject', '+ card: Subject'],
    ],
    [
      'an arrow that turns',
      'fields { Priority -> priority by p }\n  show Subject',
      'fields { Priority <-> priority by p }\n  show Subject',
      [
        '~ jira: Priority: it belongs to both sides, before to Salesforce',
        '+ salesforce: Priority: Priority <-> Priority by a table',
      ],
    ],
    [
      'fewer records that are seen',
      '',
      'where Origin is "Web"',
      ['- scope: it sees records where Origin is "Web", before every one', '+ read: Origin'],
    ],
    [
      'more records that are seen',
      'where Origin is one of "Web"',
      'where Origin is one of "Web", "Phone"',
      ['+ scope: it sees records where Origin is one of "Web", "Phone", before where Origin is one of "Web"'],
    ],
    [
      'a condition that says the same in other words',
      'where Origin is "Web"',
      'where Origin is one of "Web"',
      ['~ scope: it sees records where Origin is one of "Web", before where Origin is "Web"'],
    ],
    [
      'more issues that are created',
      'create matching\n  when Vip__c is true move to "Done" otherwise leave',
      'create all\n  when Vip__c is true move to "Done" otherwise leave',
      [
        '+ create: an issue for every new record from activation on, before for new records that meet the rule from activation on',
      ],
    ],
    [
      'issues that are no longer created',
      'create all',
      'create off',
      ['- create: no issues are created any more, before for every new record from activation on'],
    ],
    [
      'issues that are created from now on',
      'create off',
      'create all',
      ['+ create: an issue for every new record from activation on, before none'],
    ],
    [
      'a rule with which fewer records get an issue',
      'create matching\n  when Score__c is at least 1 move to "Done" otherwise leave',
      'create matching\n  when Score__c is at least 5 move to "Done" otherwise leave',
      [
        '- create: an issue where the rule is met: fewer records meet the rule',
        '+ jira: status: when Score__c is at least 5 move to "Done"',
        '- jira: status: when Score__c is at least 1 move to "Done"',
      ],
    ],
    [
      'a row of a table',
      'fields { Priority -> priority { "High" -> "Highest" otherwise keep } }',
      'fields { Priority -> priority { "High" -> "Highest" "Low" -> "Low" otherwise skip } }',
      [
        '~ jira: Priority: "Low" -> "Low" is new in its table',
        '~ jira: Priority: a value that its table does not list: skip, before keep',
      ],
    ],
    ['comments', 'comments on', 'comments on, published', ['+ conversation: public Jira comments arrive published']],
    [
      'columns of the card in another order',
      'show Subject, Status',
      'show Status, Subject',
      ['~ card: the columns stand as Status and Subject'],
    ],
  ])('L-3 %s', (_, before, after, said) => {
    expect(change(before, after, tables)).toEqual(said);
  });
  it('L-3 a field that grew in the org', () => {
    const grown = JSON.parse(JSON.stringify(whole).replaceAll('"length":255', '"length":80')) as Plan;
    expect(lines(grown, whole)).toContain(
      '~ system: Subject in Salesforce: it takes up to 255 characters, before up to 80 characters',
    );
  });
});

describe('what the configuration says', () => {
  it('L-3 each limit of the guard, set, raised and taken away', () => {
    const guarded = (guard: Plan['guard']): Plan => ({ ...whole, ...(guard === undefined ? {} : { guard }) });
    const told = (before: Plan['guard'], after: Plan['guard']) =>
      diffPlans(guarded(before), guarded(after)).limits.map(
        ({ effect, text, before: old }) => `${effect}: ${text}, before ${old}`,
      );
    expect(told(undefined, { links: 80 })).toEqual([
      'more: 80 links of an item may be moved or blanked before somebody is asked, before 50',
    ]);
    expect(told({ newIssues: 10 }, undefined)).toEqual([
      'more: 50 issues may be made at once before somebody is asked, as usual, before 10',
    ]);
    expect(told({ share: 40 }, { share: 20 })[0]).toMatch(/^less: 20 per cent/);
    expect(told({ links: 50 }, undefined)).toHaveLength(1);
    expect(told({ links: 1 }, { links: 1 })).toEqual([]);
  });
});

describe('items that come, go and are renamed', () => {
  const named = (head: string) => program().replace('item support', `item ${head}`);
  const links = (before: Plan, after: Plan) =>
    diffPlans(before, after).items.map(({ kind, links: said }) => [kind, ...said]);
  const empty: Plan = { version: 1, items: [] };
  it('L-3 a new one tells all that it does, one that goes what is not done any more', () => {
    expect(lines(empty, whole)).toContain('+ jira: Summary: Subject -> Summary or else "Case {CaseNumber}"');
    expect(lines(empty, whole).every(line => !line.startsWith('- '))).toBe(true);
    expect(lines(whole, empty)).toContain('- salesforce: Notes__c: Notes__c <- Resolution notes cut at 255');
    expect(lines(whole, empty).every(line => !line.startsWith('+ '))).toBe(true);
    expect(links(whole, empty)[0]![1]).toContain('inactive');
  });
  it('L-3 one with `was` is the same item under another id', () => {
    const renamed = planOf(named('cases was support'));
    const back = diffPlans(renamed, planOf(named('support'))).items;
    expect(back).toMatchObject([{ id: 'support', kind: 'renamed', was: 'cases' }]);
    expect(back[0]!.changes.map(({ text }) => text)).toEqual(['it takes over the links of cases']);
    expect(back[0]!.links[0]).toBe('The links of cases are its own from now on.');
    expect(diffPlans(whole, renamed).items).toMatchObject([{ id: 'cases', kind: 'renamed', was: 'support' }]);
    expect(links(whole, renamed)[0]![1]).toBe('The links of support are its own from now on.');
    expect(diffPlans(whole, planOf(named('cases'))).items.map(({ kind }) => kind)).toEqual(['added', 'removed']);
  });
  it('L-3 says of links what a change does to them', () => {
    const said = (changed: Readonly<Record<string, string>>) => links(whole, planOf(program(changed)))[0]!.slice(1);
    expect(said({ show: 'show Subject' })).toEqual(['No link is touched.']);
    expect(said({ where: `${clauses.where} and Vip__c is true` })[0]).toContain('nothing travels over them');
    expect(said({ when: 'when Account.Rating is "Hot" move to "To Do"' })[0]).toContain('looked at again');
  });
});

// ── plans as plain values ───────────────────────────────────────────────────────────────────────

type Step = string | number;
type Place = readonly Step[];
const planWith = (item: ItemPlan): Plan => ({ version: 1, items: [item] });
const ignored: ReadonlySet<Step> = new Set(['origin', 'attachmentsClause']);

function* walk(value: unknown, path: Place = []): Generator<readonly [Place, unknown]> {
  if (path.length > 0) yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    if (!ignored.has(key)) yield* walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}
/** All but the tags that say which shape a node has, without which it would be no plan. */
const valuesOf = (item: ItemPlan): readonly Place[] =>
  [...walk(item)].filter(([path, value]) => typeof value !== 'object' && path.at(-1) !== 'kind').map(([path]) => path);
const mayBeAbsent: ReadonlySet<Step> = new Set([
  'was',
  'where',
  'since',
  'status',
  'rules',
  'table',
  'cutAt',
  'orElse',
  'otherwise',
  'length',
]);
const entriesOf = (item: ItemPlan): readonly Place[] =>
  [...walk(item)]
    .filter(
      ([path]) =>
        (typeof path.at(-1) === 'number' && path.at(-2) !== 'path') ||
        (mayBeAbsent.has(path.at(-1)!) && path.join('.') !== 'rules.otherwise'),
    )
    .map(([path]) => path);
const at = (value: unknown, path: Place): unknown =>
  path.reduce((inner, key) => (inner as Record<Step, unknown>)[key], value);
const set = (value: never, path: Place, to: unknown): void => {
  (at(value, path.slice(0, -1)) as Record<Step, unknown>)[path.at(-1)!] = to;
};
/** Where only some words make a plan. */
const words: readonly (readonly string[])[] = [
  ['off', 'matching', 'all'],
  ['display-only', 'one-way', 'two-way', 'custom'],
  ['salesforce', 'jira', 'both'],
  ['latest', 'hold'],
  ['row', 'match'],
  ['skip', 'keep'],
  ['is', 'is-not'],
  ['is-at-least', 'is-at-most'],
];
const another = (value: unknown): unknown =>
  words.find(list => list.includes(value as string))?.find(word => word !== value) ?? different(value);
const different = (value: unknown): unknown =>
  typeof value === 'string'
    ? `${value}x`
    : typeof value === 'number'
      ? value + 1
      : typeof value === 'boolean'
        ? !value
        : 'x';

/** Independent of what is tested: no places, and lists of what has no order sorted. */
function bare(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const parts = value.map(part => bare(part));
    return ['branches', 'parts', 'path', 'show'].includes(key)
      ? parts
      : parts.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !ignored.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, bare(part, name)]),
  );
}
