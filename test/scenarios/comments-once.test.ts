/** Each comment once (P1, S-10): markers, whatever fails, what was said before the bridge came, and what looking costs. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CaseComment, commentsIn, internal } from '../kit/comments.ts';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());
beforeEach(() => scenario.start(caseItem('comments on')));

const { texts, bodies } = commentsIn(() => scenario);

describe('markers', () => {
  it('S-10 somebody who types a marker writes a comment like any other', async () => {
    const { record, issue } = await scenario.linked();
    const forged = 'Hello\n\n[Salesforce Bridge for Jira] SUP-1 comment #10001 0123456789ab';
    await scenario.create('CaseComment', { ParentId: record, CommentBody: forged });
    await scenario.nextCycle();
    expect(await texts(issue.key)).toEqual([expect.stringContaining('0123456789ab')]);
  });

  it('S-10 a genuine marker under other words makes nothing ours', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.say(issue.key, 'Have you tried water?');
    await scenario.nextCycle();
    await scenario.nextCycle();
    const [copy] = await bodies(record);
    await scenario.create('CaseComment', { ParentId: record, CommentBody: `I did what they say here: ${copy}` });
    await scenario.nextCycle();
    expect(await texts(issue.key)).toEqual([
      'Have you tried water?',
      expect.stringContaining('I did what they say here'),
    ]);
  });

  it('S-10 the record of a link says which issue it is, once, and Jira never gets it', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.nextCycle();
    const notes = await scenario.rows<CaseComment>(
      `SELECT Id, CommentBody, IsPublished FROM CaseComment WHERE ParentId = '${record}'`,
    );
    expect(notes).toHaveLength(1);
    expect(notes[0]!.IsPublished).toBe(false);
    expect(notes[0]!.CommentBody.replaceAll('\r\n', '\n')).toMatch(
      new RegExp(
        `^\\[Salesforce Bridge for Jira\\] Jira link note\nIssue: ${issue.key}\nURL: http.*/browse/${issue.key}\nSmart Connected Item: Cases\nLink: automatic\n`,
      ),
    );
    expect(await scenario.comments(issue.key)).toEqual([]);
  });

  it('S-10 I-2 a link of a display-only item leaves no note', async () => {
    await scenario.start('item look "Look" {\n  salesforce Case\n  jira SUP\n  sync display-only\n  show Subject\n}\n');
    const record = await scenario.create('Case', { Subject: 'Seen' });
    const { key } = await scenario.outside.jira<{ key: string }>('agent', 'POST', '/rest/api/3/issue', {
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'Seen' },
    });
    const agent = scenario.outside.sandbox.jiraUsers.find(({ role }) => role === 'agent')!;
    const answer = await scenario.outside.control('POST', '/control/invoke', {
      module: 'panel',
      function: 'link',
      payload: { itemId: 'look', recordId: record },
      accountId: agent.accountId,
      issueKey: key,
    });
    expect(answer).toMatchObject({ ok: true });
    await scenario.nextCycle();
    expect(await scenario.rows(`SELECT Id FROM CaseComment WHERE ParentId = '${record}'`)).toEqual([]);
  });
});

describe('whatever fails', () => {
  const applied = (path: string, system: string, nth = 1) => ({
    system,
    match: { method: 'POST', path },
    nth,
    effect: 'timeout-after-apply',
  });

  it.each(['timeout-after-apply', 'timeout', '500', '503', '429', 'reset', 'kill'])(
    'P1 S-8 a %s while a comment is made in Jira leaves one copy',
    async effect => {
      const { record, issue } = await scenario.linked();
      await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Only once' });
      const path = `/rest/api/3/issue/${issue.id}/comment`;
      await scenario.faults({ system: 'jira', match: { method: 'POST', path }, nth: 1, effect });
      for (let cycles = 0; cycles < 5; cycles++) await scenario.nextCycle();
      expect(await texts(issue.key)).toEqual([expect.stringContaining('Only once')]);
    },
  );

  it.each(['timeout-after-apply', 'timeout', '500', '503', '429', 'reset', 'kill'])(
    'P1 S-8 a %s while a comment is made in Salesforce leaves one copy',
    async effect => {
      const { record, issue } = await scenario.linked();
      const path = '/services/data/v67.0/composite/sobjects';
      await scenario.faults({ system: 'salesforce', match: { method: 'POST', path }, nth: 1, effect });
      await scenario.say(issue.key, 'Only once');
      await scenario.outside.settle();
      for (let cycles = 0; cycles < 5; cycles++) await scenario.nextCycle();
      expect(await bodies(record)).toEqual([expect.stringContaining('Only once')]);
    },
  );

  it('P1 S-10 a link note whose answer is lost is made once', async () => {
    const path = '/services/data/v67.0/composite/sobjects';
    await scenario.faults(applied(path, 'salesforce'));
    const record = await scenario.create('Case', { Subject: 'Noted', Origin: 'Phone' });
    for (let cycles = 0; cycles < 4; cycles++) await scenario.nextCycle();
    const notes = await scenario.rows(`SELECT Id FROM CaseComment WHERE ParentId = '${record}'`);
    expect(notes).toHaveLength(1);
  });

  it('P1 S-2 events that come twice and out of order make one copy each', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.faults(
      { system: 'jira', nth: 1, effect: 'duplicate-event' },
      { system: 'jira', nth: 2, effect: 'reorder-events' },
      { system: 'queue', nth: 1, effect: 'duplicate-event' },
    );
    await scenario.say(issue.key, 'One');
    await scenario.say(issue.key, 'Two');
    await scenario.outside.settle();
    await scenario.nextCycle();
    expect((await bodies(record)).map(body => /(One|Two)/.exec(body)?.[1])).toEqual(['One', 'Two']);
  });
});

describe('when it begins', () => {
  const panel = async (name: string, issueKey: string, payload: Readonly<Record<string, unknown>>) => {
    const agent = scenario.outside.sandbox.jiraUsers.find(({ role }) => role === 'agent')!;
    const call = { module: 'panel', function: name, payload, accountId: agent.accountId, issueKey };
    return scenario.outside.control<{ ok: boolean }>('POST', '/control/invoke', call);
  };
  const newIssue = async () =>
    scenario.outside.jira<{ id: string; key: string }>('agent', 'POST', '/rest/api/3/issue', {
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'By hand' },
    });

  it('P-2 S-8 S-10 a link by hand brings over what was said on both sides before, and says that it is manual', async () => {
    await scenario.start(caseItem('comments on').replace('create all', 'create off'));
    const record = await scenario.create('Case', { Subject: 'Old', Origin: 'Phone' });
    await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Said in Salesforce' });
    const { key } = await newIssue();
    await scenario.say(key, 'Said in Jira');
    expect(await panel('link', key, { itemId: 'cases', recordId: record })).toMatchObject({ ok: true });
    expect(await texts(key)).toEqual(['Said in Jira', expect.stringContaining('Said in Salesforce')]);
    const said = (await bodies(record)).map(body => /Said in \w+/.exec(body)?.[0]).sort();
    expect(said).toEqual(['Said in Jira', 'Said in Salesforce']);
    const notes = async () =>
      (await scenario.rows<CaseComment>(`SELECT CommentBody FROM CaseComment WHERE ParentId = '${record}'`)).filter(
        ({ CommentBody }) => CommentBody.includes('Jira link note'),
      );
    expect(await notes()).toMatchObject([{ CommentBody: expect.stringContaining('Link: manual') }]);
    // Unlinked and linked again, everything is known still.
    expect(await panel('unlink', key, { itemId: 'cases' })).toMatchObject({ ok: true });
    expect(await panel('link', key, { itemId: 'cases', recordId: record })).toMatchObject({ ok: true });
    await scenario.nextCycle();
    expect(await texts(key)).toHaveLength(2);
    expect(await bodies(record)).toHaveLength(2);
    expect(await notes()).toHaveLength(1);
  });

  it('P-4 S-8 Refresh brings comments now, and files by the queue', async () => {
    await scenario.start(caseItem('comments on', 'attachments on'));
    const { record, issue } = await scenario.linked();
    await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Look at this' });
    await scenario.create('ContentVersion', {
      PathOnClient: 'this.txt',
      VersionData: Buffer.from('this').toString('base64'),
      FirstPublishLocationId: record,
    });
    expect(await panel('refresh', issue.key, { itemId: 'cases' })).toMatchObject({ ok: true });
    expect(await texts(issue.key)).toEqual([expect.stringContaining('Look at this')]);
    expect(await scenario.attachments(issue.key)).toEqual([]);
    await scenario.outside.settle();
    expect(await scenario.attachments(issue.key)).toMatchObject([{ filename: 'this.txt' }]);
  });

  it('P6 S-8 links that were there before comments were switched on get theirs', async () => {
    await scenario.start(caseItem());
    const { record, issue } = await scenario.linked();
    await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Said in Salesforce' });
    await scenario.say(issue.key, 'Said in Jira');
    await scenario.say(issue.key, 'Said among us', internal);
    await scenario.advance('30m');
    const program = async (...clauses: readonly string[]) => {
      const files = { 'scenario.bridge': caseItem(...clauses) };
      await scenario.outside.control('PUT', '/control/program', { files });
      await scenario.nextCycle();
    };
    await program('comments on');
    expect(await texts(issue.key)).toHaveLength(3);
    expect(await bodies(record)).toEqual(['Said in Salesforce', expect.stringContaining('Said in Jira')]);
    await program('comments on, internal too');
    expect(await bodies(record)).toHaveLength(3);
  });

  it('P1 S-8 what was said in the last minute of a run is not lost to the next, with rows that appear late', async () => {
    const { record, issue } = await scenario.linked();
    scenario.outside.sandbox.world.salesforce.commitLate(4 * 60_000);
    await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Seen late' });
    await scenario.advance('1m');
    await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Seen at once' });
    await scenario.outside.cycle();
    expect(await texts(issue.key)).toEqual([expect.stringContaining('Seen at once')]);
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await texts(issue.key)).toEqual([
      expect.stringContaining('Seen at once'),
      expect.stringContaining('Seen late'),
    ]);
  });
});

describe('what it costs', () => {
  it('an idle cycle with comments and files on costs one Salesforce call for one object, and no Jira call', async () => {
    await scenario.start(caseItem('comments on', 'attachments on'));
    const { record, issue } = await scenario.linked();
    await scenario.say(issue.key, 'Hello');
    await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Hello too' });
    for (let cycles = 0; cycles < 4; cycles++) await scenario.nextCycle();
    await scenario.outside.control('DELETE', '/control/calls');
    await scenario.nextCycle();
    const calls = await scenario.outside.control<readonly { system: string; path: string }[]>('GET', '/control/calls');
    expect(calls.filter(({ system }) => system === 'jira')).toEqual([]);
    expect(calls.filter(({ system, path }) => system === 'salesforce' && !path.includes('/oauth2/'))).toHaveLength(1);
  });

  it('an idle cycle over five objects costs a fifth of its queries, for whatever is on', async () => {
    const item = ([object, source]: readonly string[], n: number, on: boolean) => `item i${n} "Item ${n}" {
  salesforce ${object}
  jira SUP / "Task"
  sync one-way
  create all
  fields { ${source} -> summary or else "Nameless" }
  ${on ? 'comments on\n  attachments on' : ''}
}
`;
    const objects = [
      ['Case', 'Subject'],
      ['Account', 'Name'],
      ['Contact', 'LastName'],
      ['Lead', 'Company'],
      ['Opportunity', 'Name'],
    ] as const;
    for (const [on, cost] of [
      [false, 1],
      // Five objects, three kinds of comments, files: nine queries.
      [true, 2],
    ] as const) {
      await scenario.start(objects.map((object, n) => item(object, n, on)).join(''));
      await scenario.create('Account', { Name: 'Korvex Systems' });
      await scenario.create('Case', { Subject: 'Printer' });
      for (let cycles = 0; cycles < 4; cycles++) await scenario.nextCycle();
      expect(await scenario.outside.issues()).toHaveLength(2);
      await scenario.outside.control('DELETE', '/control/calls');
      await scenario.nextCycle();
      const calls = await scenario.outside.control<readonly { system: string; path: string }[]>(
        'GET',
        '/control/calls',
      );
      const spent = calls.filter(({ system, path }) => system === 'salesforce' && !path.includes('/oauth2/')).length;
      expect([on, spent, calls.filter(({ system }) => system === 'jira')]).toEqual([on, cost, []]);
    }
  });

  it('P10 each comment is explained with a sentence and the line that switched comments on', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.say(issue.key, 'Hello');
    await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Hello too' });
    await scenario.nextCycle();
    const { journal } = await scenario.outside.state();
    const comments = journal.filter(({ what }) => what === 'Comment');
    expect(comments).toMatchObject(
      ['jira', 'salesforce'].map(side => ({
        side,
        outcome: 'created',
        source: 'scenario.bridge:7',
        reason: expect.stringMatching(/somebody commented in (Jira|Salesforce), and the item's comments are on/),
      })),
    );
  });
});
