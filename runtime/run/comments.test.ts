/** Comments and notes through deaths and lost answers: whatever call is the last one, each has one copy. */
import { describe, expect, it } from 'vitest';
import { planOf, supportCases, workflow } from '../../test/kit/plan.ts';
import { type Call, createWorld, type Fault, minute, type World } from '../../test/kit/ports.ts';
import { paragraphs } from '../../test/kit/scenario.ts';
import { PortError } from '../ports.ts';
import { runCycle, runIssue } from './index.ts';

const plan = planOf(supportCases({ comments: { on: true, internal: false, published: false } }));

interface Stage {
  readonly world: World;
  readonly record: string;
  readonly issueId: string;
}

/** A case and its issue, linked by a whole run, and then a comment on each side. */
async function withComments(fresh = false): Promise<Stage> {
  const world = await createWorld(plan, workflow);
  const account = world.salesforce.create('Account', { Rating: 'Hot' });
  const fields = { Subject: 'Printer', Description: 'Text', Priority: 'High', Origin: 'Phone', AccountId: account };
  const record = world.salesforce.create('Case', fields);
  if (fresh) {
    world.salesforce.create('CaseComment', { ParentId: record, CommentBody: 'From Salesforce', IsPublished: true });
    world.advance(minute);
    return { world, record, issueId: '' };
  }
  await world.cycle();
  await world.cycle();
  const issueId = [...world.jira.issuesNow.keys()][0]!;
  world.salesforce.create('CaseComment', { ParentId: record, CommentBody: 'From Salesforce', IsPublished: true });
  world.jira.comment(issueId, { body: paragraphs('From Jira') });
  world.advance(minute);
  return { world, record, issueId };
}

async function caseComments(world: World, record: string): Promise<readonly string[]> {
  const { answers } = await world.salesforce.query([
    { soql: `SELECT Id, CommentBody FROM CaseComment WHERE ParentId IN ('${record}')` },
  ]);
  return answers[0]!.rows.map(row => String(row.CommentBody));
}

async function heal(world: World): Promise<void> {
  for (let cycles = 0; cycles < 6; cycles++) await world.cycle();
}

async function expectOnce({ world, record }: Stage, fromJira: number, about: string): Promise<void> {
  const bodies = await caseComments(world, record);
  const jira = [...world.jira.issuesNow.values()].flatMap(({ comments }) => comments);
  const count = (some: readonly unknown[], words: string) =>
    some.filter(one => JSON.stringify(one).includes(words)).length;
  const counts = {
    issues: world.jira.issuesNow.size,
    notes: count(bodies, 'Jira link note'),
    inSalesforce: [count(bodies, 'From Salesforce'), count(bodies, 'From Jira')],
    inJira: [count(jira, 'From Salesforce'), count(jira, 'From Jira')],
  };
  const expected = { issues: 1, notes: 1, inSalesforce: [1, fromJira], inJira: [1, fromJira] };
  expect([about, counts]).toEqual([about, expected]);
  const told = (on: 'jira' | 'salesforce', name: string) =>
    world.store.state.journal.some(({ side, what }) => side === on && what === name);
  const entries = {
    note: told('salesforce', 'Link note'),
    inJira: told('jira', 'Comment'),
    inSalesforce: told('salesforce', 'Comment'),
  };
  expect([about, entries]).toEqual([about, { note: true, inJira: true, inSalesforce: fromJira > 0 }]);
  expect([about, world.store.state.attention.size, world.store.state.dirty.size]).toEqual([about, 0, 0]);
  world.calls.length = 0;
  await world.cycle();
  const wrote = ({ system, name }: Call) =>
    system !== 'store' && /^(create|update|change|transition|insert|addComment|editComment)$/.test(name);
  expect([about, world.calls.filter(wrote)]).toEqual([about, []]);
}

async function play({ world, issueId }: Stage, fault: Fault): Promise<void> {
  const deps = world.faulty(fault);
  await runCycle(deps).catch(() => {});
  if (issueId !== '') await runIssue(deps, issueId).catch(() => {});
}

async function callsOf(fresh: boolean): Promise<readonly Call[]> {
  const stage = await withComments(fresh);
  stage.world.calls.length = 0;
  await play(stage, () => undefined);
  return [...stage.world.calls];
}

describe('P10 comments and the link note', () => {
  it.each([
    ['kill-before', false],
    ['kill-after', false],
    ['kill-before', true],
    ['kill-after', true],
  ] as const)('S-8 S-10 P1 survive a %s at every single call (the issue is new: %s)', async (effect, fresh) => {
    const calls = await callsOf(fresh);
    expect(calls.length).toBeGreaterThan(20);
    for (let at = 1; at <= calls.length; at++) {
      const stage = await withComments(fresh);
      await play(stage, (_, nth) => (nth === at ? effect : undefined));
      // The platform brings an event again whose function died.
      if (!fresh) await stage.world.event(stage.issueId);
      await heal(stage.world);
      await expectOnce(stage, fresh ? 0 : 1, `${effect} at ${at}: ${calls[at - 1]?.system} ${calls[at - 1]?.name}`);
    }
  });

  it.each(['lost-answer', 'lost-request', 'unavailable'] as const)(
    'S-8 S-10 P1 survive a %s at any one call of Jira and Salesforce',
    async effect => {
      for (const fresh of [false, true]) {
        const calls = await callsOf(fresh);
        for (let at = 1; at <= calls.length; at++) {
          const { system, name } = calls[at - 1]!;
          if (system === 'store' || system === 'queue') continue;
          const stage = await withComments(fresh);
          await play(stage, (_, nth) => (nth === at ? effect : undefined));
          if (!fresh) await stage.world.event(stage.issueId);
          await heal(stage.world);
          await expectOnce(stage, fresh ? 0 : 1, `${effect} at ${at}: ${system} ${name}`);
        }
      }
    },
  );

  it.each([
    ['once, when they are sent again', 'lost-request', undefined, 1],
    ['once, where they are found', 'lost-answer', undefined, 1],
    ['with those that stand in the copy since', 'lost-answer', 'Mine', 2],
  ] as const)('P10 new words are told %s', async (_, effect, mine, count) => {
    const stage = await withComments();
    const { world, record, issueId } = stage;
    await heal(world);
    const { answers } = await world.salesforce.query([
      { soql: `SELECT Id, CommentBody FROM CaseComment WHERE ParentId IN ('${record}')` },
    ]);
    const original = answers[0]!.rows.find(row => row.CommentBody === 'From Salesforce')!;
    world.salesforce.edit(String(original.Id), { CommentBody: 'Other words' });
    await world.advance(5 * minute);
    await runCycle(world.faulty(({ name }) => (name === 'editComment' ? effect : undefined))).catch(() => {});
    if (mine !== undefined) {
      const copy = world.jira.issuesNow.get(issueId)!.comments.find(({ marker }) => marker !== undefined)!;
      await world.jira.editComment(issueId, copy.id, { body: paragraphs(mine) });
      await world.event(issueId);
    }
    await heal(world);
    const written = world.store.state.journal.filter(
      ({ what, outcome }) => what === 'Comment' && outcome === 'written',
    );
    expect(written.map(({ side, to, reason }) => [side, to, reason])).toHaveLength(count);
  });

  it('P2 are edited later where Jira hides the issue for a while: it says the same of that as of a deleted copy', async () => {
    const { world, issueId } = await withComments();
    await world.cycle();
    const { answers } = await world.salesforce.query([{ soql: 'SELECT Id, CommentBody FROM CaseComment' }]);
    const original = answers[0]!.rows.find(row => row.CommentBody === 'From Salesforce')!;
    world.salesforce.edit(String(original.Id), { CommentBody: 'Other words' });
    const { editComment, issues } = world.jira;
    world.jira.issues = async () => [];
    world.jira.editComment = async () => {
      throw new PortError({ system: 'jira', kind: 'gone', code: '404', message: 'Not there', fields: [] });
    };
    await world.cycle();
    Object.assign(world.jira, { editComment, issues });
    await world.event(issueId);
    await heal(world);
    expect(JSON.stringify(world.jira.issuesNow.get(issueId)?.comments)).toContain('Other words');
    expect(world.store.state.journal.map(({ reason }) => reason).join()).not.toContain('its copy was deleted');
  });

  it('P2 are edited later where Salesforce hides the record for a while, too', async () => {
    const { world, record, issueId } = await withComments();
    await world.event(issueId);
    await world.cycle();
    const original = world.jira.issuesNow.get(issueId)!.comments.find(({ marker }) => marker === undefined)!;
    await world.jira.editComment(issueId, original.id, { body: paragraphs('Other words') });
    const { change, query } = world.salesforce;
    const failure = {
      system: 'salesforce',
      kind: 'gone',
      code: 'NOT_FOUND',
      message: 'Not there',
      fields: [],
    } as const;
    world.salesforce.change = async changes => changes.map(() => ({ ok: false, failure }));
    world.salesforce.query = async requests =>
      requests.length === 1 && 'soql' in requests[0]! && requests[0].soql.startsWith('SELECT Id FROM Case WHERE')
        ? { answers: [{ rows: [] }], serverTime: world.now() }
        : query.call(world.salesforce, requests);
    await world.event(issueId).catch(() => {});
    Object.assign(world.salesforce, { change, query });
    await heal(world);
    expect((await caseComments(world, record)).join()).toContain('Other words');
    expect(world.store.state.journal.map(({ reason }) => reason).join()).not.toContain('its copy was deleted');
  });

  it('P1 survive that everything that was remembered of them is lost', async () => {
    const stage = await withComments();
    await stage.world.cycle();
    await stage.world.event(stage.issueId);
    await stage.world.cycle();
    stage.world.store.forgetPairs();
    await stage.world.store.addDirty([stage.issueId]);
    await heal(stage.world);
    await expectOnce(stage, 1, 'forgotten');
  });

  it('P7 what Salesforce refuses waits with growing delays, is told once, and keeps nothing else waiting', async () => {
    const stage = await withComments();
    const { world, record, issueId } = stage;
    const refusal = { system: 'salesforce', kind: 'refused', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' } as const;
    world.salesforce.refusing.set('CaseComment', { ...refusal, message: 'not on Mondays', fields: [] });
    await world.event(issueId);
    for (let cycles = 0; cycles < 12; cycles++) await world.cycle();
    const bodies = await caseComments(world, record);
    expect(bodies.some(body => body.includes('From Jira'))).toBe(false);
    expect(world.jira.issuesNow.get(issueId)?.comments).toHaveLength(2);
    expect([...world.store.state.attention.values()]).toMatchObject([
      { cause: expect.stringContaining('not on Mondays'), retry: expect.anything() },
    ]);
    const told = world.store.state.journal.filter(({ outcome }) => outcome === 'failed');
    expect(told).toHaveLength(1);
    const tries = world.calls.filter(({ name }) => name === 'insert').length;
    expect(tries).toBeLessThan(8);
    world.salesforce.refusing.clear();
    for (let cycles = 0; cycles < 24; cycles++) await world.cycle();
    await expectOnce(stage, 1, 'refused for a while');
  });
});
