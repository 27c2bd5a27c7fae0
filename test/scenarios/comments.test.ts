/** Comments from outside (S-8): people write on both sides, and each comment is there once, with its author. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, paragraphs, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());
beforeEach(() => scenario.start(caseItem('comments on')));

const texts = async (issue: string) => (await scenario.comments(issue)).map(({ text }) => text);
const bodies = async (record: string) =>
  (await caseComments(record)).map(({ CommentBody }) => CommentBody.replaceAll('\r\n', '\n'));
const edit = (issue: string, id: string, text: string, role = 'agent', more = {}) =>
  scenario.outside.jira(role, 'PUT', `/rest/api/3/issue/${issue}/comment/${id}`, { body: paragraphs(text), ...more });
const internal = { properties: [{ key: 'sd.public.comment', value: { internal: true } }] };

interface CaseComment {
  readonly Id: string;
  readonly CommentBody: string;
  readonly IsPublished: boolean;
}
const caseComments = async (record: string) =>
  (
    await scenario.rows<CaseComment>(
      `SELECT Id, CommentBody, IsPublished FROM CaseComment WHERE ParentId = '${record}' ORDER BY CreatedDate, Id`,
    )
  ).filter(({ CommentBody }) => !CommentBody.startsWith('[Salesforce Bridge for Jira] Jira link note'));

describe('from Salesforce', () => {
  it('S-8 brings a case comment to the issue once, with its author; unpublished ones as internal', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.advance('1m');
    await scenario.create('CaseComment', {
      ParentId: record,
      CommentBody: 'First line.\nSecond line.',
      IsPublished: true,
    });
    await scenario.create('CaseComment', { ParentId: record, CommentBody: 'For us only.' });
    await scenario.nextCycle();
    await scenario.nextCycle();
    const comments = await scenario.comments(issue.key);
    expect(comments.map(one => [one.text, one.public])).toEqual([
      [expect.stringMatching(/^.+ wrote in Salesforce:\nFirst line\.\nSecond line\.$/), true],
      [expect.stringMatching(/^.+ wrote in Salesforce:\nFor us only\.$/), false],
    ]);
  });

  it('S-8 brings posts and replies, the reply with the start of its post', async () => {
    const { record, issue } = await scenario.linked();
    const post = await scenario.create('FeedItem', {
      ParentId: record,
      Type: 'TextPost',
      Body: '<p>Does <b>anybody</b> know this printer?</p>',
      IsRichText: true,
    });
    await scenario.create('FeedComment', { FeedItemId: post, CommentBody: 'I do.' });
    await scenario.nextCycle();
    const comments = await scenario.comments(issue.key);
    expect(comments.map(({ text }) => text)).toEqual([
      expect.stringMatching(/wrote in Salesforce:\nDoes anybody know this printer\?$/),
      expect.stringMatching(/replied in Salesforce to .+:\nDoes anybody know this printer\?\nI do\.$/),
    ]);
    expect(comments.every(one => !one.public)).toBe(true);
  });

  it('S-8 lets an edit travel and a deletion not', async () => {
    const { record, issue } = await scenario.linked();
    const id = await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Old words' });
    await scenario.nextCycle();
    await scenario.outside.salesforce.sobject('CaseComment').update({ Id: id, CommentBody: 'New words' });
    await scenario.nextCycle();
    expect((await scenario.comments(issue.key)).map(({ text }) => text)).toEqual([
      expect.stringContaining('New words'),
    ]);
    await scenario.outside.salesforce.sobject('CaseComment').destroy(id);
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await scenario.comments(issue.key)).toHaveLength(1);
  });
});

describe('from Jira', () => {
  it('S-2 S-8 brings a comment to the case at once, unpublished, with its author and a marker, and does not echo it', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.say(issue.key, 'Have you tried water?\nOr sand?');
    await scenario.outside.settle();
    const [comment, ...more] = await caseComments(record);
    expect(more).toEqual([]);
    expect(comment?.IsPublished).toBe(false);
    expect(comment?.CommentBody.replaceAll('\r\n', '\n')).toMatch(
      /^.+ wrote in Jira \(SUP-\d+\):\n\nHave you tried water\?\n\nOr sand\?\n\n\[Salesforce Bridge for Jira\] SUP-\d+ comment #\d+ [0-9a-f]{12}$/,
    );
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await caseComments(record)).toHaveLength(1);
    expect(await scenario.comments(issue.key)).toHaveLength(1);
  });

  it('P4 writes nothing in the cycles after that', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.say(issue.key, 'Hello');
    await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Hello too' });
    await scenario.nextCycle();
    await scenario.outside.settle();
    await scenario.outside.control('DELETE', '/control/calls');
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await writesOf(scenario.outside)).toEqual([]);
  });
});

describe('edits', () => {
  it('S-8 of a comment in Jira reach its copy, at once', async () => {
    const { record, issue } = await scenario.linked();
    const id = await scenario.say(issue.key, 'Old words');
    await scenario.outside.settle();
    await scenario.advance('1m');
    await edit(issue.key, id, 'New words');
    await scenario.outside.settle();
    expect(await bodies(record)).toEqual([expect.stringMatching(/New words\n\n\[Salesforce Bridge for Jira\]/)]);
    await scenario.nextCycle();
    expect(await texts(issue.key)).toEqual(['New words']);
  });

  it('S-8 of a copy in Jira reach the comment in Salesforce, without what the bridge put around it', async () => {
    const { record, issue } = await scenario.linked();
    const id = await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Old words' });
    await scenario.nextCycle();
    const [copy] = await scenario.comments(issue.key);
    await scenario.advance('1m');
    await edit(issue.key, copy!.id, copy!.text.replace('Old', 'Better'), 'admin');
    await scenario.outside.settle();
    expect(await caseComments(record)).toMatchObject([{ Id: id, CommentBody: 'Better words' }]);
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await texts(issue.key)).toEqual([expect.stringMatching(/ wrote in Salesforce:\nBetter words$/)]);
  });

  it('S-8 of a copy in Salesforce reach the comment in Jira', async () => {
    const { record, issue } = await scenario.linked();
    const id = await scenario.say(issue.key, 'Old words');
    await scenario.nextCycle();
    await scenario.nextCycle();
    const [copy] = await caseComments(record);
    const CommentBody = copy!.CommentBody.replace('Old', 'Better');
    await scenario.outside.salesforce.sobject('CaseComment').update({ Id: copy!.Id, CommentBody });
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await scenario.comments(issue.key)).toMatchObject([{ id, text: 'Better words' }]);
    expect(await bodies(record)).toEqual([expect.stringContaining('Better words')]);
  });

  it('P2 on both sides: the later one stays, and the journal keeps how the other began', async () => {
    const { record, issue } = await scenario.linked();
    const id = await scenario.create('CaseComment', { ParentId: record, CommentBody: 'First' });
    await scenario.nextCycle();
    await scenario.outside.control('PUT', '/control/faults', [{ system: 'jira', nth: 1, effect: 'lose-event' }]);
    const [copy] = await scenario.comments(issue.key);
    await scenario.advance('1m');
    await edit(issue.key, copy!.id, copy!.text.replace('First', 'Mine'), 'admin');
    await scenario.advance('1m');
    await scenario.outside.salesforce.sobject('CaseComment').update({ Id: id, CommentBody: 'Yours, and later' });
    await scenario.say(issue.key, 'Look here');
    await scenario.nextCycle();
    expect(await texts(issue.key)).toEqual([expect.stringContaining('Yours, and later'), 'Look here']);
    const { journal } = await scenario.outside.state();
    expect(journal.filter(entry => 'lost' in entry)).toMatchObject([{ what: 'Comment', lost: 'Mine' }]);
  });
});

describe('who may read what', () => {
  it.each([
    ['comments on', [['public', false]]],
    ['comments on, published', [['public', true]]],
    [
      'comments on, internal too',
      [
        ['public', false],
        ['internal', false],
      ],
    ],
    [
      'comments on, internal too, published',
      [
        ['public', true],
        ['internal', false],
      ],
    ],
  ] as const)('S-8 `%s` sends what it says, and nothing internal is ever published', async (clause, expected) => {
    await scenario.start(caseItem(clause));
    const { record, issue } = await scenario.linked();
    await scenario.say(issue.key, 'public');
    await scenario.say(issue.key, 'internal', internal);
    await scenario.say(issue.key, 'restricted', { visibility: { type: 'role', value: 'Administrators' } });
    await scenario.outside.settle();
    await scenario.nextCycle();
    const sent = (await caseComments(record)).map(({ CommentBody, IsPublished }) => [
      /\r\n\r\n(\w+)\r\n/.exec(CommentBody)?.[1],
      IsPublished,
    ]);
    expect(sent.filter(([word]) => word !== 'restricted')).toEqual(expected);
    expect(sent.some(([word, published]) => word === 'restricted' && published)).toBe(false);
  });

  it('S-8 a comment that becomes internal in Jira is not for customers any more, and a skip is told once', async () => {
    await scenario.start(caseItem('comments on, published'));
    const { record, issue } = await scenario.linked();
    const id = await scenario.say(issue.key, 'For all');
    await scenario.say(issue.key, 'For us', internal);
    await scenario.outside.settle();
    expect((await caseComments(record)).map(({ IsPublished }) => IsPublished)).toEqual([true]);
    await scenario.advance('1m');
    await edit(issue.key, id, 'For us after all', 'agent', internal);
    await scenario.outside.settle();
    await scenario.nextCycle();
    expect(await caseComments(record)).toMatchObject([
      { IsPublished: false, CommentBody: expect.stringContaining('For all') },
    ]);
    const { journal } = await scenario.outside.state();
    expect(journal.filter(entry => entry.what === 'Comment' && entry.outcome === 'skipped')).toHaveLength(1);
  });

  it('S-8 a comment that is published or withdrawn in Salesforce follows in Jira', async () => {
    const { record, issue } = await scenario.linked();
    const Id = await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Hello' });
    await scenario.nextCycle();
    for (const IsPublished of [true, false]) {
      await scenario.outside.salesforce.sobject('CaseComment').update({ Id, IsPublished });
      await scenario.nextCycle();
      expect(await scenario.comments(issue.key)).toMatchObject([{ public: IsPublished }]);
    }
  });
});

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

describe('long and nested', () => {
  it('S-8 a long comment goes to a case in parts, whole', async () => {
    const { record, issue } = await scenario.linked();
    const words = Array.from({ length: 2_000 }, (_, n) => `wörd${n}`).join(' ');
    await scenario.say(issue.key, words);
    await scenario.outside.settle();
    const parts = await bodies(record);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) expect(Buffer.byteLength(part.replaceAll('\n', '\r\n'))).toBeLessThanOrEqual(4_000);
    const joined = parts.map(part => part.split('\n\n').slice(1, -1).join('\n\n')).join('');
    expect(joined).toBe(words);
    await scenario.nextCycle();
    expect(await texts(issue.key)).toEqual([words]);
  });

  it('S-8 a reply in Jira reaches the case with the start of what it replies to', async () => {
    const { record, issue } = await scenario.linked();
    const parentId = Number(await scenario.say(issue.key, 'Have you tried water?'));
    await scenario.say(issue.key, 'Yes.', { parentId });
    await scenario.outside.settle();
    expect((await bodies(record)).at(-1)).toMatch(
      /^.+ replied in Jira \(SUP-\d+\) to .+, “Have you tried water\?”:\n\nYes\.\n\n/,
    );
  });
});

describe('objects with a feed', () => {
  const accounts = `item accounts "Accounts" {
  salesforce Account
  jira SUP / "Incident"
  sync one-way
  create all
  fields { Name -> summary }
  comments on, internal too
}
`;
  const posts = (record: string) =>
    scenario.rows<{ Id: string; Body: string; Type: string }>(
      `SELECT Id, Body, Type FROM FeedItem WHERE ParentId = '${record}' ORDER BY CreatedDate, Id`,
    );

  it('S-8 S-10 exchange posts, replies and comments through the feed, and never what is internal', async () => {
    await scenario.start(accounts);
    const record = await scenario.create('Account', { Name: 'Korvex Systems' });
    await scenario.outside.cycle();
    const [issue] = await scenario.outside.issues();
    const post = await scenario.create('FeedItem', { ParentId: record, Body: 'A question', Type: 'TextPost' });
    await scenario.create('FeedComment', { FeedItemId: post, CommentBody: 'An answer' });
    await scenario.say(issue!.key, 'A <b>remark</b>\nin two lines');
    await scenario.say(issue!.key, 'A secret', internal);
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await texts(issue!.key)).toEqual([
      'A <b>remark</b>\nin two lines',
      'A secret',
      expect.stringMatching(/wrote in Salesforce:\nA question$/),
      expect.stringMatching(/replied in Salesforce to .+:\nA question\nAn answer$/),
    ]);
    const bodies = (await posts(record)).map(({ Body }) => Body);
    expect(bodies).toEqual([
      expect.stringContaining('Jira link note'),
      'A question',
      expect.stringMatching(
        /^<p><b>.+ wrote in Jira \(SUP-\d+\):<\/b><\/p><p>A &lt;b&gt;remark&lt;\/b&gt;<\/p><p>in two lines<\/p><p>\[Salesforce Bridge/,
      ),
    ]);
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
