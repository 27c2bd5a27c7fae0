/**
 * The queries of a cycle: one for each object, with the union of what its items read. A `where` goes along
 * as far as SOQL can say it and never further: the text may let through more than the item wants, never
 * less, and the engine judges every row again. Names come from the plan only and literals are encoded by
 * their field's type, so no value can end its own literal.
 */
import { ofSeveralObjects } from '../../compiler/catalogue/objects.ts';
import type { Condition, ItemPlan, SalesforceField, Scalar } from '../../compiler/plan/ir.ts';
import type { Instant } from '../ports.ts';
import { instantOf } from './values.ts';

export interface DeltaQuery {
  readonly object: string;
  readonly soql: string;
  /** Parents whose stamps come with the rows. */
  readonly parents: readonly (readonly string[])[];
}

/** Records of one object that changed, or whose parents did, at or after `from`. */
export function deltaQuery(items: readonly ItemPlan[], from: Instant): DeltaQuery {
  const object = nameOf(items[0]!.salesforce.object);
  const parents = parentsOf(items);
  const changed = [[], ...parents].map(
    path => `${[...path, 'SystemModstamp'].map(nameOf).join('.')} >= ${moment(from)}`,
  );
  const wheres = items.map(item => (item.where === undefined ? '' : pushed(item.where)));
  const where = wheres.includes('') ? '' : ` AND (${[...new Set(wheres)].join(' OR ')})`;
  return {
    object,
    parents,
    soql: `${selectOf(items, parents)} WHERE (${changed.join(' OR ')})${where} ORDER BY SystemModstamp, Id`,
  };
}

/** These records, whatever happened to them. */
export function recordsQuery(items: readonly ItemPlan[], ids: readonly string[]): DeltaQuery {
  const parents = parentsOf(items);
  const list = [...new Set(ids)].sort().map(idLiteral).join(', ');
  return {
    object: nameOf(items[0]!.salesforce.object),
    parents,
    soql: `${selectOf(items, parents)} WHERE Id IN (${list}) ORDER BY SystemModstamp, Id`,
  };
}

/** What an item makes issues for, beside when it was created. */
function wanted(item: ItemPlan): Extract<Condition, { kind: 'all' }> {
  const branches = item.rules?.branches.map(({ when }) => when) ?? [];
  const rule: Condition[] = item.create.records === 'matching' ? [{ kind: 'any', of: branches }] : [];
  return { kind: 'all', of: [...(item.where === undefined ? [] : [item.where]), ...rule] };
}

/** Some of the records that an item may make issues for, after an id, as far as SOQL can say which; with what the readers read. */
export function eligibleQuery(
  item: ItemPlan,
  readers: readonly ItemPlan[],
  since: Instant,
  limit: number,
  after?: string,
): DeltaQuery {
  const parents = parentsOf(readers);
  const next = after === undefined ? '' : `Id > ${idLiteral(after)}`;
  const text = [`CreatedDate >= ${moment(since)}`, pushed(wanted(item)), next].filter(Boolean).join(' AND ');
  const soql = `${selectOf(readers, parents)} WHERE ${text} ORDER BY Id LIMIT ${limit}`;
  return { object: nameOf(item.salesforce.object), parents, soql };
}

/**
 * How many there are at most, as `total`; without those that `done`, an earlier form of the item, made issues
 * for. Nothing when that leaves none.
 */
export function eligibleCount(item: ItemPlan, since: Instant, done?: ItemPlan): string | undefined {
  const [now, before] = [wanted(item), done && wanted(done)];
  if (before?.of.length === 0 || JSON.stringify(now) === JSON.stringify(before)) return undefined;
  const others = before === undefined ? '' : pushed(before, true);
  const text = [`CreatedDate >= ${moment(since)}`, pushed(now), others].filter(Boolean).join(' AND ');
  return `SELECT COUNT(Id) total FROM ${nameOf(item.salesforce.object)} WHERE ${text}`;
}

/** How many ids go into one query: far below the 100,000 characters that a SOQL text may have. */
export const idsInQuery = 2_000;

function selectOf(items: readonly ItemPlan[], parents: readonly (readonly string[])[]): string {
  const object = nameOf(items[0]!.salesforce.object);
  const fields = new Set(['Id', 'SystemModstamp', 'CreatedDate', 'IsDeleted']);
  if (mergeable.has(object)) fields.add('MasterRecordId');
  const reads = items.flatMap(item => item.salesforce.reads.map(field => field.path.map(nameOf).join('.')));
  for (const path of reads.sort()) fields.add(path);
  for (const parent of parents) fields.add([...parent, 'SystemModstamp'].map(nameOf).join('.'));
  return `SELECT ${[...fields].join(', ')} FROM ${object}`;
}

/** Losers of a merge name their winner; only these objects can be merged. */
const mergeable: ReadonlySet<string> = new Set(['Account', 'Contact', 'Lead', 'Case']);

function parentsOf(items: readonly ItemPlan[]): readonly (readonly string[])[] {
  const parents = new Map<string, readonly string[]>();
  for (const { path } of items.flatMap(item => item.salesforce.reads)) {
    for (let length = 1; length < path.length; length++) {
      const parent = path.slice(0, length);
      if (parent.some(step => ofSeveralObjects.has(step))) break;
      parents.set(parent.join('.'), parent);
    }
  }
  return [...parents].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, parent]) => parent);
}

// ── conditions ──────────────────────────────────────────────────────────────────────────────────

/** A condition that holds at least wherever the given one does; empty when SOQL can say nothing of it. */
export function pushed(condition: Condition, negated = false): string {
  switch (condition.kind) {
    case 'not':
      return pushed(condition.of, !negated);
    case 'all':
    case 'any': {
      const parts = condition.of.map(part => pushed(part, negated));
      if ((condition.kind === 'all') === negated) {
        // An “or” with a part that SOQL cannot say can hold for any record.
        return parts.length === 0 || parts.includes('') ? '' : bracketed(parts, ' OR ');
      }
      return bracketed(parts.filter(Boolean), ' AND ');
    }
    case 'is-empty': {
      if (!condition.field.filterable) return '';
      return `${fieldName(condition.field)} ${condition.negated === negated ? '=' : '!='} null`;
    }
    case 'one-of': {
      const { field } = condition;
      const values = condition.values.map(value => literal(field, value));
      if (!comparable(field) || values.length === 0 || values.includes(undefined)) return '';
      const list = `(${values.join(', ')})`;
      return condition.negated === negated
        ? `${fieldName(field)} IN ${list}`
        : orEmpty(field, `${fieldName(field)} NOT IN ${list}`);
    }
    case 'compare':
      return comparison(condition, negated);
  }
}

function comparison(condition: Extract<Condition, { kind: 'compare' }>, negated: boolean): string {
  const { field, value } = condition;
  if (!comparable(field)) return '';
  const name = fieldName(field);
  const written = literal(field, value);
  const operators = { 'is-at-least': '>=', 'is-at-most': '<=', 'is-before': '<', 'is-after': '>' } as const;
  const opposites = { 'is-at-least': '<', 'is-at-most': '>', 'is-before': '>=', 'is-after': '<=' } as const;
  switch (condition.comparison) {
    case 'is':
    case 'is-not': {
      if (written === undefined) return '';
      const equal = (condition.comparison === 'is') !== negated;
      return equal ? `${name} = ${written}` : orEmpty(field, `${name} != ${written}`);
    }
    case 'contains':
    case 'starts-with': {
      if (negated || typeof value !== 'string' || value === '' || !likeable.has(field.type)) return '';
      const start = condition.comparison === 'contains' ? '%' : '';
      return `${name} LIKE '${start}${escapeLike(value)}%'`;
    }
    default: {
      // Texts are ordered by the org's language there, by code point here: only numbers and times agree.
      if (written === undefined || !ordered.has(field.type)) return '';
      return negated
        ? orEmpty(field, `${name} ${opposites[condition.comparison]} ${written}`)
        : `${name} ${operators[condition.comparison]} ${written}`;
    }
  }
}

const orEmpty = (field: SalesforceField, text: string): string => `(${text} OR ${fieldName(field)} = null)`;

const bracketed = (parts: readonly string[], joint: string): string =>
  parts.length < 2 ? (parts[0] ?? '') : `(${parts.join(joint)})`;

const comparable = (field: SalesforceField): boolean => field.filterable && field.type !== 'multipicklist';
const ordered: ReadonlySet<string> = new Set(['int', 'double', 'currency', 'percent', 'date', 'datetime']);
const likeable: ReadonlySet<string> = new Set(['string', 'textarea', 'picklist', 'combobox', 'phone', 'email', 'url']);

// ── names and literals ──────────────────────────────────────────────────────────────────────────

/** A value as SOQL writes it for a field of this type; undefined when the two do not fit. */
export function literal(field: Pick<SalesforceField, 'type'>, value: Scalar): string | undefined {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? String(value).toUpperCase() : undefined;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return typeof value === 'number' ? numberLiteral(value) : undefined;
    case 'date': {
      if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return undefined;
      return instantOf(value) === undefined ? undefined : value;
    }
    case 'datetime': {
      const instant = instantOf(value);
      return instant === undefined ? undefined : moment(instant);
    }
    case 'string':
    case 'textarea':
    case 'picklist':
    case 'combobox':
    case 'phone':
    case 'email':
    case 'url':
      return typeof value === 'string' ? `'${escapeText(value)}'` : undefined;
    case 'id':
    case 'reference':
      return typeof value === 'string' && idPattern.test(value) ? `'${value}'` : undefined;
    default:
      return undefined;
  }
}

/** Plain decimal spelling; what JSON writes with an exponent SOQL may not read. */
function numberLiteral(value: number): string | undefined {
  const text = String(value);
  return Number.isFinite(value) && /^-?\d+(\.\d+)?$/.test(text) ? text : undefined;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** The inside of a quoted literal. */
export const escapeText = (text: string): string => text.replace(/[\\'"\n\r\t\b\f]/g, found => escapes[found] ?? found);

/** The same for `LIKE`, where `%` and `_` stand for others. */
export const escapeLike = (text: string): string => escapeText(text).replace(/[%_]/g, '\\$&');

const moment = (instant: Instant): string => new Date(instant).toISOString();

const idPattern = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;
function idLiteral(id: string): string {
  if (!idPattern.test(id)) throw new Error(`not a Salesforce id: ${JSON.stringify(id)}`);
  return `'${id}'`;
}

const fieldName = (field: SalesforceField): string => field.path.map(nameOf).join('.');

function nameOf(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) throw new Error(`not a Salesforce API name: ${JSON.stringify(name)}`);
  return name;
}
