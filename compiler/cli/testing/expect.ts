/** Expectations, compared with what both sides hold: each that is not met is a finding at its own place. */
import { type CreatedExpectation, type ExpectStep, isMissing, type ValueExpectation } from '../../../dsl/ast.ts';
import type { Diagnostic } from '../../../dsl/index.ts';
import { foldText, normalJira, normalSalesforce, salesforceText, sameValue } from '../../conversion/index.ts';
import { sideNames, testDiagnostics } from '../../messages/test-failures.ts';
import { describeWrite, isCounted, ruler, whyNoIssue } from './reasons.ts';
import type { Situation } from './situation.ts';
import { statusIn } from './values.ts';
import type { Written } from './world.ts';

const report = testDiagnostics.diagnostic;

export function unmet(step: ExpectStep, situation: Situation): readonly Diagnostic[] {
  const { test, item, known } = situation;
  return step.expectations.flatMap((expectation): readonly Diagnostic[] => {
    if (expectation.kind === 'expect-created') return unmetCreation(expectation, situation);
    if (expectation.kind === 'expect-value') return unmetValue(expectation, situation);
    const { side, count, span } = expectation;
    const counted = known.journal.filter(entry => entry.side === side && isCounted(item, entry));
    if (isMissing(count) || counted.length === count.value) return [];
    const holes = { side: sideNames[side], count: counted.length, expected: count.value };
    return [report(test.file, span, 'expected-writes', { ...holes, told: told(counted, situation) })];
  });
}

/** What was done, then what is open; the latest, if it is much. */
function told(entries: readonly Written[], { known, start }: Situation): string | undefined {
  const paused = known.links.flatMap(({ state }) =>
    state.kind === 'paused' ? [`the link is paused: ${state.reason}`] : [],
  );
  const open = known.attention.map(({ cause }) => `attention: ${cause}`);
  const all = [...new Set([...entries.map(entry => describeWrite(entry, start)), ...open, ...paused])];
  return all.length === 0 ? undefined : all.slice(-8).join('\n');
}

function unmetCreation({ span, negated }: CreatedExpectation, situation: Situation): readonly Diagnostic[] {
  const { known, test } = situation;
  const created = known.links.find(({ managed }) => managed === 'auto');
  if ((created === undefined) === negated) return [];
  const reason =
    created === undefined
      ? whyNoIssue(situation)
      : told(
          known.journal.filter(({ outcome }) => outcome === 'created'),
          situation,
        );
  return [report(test.file, span, 'expected-creation', { issue: created?.issueKey, told: reason })];
}

interface Difference {
  readonly actual: string;
  readonly expected: string;
}

function unmetValue({ assignment, span }: ValueExpectation, situation: Situation): readonly Diagnostic[] {
  const { test, item, values, known, issue, guessed } = situation;
  const { field, value } = assignment;
  if (isMissing(field) || isMissing(value)) return [];
  const name = test.file.text.slice(field.span.start, field.span.end).replace(/^["']|["']$/g, '');
  const target = values.jiraField(assignment);
  const path = values.salesforceField(assignment);
  if (target !== undefined && issue === undefined)
    return [report(test.file, span, 'expected-issue', { field: name, told: whyNoIssue(situation) })];
  const difference = inJira(assignment, situation) ?? inSalesforce(assignment, situation);
  if (difference === undefined) return [];

  const isStatus = target?.field.id === 'status';
  const what = isStatus ? 'Status' : (target?.field.name ?? path?.label);
  const side = target === undefined ? 'salesforce' : 'jira';
  const about = known.journal.filter(
    entry => (entry.side === side && entry.what === what) || entry.outcome === 'failed' || entry.outcome === 'held',
  );
  const reason =
    told(about, situation) ??
    (known.links.length === 0 ? whyNoIssue(situation) : 'the bridge wrote nothing to it in this test');
  const workflow = `${item.jira.projects[0]?.key} / ${item.jira.issueType?.name}`;
  const hint =
    isStatus && guessed.has(workflow)
      ? `the snapshot does not show the transitions of ${workflow}, so every move was allowed here; pull it as somebody who administers Jira`
      : undefined;
  const related = ruler(test, target?.field.id, path);
  return [report(test.file, span, 'expected-value', { field: name, ...difference, told: reason, hint }, { related })];
}

function inJira(assignment: ValueExpectation['assignment'], { values, issue }: Situation): Difference | undefined {
  const target = values.jiraField(assignment);
  if (target === undefined || issue === undefined || isMissing(assignment.value)) return undefined;
  const { id, type } = target.field;
  if (id === 'status') {
    const actual = (issue.status as { readonly name: string }).name;
    const expected = statusIn(assignment.value) ?? '';
    return foldText(actual) === foldText(expected) ? undefined : { actual: quoted(actual), expected: quoted(expected) };
  }
  const wanted = values.jiraValue(target, assignment.value);
  const present = issue[id] ?? null;
  const [actual, expected] = [values.jiraShown(target, present), values.jiraShown(target, wanted)];
  // Of a rich text the words are compared: a test writes plain text.
  const same =
    type === 'rich-text' ? actual === expected : sameValue(normalJira(type, wanted), normalJira(type, present));
  return same ? undefined : { actual: quoted(actual), expected: quoted(expected) };
}

function inSalesforce(assignment: ValueExpectation['assignment'], situation: Situation): Difference | undefined {
  const { values, record = {} } = situation;
  const field = values.salesforceField(assignment);
  if (field === undefined || isMissing(assignment.value)) return undefined;
  const present = field.path.reduce<unknown>(
    (at, step) => (at as Record<string, unknown> | null)?.[step] ?? null,
    record,
  );
  const wanted = values.salesforceValue(field, assignment.value);
  if (sameValue(normalSalesforce(field.type, wanted), normalSalesforce(field.type, present))) return undefined;
  return {
    actual: quoted(salesforceText(field.type, present)),
    expected: quoted(salesforceText(field.type, wanted)),
  };
}

const quoted = (text: string): string => (text === '' ? 'empty' : `\`${text}\``);
