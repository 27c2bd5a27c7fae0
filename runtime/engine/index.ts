/**
 * The engine: pure functions from plans, remembered agreements and what both systems hold now to
 * decisions. It imports no port but their types, and nothing that reads, writes, waits or draws lots.
 */
export {
  afterEmptyLook,
  betweenLooksMs,
  claimed,
  claimKey,
  claimStep,
  isProvenAbsent,
  markerFor,
  markerMatches,
  quarantineMs,
} from './claim.ts';
export { jiraDigest, other } from './comment-match.ts';
export {
  type CommentSource,
  commentDelta,
  commentFromRow,
  commentsOf,
  isId,
  type Post,
  postFromRow,
  postsNamed,
  sourcesOf,
} from './comment-soql.ts';
export { salesforceWords } from './comment-text.ts';
export type { CommentWrite, JiraCommentWrite, SalesforceCommentWrite } from './comment-write.ts';
export { type CommentDecisions, decideComments, settingsOf } from './comments.ts';
export { emailsIn, noPeople, type People } from './convert.ts';
export { coveredBy } from './covered-record.ts';
export { type Creation, createSince, decideCreation, given } from './creation.ts';
export {
  type Decision,
  type Decisions,
  type FieldDecision,
  type FieldWrite,
  foundReason,
  type Move,
  type Side,
  type StatusDecision,
} from './decision.ts';
export {
  type DocumentLink,
  documentLinkFromRow,
  documentOf,
  type FileVersion,
  fileDelta,
  latestVersions,
  linksOfDocuments,
  linksOfRecords,
  versionFromRow,
} from './file-soql.ts';
export { decideFiles, type FileCopy, type FileDecisions } from './files.ts';
export { needsIssue, showsChange } from './look.ts';
export {
  fileCommentTitle,
  fileNoteTitle,
  isGenuine,
  linkNoteTitle,
  markerLine,
  readMarkerLine,
  type Sign,
  sealedMarker,
} from './marker-text.ts';
export {
  type Arrival,
  type ArrivalOf,
  basesAfter,
  basesAsRead,
  basesBefore,
  compileItem,
  emptyContext,
  type Item,
  type ReconcileContext,
  type ReconcileInput,
} from './reconcile.ts';
export { effectiveStamp, recordFromRow } from './record.ts';
export {
  type DeltaQuery,
  deltaQuery,
  eligibleCount,
  eligibleQuery,
  idsInQuery,
  pushed,
  recordsQuery,
} from './soql.ts';
export { type Cause, sameStatus, statusSent } from './status.ts';
export { chooseTransition, type TransitionChoice } from './transition.ts';
export { isNoteUnanswered, unseenReason, untold, withAllTold } from './untold.ts';
export {
  type Fields,
  sourceName,
  sourceType,
  sourceValue,
  valueAt,
} from './values.ts';
export { advance, byStamp, freshRows, overlapMs, readFrom, type Stamped, stampKey } from './watermark.ts';
