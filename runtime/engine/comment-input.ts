/** What a look at the comments of a link found, for those who match, decide and write. */
import type { ItemPlan } from '../../compiler/plan/ir.ts';
import type { CommentPair, JiraComment, SalesforceComment } from '../conversation.ts';
import type { Instant, Link } from '../ports.ts';
import type { Sign } from './marker-text.ts';

export interface CommentInput {
  readonly plan: ItemPlan;
  readonly link: Link;
  readonly org: string;
  readonly pairs: readonly CommentPair[];
  /** Nothing was forgotten: what is not among the pairs was never paired. */
  readonly complete: boolean;
  /** All of the record's when `whole`, else those that changed. */
  readonly salesforce: readonly SalesforceComment[];
  readonly whole: boolean;
  /** All of the issue's; absent when they were not read. */
  readonly jira?: readonly JiraComment[];
  /** Posts under which replies stand, by id. */
  readonly posts: ReadonlyMap<string, Pick<SalesforceComment, 'body' | 'rich' | 'author'>>;
  readonly sign: Sign;
  readonly now: Instant;
}
