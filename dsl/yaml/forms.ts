/**
 * What a map or list looks like, for people who wrote something else in its place; and what they wrote as that, where it
 * can mean one thing only.
 */
import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import { yamlText } from './scalars.ts';
import { keys } from './shapes.ts';

export type Kind = 'map' | 'list' | 'text' | 'alias';

export interface Form {
  readonly example: string;
  /** The text of the map or list that is meant by what stands there. */
  readonly meant?: (node: ParsedNode) => string | undefined;
}

const textOf = (node: ParsedNode): string | undefined => (isScalar(node) ? String(node.value).trim() : undefined);
const PATH = String.raw`[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*`;
const PROJECT = /^[A-Z][A-Z0-9_]*$/;

/** A text written in another form; `pattern` says which texts are. */
const written =
  (pattern: RegExp, form: (...groups: readonly string[]) => string) =>
  (node: ParsedNode): string | undefined => {
    const found = pattern.exec(textOf(node) ?? '');
    return found === null ? undefined : form(...found.slice(1));
  };

/** `"Done"` in a text of another notation is `Done`. */
const bare = (text: string): string => yamlText(/^(["']).*\1$/.test(text) ? text.slice(1, -1) : text);
/** A number, day or truth value keeps its kind, in quotes it is a text. */
const literal = (text: string): string =>
  /^(?:-?\d+(?:\.\d+)?|\d{4}-\d\d-\d\d|true|false)$/.test(text) ? text : bare(text);

function meantJira(node: ParsedNode): string | undefined {
  if (isSeq(node)) {
    const projects = node.items.map(item => textOf(item as ParsedNode) ?? '');
    return projects.length > 0 && projects.every(project => PROJECT.test(project))
      ? `{ projects: [${projects.join(', ')}] }`
      : undefined;
  }
  const [, project = '', type] = /^([^/]+?)\s*(?:\/\s*([^/]+))?$/.exec(textOf(node) ?? '') ?? [];
  if (!PROJECT.test(project)) return undefined;
  return type === undefined ? `{ project: ${project} }` : `{ project: ${project}, issueType: ${bare(type)} }`;
}

const owners: Readonly<Record<string, string>> = { '->': 'salesforce', '<-': 'jira', '<->': 'both' };
const meantMapping = written(
  new RegExp(String.raw`^(${PATH})\s*(<->|->|<-)\s*("[^"]+"|[\w.-]+)$`),
  (path, arrow, field) => `{ salesforce: ${path}, jira: ${bare(field!)}, owner: ${owners[arrow!]} }`,
);

const operators: Readonly<Record<string, string>> = {
  '=': 'is',
  '==': 'is',
  is: 'is',
  '!=': 'isNot',
  '<>': 'isNot',
  'is not': 'isNot',
};
const meantCondition = written(
  new RegExp(
    String.raw`^(${PATH})\s*(==?|!=|<>|\bis not\b|\bis\b)\s*("[^"]*"|'[^']*'|(?!(?:not|empty|one|at|before|after)\b)[\w.-]+)$`,
  ),
  (path, operator, value) => `{ field: ${path}, ${operators[operator!]}: ${literal(value!)} }`,
);

const listOf = (pattern: RegExp) => (node: ParsedNode) => {
  const entries = textOf(node)?.split(/\s*,\s*/) ?? [];
  return entries.length > 0 && entries.every(entry => pattern.test(entry)) ? `[${entries.join(', ')}]` : undefined;
};

/** By the keys that may stand there. */
const ofMaps = new Map<readonly string[], Form>([
  [keys.item, { example: '{ name: Support cases, salesforce: Case, … }' }],
  [keys.jira, { example: '{ project: SUP, issueType: Incident }', meant: meantJira }],
  [
    keys.status,
    { example: '{ field: Status }', meant: written(new RegExp(`^(${PATH})$`), path => `{ field: ${path} }`) },
  ],
  [keys.mapping, { example: '{ salesforce: Subject, jira: summary, owner: salesforce }', meant: meantMapping }],
  [keys.condition, { example: '{ field: Status, is: Closed }', meant: meantCondition }],
  [
    keys.rule,
    {
      example: '{ when: { field: Status, is: Closed }, moveTo: Done }',
      meant: written(/^(leave)$/, () => '{ otherwise: leave }'),
    },
  ],
  [keys.table, { example: '{ pairs: { High: Highest, Low: Low } }' }],
  [keys.test, { example: '{ name: a case becomes an issue, item: support-cases, steps: […] }' }],
  [
    keys.step,
    { example: '{ salesforce: { Subject: Printer on fire } }', meant: written(/^(cycle)$/, () => '{ cycle: true }') },
  ],
  [keys.expect, { example: '{ created: true }', meant: written(/^(created)$/, () => '{ created: true }') }],
  [keys.writes, { example: '{ jira: 1 }' }],
]);
export const formOf = (keys: readonly string[]): Form | undefined => ofMaps.get(keys);

export const forms = {
  items: { example: '{ support-cases: { name: Support cases, … } }' },
  values: { example: '{ severity: { pairs: { High: Highest } } }' },
  pairs: { example: '{ High: Highest, Low: Low }' },
  settings: { example: '{ priority: High }' },
  record: { example: '{ Subject: Printer on fire }' },
  issue: { example: '{ summary: Printer on fire }' },
  show: { example: '[CaseNumber, Status]', meant: listOf(new RegExp(`^${PATH}$`)) },
  projects: { example: '[SUP, OPS]', meant: listOf(PROJECT) },
} as const satisfies Readonly<Record<string, Form>>;

/** A list of one is what stands in it. */
export function alone(node: ParsedNode): ParsedNode | undefined {
  const [only, more] = isSeq(node) ? (node.items as ParsedNode[]) : [];
  return more === undefined && isScalar(only) ? only : undefined;
}

export const kindOf = (node: ParsedNode): Kind =>
  isMap(node) ? 'map' : isSeq(node) ? 'list' : isScalar(node) ? 'text' : 'alias';

/** A list whose entries have an `id`, or are under a key of their own, as the map that is meant: what goes in place of each head. */
export function keyed({ text }: { readonly text: string }, list: ParsedNode): readonly TextAt[] | undefined {
  if (!isSeq(list) || list.flow === true || list.items.length === 0) return undefined;
  const heads: TextAt[] = [];
  for (const entry of list.items as ParsedNode[]) {
    if (!isMap(entry) || entry.flow === true) return undefined;
    const [start] = entry.range;
    const dash = /(?<=^|[\r\n]) +(- +)$/.exec(text.slice(Math.max(0, start - 80), start))?.[1];
    const [first, second] = entry.items as { readonly key: ParsedNode; readonly value: ParsedNode | null }[];
    if (dash === undefined || first === undefined || !isScalar(first.key)) return undefined;
    const at = start - dash.length;
    if (first.key.value === 'id' && second !== undefined && isScalar(first.value)) {
      const [from, to] = first.value.range;
      heads.push({ start: at, end: to, text: `${text.slice(from, to)}:` });
    } else if (second === undefined && isMap(first.value) && first.value.flow !== true)
      heads.push({ start: at, end: start, text: '' });
    else return undefined;
  }
  return heads;
}

interface TextAt {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
