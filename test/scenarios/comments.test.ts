/** Comments from outside (S-8): people write on both sides, and each comment is there once, with its author. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commentsIn, internal } from '../kit/comments.ts';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());
beforeEach(() => scenario.start(caseItem('comments on')));

const { texts, bodies, edit, caseComments } = commentsIn(() => scenario);

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
