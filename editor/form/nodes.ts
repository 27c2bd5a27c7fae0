/** Trees by hand: small nodes without a place, and an item with one of its parts replaced. */

import type { SalesforceType } from '../../compiler/plan/ir.ts';
import type {
  Arrow,
  Clause,
  DateLiteral,
  Fallback,
  FieldsClause,
  Item,
  JiraField,
  Literal,
  Mapping,
  Modifier,
  Name,
  Path,
  StatusClause,
  SwitchClause,
  Table,
  TableRow,
  Template,
  Text,
  Value,
} from '../../dsl/ast.ts';
import { templateLeaf } from '../../dsl/leaves.ts';

export const nowhere = { start: 0, end: 0 } as const;

export const name = (text: string): Name => ({ kind: 'name', span: nowhere, text });
export const text = (value: string): Text => ({ kind: 'text', span: nowhere, value });
export const path = (dotted: string): Path => ({ kind: 'path', span: nowhere, segments: dotted.split('.').map(name) });
export const jiraField = (id: string): JiraField => ({ kind: 'jira-field', span: nowhere, name: id });
export const dateLiteral = (value: string): DateLiteral => ({ kind: 'date', span: nowhere, value });

const numbers: ReadonlySet<SalesforceType> = new Set(['int', 'double', 'currency', 'percent']);

/** What was filled in, as a literal of the field's type; a number that is none stays a text, for the checks to say. */
export function literal(given: string, type: SalesforceType = 'string'): Literal {
  if (type === 'boolean' && /^(?:true|false)$/i.test(given))
    return { kind: 'boolean', span: nowhere, value: given.toLowerCase() === 'true', raw: given };
  if (numbers.has(type) && /^-?\d+(?:\.\d+)?$/.test(given))
    return { kind: 'number', span: nowhere, value: Number(given), raw: given };
  if (type === 'date' && /^\d{4}-\d\d-\d\d$/.test(given)) return dateLiteral(given);
  if (type === 'datetime' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(given))
    return { kind: 'datetime', span: nowhere, value: given };
  return text(given);
}

export function literalText(node: Literal | { readonly kind: 'missing' }): string {
  if (node.kind === 'missing') return '';
  return node.kind === 'text' ? node.value : node.kind === 'date' || node.kind === 'datetime' ? node.value : node.raw;
}

export const pathText = (node: Path | { readonly kind: string }): string =>
  node.kind === 'path' ? (node as Path).segments.map(segment => segment.text).join('.') : '';
export const nameText = (node: Name | { readonly kind: string } | undefined): string =>
  node?.kind === 'name' ? (node as Name).text : '';

export const mapping = (source: string, arrow: Arrow, target: string): Mapping => ({
  kind: 'mapping',
  span: nowhere,
  source: path(source),
  arrow: { kind: 'arrow', span: nowhere, arrow },
  target: jiraField(target),
  modifiers: [],
});
export const row = (left: string, arrow: Arrow, right: string): TableRow => ({
  kind: 'row',
  span: nowhere,
  left: text(left),
  arrow: { kind: 'arrow', span: nowhere, arrow },
  right: text(right),
});
export const tableOf = (rows: Table['rows']): Table => ({ kind: 'table', span: nowhere, rows, closed: true });
export const fallback = (action: string): Fallback => ({ kind: 'fallback', span: nowhere, action: name(action) });
/** A text in which `{path}` is filled in. */
export const template = (value: string): Template =>
  templateLeaf(
    value,
    nowhere,
    () => 0,
    () => {},
  );
export const fallbackText = (value: string): Fallback => ({ kind: 'fallback', span: nowhere, action: template(value) });

// ── an item ─────────────────────────────────────────────────────────────────────────────────────

type Kind = Clause['kind'];
type ClauseOf<K extends Kind> = Extract<Clause, { kind: K }>;

export const clauseOf = <K extends Kind>(item: Item, kind: K): ClauseOf<K> | undefined =>
  item.clauses.find((clause): clause is ClauseOf<K> => clause.kind === kind);
export const switchOf = (item: Item, feature: SwitchClause['feature']): SwitchClause | undefined =>
  item.clauses.find((clause): clause is SwitchClause => clause.kind === 'switch' && clause.feature === feature);

/** With a clause in place of the one of its kind, where that stands in the text, or without it. */
export function withClause<K extends Kind>(item: Item, kind: K, clause: ClauseOf<K> | undefined): Item {
  const at = item.clauses.findIndex(each => each.kind === kind);
  if (at < 0) return clause === undefined ? item : { ...item, clauses: [...item.clauses, clause] };
  const clauses: Clause[] = [...item.clauses];
  clauses.splice(at, 1, ...(clause === undefined ? [] : [{ ...clause, span: clauses[at]!.span }]));
  return { ...item, clauses };
}

export function withSwitch(item: Item, feature: SwitchClause['feature'], on: boolean): Item {
  const now = switchOf(item, feature);
  if (now === undefined)
    return on
      ? { ...item, clauses: [...item.clauses, { kind: 'switch', span: nowhere, feature, state: name('on') }] }
      : item;
  const clauses = on
    ? item.clauses.map(each => (each === now ? { ...now, state: name('on') } : each))
    : item.clauses.filter(each => each !== now);
  return { ...item, clauses };
}

export const withMappings = (item: Item, mappings: readonly Mapping[]): Item => {
  const now = clauseOf(item, 'fields');
  const clause: FieldsClause = { ...(now ?? { kind: 'fields', span: nowhere, closed: true }), mappings };
  return withClause(item, 'fields', mappings.length === 0 && now === undefined ? undefined : clause);
};

export function withModifier<K extends Modifier['kind']>(
  given: Mapping,
  kind: K,
  modifier: Extract<Modifier, { kind: K }> | undefined,
): Mapping {
  const rest = given.modifiers.filter(each => each.kind !== kind);
  return { ...given, modifiers: modifier === undefined ? rest : [...rest, modifier] };
}

export const withStatus = (item: Item, status: StatusClause | undefined): Item => withClause(item, 'status', status);

/** Rules in their order, `otherwise` last; the other clauses stay where they are. */
export function withRules(item: Item, rules: readonly (ClauseOf<'rule'> | ClauseOf<'otherwise'>)[]): Item {
  const first = item.clauses.findIndex(({ kind }) => kind === 'rule' || kind === 'otherwise');
  const others = item.clauses.filter(({ kind }) => kind !== 'rule' && kind !== 'otherwise');
  const at = first < 0 ? others.length : item.clauses.slice(0, first).filter(each => others.includes(each)).length;
  return { ...item, clauses: [...others.slice(0, at), ...rules, ...others.slice(at)] };
}

/** An id out of a name: `Support cases` is `support-cases`. */
export const slug = (given: string): string =>
  given
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .replace(/^(?=\d)/, 'item-')
    .slice(0, 64) || 'item';

export const valueTexts = (value: Value | { readonly kind: 'missing' }): readonly string[] =>
  value.kind === 'list'
    ? value.values.map(each => literalText(each))
    : value.kind === 'empty' || value.kind === 'missing'
      ? []
      : [literalText(value)];
