/**
 * What disappears, and comes back: nothing is deleted on the other side, each thing is told once with its
 * reason, nothing is tried in vain, and what is there again goes on (I13).
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());
beforeEach(() => scenario.start(caseItem()));

const told = async (about: string) =>
  (await scenario.outside.state()).journal.filter(({ what, reason }) => what === 'Link' && reason.includes(about));
const linkOf = async (issue: string) =>
  (await scenario.outside.state()).links.find(({ issueKey }) => issueKey === issue);
const destroy = (id: string) => scenario.outside.salesforce.sobject('Case').destroy(id);

/** Two more cycles, in which nothing is written and nothing is asked of Jira. */
async function quiet() {
  await scenario.nextCycle();
  await scenario.outside.control('DELETE', '/control/calls');
  await scenario.nextCycle();
  await scenario.nextCycle();
  const calls = await scenario.outside.control<readonly { system: string }[]>('GET', '/control/calls');
  expect(calls.filter(({ system }) => system === 'jira')).toEqual([]);
  expect(await writesOf(scenario.outside)).toEqual([]);
}

describe('a deleted record', () => {
  it('I13 I18 pauses its link, is told once, and goes on when it is restored', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.advance('1m');
    await destroy(record);
    await scenario.nextCycle();
    expect(await linkOf(issue.key)).toMatchObject({
      state: { kind: 'paused', reason: expect.stringContaining('deleted') },
    });
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Printer on fire');
    await quiet();
    expect(await told('was deleted')).toHaveLength(1);

    scenario.outside.sandbox.world.salesforce.undelete(record);
    await scenario.advance('1m');
    await scenario.edit('Case', record, { Subject: 'Saved' });
    await scenario.nextCycle();
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Saved');
    expect(await linkOf(issue.key)).toMatchObject({ state: { kind: 'active' } });
    expect(await told('there again')).toHaveLength(1);
  });
});

describe('two accounts that are merged', () => {
  const accounts = (where = '') => `item accounts "Accounts" {
  salesforce Account
  ${where}
  jira SUP / "Incident"
  sync one-way
  create all
  fields { Name -> summary }
}
`;
  const account = async (Name: string, Rating = 'Hot') => {
    const record = await scenario.create('Account', { Name, Rating });
    await scenario.nextCycle();
    const { links } = await scenario.outside.state();
    return { record, issue: links.find(link => link.record === record)?.issueKey ?? '' };
  };
  const merge = (winner: string, loser: string) => scenario.outside.sandbox.world.salesforce.merge(winner, [loser]);

  it('I1 take the link to the winner, and make no second issue', async () => {
    await scenario.start(accounts('where Rating is "Hot"'));
    const winner = await account('The right one', 'Cold');
    const loser = await account('The other one');
    await scenario.advance('1m');
    merge(winner.record, loser.record);
    await scenario.edit('Account', winner.record, { Rating: 'Hot' });
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await scenario.outside.issues()).toHaveLength(1);
    expect((await scenario.issue(loser.issue)).fields.summary).toBe('The right one');
    expect(await linkOf(loser.issue)).toMatchObject({ record: winner.record, managed: 'auto' });
    expect(await told('the link follows')).toHaveLength(1);
    await quiet();
  });

  it('I13 end the loser’s link as merged into the issue of the winner, for a person to see', async () => {
    await scenario.start(accounts());
    const first = await account('First');
    const second = await account('Second');
    await scenario.advance('1m');
    merge(first.record, second.record);
    await scenario.nextCycle();
    expect(await linkOf(second.issue)).toBeUndefined();
    expect(await linkOf(first.issue)).toMatchObject({ record: first.record });
    const { attention } = await scenario.outside.state();
    expect(attention.map(({ cause }) => cause)).toEqual([expect.stringContaining(`merged into ${first.issue}`)]);
    const cards = (await scenario.panel(second.issue, 'cards')).result;
    expect(cards).toMatchObject([{ linked: false, attention: expect.stringContaining(first.issue) }]);
    await quiet();
    expect(await scenario.outside.issues()).toHaveLength(2);
  });
});

describe('an issue', () => {
  it('I18 that is deleted takes its link along, and no other is made for the record', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.outside.jira('admin', 'DELETE', `/rest/api/3/issue/${issue.key}`);
    await scenario.outside.settle();
    expect(await linkOf(issue.key)).toBeUndefined();
    await scenario.edit('Case', record, { Subject: 'Still here' });
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await scenario.outside.issues()).toEqual([]);
    expect(await told('the issue was deleted')).toHaveLength(1);
    expect(await scenario.rows(`SELECT Id FROM Case WHERE Id = '${record}'`)).toHaveLength(1);
  });

  it('I13 that leaves the item’s scope pauses the link, and one that comes back goes on', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.advance('1m');
    const program = (text: string) =>
      scenario.outside.control('PUT', '/control/program', { files: { 'scenario.bridge': text } });
    await program(caseItem().replace('"Incident"', '"Task"'));
    await scenario.edit('Case', record, { Subject: 'Meanwhile' });
    await scenario.nextCycle();
    expect(await linkOf(issue.key)).toMatchObject({
      state: { kind: 'paused', reason: expect.stringContaining('type') },
    });
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Printer on fire');
    await quiet();
    expect(await told('another type')).toHaveLength(1);

    await program(caseItem());
    await scenario.nextCycle();
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Meanwhile');
  });

  it.each([
    [
      'another project',
      'OPS',
      'Task',
      /^the issue was moved to a project that the item does not cover, and is OPS-\d+ now$/,
    ],
    ['another type', 'SUP', 'Task', /^the issue has another type than the item asks for$/],
  ])(
    'I13 that a person moves to %s pauses the link at once, and one that is moved back goes on',
    async (_, project, type, reason) => {
      const { record, issue } = await scenario.linked();
      const move = (project: string, type: string) =>
        scenario.outside.control('POST', '/control/jira', { move: { issue: issue.id, project, type } });
      await scenario.advance('1m');
      expect(await move(project, type)).toMatchObject({ ok: true });
      await scenario.outside.settle();
      const { links } = await scenario.outside.state();
      expect(links).toMatchObject([{ record, state: { kind: 'paused', reason: expect.stringMatching(reason) } }]);
      await scenario.edit('Case', record, { Subject: 'Meanwhile' });
      await scenario.nextCycle();
      expect((await scenario.issue(issue.id)).fields.summary).toBe('Printer on fire');
      await quiet();
      expect((await scenario.outside.state()).journal.filter(({ what }) => what === 'Link')).toHaveLength(1);
      // No second issue is made for the record.
      expect((await scenario.outside.issues()).length).toBe(project === 'SUP' ? 1 : 0);

      expect(await move('SUP', 'Incident')).toMatchObject({ ok: true });
      await scenario.outside.settle();
      await scenario.nextCycle();
      const back = await scenario.issue(issue.id);
      expect(back.fields.summary).toBe('Meanwhile');
      expect(await linkOf(back.key)).toMatchObject({ record, state: { kind: 'active' } });
    },
  );
});
