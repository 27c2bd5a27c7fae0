/**
 * What the YAML notation has where: the keys of each map, with what a new one starts as, and what kind of value stands
 * under each. Keys come from the reader's own table; a key without a row here would not compile.
 */

import {
  clauseWords,
  conflictWords,
  createWords,
  fallbackWords,
  modeWords,
  modifierWords,
} from '../../../dsl/vocabulary.ts';
import { keys } from '../../../dsl/yaml/shapes.ts';
import type { Slot } from './slot.ts';

/** What is due at a place of the document. */
export type Shape =
  | {
      readonly kind: 'map';
      readonly keys: Readonly<Record<string, Key>>;
      readonly apart?: readonly (readonly string[])[];
    }
  /** Any key: an id, or what `names` says; `start` is what a new one holds. */
  | { readonly kind: 'entries'; readonly of: Shape; readonly names?: Names; readonly start: string }
  | { readonly kind: 'list'; readonly of: Shape; readonly start?: string }
  /** A value, or a map instead of it. */
  | { readonly kind: 'value'; readonly slot?: Names; readonly or?: Shape };

export interface Key {
  readonly shape: Shape;
  /** What is written behind a new key; `<Path>` and the like are filled in. */
  readonly start: string;
  readonly about?: string;
}
/** `path` and the like are slots of their own; the rest depends on what stands around. */
export type Names = Slot | { readonly kind: 'left' | 'right' | 'condition-value' | 'setting-value' | 'assigned-value' };

const value = (slot?: Names, or?: Shape): Shape => ({
  kind: 'value',
  ...(slot === undefined ? {} : { slot }),
  ...(or === undefined ? {} : { or }),
});
const words = (list: Readonly<Record<string, string>>): Names => ({ kind: 'words', words: list });
const plain = value();
const truth = value(words({ true: '', false: '' }));
/** It has nothing else to say. */
const must = value(words({ true: '' }));
const switches = words({ on: 'It is on.', off: 'It is off.' });
const path = value({ kind: 'path', before: [] });
const key = (shape: Shape, start: string, about?: string): Key => ({
  shape,
  start,
  ...(about === undefined ? {} : { about }),
});
const map = <Name extends string>(
  rows: Readonly<Record<Name, Key>>,
  ...apart: readonly (readonly string[])[]
): Shape => ({ kind: 'map', keys: rows, apart });
type Rows<Part extends keyof typeof keys> = Readonly<Record<(typeof keys)[Part][number], Key>>;

const text = map<'text'>({ text: key(plain, '"text"') } satisfies Rows<'text'>);
const fallback = value(words(fallbackWords), text);
const tableKeys: Rows<'table'> = {
  pairs: key(
    { kind: 'entries', of: value({ kind: 'right' }), names: { kind: 'left' }, start: 'value' },
    '{}',
    'Rows that count both ways.',
  ),
  toJira: key(
    { kind: 'entries', of: value({ kind: 'right' }), names: { kind: 'left' }, start: 'value' },
    '{}',
    'Rows that count towards Jira only.',
  ),
  toSalesforce: key(
    { kind: 'entries', of: value({ kind: 'left' }), names: { kind: 'right' }, start: 'value' },
    '{}',
    'Rows that count towards Salesforce only.',
  ),
  otherwise: key(fallback, 'keep', 'What happens to a value that is not listed.'),
};
const tableNames = keys.table;

/** Lazily, since conditions stand in conditions. */
const compared = value({ kind: 'condition-value' });
const several: Shape = { kind: 'list', of: compared };
const operators: Rows<'operators'> = {
  is: key(compared, 'value'),
  isNot: key(compared, 'value', 'Also true where the field is empty.'),
  isOneOf: key(several, '[value, other]'),
  isNotOneOf: key(several, '[value, other]'),
  isAtLeast: key(compared, '1'),
  isAtMost: key(compared, '1'),
  isBefore: key(compared, '2026-01-31'),
  isAfter: key(compared, '2026-01-31'),
  contains: key(plain, 'part'),
  startsWith: key(plain, 'part'),
  isEmpty: key(must, 'true'),
  isNotEmpty: key(must, 'true'),
};
const condition: Shape = {
  kind: 'map',
  apart: [...['all', 'any', 'not'].map(head => [head]), ['field', ...keys.operators]],
  get keys() {
    return conditionKeys;
  },
};
const conditions: Shape = { kind: 'list', of: condition, start: '{ field: <Path>, isNotEmpty: true }' };
const conditionKeys: Rows<'condition'> = {
  all: key(conditions, '[{ field: <Path>, isNotEmpty: true }]', 'Every one of these.'),
  any: key(conditions, '[{ field: <Path>, isNotEmpty: true }]', 'At least one of these.'),
  not: key(condition, '{ field: <Path>, isEmpty: true }'),
  field: key(path, '<Path>'),
  ...operators,
};

const mapping = map<(typeof keys.mapping)[number]>(
  {
    salesforce: key(path, '<Path>', 'The Salesforce field.'),
    template: key(plain, '"{<Path>}"', 'A text with fields in braces instead of one field.'),
    jira: key(value({ kind: 'jira-field', unset: true }), '<Jira>', 'The Jira field, by id or name.'),
    owner: key(
      value(
        words({ salesforce: 'Salesforce owns the field.', jira: 'Jira owns the field.', both: 'Both own the field.' }),
      ),
      'salesforce',
      'Who owns the field.',
    ),
    by: key(value({ kind: 'table' }, map(tableKeys)), '<Table>', modifierWords.by),
    cutAt: key(plain, '255', modifierWords['cut-at']),
    orElse: key(fallback, 'skip', modifierWords['or-else']),
    onConflict: key(value(words(conflictWords)), 'latest', modifierWords['on-conflict']),
  },
  ['salesforce'],
  ['template'],
);

const rule = map<(typeof keys.rule)[number]>(
  {
    when: key(condition, '{ field: <Path>, isNotEmpty: true }', clauseWords.rule),
    moveTo: key(value({ kind: 'status' }), '<Move>'),
    otherwise: key(
      value(
        words({ leave: 'The status is left alone.' }),
        map<'moveTo'>({ moveTo: key(value({ kind: 'status' }), '<Move>') }),
      ),
      'leave',
      clauseWords.otherwise,
    ),
  },
  ['when', 'moveTo'],
  ['otherwise'],
);

const record: Shape = {
  kind: 'entries',
  of: value({ kind: 'assigned-value' }),
  names: { kind: 'path', before: [] },
  start: 'value',
};
const issue: Shape = {
  kind: 'entries',
  of: value({ kind: 'setting-value' }),
  names: { kind: 'jira-field' },
  start: 'value',
};

const item = map<(typeof keys.item)[number]>({
  name: key(plain, 'A name for people', 'What people call the item.'),
  was: key(plain, 'old-id', 'The id that it had; its links move along.'),
  salesforce: key(value({ kind: 'object' }), '<Object>', clauseWords.salesforce),
  where: key(condition, '{ field: <Path>, isNotEmpty: true }', clauseWords.where),
  jira: key(
    map<(typeof keys.jira)[number]>(
      {
        project: key(value({ kind: 'project' }), '<PROJECT>'),
        projects: key({ kind: 'list', of: value({ kind: 'project' }) }, '[<PROJECT>]', 'Of an item that only shows.'),
        issueType: key(value({ kind: 'issue-type' }), '<Type>'),
      },
      ['project', 'issueType'],
      ['projects'],
    ),
    '{ project: <PROJECT>, issueType: <Type> }',
    clauseWords.jira,
  ),
  sync: key(value(words(modeWords)), 'custom', clauseWords.sync),
  create: key(
    value(
      words(createWords),
      map<(typeof keys.create)[number]>({
        records: key(value(words({ matching: createWords.matching!, all: createWords.all! })), 'all'),
        since: key(plain, '2026-01-01', 'Records created from that day on count as new.'),
      }),
    ),
    'all',
    clauseWords.create,
  ),
  fields: key(
    { kind: 'list', of: mapping, start: '{ salesforce: <Path>, jira: <Jira>, owner: salesforce }' },
    '[{ salesforce: <Path>, jira: <Jira>, owner: salesforce }]',
    clauseWords.fields,
  ),
  newIssue: key(issue, '{}', clauseWords['new-issue']),
  status: key(
    map<(typeof keys.status)[number]>(
      {
        field: key(value({ kind: 'path', before: [], only: 'status' }), '<Status>'),
        by: key(value({ kind: 'table' }), '<Table>'),
        ...tableKeys,
      },
      ['by'],
      tableNames,
    ),
    '{ field: <Status> }',
    clauseWords.status,
  ),
  rules: key({ kind: 'list', of: rule, start: '{ otherwise: leave }' }, '[{ otherwise: leave }]', clauseWords.rule),
  comments: key(
    value(
      switches,
      map<(typeof keys.comments)[number]>({
        internal: key(truth, 'true', 'Internal Jira comments travel too, as unpublished ones.'),
        published: key(truth, 'true', 'Public Jira comments arrive published.'),
      }),
    ),
    'on',
    clauseWords.comments,
  ),
  attachments: key(value(switches), 'on', clauseWords.attachments),
  associations: key(value(switches), 'on', clauseWords.associations),
  show: key({ kind: 'list', of: path }, '[<Path>]', clauseWords.show),
});

const step = map<(typeof keys.step)[number]>(
  {
    at: key(plain, '5m', 'Counted from the start.'),
    salesforce: key(record, '{ <Path>: value }', 'Creates the record, or changes it.'),
    jira: key(issue, '{ summary: value }', 'Changes the issue.'),
    cycle: key(must, 'true', 'A cycle runs.'),
    expect: key(
      map<(typeof keys.expect)[number]>({
        created: key(truth, 'true'),
        jira: key(issue, '{ summary: value }'),
        salesforce: key(record, '{ <Path>: value }'),
        writes: key(
          map<(typeof keys.writes)[number]>({ salesforce: key(plain, '0'), jira: key(plain, '0') }),
          '{ salesforce: 0 }',
        ),
      }),
      '{ created: true }',
      'What must hold now.',
    ),
  },
  ['salesforce'],
  ['jira'],
  ['cycle'],
  ['expect'],
);

const test = map<(typeof keys.test)[number]>({
  name: key(plain, 'what must hold'),
  item: key(value({ kind: 'item' }), '<Item>'),
  steps: key({ kind: 'list', of: step, start: '{ expect: { created: true } }' }, '[{ expect: { created: true } }]'),
});

const newItem =
  '{ name: A name for people, salesforce: <Object>, jira: { project: <PROJECT>, issueType: <Type> }, sync: custom }';
export const program = map<(typeof keys.program)[number]>({
  items: key({ kind: 'entries', of: item, start: newItem }, `{ new-id: ${newItem} }`, 'The items, by id.'),
  values: key(
    { kind: 'entries', of: map(tableKeys), start: '{ pairs: {} }' },
    '{ new-id: { pairs: {} } }',
    'Tables that translate values, for any item to use.',
  ),
  tests: key(
    { kind: 'list', of: test, start: '{ name: what must hold, item: <Item>, steps: [{ expect: { created: true } }] }' },
    '[]',
    'What must hold; played in a world of its own.',
  ),
});
