/** Comments from outside (S-8): people write on both sides, and each comment is there once, with its author. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());
beforeEach(() => scenario.start(caseItem('comments on')));

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
