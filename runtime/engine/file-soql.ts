/**
 * The queries that find files: versions by their own stamps, the documents that hang on records, and their
 * latest versions. Links of documents can only be asked for by id, so a file is found by its version first.
 */
import type { SalesforceFile } from '../conversation.ts';
import type { Instant } from '../ports.ts';
import { authorOf, idList, isId } from './comment-soql.ts';
import { type Fields, instantOf } from './values.ts';

const version =
  'SELECT Id, ContentDocumentId, Title, PathOnClient, FileExtension, ContentSize, Checksum, Description, CreatedDate, SystemModstamp, CreatedBy.Name, FirstPublishLocationId FROM ContentVersion WHERE IsLatest = true AND';

export const fileDelta = (from: Instant): string =>
  `${version} SystemModstamp >= ${new Date(from).toISOString()} ORDER BY SystemModstamp, Id`;

export const latestVersions = (documents: readonly string[]): string =>
  `${version} ContentDocumentId IN (${idList(documents)})`;

const links = 'SELECT Id, ContentDocumentId, LinkedEntityId, Visibility FROM ContentDocumentLink WHERE';
export const linksOfRecords = (records: readonly string[]): string => `${links} LinkedEntityId IN (${idList(records)})`;
export const linksOfDocuments = (documents: readonly string[]): string =>
  `${links} ContentDocumentId IN (${idList(documents)})`;

export const documentOf = (versionId: string): string =>
  `SELECT Id, ContentDocumentId FROM ContentVersion WHERE Id IN (${idList([versionId])})`;

export interface DocumentLink {
  readonly id: string;
  readonly document: string;
  readonly record: string;
  readonly visibility: string;
}

export function documentLinkFromRow(row: Fields): DocumentLink | undefined {
  const { Id: id, ContentDocumentId: document, LinkedEntityId: record, Visibility: visibility } = row;
  if (!isId(id) || !isId(document) || !isId(record)) return undefined;
  return { id, document, record, visibility: typeof visibility === 'string' ? visibility : '' };
}

/** A version, as yet on no record. */
export type FileVersion = Omit<SalesforceFile, 'record' | 'shared'> & {
  readonly stamp: Instant;
  /** Where it was first put. */
  readonly place?: string;
};

/** Undefined when the row cannot be used, or is a note that has no bytes of its own. */
export function versionFromRow(row: Fields): FileVersion | undefined {
  const { Id: id, ContentDocumentId: document, Checksum: checksum, Description: description } = row;
  const stamp = instantOf(row.SystemModstamp);
  if (!isId(id) || !isId(document) || stamp === undefined) return undefined;
  if (typeof row.FileExtension === 'string' && row.FileExtension.toLowerCase() === 'snote') return undefined;
  return {
    document,
    version: id,
    name: nameOf(row),
    size: typeof row.ContentSize === 'number' ? row.ContentSize : 0,
    checksum: typeof checksum === 'string' ? checksum.toLowerCase() : '',
    description: typeof description === 'string' ? description : '',
    author: authorOf(row),
    createdAt: instantOf(row.CreatedDate) ?? stamp,
    stamp,
    ...(isId(row.FirstPublishLocationId) ? { place: row.FirstPublishLocationId } : {}),
  };
}

/** `PathOnClient` may carry the folders of the machine that it came from. */
function nameOf({ PathOnClient: path, Title: title, FileExtension: extension }: Fields): string {
  const name = typeof path === 'string' ? path.replace(/^.*[/\\]/, '').trim() : '';
  if (name !== '') return name;
  const bare = typeof title === 'string' && title.trim() !== '' ? title.trim() : 'file';
  return typeof extension === 'string' && extension !== '' ? `${bare}.${extension}` : bare;
}
