/**
 * People write and edit comments on both sides, runs die, answers get lost; then it is quiet. Each comment then
 * has one copy, both say the same, and nothing is written any more.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planOf, supportCases, workflow } from '../../test/kit/plan.ts';
import { type Call, createWorld, type Fault, type World } from '../../test/kit/ports.ts';
import { paragraphs } from '../../test/kit/scenario.ts';
import { bareJiraCopy, bareText, jiraWords } from '../engine/comment-text.ts';
import { runCycle, runIssue } from './index.ts';

const plan = planOf(supportCases({ comments: { on: true, internal: false, published: false } }));

type Act =
  | { readonly kind: 'say'; readonly side: 'jira' | 'salesforce' }
  | { readonly kind: 'edit' | 'delete'; readonly side: 'jira' | 'salesforce'; readonly which: number }
  | { readonly kind: 'cycle' | 'event'; readonly at: number; readonly effect: ReturnType<Fault> };

const side = fc.constantFrom('jira' as const, 'salesforce' as const);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('say' as const), side }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), side, which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), side, which: fc.nat(9) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('cycle' as const, 'event' as const),
      at: fc.integer({ min: 1, max: 60 }),
      effect: fc.constantFrom(
        ...([undefined, 'kill-before', 'kill-after', 'lost-answer', 'lost-request', 'unavailable'] as const),
      ),
    }),
  },
);

async function open(): Promise<{ readonly world: World; readonly record: string; readonly issueId: string }> {
  const world = await createWorld(plan, workflow);
  const account = world.salesforce.create('Account', { Rating: 'Hot' });
  const fields = { Subject: 'Printer', Description: 'Text', Priority: 'High', Origin: 'Phone', AccountId: account };
  const record = world.salesforce.create('Case', fields);
  await world.cycle();
  await world.cycle();
  return { world, record, issueId: [...world.jira.issuesNow.keys()][0]! };
}

interface CaseComment {
  readonly id: string;
  readonly body: string;
}
async function caseComments(world: World, record: string): Promise<readonly CaseComment[]> {
  const { answers } = await world.salesforce.query([
    { soql: `SELECT Id, CommentBody FROM CaseComment WHERE ParentId IN ('${record}')` },
  ]);
  return answers[0]!.rows
    .map(row => ({ id: String(row.Id), body: String(row.CommentBody) }))
    .filter(({ body }) => !body.includes('Jira link note'));
}

async function play(acts: readonly Act[]): Promise<void> {
  const { world, record, issueId } = await open();
  const jira = () => world.jira.issuesNow.get(issueId)!.comments;
  let words = 0;
  let deleted = 0;
  for (const one of acts) {
    world.advance(7_000);
    const text = `words ${++words}`;
    if (one.kind === 'say' && one.side === 'jira') world.jira.comment(issueId, { body: paragraphs(text) });
    else if (one.kind === 'say') world.salesforce.create('CaseComment', { ParentId: record, CommentBody: text });
    else if (one.kind === 'edit' || one.kind === 'delete') {
      const all = one.side === 'jira' ? jira() : await caseComments(world, record);
      const chosen = all[one.which % Math.max(1, all.length)];
      if (chosen === undefined) continue;
      if (one.kind === 'delete') {
        deleted++;
        if (one.side === 'salesforce') world.salesforce.delete(chosen.id);
        else
          jira().splice(
            jira().findIndex(({ id }) => id === chosen.id),
            1,
          );
      } else if ('updatedAt' in chosen) {
        const body = JSON.parse(JSON.stringify(chosen.body).replace(/words \d+/, text)) as unknown;
        await world.jira.editComment(issueId, chosen.id, { body });
      } else if ('body' in chosen) {
        world.salesforce.edit(chosen.id, { CommentBody: String(chosen.body).replace(/words \d+/, text) });
      }
    } else if (one.kind === 'cycle' || one.kind === 'event') {
      const deps = world.faulty((_, nth) => (nth === one.at ? one.effect : undefined));
      if (one.kind === 'cycle') world.advance(5 * 60_000);
      await world.jobs();
      await (one.kind === 'cycle' ? runCycle(deps) : runIssue(deps, issueId)).catch(() => {});
    }
  }
  // The event that tells of the last words comes at last, and the hours pass.
  for (let cycles = 0; cycles < 8; cycles++) {
    await world.event(issueId);
    await world.cycle();
  }
  const inSalesforce = (await caseComments(world, record)).map(({ body }) => bareText(body).trim()).sort();
  const inJira = jira()
    .map(({ body }) => jiraWords(bareJiraCopy(body)).trim())
    .sort();
  if (deleted === 0) expect(inJira).toEqual(inSalesforce);
  const of = (all: readonly string[], text: string) => all.filter(one => one === text).length;
  for (const text of new Set([...inJira, ...inSalesforce])) {
    expect([text, of(inJira, text) <= 1, of(inSalesforce, text) <= 1]).toEqual([text, true, true]);
  }
  world.calls.length = 0;
  await world.event(issueId);
  await world.cycle();
  const wrote = ({ system, name }: Call) => system !== 'store' && /^(insert|change|addComment|editComment)$/.test(name);
  expect(world.calls.filter(wrote)).toEqual([]);
}

describe('a small simulation of comments', () => {
  it('P1 P2 P4 P5 each comment has one copy, both say the same, and then it is quiet', async () => {
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 25 }), play), {
      numRuns: Number(process.env.PLAYS ?? 150),
      seed: Number(process.env.SEED ?? 1),
    });
  }, 120_000);
});
