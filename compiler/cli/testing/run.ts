/**
 * One test, step by step: people change records and issues, time passes, cycles run, and what is there is
 * compared with what the test expects. A step that cannot be done ends the test.
 */

import { isMissing, type Step } from '../../../dsl/ast.ts';
import type { Diagnostic } from '../../../dsl/index.ts';
import { SalesforceError } from '../../../sandbox/salesforce/errors.ts';
import type { BoundTest } from '../../bind/bound.ts';
import { testDiagnostics } from '../../messages/test-failures.ts';
import type { ItemPlan } from '../../plan/ir.ts';
import { unmet } from './expect.ts';
import { Impossible, JiraRefusal } from './impossible.ts';
import { describeWrite } from './reasons.ts';
import { recordFields } from './record.ts';
import type { Sight, TestResult } from './situation.ts';
import { changeIssue, changeRecord, issuePath } from './steps.ts';
import { valuesOf } from './values.ts';
import type { Remembered, TestWorld } from './world.ts';

/** The schedule's interval. */
const cycleMs = 5 * 60_000;

export async function runTest(
  world: TestWorld,
  test: BoundTest,
  item: ItemPlan,
  seen?: (sight: Sight) => void,
): Promise<TestResult> {
  const began = performance.now();
  const { node, file } = test;
  world.begin();
  const start = world.now();
  const values = valuesOf(test, world.people);
  const reads = [
    ...item.salesforce.reads,
    ...test.paths.flatMap(({ result }) => (result.kind === 'field' ? [result.field] : [])),
  ].map(({ path }) => path);
  const timed = node.steps.some(step => step.kind === 'cycle' || step.at !== undefined);
  const failures: Diagnostic[] = [];
  let record: string | undefined;
  let handMade: string | undefined;
  let cycles = 0;

  const remembered = async (): Promise<Remembered> => {
    const { links, journal, attention } = await world.remembered();
    const mine = (one: { readonly item: string; readonly record?: string }) =>
      one.item === item.id && one.record === record;
    return {
      links: links.filter(mine),
      journal: journal.filter(mine).toReversed(),
      attention: attention.filter(one => one.item === item.id && (one.record === undefined || one.record === record)),
    };
  };
  const look = async () => {
    const known = await remembered();
    const [link] = known.links;
    const issue =
      link && (await world.jira<{ fields: Record<string, unknown> }>('GET', `${issuePath}/${link.issueId}`)).fields;
    return {
      known,
      ...(record === undefined ? {} : { record: recordFields(world.salesforce, world.catalogue, record, reads) }),
      ...(issue === undefined ? {} : { issue }),
    };
  };
  const showSight = async (): Promise<void> => {
    if (seen === undefined || record === undefined) return;
    const { known, record: fields = {}, issue } = await look();
    seen({ item, record: fields, journal: known.journal, ...(issue === undefined ? {} : { issue }) });
  };
  const cycle = async (): Promise<void> => {
    cycles++;
    const failure = await world.cycle();
    if (failure !== undefined) throw new Impossible(`the cycle failed: ${failure}`);
    await showSight();
  };

  const take = async (step: Step): Promise<void> => {
    if (step.at !== undefined && !isMissing(step.at)) await world.passTo(start + step.at.milliseconds);
    if (step.kind === 'cycle') return cycle();
    if (step.kind === 'change' && step.side === 'salesforce') {
      record = changeRecord(world, item, values, record, step.assignments);
      return;
    }
    if (step.kind === 'change') {
      const [link] = (await remembered()).links;
      const { made } = await changeIssue(world, test, item, values, record, link?.issueId, step);
      if (made)
        handMade = `line ${file.position(step.span.start).line} made the issue by hand, since none was there yet`;
      return showSight();
    }
    if (!timed) {
      await world.passTo(world.now() + cycleMs);
      await cycle();
    }
    const { guessed } = world;
    failures.push(...unmet(step, { test, item, values, start, cycles, handMade, guessed, ...(await look()) }));
  };

  for (const step of node.steps) {
    try {
      await take(step);
    } catch (problem) {
      const what = refusalOf(problem);
      failures.push(testDiagnostics.diagnostic(file, step.span, 'impossible-step', { what, told: undefined }));
      break;
    }
  }
  const writes = (await remembered()).journal.map(entry => describeWrite(entry, start));
  const name = node.name.kind === 'text' ? node.name.value : '';
  return { test, name, failures, writes, ms: performance.now() - began };
}

/** In whose words it cannot be done; anything else is no failure of the test, and goes on as it came. */
function refusalOf(problem: unknown): string {
  const by =
    problem instanceof JiraRefusal
      ? 'Jira refuses it: '
      : problem instanceof SalesforceError
        ? 'Salesforce refuses it: '
        : problem instanceof Impossible
          ? ''
          : undefined;
  if (by === undefined) throw problem;
  return `${by}${(problem as Error).message.trim().replace(/\.$/, '')}`;
}
