import { type Fallback, isMissing, type Literal } from '../../../dsl/ast.ts';
import type { SourceFile, Span } from '../../../dsl/source.ts';
import {
  type BoundMapping,
  type BoundTable,
  jiraFieldOf,
  rowsOneWay,
  sourceFieldOf,
  writesJira,
  writesSalesforce,
} from '../../bind/bound.ts';
import { constantText, scalarOf } from '../../bind/literal.ts';
import { type ConversionContext, conversionFor, writeScalar } from '../../conversion/index.ts';
import type { JiraType, SalesforceType, Scalar } from '../../plan/ir.ts';
import { createOnce, type Once } from '../once.ts';
import type { Report, Rule } from '../rule.ts';
import { contextOf } from '../travel.ts';

/** What a value table or an `or else` writes is a value that the target takes. */
export const writtenValues: Rule = {
  name: 'written-values',
  items(_, report) {
    const once = createOnce();
    return {
      item({ file, mappings }) {
        for (const mapping of mappings) {
          // Most mappings write no value of the program's own.
          if (mapping.table === undefined && mapping.modifiers['or-else'] === undefined) continue;
          if (writesJira(mapping.arrow)) checkWrites(file, mapping, true, once, report);
          if (writesSalesforce(mapping.arrow)) checkWrites(file, mapping, false, once, report);
        }
      },
    };
  },
};

/** What is written in one direction: the field's name and type, and whether it can be empty. */
interface Target {
  readonly toJira: boolean;
  readonly name: string;
  readonly type: SalesforceType | JiraType;
  readonly required: boolean;
  readonly context: ConversionContext;
}

function checkWrites(file: SourceFile, mapping: BoundMapping, toJira: boolean, once: Once, report: Report): void {
  const { table, modifiers } = mapping;
  const target = targetOf(mapping, toJira);
  if (target === undefined) return;
  if (table !== undefined && once(table, likenessOf(target))) checkTable(table, target, report);
  if (modifiers['or-else'] !== undefined) checkFallback(file, modifiers['or-else'].fallback, target, report);
}

function checkTable(table: BoundTable, target: Target, report: Report): void {
  const { file } = table;
  for (const { to } of rowsOneWay(table, target.toJira)) if (!isMissing(to)) checkLiteral(file, to, target, report);
  if (table.otherwise !== undefined) checkFallback(file, table.otherwise, target, report);
}

/** Alike are the targets of which the same is said. */
const likenessOf = ({ toJira, name, type, required, context: { maxLength, cutAt } }: Target): string =>
  JSON.stringify([toJira, name, type, required, maxLength, cutAt]);

function targetOf(mapping: BoundMapping, toJira: boolean): Target | undefined {
  const { source } = mapping;
  const jira = jiraFieldOf(mapping.target);
  const field = sourceFieldOf(mapping);
  if (jira === undefined || (field === undefined && (!toJira || source.kind !== 'template'))) return undefined;
  const direction = toJira ? 'to-jira' : 'to-salesforce';
  // Another check says that nothing at all can be written there.
  if (conversionFor(direction, field?.field.type ?? 'string', jira.field.type) === undefined) return undefined;
  return {
    toJira,
    name: toJira ? jira.field.name : field!.field.path.join('.'),
    type: toJira ? jira.field.type : field!.field.type,
    required: toJira ? (jira.screen?.required ?? false) : !field!.field.nillable,
    context: contextOf(mapping, toJira),
  };
}

function checkLiteral(file: SourceFile, literal: Literal, target: Target, report: Report): void {
  if (literal.kind === 'text' && literal.unclosed) return;
  const scalar = scalarOf(literal, target.type);
  if (scalar !== undefined) checkScalar(file, literal.span, scalar, target, report);
}

function checkFallback(file: SourceFile, { action }: Fallback, target: Target, report: Report): void {
  if (action.kind === 'name') {
    if (action.text === 'clear' && target.required) {
      report(file, action.span, 'clear-of-required', { field: target.name, side: sideOf(target) });
    }
    return;
  }
  // What a template with fields becomes shows with the record.
  const text = constantText(action);
  if (text !== undefined) checkScalar(file, text.span, text.value, target, report);
}

function checkScalar(file: SourceFile, span: Span, value: Scalar, target: Target, report: Report): void {
  const { toJira, type, name, context } = target;
  const written = writeScalar(toJira ? 'to-jira' : 'to-salesforce', type, value, context);
  if (written.ok) return;
  report(file, span, 'value-does-not-fit', { field: name, side: sideOf(target), why: written.reason });
}

const sideOf = ({ toJira }: Target): string => (toJira ? 'Jira' : 'Salesforce');
