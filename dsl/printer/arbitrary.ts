/**
 * Programs by chance, for tests: whole trees of everything that both notations can say, made without any
 * text, so that the printers have nothing to copy from. Wider than what the checks would accept.
 */
import fc from 'fast-check';
import type * as ast from '../ast.ts';
import { templateLeaf } from '../leaves.ts';
import { createSourceFile } from '../source.ts';

const span = { start: 0, end: 0 };
const at = <T extends object>(node: T): T & { readonly span: typeof span } => ({ span, ...node });

// ── leaves ──────────────────────────────────────────────────────────────────────────────────────

/** Keywords, and words that YAML has a meaning for, are names like any others. */
const WORDS = [
  ...[
    'Case',
    'Subject',
    'status',
    'By__c',
    'by',
    'cut',
    'or',
    'on',
    'at',
    'item',
    'when',
    'otherwise',
    'created',
    'empty',
  ],
  ...['jira', 'salesforce', 'to', 'is', 'and', 'true', 'null', 'yes', 'no', 'off', 'y', 'x-1', 'Account', 'e5', '_'],
];
const word = fc.oneof(fc.constantFrom(...WORDS), fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/));
const name = (text: string): ast.Name => at({ kind: 'name', text });
const anyName = word.map(name);
const path = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .filter(([first]) => first !== 'not')
  .map((segments): ast.Path => at({ kind: 'path', segments: segments.map(name) }));

const TEXTS = [
  ...[
    '',
    ' ',
    'New',
    'In Progress',
    'null',
    '~',
    'No',
    'on',
    '007',
    '1.10',
    '-5',
    '2026-01-01',
    'a: b',
    'a #b',
    '# a',
    '- a',
  ],
  ...[
    '"',
    "'",
    '\\',
    'it\'s "so"',
    '[a]',
    'a, b',
    '{',
    '*a',
    '&a',
    '!a',
    '%',
    '@',
    '`',
    '|',
    '>',
    '?',
    ':',
    'a:',
    ' a',
    'a ',
  ],
  ...[
    'a\nb',
    '\n',
    '\t',
    '\r\n',
    '\u00a0',
    'ä ö',
    '中文',
    '\u2028',
    '\ufeff',
    '\u0007',
    '\u0085',
    '😀',
    '<<',
    '=',
    '...',
    '---',
  ],
  ...['true', 'FALSE', '.inf', '0x1f', '1_000', '12:30', 'Customer - Direct', '{{a}}', 'http://a/b?c#d'],
];
const plainText = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'grapheme', maxLength: 12 }));
const text = plainText.map((value): ast.Text => at({ kind: 'text', value }));

const holes = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,4}(\.[A-Za-z_][A-Za-z0-9_]{0,4})?$/);
const template = fc
  .array(
    fc.oneof(
      plainText.map(part => part.replace(/[{}]/g, '$&$&')),
      holes.map(hole => `{${hole}}`),
    ),
    { maxLength: 4 },
  )
  .map(parts => {
    const value = parts.join('');
    return templateLeaf(
      value,
      span,
      () => 0,
      () => {},
    );
  });

const day = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10));
const date = day.map((value): ast.DateLiteral => at({ kind: 'date', value }));
const number = fc
  .oneof(fc.integer().map(String), fc.constantFrom('0', '1.50', '-0.0', '007', '-12.250'))
  .map((raw): ast.NumberLiteral => at({ kind: 'number', value: Number(raw), raw }));
const literal: fc.Arbitrary<ast.Literal> = fc.oneof(
  { weight: 6, arbitrary: text as fc.Arbitrary<ast.Literal> },
  { weight: 1, arbitrary: number },
  { weight: 1, arbitrary: date },
  { weight: 1, arbitrary: day.map((on): ast.Literal => at({ kind: 'datetime', value: `${on}T10:00:00.5+01:00` })) },
  { weight: 1, arbitrary: fc.boolean().map((value): ast.Literal => at({ kind: 'boolean', value, raw: `${value}` })) },
);
const value: fc.Arbitrary<ast.Value> = fc.oneof(
  { weight: 4, arbitrary: literal as fc.Arbitrary<ast.Value> },
  { weight: 1, arbitrary: fc.constant<ast.Value>(at({ kind: 'empty' })) },
  {
    weight: 1,
    arbitrary: fc
      .array(literal, { minLength: 1, maxLength: 3 })
      .map((values): ast.Value => at({ kind: 'list', values })),
  },
);
const jiraName = fc.oneof(word, plainText);
const jiraField = jiraName.map((written): ast.JiraField => at({ kind: 'jira-field', name: written }));
const arrow = fc
  .constantFrom<ast.Arrow>('->', '<-', '<->')
  .map((sign): ast.ArrowNode => at({ kind: 'arrow', arrow: sign }));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const upTo = <T>(maxLength: number, arbitrary: fc.Arbitrary<T>, minLength = 0) =>
  fc.array(arbitrary, { minLength, maxLength });

// ── conditions, tables, mappings ────────────────────────────────────────────────────────────────

const comparisons: readonly ast.Comparison[] = ['is', 'is-not', 'is-at-least', 'is-at-most', 'is-before', 'is-after'];
const comparison: fc.Arbitrary<ast.Condition> = fc.oneof(
  fc
    .tuple(path, fc.constantFrom(...comparisons), literal)
    .map(([on, kind, than]): ast.Condition => at({ kind: 'compare', path: on, comparison: kind, value: than })),
  fc
    .tuple(path, fc.constantFrom('contains' as const, 'starts-with' as const), text)
    .map(([on, kind, than]): ast.Condition => at({ kind: 'compare', path: on, comparison: kind, value: than })),
  fc
    .tuple(path, fc.boolean(), upTo(4, literal, 1))
    .map(([on, negated, values]): ast.Condition => at({ kind: 'one-of', path: on, negated, values })),
  fc.tuple(path, fc.boolean()).map(([on, negated]): ast.Condition => at({ kind: 'is-empty', path: on, negated })),
);
const { condition } = fc.letrec<{ condition: ast.Condition }>(tie => ({
  condition: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    comparison,
    fc
      .tuple(
        fc.constantFrom('all' as const, 'any' as const),
        fc.array(tie('condition'), { minLength: 2, maxLength: 4 }),
      )
      .map(([kind, of]): ast.Condition => at({ kind, of })),
    tie('condition').map((of): ast.Condition => at({ kind: 'not', of })),
  ),
}));

const fallbackWord = fc.constantFrom('skip', 'keep', 'clear').map(name);
const fallback = (texts: fc.Arbitrary<ast.Text | ast.Template>) =>
  fc.oneof(fallbackWord, texts).map((action): ast.Fallback => at({ kind: 'fallback', action }));

/** The key that a literal makes in YAML, which a map holds once. */
const keyOf = (node: ast.Literal): string =>
  node.kind === 'number' || node.kind === 'boolean' ? node.raw : node.value;
const row = fc
  .tuple(literal, arrow, literal)
  .map(([left, sign, right]): ast.TableRow => at({ kind: 'row', left, arrow: sign, right }));
const table = fc
  .tuple(
    fc.uniqueArray(row, {
      maxLength: 5,
      selector: ({ left, arrow: sign, right }) => {
        const { arrow: on } = sign as ast.ArrowNode;
        return `${on} ${keyOf((on === '<-' ? right : left) as ast.Literal)}`;
      },
    }),
    maybe(fallback(text).map((found): ast.TableOtherwise => at({ kind: 'table-otherwise', fallback: found }))),
  )
  .map(
    ([rows, otherwise]): ast.Table =>
      at({ kind: 'table', rows: otherwise ? [...rows, otherwise] : rows, closed: true }),
  );

const modifiers = fc
  .tuple(
    maybe(
      fc.oneof(
        anyName.map((found): ast.Modifier => at({ kind: 'by', table: found })),
        table.map((found): ast.Modifier => at({ kind: 'inline-table', table: found })),
      ),
    ),
    maybe(number.map((length): ast.Modifier => at({ kind: 'cut-at', length }))),
    maybe(fallback(template).map((found): ast.Modifier => at({ kind: 'or-else', fallback: found }))),
    maybe(anyName.map((choice): ast.Modifier => at({ kind: 'on-conflict', choice }))),
  )
  .chain(found =>
    fc.shuffledSubarray(
      found.filter(one => one !== undefined),
      { minLength: 0 },
    ),
  );
const mapping = fc
  .tuple(fc.oneof<fc.Arbitrary<ast.Path | ast.Template>[]>(path, path, template), arrow, jiraField, modifiers)
  .map(
    ([source, sign, target, more]): ast.Mapping =>
      at({ kind: 'mapping', source, arrow: sign, target, modifiers: more }),
  );

// ── items ───────────────────────────────────────────────────────────────────────────────────────

const state = fc.constantFrom('on', 'off').map(name);
const once: fc.Arbitrary<ast.Clause>[] = [
  anyName.map(object => at({ kind: 'salesforce', object })),
  condition.map(found => at({ kind: 'where', condition: found })),
  fc.oneof(
    upTo(3, anyName, 1).map((projects): ast.Clause => at({ kind: 'jira', projects })),
    fc
      .tuple(anyName, text)
      .map(([project, issueType]): ast.Clause => at({ kind: 'jira', projects: [project], issueType })),
  ),
  anyName.map(mode => at({ kind: 'sync', mode })),
  fc.oneof(
    fc
      .constantFrom('off', 'matching', 'all')
      .map((records): ast.Clause => at({ kind: 'create', records: name(records) })),
    date.map((since): ast.Clause => at({ kind: 'create', records: name('all'), since })),
  ),
  upTo(5, mapping).map(mappings => at({ kind: 'fields', mappings, closed: true })),
  fc
    .uniqueArray(fc.tuple(jiraField, value), { maxLength: 3, selector: ([field]) => field.name })
    .map(found => found.map(([field, to]): ast.Setting => at({ kind: 'setting', field, value: to })))
    .map(settings => at({ kind: 'new-issue', settings, closed: true })),
  fc.oneof(
    anyName.map((field): ast.Clause => at({ kind: 'status', field })),
    fc.tuple(anyName, anyName).map(([field, by]): ast.Clause => at({ kind: 'status', field, by })),
    fc.tuple(anyName, table).map(([field, found]): ast.Clause => at({ kind: 'status', field, table: found })),
  ),
  fc.oneof(
    state.map((found): ast.Clause => at({ kind: 'comments', state: found, options: [] })),
    fc
      .shuffledSubarray(['internal', 'published'], { minLength: 1 })
      .map((options): ast.Clause => at({ kind: 'comments', state: name('on'), options: options.map(name) })),
  ),
  state.map(found => at({ kind: 'switch', feature: 'attachments', state: found })),
  state.map(found => at({ kind: 'switch', feature: 'associations', state: found })),
  upTo(4, path, 1).map(paths => at({ kind: 'show', paths })),
];
const rule: fc.Arbitrary<ast.Clause> = fc.oneof(
  fc.tuple(condition, text).map(([found, target]): ast.Clause => at({ kind: 'rule', condition: found, target })),
  fc
    .oneof<fc.Arbitrary<ast.Text | ast.Leave>[]>(text, fc.constant(at({ kind: 'leave' })))
    .map((target): ast.Clause => at({ kind: 'otherwise', target })),
);
const clauses = fc.tuple(fc.tuple(...once.map(maybe)), upTo(3, rule)).chain(([some, rules]) => {
  const found = some.filter(clause => clause !== undefined);
  return fc.shuffledSubarray(found, { minLength: found.length }).map(shuffled => [...shuffled, ...rules]);
});
const item = fc
  .tuple(anyName, maybe(anyName), text, clauses)
  .map(
    ([id, was, title, found]): ast.Item =>
      at({ kind: 'item', id, ...(was ? { was } : {}), name: title, clauses: found, closed: true }),
  );

// ── tests ───────────────────────────────────────────────────────────────────────────────────────

const duration = fc.tuple(fc.nat(999), fc.constantFrom('s', 'm', 'h', 'd')).map(
  ([count, unit]): ast.Duration =>
    at({
      kind: 'duration',
      milliseconds: count * { s: 1e3, m: 6e4, h: 36e5, d: 864e5 }[unit]!,
      raw: `${count}${unit}`,
    }),
);
const assignments = (side: ast.Side, minLength = 1): fc.Arbitrary<ast.Assignment[]> =>
  fc.uniqueArray(
    fc
      .tuple(side === 'salesforce' ? path : jiraField, value)
      .map(([field, to]): ast.Assignment => at({ kind: 'assignment', field, value: to })),
    {
      minLength,
      maxLength: 4,
      selector: ({ field }) =>
        field.kind === 'path' ? field.segments.map(segment => segment.text).join('.') : (field as ast.JiraField).name,
    },
  );
const sides = fc.constantFrom<ast.Side>('salesforce', 'jira');
const expectations = fc
  .tuple(
    maybe(fc.boolean().map((negated): ast.Expectation => at({ kind: 'expect-created', negated }))),
    assignments('jira', 0),
    assignments('salesforce', 0),
    fc.uniqueArray(fc.tuple(sides, number), { maxLength: 2, selector: ([side]) => side }),
  )
  .map(([created, jira, salesforce, writes]): ast.Expectation[] => [
    ...(created ? [created] : []),
    ...jira.map((assignment): ast.Expectation => at({ kind: 'expect-value', side: 'jira', assignment })),
    ...salesforce.map((assignment): ast.Expectation => at({ kind: 'expect-value', side: 'salesforce', assignment })),
    ...writes.map(([side, count]): ast.Expectation => at({ kind: 'expect-writes', side, count })),
  ])
  .filter(found => found.length > 0)
  .chain(found => fc.shuffledSubarray(found, { minLength: found.length }));
const step = fc
  .tuple(
    maybe(duration),
    fc.oneof<fc.Arbitrary<ast.Step>[]>(
      sides.chain(side => assignments(side).map((found): ast.Step => at({ kind: 'change', side, assignments: found }))),
      fc.constant<ast.Step>(at({ kind: 'cycle' })),
      expectations.map((found): ast.Step => at({ kind: 'expect', expectations: found })),
    ),
  )
  .map(([when, found]): ast.Step => (when ? { ...found, at: when } : found));
const test = fc
  .tuple(text, anyName, upTo(4, step))
  .map(([title, of, steps]): ast.Test => at({ kind: 'test', name: title, item: of, steps, closed: true }));

// ── programs ────────────────────────────────────────────────────────────────────────────────────

const idOf = (node: ast.Item | ast.Values): string => (node.id as ast.Name).text;
const values = fc.tuple(anyName, table).map(([id, found]): ast.Values => at({ kind: 'values', id, table: found }));

export const anyProgram: fc.Arbitrary<ast.Program> = fc
  .tuple(
    fc.uniqueArray(item, { maxLength: 3, selector: idOf }),
    fc.uniqueArray(values, { maxLength: 2, selector: idOf }),
    upTo(2, test),
  )
  .chain(([items, tables, tests]) => {
    const all: ast.Declaration[] = [...items, ...tables, ...tests];
    return fc.shuffledSubarray(all, { minLength: all.length });
  })
  .map(declarations => ({
    kind: 'program',
    file: createSourceFile('chance.bridge', ''),
    span,
    declarations,
    comments: [],
  }));
