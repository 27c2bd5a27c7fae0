/**
 * A value on its way through a mapping, as the engine would carry it: value table, conversion, cut and length
 * limits. People are taken to have an account on the other side. A value that cannot go over goes nowhere:
 * what happens to it then is for `or else` to say, and nothing comes back of it.
 */
import { isMissing } from '../../dsl/ast.ts';
import { type BoundMapping, jiraFieldOf, rowsOneWay, sourceFieldOf } from '../bind/bound.ts';
import { scalarOf } from '../bind/literal.ts';
import { offeredSpelling, picklistSpelling } from '../bind/spelling.ts';
import {
  type ConversionContext,
  type Converted,
  conversionFor,
  type Direction,
  foldText,
  jiraText,
  normalJira,
  normalSalesforce,
  salesforceText,
  sameValue,
  writeScalar,
} from '../conversion/index.ts';
import type { JiraType, SalesforceType, Scalar } from '../plan/ir.ts';

/** A type with the side that it is of. */
export type Kind = SalesforceKind | JiraKind;
interface SalesforceKind {
  readonly side: 'salesforce';
  readonly type: SalesforceType;
}
interface JiraKind {
  readonly side: 'jira';
  readonly type: JiraType;
}
export interface Ends {
  readonly salesforce: SalesforceKind;
  readonly jira: JiraKind;
}

export const textOf = (kind: Kind, value: unknown): string =>
  kind.side === 'salesforce' ? salesforceText(kind.type, value) : jiraText(kind.type, value);
export const normalOf = (kind: Kind, value: unknown): unknown =>
  kind.side === 'salesforce' ? normalSalesforce(kind.type, value) : normalJira(kind.type, value);
export const isSame = (kind: Kind, a: unknown, b: unknown): boolean => sameValue(normalOf(kind, a), normalOf(kind, b));

/** The types at both ends; nothing where a name leads nowhere. */
export function endsOf(mapping: BoundMapping): Ends | undefined {
  const jira = jiraFieldOf(mapping.target)?.field.type;
  const type = mapping.source.kind === 'template' ? 'textarea' : sourceFieldOf(mapping)?.field.type;
  if (jira === undefined || type === undefined) return undefined;
  return { salesforce: { side: 'salesforce', type }, jira: { side: 'jira', type: jira } };
}

/** One direction of a mapping. */
export interface Way {
  readonly mapping: BoundMapping;
  readonly toJira: boolean;
  readonly from: Kind;
  readonly to: Kind;
  /** The rows of its value table that count in this direction. */
  readonly rows: readonly TranslatedRow[];
  /** What arrives, as REST takes it; nothing where the value stays behind. A template is filled in before. */
  carry(value: unknown): unknown;
}
interface TranslatedRow {
  readonly from: Scalar;
  readonly to: Scalar;
}

/** Nothing where a name leads nowhere. */
export function wayOf(mapping: BoundMapping, toJira: boolean): Way | undefined {
  const ends = endsOf(mapping);
  if (ends === undefined) return undefined;
  const { from, to } = toJira ? { from: ends.salesforce, to: ends.jira } : { from: ends.jira, to: ends.salesforce };
  const rows = mapping.table === undefined ? noRows : rowsOf(mapping, toJira);
  const convert = conversionOf(mapping, toJira, ends, rows);
  return {
    mapping,
    toJira,
    from,
    to,
    rows,
    carry(value) {
      const normal = normalOf(from, value);
      const result = normal === null ? undefined : convert(normal);
      return result?.ok && normalOf(to, result.value) !== null ? result.value : undefined;
    },
  };
}
const noRows: readonly TranslatedRow[] = [];

type Convert = (normal: unknown) => Converted | undefined;

function conversionOf(mapping: BoundMapping, toJira: boolean, ends: Ends, rows: readonly TranslatedRow[]): Convert {
  const { salesforce, jira } = ends;
  const direction: Direction = toJira ? 'to-jira' : 'to-salesforce';
  const context = contextOf(mapping, toJira);
  if (mapping.table === undefined) {
    const conversion = conversionFor(direction, salesforce.type, jira.type);
    return normal => conversion?.convertNormal(normal, context);
  }
  const byKey = new Map(rows.toReversed().map(row => [keyOf(row.from), row]));
  const target = toJira ? jira.type : salesforce.type;
  return normal => {
    const row = byKey.get(keyOf(Array.isArray(normal) && normal.length === 1 ? normal[0] : normal));
    return row && writeScalar(direction, target, row.to, context);
  };
}

/** How long a text may become on the way: what the target takes, and what the mapping cuts it to. */
export function limitsOf(
  mapping: BoundMapping,
  toJira: boolean,
): { readonly length: number | undefined; readonly cutAt: number | undefined } {
  const cut = mapping.modifiers['cut-at']?.length;
  return {
    length: (toJira ? jiraFieldOf(mapping.target) : sourceFieldOf(mapping))?.field.length,
    cutAt: cut?.kind === 'number' ? cut.value : undefined,
  };
}

/** Whether an address is known shows when it is looked up: everybody is. */
export function contextOf(mapping: BoundMapping, toJira: boolean): ConversionContext {
  const { length, cutAt } = limitsOf(mapping, toJira);
  return {
    accountIdOf: email => `account of ${email}`,
    emailOf: account => account.replace(/^account of /, ''),
    ...(length === undefined ? {} : { maxLength: length }),
    ...(cutAt === undefined ? {} : { cutAt }),
  };
}

/** As values of both sides, in their spelling there. */
function rowsOf(mapping: BoundMapping, toJira: boolean): readonly TranslatedRow[] {
  const { table } = mapping;
  const field = sourceFieldOf(mapping);
  const target = jiraFieldOf(mapping.target);
  if (table === undefined || target === undefined) return [];
  return [...rowsOneWay(table, toJira)].flatMap(({ row }) => {
    if (isMissing(row.left) || isMissing(row.right)) return [];
    const left = picklistSpelling(field?.metadata, scalarOf(row.left, field?.field.type ?? 'string'));
    const right = offeredSpelling(target.screen, scalarOf(row.right, target.field.type));
    if (left === undefined || right === undefined) return [];
    return [toJira ? { from: left, to: right } : { from: right, to: left }];
  });
}

const keyOf = (value: unknown): string =>
  foldText(Array.isArray(value) ? value.map(String).sort().join(';') : String(value));
