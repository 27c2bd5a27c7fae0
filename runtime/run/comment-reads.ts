/** All comments of records, a few hundred records to a call, and the posts under which replies stand. */
import type { SalesforceComment } from '../conversation.ts';
import { commentFromRow, commentsOf, type Post, postFromRow, postsNamed, sourcesOf } from '../engine/index.ts';
import type { Failure } from '../ports.ts';
import type { Run } from './run.ts';

/** Far below the length that a query may have. */
const recordsPerQuery = 200;

/** By record; a failure instead where they cannot be read. */
export interface CommentsRead {
  readonly of: ReadonlyMap<string, readonly SalesforceComment[]>;
  readonly failure?: Failure;
  /** The org has no feeds, or hides them: there is nothing to read in them. */
  readonly withoutFeed: boolean;
}

export async function readComments(run: Run, object: string, records: readonly string[]): Promise<CommentsRead> {
  const of = new Map<string, SalesforceComment[]>(records.map(record => [record, []]));
  const sources = sourcesOf(object);
  const ids = [...of.keys()];
  const asked = Array.from({ length: Math.ceil(ids.length / recordsPerQuery) }, (_, at) =>
    ids.slice(at * recordsPerQuery, (at + 1) * recordsPerQuery),
  ).flatMap(some => sources.map(source => ({ source, soql: commentsOf(source, some) })));
  if (asked.length === 0) return { of, withoutFeed: false };
  const { answers } = await run.deps.salesforce.query(asked.map(({ soql }) => ({ soql, optional: true })));
  let failure: Failure | undefined;
  let withoutFeed = false;
  asked.forEach(({ source }, at) => {
    const answer = answers[at];
    if (answer?.failure !== undefined) {
      if (isWithoutFeed(source, answer.failure)) withoutFeed = true;
      else failure = answer.failure;
    }
    for (const row of answer?.rows ?? []) {
      const comment = commentFromRow(source, row);
      if (comment !== undefined) of.get(comment.record)?.push(comment);
    }
  });
  return { of, withoutFeed, ...(failure && { failure }) };
}

/** What Salesforce says of an object that an org does not have, or does not show. */
export const isWithoutFeed = (source: string, failure: Failure): boolean =>
  source !== 'CaseComment' && failure.code === 'INVALID_TYPE';

/** By id. */
export async function readPosts(run: Run, comments: readonly SalesforceComment[]): Promise<ReadonlyMap<string, Post>> {
  const ids = [...new Set(comments.flatMap(({ parent }) => parent ?? []))];
  if (ids.length === 0) return new Map();
  const queries = Array.from({ length: Math.ceil(ids.length / recordsPerQuery) }, (_, at) => ({
    soql: postsNamed(ids.slice(at * recordsPerQuery, (at + 1) * recordsPerQuery)),
    optional: true,
  }));
  const { answers } = await run.deps.salesforce.query(queries);
  return new Map(answers.flatMap(({ rows }) => rows.flatMap(row => [postFromRow(row) ?? []].filter(isEntry))));
}

const isEntry = (value: readonly unknown[]): value is readonly [string, Post] => value.length === 2;
