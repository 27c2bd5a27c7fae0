/**
 * The maps of the YAML notation: what keys each has, what stands under them and what they are for. The reader
 * and the writer take their keys from here, and the JSON schema is made of nothing else.
 */
import {
  clauseWords,
  conflictWords,
  createWords,
  fallbackWords,
  modeWords,
  modifierWords,
  ownerWords,
} from '../vocabulary.ts';

export type ShapeName =
  | 'program'
  | 'item'
  | 'jira'
  | 'create'
  | 'mapping'
  | 'text'
  | 'table'
  | 'inlineTable'
  | 'status'
  | 'rule'
  | 'move'
  | 'comments'
  | 'operators'
  | 'condition'
  | 'test'
  | 'step'
  | 'expect'
  | 'writes';

/** What stands under a key. */
export type Content =
  /** What is written, quoted or not. */
  | 'text'
  | 'path'
  /** A text, number, date or truth value. */
  | 'literal'
  /** A literal, a list of them, or `null`. */
  | 'value'
  | 'number'
  | 'count'
  | 'date'
  | 'duration'
  | 'switch'
  /** `off`, as a switch says it. */
  | 'off'
  | 'flag'
  | 'true'
  | 'condition'
  /** A map from anything to what stands in it; `least` entries at least. */
  | { readonly mapOf: Content; readonly least?: 1 }
  /** A list. */
  | { readonly listOf: Content; readonly least?: 1 }
  /** One of a few words, each with what it does. */
  | { readonly words: Readonly<Record<string, string>> }
  /** A map of the table below. */
  | { readonly shape: ShapeName }
  | { readonly either: readonly Content[] };

export interface Key {
  readonly about: string;
  readonly is: Content;
}

export interface ShapeOf {
  readonly keys: Readonly<Record<string, Key>>;
  /** Keys that have to be there. */
  readonly required?: readonly string[];
  /** Of these exactly one has to be there. */
  readonly one?: readonly string[];
  /** A key on the left goes with none of those on the right. */
  readonly excludes?: Readonly<Record<string, readonly string[]>>;
  /** A key on the left needs all of those on the right. */
  readonly needs?: Readonly<Record<string, readonly string[]>>;
  /** At least one key has to be there. */
  readonly notEmpty?: true;
}

const fallback: Content = { either: [{ words: fallbackWords }, { shape: 'text' }] };

const table = {
  pairs: {
    about: 'Salesforce value: Jira value, both ways.',
    is: { mapOf: 'literal' },
  },
  toJira: { about: 'Salesforce value: Jira value, towards Jira only.', is: { mapOf: 'literal' } },
  toSalesforce: { about: 'Jira value: Salesforce value, towards Salesforce only.', is: { mapOf: 'literal' } },
  otherwise: { about: 'What happens to a value that is not listed.', is: fallback },
} as const satisfies ShapeOf['keys'];

const comparison = (about: string): Key => ({ about, is: 'literal' });
const operators = {
  is: comparison('The field has this value; texts compare without case.'),
  isNot: comparison('The field has another value, or none.'),
  isOneOf: { about: 'The field has one of these values.', is: { listOf: 'literal', least: 1 } },
  isNotOneOf: { about: 'The field has none of these values.', is: { listOf: 'literal', least: 1 } },
  isAtLeast: comparison('The field has this value or a greater one.'),
  isAtMost: comparison('The field has this value or a smaller one.'),
  isBefore: comparison('The field has an earlier day or moment.'),
  isAfter: comparison('The field has a later day or moment.'),
  contains: { about: 'The field contains this text.', is: 'text' },
  startsWith: { about: 'The field starts with this text.', is: 'text' },
  isEmpty: { about: 'The field is empty.', is: 'true' },
  isNotEmpty: { about: 'The field is not empty.', is: 'true' },
} as const satisfies ShapeOf['keys'];

const fieldValues: Content = { mapOf: 'value', least: 1 };

export const shapes = {
  program: {
    keys: {
      items: { about: 'The Smart Connected Items, by their ids.', is: { mapOf: { shape: 'item' } } },
      values: {
        about: 'Tables that translate values, by their ids; any item can use them.',
        is: { mapOf: { shape: 'table' } },
      },
      tests: {
        about: 'What the program has to do, as a story of changes and expectations.',
        is: { listOf: { shape: 'test' } },
      },
    },
  },
  item: {
    keys: {
      name: { about: 'How people call the item.', is: 'text' },
      was: { about: 'The id that the item had: its links are kept.', is: 'text' },
      salesforce: { about: clauseWords.salesforce, is: 'text' },
      where: { about: clauseWords.where, is: 'condition' },
      jira: { about: clauseWords.jira, is: { shape: 'jira' } },
      sync: { about: clauseWords.sync, is: { words: modeWords } },
      create: { about: clauseWords.create, is: { either: [{ words: createWords }, 'off', { shape: 'create' }] } },
      fields: {
        about: 'The mappings: a Salesforce field, a Jira field and who owns them.',
        is: { listOf: { shape: 'mapping' } },
      },
      newIssue: { about: clauseWords['new-issue'], is: { mapOf: 'value' } },
      status: { about: clauseWords.status, is: { shape: 'status' } },
      rules: { about: clauseWords.rule, is: { listOf: { shape: 'rule' } } },
      comments: { about: clauseWords.comments, is: { either: ['switch', { shape: 'comments' }] } },
      attachments: { about: clauseWords.attachments, is: 'switch' },
      associations: { about: clauseWords.associations, is: 'switch' },
      show: { about: clauseWords.show, is: { listOf: 'path', least: 1 } },
    },
    required: ['name', 'salesforce', 'jira', 'sync'],
  },
  jira: {
    keys: {
      project: { about: 'The key of the project.', is: 'text' },
      projects: { about: 'The keys of several projects, for display-only items.', is: { listOf: 'text', least: 1 } },
      issueType: { about: 'The issue type by its name.', is: 'text' },
    },
    one: ['project', 'projects'],
    needs: { issueType: ['project'] },
  },
  create: {
    keys: {
      records: {
        about: 'Which records get an issue.',
        is: { words: { matching: createWords.matching!, all: createWords.all! } },
      },
      since: { about: 'Records created from this day on are caught up on.', is: 'date' },
    },
    required: ['records'],
  },
  mapping: {
    keys: {
      salesforce: { about: 'The field by its API name, or a path to a related one: `Account.Name`.', is: 'path' },
      template: { about: 'A text with `{fields}` in braces; a brace that is meant is doubled.', is: 'text' },
      jira: { about: 'The Jira field, by id or display name.', is: 'text' },
      owner: { about: 'Who owns the field.', is: { words: ownerWords } },
      by: { about: modifierWords.by, is: { either: ['text', { shape: 'inlineTable' }] } },
      cutAt: { about: modifierWords['cut-at'], is: 'count' },
      orElse: { about: modifierWords['or-else'], is: fallback },
      onConflict: { about: modifierWords['on-conflict'], is: { words: conflictWords } },
    },
    required: ['jira', 'owner'],
    one: ['salesforce', 'template'],
  },
  text: {
    keys: { text: { about: 'The text that is written instead.', is: 'text' } },
    required: ['text'],
  },
  table: { keys: table, notEmpty: true },
  inlineTable: { keys: table },
  status: {
    keys: {
      field: { about: 'The field that holds the status of the record.', is: 'text' },
      by: { about: modifierWords.by, is: 'text' },
      ...table,
    },
    required: ['field'],
    excludes: { by: Object.keys(table) },
  },
  rule: {
    keys: {
      when: { about: 'The condition of this branch.', is: 'condition' },
      moveTo: { about: 'The status that the issue is moved to.', is: 'text' },
      otherwise: {
        about: clauseWords.otherwise,
        is: { either: [{ words: { leave: 'The status stays as it is.' } }, { shape: 'move' }] },
      },
    },
    one: ['when', 'otherwise'],
    needs: { when: ['moveTo'], moveTo: ['when'] },
  },
  move: {
    keys: { moveTo: { about: 'The status that the issue is moved to.', is: 'text' } },
    required: ['moveTo'],
  },
  comments: {
    keys: {
      internal: { about: 'Internal comments travel too.', is: 'flag' },
      published: { about: 'Comments of Jira reach Salesforce as published ones.', is: 'flag' },
    },
  },
  operators: { keys: operators },
  condition: {
    keys: {
      all: { about: 'All of these hold.', is: { listOf: 'condition', least: 1 } },
      any: { about: 'One of these holds, or several.', is: { listOf: 'condition', least: 1 } },
      not: { about: 'This does not hold.', is: 'condition' },
      field: { about: 'The Salesforce field that is looked at.', is: 'path' },
      ...operators,
    },
    one: ['all', 'any', 'not', 'field'],
    needs: Object.fromEntries(Object.keys(operators).map(operator => [operator, ['field']])),
  },
  test: {
    keys: {
      name: { about: 'What the test shows.', is: 'text' },
      item: { about: 'The id of the item that is tested.', is: 'text' },
      steps: { about: 'What happens, in order.', is: { listOf: { shape: 'step' } } },
    },
    required: ['name', 'item'],
  },
  step: {
    keys: {
      at: { about: 'When it happens, from the start of the test: `5m`.', is: 'duration' },
      salesforce: {
        about: 'Fields of the record that somebody changes; the first such step creates it.',
        is: fieldValues,
      },
      jira: { about: 'Fields of the issue that somebody changes.', is: fieldValues },
      cycle: { about: 'A cycle runs.', is: 'true' },
      expect: { about: 'What has to hold now.', is: { shape: 'expect' } },
    },
    one: ['salesforce', 'jira', 'cycle', 'expect'],
  },
  expect: {
    keys: {
      created: { about: 'Whether the issue was created.', is: 'flag' },
      jira: { about: 'Values of the issue.', is: fieldValues },
      salesforce: { about: 'Values of the record.', is: fieldValues },
      writes: { about: 'How often the bridge has written.', is: { shape: 'writes' } },
    },
    notEmpty: true,
  },
  writes: {
    keys: {
      salesforce: { about: 'Writes to Salesforce.', is: 'number' },
      jira: { about: 'Writes to Jira.', is: 'number' },
    },
    notEmpty: true,
  },
} as const satisfies Readonly<Record<ShapeName, ShapeOf>>;

type Keys = { readonly [Name in ShapeName]: readonly (keyof (typeof shapes)[Name]['keys'] & string)[] };

/** The keys alone, by the map that they stand in. */
export const keys = Object.fromEntries(
  Object.entries(shapes).map(([name, shape]) => [name, Object.keys(shape.keys)]),
) as unknown as Keys;
