/**
 * The queries that find comments and posts, by their own stamps or by their records, and their rows as
 * comments. A CaseComment also stands in the feed (`CaseCommentPost`); only posts that people write are asked
 * for there, so it is read once.
 */
import type { SalesforceComment } from '../conversation.ts';
import type { Instant } from '../ports.ts';
import { type Fields, instantOf, valueAt } from './values.ts';

export type CommentSource = 'CaseComment' | 'FeedItem' | 'FeedComment';

/** Cases have comments of their own beside the feed that every feed-enabled object has. */
export const sourcesOf = (object: string): readonly CommentSource[] =>
  object === 'Case' ? ['CaseComment', 'FeedItem', 'FeedComment'] : ['FeedItem', 'FeedComment'];

const postTypes = "('TextPost', 'ContentPost', 'LinkPost', 'AdvancedTextPost')";
const common = 'Id, ParentId, IsDeleted, CreatedDate, SystemModstamp, CreatedBy.Name';
const selects: Readonly<Record<CommentSource, string>> = {
  CaseComment: `SELECT ${common}, CommentBody, IsPublished FROM CaseComment`,
  FeedItem: `SELECT ${common}, Body, IsRichText FROM FeedItem`,
  FeedComment: `SELECT ${common}, FeedItemId, CommentBody, IsRichText FROM FeedComment`,
};
const written = (source: CommentSource): string => (source === 'FeedItem' ? ` AND Type IN ${postTypes}` : '');
const order = 'ORDER BY SystemModstamp, Id';

export const commentDelta = (source: CommentSource, from: Instant): string =>
  `${selects[source]} WHERE SystemModstamp >= ${new Date(from).toISOString()}${written(source)} ${order}`;

export const commentsOf = (source: CommentSource, records: readonly string[]): string =>
  `${selects[source]} WHERE ParentId IN (${idList(records)})${written(source)} ${order}`;

/** The posts themselves, of whatever type: replies stand under case comments too. */
export const postsNamed = (ids: readonly string[]): string =>
  `SELECT Id, Body, IsRichText, CreatedBy.Name FROM FeedItem WHERE Id IN (${idList(ids)})`;

/** Undefined when the row cannot be used. */
export function commentFromRow(source: CommentSource, row: Fields): SalesforceComment | undefined {
  const { Id: id, ParentId: record } = row;
  const stamp = instantOf(row.SystemModstamp);
  if (!isId(id) || !isId(record) || stamp === undefined) return undefined;
  const body = row[source === 'FeedItem' ? 'Body' : 'CommentBody'];
  return {
    id,
    kind: source === 'CaseComment' ? 'case-comment' : source === 'FeedItem' ? 'post' : 'reply',
    record,
    ...(isId(row.FeedItemId) ? { parent: row.FeedItemId } : {}),
    body: typeof body === 'string' ? body : '',
    rich: row.IsRichText === true,
    author: authorOf(row),
    open: row.IsPublished === true,
    createdAt: instantOf(row.CreatedDate) ?? stamp,
    stamp,
    deleted: row.IsDeleted === true,
  };
}

export type Post = Pick<SalesforceComment, 'body' | 'rich' | 'author'>;

export function postFromRow(row: Fields): readonly [string, Post] | undefined {
  const { Id: id, Body: body } = row;
  if (!isId(id)) return undefined;
  return [id, { body: typeof body === 'string' ? body : '', rich: row.IsRichText === true, author: authorOf(row) }];
}

export function authorOf(row: Fields): string {
  const name = valueAt(row, ['CreatedBy', 'Name']);
  return typeof name === 'string' && name.trim() !== '' ? name : 'Somebody';
}

const idPattern = /^[A-Za-z0-9]{18}$/;
export const isId = (value: unknown): value is string => typeof value === 'string' && idPattern.test(value);

/** As a list of literals; what is no id never comes into a query. */
export function idList(ids: readonly string[]): string {
  const odd = ids.find(id => !isId(id));
  if (odd !== undefined) throw new Error(`not a Salesforce id: ${JSON.stringify(odd)}`);
  return [...new Set(ids)]
    .sort()
    .map(id => `'${id}'`)
    .join(', ');
}
