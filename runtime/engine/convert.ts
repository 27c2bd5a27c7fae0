/**
 * One mapping's value in the other side's terms: value table, conversion, length limits, `or else`. A
 * value that cannot go over says why; nothing is cut or blanked because of an error.
 */
import {
  type ConversionContext,
  type Converted,
  conversionNamed,
  emptyJira,
  foldText,
  jiraText,
  normalJira,
  normalSalesforce,
  salesforceText,
  writeScalar,
} from '../../compiler/conversion/index.ts';
import type { FallbackPlan, JiraType, MappingPlan, SalesforceField, Scalar, TableRow } from '../../compiler/plan/ir.ts';
import { type Fields, renderTemplate, sourceName, sourceReader, sourceType, valueAt } from './values.ts';

/** What the users of both systems are called in the other one. */
export type People = Pick<ConversionContext, 'accountIdOf' | 'emailOf'>;

export const noPeople: People = { accountIdOf: () => undefined, emailOf: () => undefined };

export type Target =
  /** `value` as REST takes it, null to clear; `normal` is its comparable form. */
  | { readonly kind: 'value'; readonly value: unknown; readonly normal: unknown; readonly instead?: string }
  /** The target stays as it is; `recorded` unless the program asked for silence. */
  | { readonly kind: 'none'; readonly reason: string; readonly recorded: boolean }
  /** A person has to do something. */
  | { readonly kind: 'problem'; readonly reason: string };

export interface Converter {
  /** Normal forms of both sides; null is empty. */
  salesforceNormal(record: Fields): unknown;
  jiraNormal(issue: Fields): unknown;
  /** What is to be written; the value's normal form spares working it out again. */
  toJira(record: Fields, people: People, normal?: unknown): Target;
  toSalesforce(issue: Fields, record: Fields, people: People, normal?: unknown): Target;
}

export function converterOf(mapping: MappingPlan): Converter {
  const { source, target, table } = mapping;
  const toJira = mapping.toJira === undefined ? undefined : conversionNamed(mapping.toJira);
  const toSalesforce = mapping.toSalesforce === undefined ? undefined : conversionNamed(mapping.toSalesforce);
  const type = sourceType(source);
  const salesforceField = source.kind === 'field' ? source.field : undefined;
  const toJiraRows = table && tableOf(table.toJira);
  const toSalesforceRows = table && tableOf(table.toSalesforce);
  const left = sourceName(source);
  const read = sourceReader(source);

  const cut = mapping.cutAt === undefined ? {} : { cutAt: mapping.cutAt };
  const jiraLimits = { ...cut, ...(target.length === undefined ? {} : { maxLength: target.length }) };
  const salesforceLimits = {
    ...cut,
    ...(salesforceField?.length === undefined ? {} : { maxLength: salesforceField.length }),
  };
  const jiraContext = ({ accountIdOf, emailOf }: People): ConversionContext => ({
    accountIdOf,
    emailOf,
    ...jiraLimits,
  });
  const salesforceContext = ({ accountIdOf, emailOf }: People): ConversionContext => ({
    accountIdOf,
    emailOf,
    ...salesforceLimits,
  });

  const jiraValue = (value: unknown): Extract<Target, { kind: 'value' }> => ({
    kind: 'value',
    value,
    normal: normalJira(target.type, value),
  });
  const salesforceValue = (value: unknown): Extract<Target, { kind: 'value' }> => ({
    kind: 'value',
    value,
    normal: normalSalesforce(type, value),
  });

  const scalarToJira = (scalar: Scalar, people: People) =>
    writeScalar('to-jira', target.type, scalar, jiraContext(people));
  const scalarToSalesforce = (scalar: Scalar, field: SalesforceField, people: People) =>
    writeScalar('to-salesforce', field.type, scalar, salesforceContext(people));

  const jiraFallback = (reason: string, plan: FallbackPlan | undefined, record: Fields, people: People): Target =>
    fallback(
      reason,
      plan,
      target.required,
      value => jiraValue(value ?? emptyJira(target.type)),
      parts => {
        const text = renderTemplate(parts, record);
        return text === null ? undefined : scalarToJira(text, people);
      },
    );
  const salesforceFallback = (
    reason: string,
    plan: FallbackPlan | undefined,
    field: SalesforceField,
    record: Fields,
    people: People,
  ): Target =>
    fallback(reason, plan, !field.nillable, salesforceValue, parts => {
      const text = renderTemplate(parts, record);
      return text === null ? undefined : scalarToSalesforce(text, field, people);
    });

  return {
    salesforceNormal: record => normalSalesforce(type, read(record)),
    jiraNormal: issue => normalJira(target.type, issue[target.id] ?? null),

    toJira(record, people, normal = normalSalesforce(type, read(record))) {
      if (normal === null) {
        if (!target.required) return jiraValue(emptyJira(target.type));
        return jiraFallback(`${left} is empty, and ${target.name} is required`, mapping.orElse, record, people);
      }
      if (toJiraRows) {
        const row = toJiraRows(normal);
        if (row === undefined) {
          const reason = `${left} is “${salesforceText(type, normal)}”, which has no row in the value table`;
          return jiraFallback(reason, table?.otherwise ?? mapping.orElse, record, people);
        }
        const result = scalarToJira(row.to, people);
        return result.ok ? jiraValue(result.value) : jiraFallback(result.reason, mapping.orElse, record, people);
      }
      if (toJira === undefined) return { kind: 'problem', reason: `${left} has no way into ${target.name}` };
      const result = toJira.convertNormal(normal, jiraContext(people));
      if (!result.ok) return jiraFallback(result.reason, mapping.orElse, record, people);
      const value = jiraValue(result.value);
      if (target.required && value.normal === null) {
        return jiraFallback(
          `${left} gives an empty value, and ${target.name} is required`,
          mapping.orElse,
          record,
          people,
        );
      }
      return value;
    },

    toSalesforce(issue, record, people, normal = normalJira(target.type, issue[target.id] ?? null)) {
      const field = salesforceField;
      if (field === undefined || field.path.length !== 1) {
        return { kind: 'problem', reason: `${left} cannot be written` };
      }
      if (normal === null) {
        if (field.nillable) return salesforceValue(null);
        const reason = `${target.name} is empty, and ${field.label} cannot be`;
        return salesforceFallback(reason, mapping.orElse, field, record, people);
      }
      if (toSalesforceRows) {
        const row = toSalesforceRows(normal);
        if (row === undefined) {
          const reason = `${target.name} is “${jiraText(target.type, normal)}”, which has no row in the value table`;
          return salesforceFallback(reason, table?.otherwise ?? mapping.orElse, field, record, people);
        }
        const result = scalarToSalesforce(row.to, field, people);
        return result.ok
          ? salesforceValue(result.value)
          : salesforceFallback(result.reason, mapping.orElse, field, record, people);
      }
      if (toSalesforce === undefined) return { kind: 'problem', reason: `${target.name} has no way into ${left}` };
      const result = toSalesforce.convertNormal(normal, salesforceContext(people));
      return result.ok
        ? salesforceValue(result.value)
        : salesforceFallback(result.reason, mapping.orElse, field, record, people);
    },
  };
}

function fallback(
  reason: string,
  plan: FallbackPlan | undefined,
  required: boolean,
  asValue: (value: unknown) => Extract<Target, { kind: 'value' }>,
  render: (parts: Extract<FallbackPlan, { kind: 'text' }>['parts']) => Converted | undefined,
): Target {
  switch (plan?.kind) {
    case undefined:
      return { kind: 'problem', reason };
    case 'skip':
      return { kind: 'none', reason, recorded: true };
    case 'keep':
      return { kind: 'none', reason, recorded: false };
    case 'clear':
      return required ? { kind: 'problem', reason } : { ...asValue(null), instead: reason };
    case 'text': {
      const result = render(plan.parts);
      if (result === undefined) return { kind: 'problem', reason };
      if (!result.ok) return { kind: 'problem', reason: `${reason}; and the text given for that: ${result.reason}` };
      return { ...asValue(result.value), instead: reason };
    }
  }
}

/** Rows by value: texts without case, times by instant, numbers and checkboxes as such, several choices in any order. */
function tableOf(rows: readonly TableRow[]): (normal: unknown) => TableRow | undefined {
  const ones = rowsBy(rows, value => foldText(String(value)));
  const lists = rowsBy(rows, choicesKey);
  return normal => (Array.isArray(normal) ? lists(normal) : ones(normal));
}

function rowsBy(
  rows: readonly TableRow[],
  keyOf: (value: unknown) => string,
): (normal: unknown) => TableRow | undefined {
  const byKey = new Map<string, TableRow>();
  for (const row of rows) {
    const key = keyOf(row.from);
    if (!byKey.has(key)) byKey.set(key, row);
  }
  return normal => byKey.get(keyOf(normal));
}

/** A row names several choices as a multi-picklist does. */
const choicesKey = (value: unknown): string =>
  (Array.isArray(value) ? value : String(value).split(';'))
    .map(choice => foldText(String(choice).trim()))
    .sort()
    .join(';');

/** The e-mail addresses that a record's mappings to Jira users need looked up. */
export function emailsIn(mappings: readonly MappingPlan[], record: Fields): readonly string[] {
  const emails = new Set<string>();
  for (const { source, target } of mappings) {
    if (source.kind !== 'field' || !isPerson(target.type)) continue;
    const value = valueAt(record, source.field.path);
    if (typeof value !== 'string') continue;
    for (const part of value.split(';')) if (part.includes('@')) emails.add(part.trim());
  }
  return [...emails];
}

const isPerson = (type: JiraType) => type === 'user' || type === 'users';

/** The addresses that an issue shows of the people in it, by account. */
export function emailsShown(issue: Fields): ReadonlyMap<string, string> {
  const shown = new Map<string, string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const one of value) visit(one);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const { accountId, emailAddress } = value as Record<string, unknown>;
    if (typeof accountId === 'string' && typeof emailAddress === 'string') shown.set(accountId, emailAddress);
  };
  for (const value of Object.values(issue)) visit(value);
  return shown;
}
