/**
 * The phrases of the Bridge notation: one row each, whole as it may stand, with the node that it has to become. Where
 * one may stand is not repeated here: it is tried, and kept if the text reads with it. Words of it that stand before
 * the cursor already are left out. `<Name>` is filled in by what the program or the org has, and is for a person to change.
 */
import type { Node } from '../../../dsl/ast.ts';
import { clauseWords, conflictWords, fallbackWords, lineWords, modifierWords } from '../../../dsl/vocabulary.ts';
import type { CompletionKind } from '../types.ts';

export type BlockKind = 'file' | 'item' | 'fields' | 'new-issue' | 'table' | 'status-table' | 'test';

export interface Phrase {
  readonly words: string;
  readonly kind: CompletionKind;
  /** The node that begins with it, or, with `inside`, that it lies in. */
  readonly node: Node['kind'];
  readonly inside?: true;
  readonly about?: string;
  /** It stands at most once in its item, under this kind of clause. */
  readonly once?: string;
  /** What it can only follow: spares trying it anywhere else. */
  readonly after?: RegExp;
}

const clause = (words: string, node: Node['kind'], about = lineWords[node], once: string = node): Phrase => ({
  words,
  kind: 'clause',
  node,
  ...(about === undefined ? {} : { about }),
  once,
});
const keyword = (words: string, node: Node['kind'], about?: string, inside?: true): Phrase => ({
  words,
  kind: 'keyword',
  node,
  ...(about === undefined ? {} : { about }),
  ...(inside ? { inside } : {}),
});
const inside = (words: string, node: Node['kind'], about?: string): Phrase => keyword(words, node, about, true);

const after = (pattern: RegExp, list: readonly Phrase[]): readonly Phrase[] =>
  list.map(phrase => ({ ...phrase, after: pattern }));
const name = /^[\p{L}_]/u;
/** The end of a comparison. */
const compared = /^(?:["\d-]|empty$|true$|false$|\)$)/;
/** The end of a mapping, or of a part of it. */
const mapped = /^["\p{L}_\d}]/u;

const conditions: readonly Phrase[] = [
  ...after(name, [
    inside('is "<value>"', 'compare'),
    inside('is not "<value>"', 'compare', 'Also true where the field is empty.'),
    inside('is empty', 'is-empty'),
    inside('is not empty', 'is-empty'),
    inside('is one of "<value>", "<other>"', 'one-of'),
    inside('is not one of "<value>", "<other>"', 'one-of'),
    inside('is at least 1', 'compare'),
    inside('is at most 1', 'compare'),
    inside('is before 2026-01-31', 'compare'),
    inside('is after 2026-01-31', 'compare'),
    inside('contains "<part>"', 'compare'),
    inside('starts with "<part>"', 'compare'),
  ]),
  ...after(compared, [inside('and <Path> is not empty', 'all'), inside('or <Path> is not empty', 'any')]),
  ...after(/^(?:where|when|and|or|not|\()$/, [keyword('not <Path> is empty', 'not')]),
];

/** Of these blocks and whatever lies in them. */
export const phrases: Readonly<Record<BlockKind, readonly Phrase[]>> = {
  file: [
    {
      words:
        'item <id> "<Name>" {\n  salesforce <Object>\n  jira       <PROJECT> / "<Type>"\n  sync       custom\n\n  fields {\n    <Path> -> summary\n  }\n}',
      kind: 'snippet',
      node: 'item',
      about: 'A new item.',
    },
    {
      words: 'values <id> {\n  "<left>" <-> "<right>"\n  otherwise keep\n}',
      kind: 'snippet',
      node: 'values',
      about: 'A table that translates values, for any item to use.',
    },
    {
      words: 'test "<what must hold>" for <Item> {\n  salesforce <Path> = "<value>"\n  expect created\n}',
      kind: 'snippet',
      node: 'test',
      about: 'What must hold; played in a world of its own.',
    },
  ],
  item: [
    clause('salesforce <Object>', 'salesforce'),
    clause('where <Path> is not empty', 'where'),
    clause('jira <PROJECT> / "<Type>"', 'jira'),
    clause('sync custom', 'sync'),
    clause('create all', 'create'),
    clause('create matching', 'create'),
    clause('create off', 'create'),
    clause('fields {\n    <Path> -> summary\n  }', 'fields'),
    clause('new issue {\n    labels = "<label>"\n  }', 'new-issue'),
    clause('status <Status>', 'status'),
    { words: 'when <Path> is not empty move to "<Move>"', kind: 'clause', node: 'rule', about: clauseWords.rule },
    clause('otherwise leave', 'otherwise'),
    clause('otherwise move to "<Move>"', 'otherwise'),
    clause('comments on', 'comments'),
    clause('attachments on', 'switch', clauseWords.attachments, 'attachments'),
    clause('associations on', 'switch', clauseWords.associations, 'associations'),
    clause('show <Path>', 'show'),
    ...after(/^(?:matching|all)$/, [
      inside('since 2026-01-01', 'create', 'Records created from that day on count as new, also those from before.'),
    ]),
    ...after(/^(?:on|yes|true|too|published|,)$/, [
      inside(', internal too', 'comments', 'Internal Jira comments travel too, as unpublished ones.'),
      inside(', published', 'comments', 'Public Jira comments arrive published.'),
    ]),
    ...after(compared, [inside('move to "<Move>"', 'rule')]),
    ...after(name, [
      inside('by <Table>', 'status', modifierWords.by),
      inside('{\n    "<left>" <-> "<right>"\n  }', 'status', 'Pairs that go before the closest match.'),
    ]),
    ...conditions,
  ],
  fields: [
    inside('-> <Jira>', 'mapping', 'Salesforce owns the field.'),
    inside('<- <Jira>', 'mapping', 'Jira owns the field.'),
    inside('<-> <Jira>', 'mapping', 'Both own the field.'),
    ...after(mapped, [
      keyword('by <Table>', 'by', modifierWords.by),
      keyword('{ "<left>" <-> "<right>" }', 'inline-table', modifierWords['inline-table']),
      keyword('cut at 255', 'cut-at', modifierWords['cut-at']),
      ...Object.entries(fallbackWords).map(([word, about]) => keyword(`or else ${word}`, 'or-else', about)),
      keyword('or else "<text>"', 'or-else', 'A text is written instead.'),
      ...Object.entries(conflictWords).map(([word, about]) => keyword(`on conflict ${word}`, 'on-conflict', about)),
    ]),
  ],
  'new-issue': [inside('= "<value>"', 'setting')],
  table: [
    ...Object.entries(fallbackWords).map(([word, about]) => keyword(`otherwise ${word}`, 'table-otherwise', about)),
    inside('<-> "<right>"', 'row'),
    inside('-> "<right>"', 'row'),
    inside('<- "<right>"', 'row'),
  ],
  'status-table': [
    inside('<-> "<right>"', 'row'),
    inside('-> "<right>"', 'row'),
    inside('<- "<right>"', 'row'),
    keyword('otherwise keep', 'table-otherwise', 'Any other status stays as it is; nothing is matched.'),
  ],
  test: [
    inside('salesforce <Path> = "<value>"', 'change', 'Creates the record, or changes it.'),
    inside('jira summary = "<value>"', 'change', 'Changes the issue.'),
    inside('cycle', 'cycle', 'A cycle runs.'),
    inside('expect created', 'expect', 'What must hold now.'),
    inside('created', 'expect-created'),
    inside('not created', 'expect-created'),
    inside('writes to salesforce = 0', 'expect-writes'),
    inside('writes to jira = 0', 'expect-writes'),
    inside('at 5m cycle', 'cycle'),
    inside('= "<value>"', 'assignment'),
  ],
};
