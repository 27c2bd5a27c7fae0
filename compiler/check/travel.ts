/**
 * A value on its way through a mapping, as the engine would carry it: value table, conversion, cut and length
 * limits. People are taken to have an account on the other side. A value that cannot go over goes nowhere:
 * what happens to it then is for `or else` to say, and nothing comes back of it.
 */
import { isMissing, type TableRow } from '../../dsl/ast.ts';
import { type BoundMapping, fieldOf, jiraFieldOf, writesJira, writesSalesforce } from '../bind/bound.ts';
import { scalarOf } from '../bind/literal.ts';
import { inSpelling } from '../bind/setting.ts';
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
import { picklistSpelling } from '../plan/lower-table.ts';

/** One direction of a mapping. */
export interface Way {
  readonly mapping: BoundMapping;
  readonly toJira: boolean;
}

/** A type with the side that it is of. */
export type Kind =
  | { readonly side: 'salesforce'; readonly type: SalesforceType }
  | { readonly side: 'jira'; readonly type: JiraType };

export const textOf = (kind: Kind, value: unknown): string =>
  kind.side === 'salesforce' ? salesforceText(kind.type, value) : jiraText(kind.type, value);
export const normalOf = (kind: Kind, value: unknown): unknown =>
  kind.side === 'salesforce' ? normalSalesforce(kind.type, value) : normalJira(kind.type, value);
export const isSame = (kind: Kind, a: unknown, b: unknown): boolean => sameValue(normalOf(kind, a), normalOf(kind, b));

/** The types at both ends; nothing where a name leads nowhere. */
export function endsOf({
  source,
  target,
}: BoundMapping): { readonly salesforce: Kind; readonly jira: Kind } | undefined {
  const jira = jiraFieldOf(target)?.field.type;
  const type =
    source.kind === 'path' ? fieldOf(source.path)?.field.type : source.kind === 'template' ? 'textarea' : undefined;
  if (jira === undefined || type === undefined) return undefined;
  return { salesforce: { side: 'salesforce', type }, jira: { side: 'jira', type: jira } };
}

/** What arrives, as REST takes it; nothing where the value stays behind. A template is filled in before. */
export function carry({ mapping, toJira }: Way, value: unknown): { readonly value: unknown } | undefined {
  const ends = endsOf(mapping);
  if (ends === undefined) return undefined;
  const from = toJira ? ends.salesforce : ends.jira;
  const direction: Direction = toJira ? 'to-jira' : 'to-salesforce';
  const context = contextOf(mapping, toJira);
  const normal = normalOf(from, value);
  if (normal === null) return undefined;
  let result: Converted | undefined;
  if (mapping.table !== undefined) {
    const to = translated(mapping, toJira, normal);
    const target = toJira ? ends.jira.type : ends.salesforce.type;
    result = to === undefined ? undefined : writeScalar(direction, target, to, context);
  } else {
    const types = [ends.salesforce.type as SalesforceType, ends.jira.type as JiraType] as const;
    result = conversionFor(direction, ...types)?.convert(value, context);
  }
  if (!result?.ok) return undefined;
  return normalOf(toJira ? ends.jira : ends.salesforce, result.value) === null ? undefined : { value: result.value };
}

function contextOf({ source, target, modifiers }: BoundMapping, toJira: boolean): ConversionContext {
  const length = toJira
    ? jiraFieldOf(target)?.field.length
    : source.kind === 'path'
      ? fieldOf(source.path)?.field.length
      : undefined;
  const cut = modifiers['cut-at']?.length;
  return {
    accountIdOf: email => `account of ${email}`,
    emailOf: account => account.replace(/^account of /, ''),
    ...(length === undefined ? {} : { maxLength: length }),
    ...(cut?.kind === 'number' ? { cutAt: cut.value } : {}),
  };
}

/** The rows of a mapping's table that count towards a side, as values of both. */
export function rowsOf(
  mapping: BoundMapping,
  toJira: boolean,
): readonly { readonly from: Scalar; readonly to: Scalar }[] {
  const { table, source } = mapping;
  const field = source.kind === 'path' ? fieldOf(source.path) : undefined;
  const target = jiraFieldOf(mapping.target);
  if (table === undefined || target === undefined) return [];
  return table.table.rows.flatMap(row => {
    if (row.kind !== 'row' || !counts(row, toJira) || isMissing(row.left) || isMissing(row.right)) return [];
    const left = picklistSpelling(field?.metadata, scalarOf(row.left, field?.field.type ?? 'string'));
    const right = inSpelling(target.screen, scalarOf(row.right, target.field.type));
    if (left === undefined || right === undefined) return [];
    return [toJira ? { from: left, to: right } : { from: right, to: left }];
  });
}

const counts = ({ arrow }: TableRow, toJira: boolean): boolean =>
  arrow.kind === 'arrow' && (toJira ? writesJira(arrow.arrow) : writesSalesforce(arrow.arrow));

function translated(mapping: BoundMapping, toJira: boolean, normal: unknown): Scalar | undefined {
  const value = keyOf(Array.isArray(normal) && normal.length === 1 ? normal[0] : normal);
  return rowsOf(mapping, toJira).find(({ from }) => keyOf(from) === value)?.to;
}

const keyOf = (value: unknown): string =>
  foldText(Array.isArray(value) ? value.map(String).sort().join(';') : String(value));
