/** Links that people make, and those that the bridge made: from the panel, and by direct calls (I-2, P-1, P-2, P-5). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

const newIssue = async (summary: string) =>
  (
    await scenario.outside.jira<{ key: string }>('agent', 'POST', '/rest/api/3/issue', {
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary },
    })
  ).key;
const clear = () => scenario.outside.control('DELETE', '/control/calls');
const program = (text: string) =>
  scenario.outside.control('PUT', '/control/program', { files: { 'scenario.bridge': text } });

const showing = `item cases "Cases" {
  salesforce Case
  jira SUP
  sync display-only
  show CaseNumber, Subject
}
`;

describe('a display-only item', () => {
  it('I-2 shows one record on any number of issues, and one record on each issue', async () => {
    await scenario.start(showing);
    const record = await scenario.create('Case', { Subject: 'Leaking roof' });
    const other = await scenario.create('Case', { Subject: 'Broken window' });
    const issues = [await newIssue('One'), await newIssue('Two'), await newIssue('Three')];
    for (const issue of issues)
      expect(await scenario.panel(issue, 'link', { itemId: 'cases', recordId: record })).toMatchObject({ ok: true });
    expect(await scenario.panel(issues[0]!, 'link', { itemId: 'cases', recordId: other })).toMatchObject({
      ok: false,
      error: { code: 'already-linked', message: expect.stringContaining(record) },
    });
    for (const issue of issues)
      expect((await scenario.panel(issue, 'cards')).result).toMatchObject([
        {
          linked: true,
          managed: 'manual',
          recordId: record,
          canUnlink: true,
          preview: [{ label: 'Case Number' }, { label: 'Case Subject', value: 'Leaking roof' }],
        },
      ]);

    expect(await scenario.panel(issues[1]!, 'unlink', { itemId: 'cases' })).toMatchObject({ ok: true });
    const linked = (await scenario.outside.state()).links.map(({ issueKey }) => issueKey).sort();
    expect(linked).toEqual([issues[0], issues[2]]);
    expect(await scenario.panel(issues[1]!, 'link', { itemId: 'cases', recordId: other })).toMatchObject({ ok: true });
  });

  it('I-2 I6 writes nothing to either side and creates nothing, whatever changes', async () => {
    await scenario.start(showing);
    const record = await scenario.create('Case', { Subject: 'Leaking roof' });
    const issue = await newIssue('One');
    await clear();
    await scenario.panel(issue, 'link', { itemId: 'cases', recordId: record });
    await scenario.edit('Case', record, { Subject: 'Leaking cellar', Status: 'Working' });
    await scenario.outside.jira('agent', 'PUT', `/rest/api/3/issue/${issue}`, { fields: { summary: 'Mine' } });
    await scenario.move(issue, 'In Progress');
    await scenario.nextCycle();
    await scenario.panel(issue, 'refresh', { itemId: 'cases' });
    await scenario.nextCycle();
    expect(await writesOf(scenario.outside)).toEqual([]);
    expect(await scenario.outside.issues()).toHaveLength(1);
  });

  it('I25 takes its links along when it becomes a synchronized item; a second issue of a record is told', async () => {
    await scenario.start(showing);
    const record = await scenario.create('Case', { Subject: 'Leaking roof' });
    const [first, second] = [await newIssue('One'), await newIssue('Two')];
    for (const issue of [first, second]) await scenario.panel(issue, 'link', { itemId: 'cases', recordId: record });
    await program(caseItem());
    await scenario.nextCycle();
    await scenario.nextCycle();
    const summaries = (await scenario.outside.issues()).map(({ fields }) => fields.summary);
    expect(summaries).toHaveLength(2);
    expect(summaries).toContain('Leaking roof');
    const { attention } = await scenario.outside.state();
    expect(attention.map(({ cause }) => cause)).toEqual([expect.stringContaining('one issue for a record')]);
  });

  it('I25 takes its links along when it gets another id', async () => {
    await scenario.start(showing);
    const record = await scenario.create('Case', { Subject: 'Leaking roof' });
    const issue = await newIssue('One');
    await scenario.panel(issue, 'link', { itemId: 'cases', recordId: record });
    await program(showing.replace('item cases', 'item shown was cases'));
    await scenario.nextCycle();
    expect((await scenario.panel(issue, 'cards')).result).toMatchObject([{ itemId: 'shown', recordId: record }]);
  });
});

describe('a synchronized item', () => {
  it('refuses a second link of a record or an issue, and names the other side', async () => {
    await scenario.start(caseItem().replace('create all', ''));
    const record = await scenario.create('Case', { Subject: 'Leaking roof' });
    const other = await scenario.create('Case', { Subject: 'Broken window' });
    const [first, second] = [await newIssue('One'), await newIssue('Two')];
    const link = (issue: string, recordId: string) => scenario.panel(issue, 'link', { itemId: 'cases', recordId });
    expect(await link(first, record)).toMatchObject({ ok: true });
    expect(await link(second, record)).toMatchObject({ ok: false, error: { message: expect.stringContaining(first) } });
    expect(await link(first, other)).toMatchObject({ ok: false, error: { message: expect.stringContaining(record) } });
    expect((await scenario.issue(first)).fields.summary).toBe('Leaking roof');
  });

  it('P-2 stays linked where the first look fails, says so, and is aligned by the next cycle', async () => {
    await scenario.start(caseItem().replace('create all', ''));
    const record = await scenario.create('Case', { Subject: 'Leaking roof' });
    const issue = await newIssue('One');
    const link = () => scenario.panel(issue, 'link', { itemId: 'cases', recordId: record });
    // The first one checks the record, the second one is the look.
    await scenario.faults({ system: 'salesforce', match: { path: '/services/data' }, nth: 2, effect: '503' });
    expect(await link()).toMatchObject({ ok: true, result: { recordId: record, later: true } });
    await scenario.faults();
    expect(await link()).toMatchObject({
      ok: false,
      error: { message: `${issue} is linked to this record already. Reload the page to see it.` },
    });
    expect((await scenario.issue(issue)).fields.summary).toBe('One');
    await scenario.nextCycle();
    expect((await scenario.issue(issue)).fields.summary).toBe('Leaking roof');
    const told = (await scenario.outside.state()).journal.filter(entry => entry.issueKey === issue);
    expect(told.map(({ reason }) => reason)).toContain('linked by hand');
  });

  it('I17 P-5 keeps a link that the bridge made: it is neither unlinked nor replaced by a direct call, but refreshed', async () => {
    await scenario.start(caseItem());
    const { record, issue } = await scenario.linked();
    const other = await scenario.create('Case', { Subject: 'Broken window' });
    expect((await scenario.panel(issue.key, 'cards')).result).toMatchObject([{ managed: 'auto', canUnlink: false }]);
    for (const role of ['agent', 'admin'])
      expect(await scenario.panel(issue.key, 'unlink', { itemId: 'cases' }, role)).toMatchObject({
        ok: false,
        error: { code: 'automatic' },
      });
    expect(await scenario.panel(issue.key, 'link', { itemId: 'cases', recordId: other })).toMatchObject({
      ok: false,
      error: { code: 'already-linked' },
    });
    await scenario.edit('Case', record, { Subject: 'Broken door' });
    expect(await scenario.panel(issue.key, 'refresh', { itemId: 'cases' })).toMatchObject({ ok: true });
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Broken door');
    expect((await scenario.outside.state()).links.find(({ issueKey }) => issueKey === issue.key)?.record).toBe(record);
  });

  it('I17 stops all effects of a manual link at once when it is unlinked, and never links the record again by itself', async () => {
    await scenario.start(caseItem('where Origin is "Phone"'));
    const record = await scenario.create('Case', { Subject: 'Leaking roof', Origin: 'Phone' });
    const issue = await newIssue('One');
    await scenario.panel(issue, 'link', { itemId: 'cases', recordId: record });
    await scenario.edit('Case', record, { Subject: 'Leaking cellar' });
    await scenario.panel(issue, 'unlink', { itemId: 'cases' });
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect((await scenario.issue(issue)).fields.summary).toBe('Leaking roof');
    expect(await scenario.outside.issues()).toHaveLength(1);
  });
});
