/** Limits of both systems: reached without a storm, a reserve left to others, and work that goes on by itself (D12, I20). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, paragraphs, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());
beforeEach(async () => {
  await scenario.start(caseItem());
  scenario.outside.sandbox.world.jira.setLimits({ hourlyPoints: 65_000, issueWrites: [] });
});

const calls = async (system: string) =>
  (await scenario.outside.control<readonly { system: string; path: string }[]>('GET', '/control/calls')).filter(
    call => call.system === system && !call.path.includes('oauth2'),
  );
const clear = () => scenario.outside.control('DELETE', '/control/calls');
const lastRun = async () => (await scenario.outside.state()).runs[0];

describe('the org’s calls of the day', () => {
  it.each([
    ['nearly used by others', 13_600],
    ['used up', 15_000],
  ])(
    'D12 %s at noon cost no storm until midnight, and then all that happened meanwhile is synced',
    async (_, spent) => {
      const { record, issue } = await scenario.linked();
      scenario.outside.sandbox.world.salesforce.spend(spent - 20);
      await scenario.outside.salesforce.sobject('Case').update({ Id: record, Subject: 'At noon' });
      scenario.outside.sandbox.world.salesforce.spend(20);
      await clear();
      for (let cycles = 0; cycles < 24; cycles++) await scenario.nextCycle();
      expect((await calls('salesforce')).length).toBeLessThanOrEqual(8);
      expect(await writesOf(scenario.outside)).toEqual([]);
      expect((await lastRun())?.failure).toMatch(/API (calls|requests)/);

      await scenario.advance('24h');
      for (let cycles = 0; cycles < 2; cycles++) await scenario.nextCycle();
      expect((await scenario.issue(issue.key)).fields.summary).toBe('At noon');
      expect((await lastRun())?.failure).toBeUndefined();
    },
  );
});

describe('Jira’s points of the hour', () => {
  it('D12 are not used to the last, and the next hour goes on where the last one stopped', async () => {
    scenario.outside.sandbox.world.jira.setLimits({ hourlyPoints: 120 });
    const records = Array.from({ length: 150 }, (_, at) => ({ Subject: `Case ${at}`, Origin: 'Phone' }));
    await scenario.outside.salesforce.sobject('Case').create(records);
    await scenario.nextCycle();
    const made = (await scenario.outside.issues()).length;
    expect(made).toBeGreaterThan(80);
    expect(made).toBeLessThan(120);
    expect((await lastRun())?.failure).toContain('points of the hour');
    scenario.outside.sandbox.world.jira.setLimits({ hourlyPoints: 65_000 });
    await scenario.advance('1h');
    for (let cycles = 0; cycles < 2; cycles++) await scenario.nextCycle();
    expect(await scenario.outside.issues()).toHaveLength(150);
  });
});

describe('what a person waits for', () => {
  const slow = (system: string, nth: number) => ({ system, nth, effect: 'slow' });
  it.each([
    ['is told to follow when time is short', [slow('salesforce', 1), slow('jira', 2)], 'busy'],
    [
      'is not lost when Forge ends it',
      [slow('salesforce', 1), { system: 'salesforce', nth: 2, effect: 'kill' }],
      undefined,
    ],
  ] as const)('P-4 I9 %s; the next cycle goes on', async (_, faults, code) => {
    await scenario.start(
      caseItem('comments on')
        .replace('sync one-way', 'sync custom')
        .replace('fields {', 'fields {\n    Description <- description\n   '),
    );
    const { record, issue } = await scenario.linked();
    await scenario.nextCycle();
    // Events that never come: only the refresh knows that there is something to see.
    await scenario.faults(...[1, 2].map(nth => ({ system: 'jira', match: {}, nth, effect: 'lose-event' })));
    await scenario.outside.jira('agent', 'PUT', `/rest/api/3/issue/${issue.key}`, {
      fields: { description: paragraphs('From Jira') },
    });
    await scenario.say(issue.key, 'Said in Jira');
    await scenario.outside.settle();
    await scenario.faults(...faults);
    const answer = await scenario.panel(issue.key, 'refresh', { itemId: 'cases' });
    expect(answer.ok).toBe(false);
    if (code !== undefined) expect(answer.error).toMatchObject({ code });
    await scenario.faults();
    await scenario.advance('6m');
    await scenario.nextCycle();
    const [found] = await scenario.rows<{ Description: string | null }>(
      `SELECT Description FROM Case WHERE Id = '${record}'`,
    );
    expect(found?.Description).toBe('From Jira');
    const said = await scenario.rows<{ CommentBody: string }>(
      `SELECT CommentBody FROM CaseComment WHERE ParentId = '${record}'`,
    );
    expect(said.filter(({ CommentBody }) => CommentBody.includes('Said in Jira'))).toHaveLength(1);
  });
});

describe('a refusal that says when to come again', () => {
  it.each([
    ['429', 'of a burst, within the run'],
    ['503', 'by a delayed job'],
  ] as const)('%s is obeyed %s, and nothing needs attention', async (effect, _) => {
    const { record, issue } = await scenario.linked();
    await scenario.edit('Case', record, { Subject: 'Later' });
    await scenario.faults({ system: 'jira', match: { method: 'PUT' }, nth: 1, effect });
    await scenario.nextCycle();
    if (effect === '503') expect((await scenario.issue(issue.key)).fields.summary).toBe('Printer on fire');
    await scenario.outside.settle();
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Later');
    expect((await scenario.outside.state()).attention).toEqual([]);
  });
});
