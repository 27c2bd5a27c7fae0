/** The local Salesforce over its own REST API, as the integration user. */
import { call, post, Refused } from './http.ts';

export interface CaseRow {
  readonly Id: string;
  readonly CaseNumber: string;
  readonly Subject: string | null;
  readonly Description: string | null;
  readonly Status: string | null;
  readonly Priority: string | null;
  readonly Origin: string | null;
  readonly Resolution_Notes__c: string | null;
  readonly CreatedDate: string;
  readonly LastModifiedDate: string;
  readonly Account: AccountRow | null;
}
export interface AccountRow {
  readonly Id: string;
  readonly Name: string;
  readonly Rating: string | null;
  readonly Type: string | null;
}
export interface RecordComment {
  readonly id: string;
  readonly kind: 'CaseComment' | 'FeedItem';
  readonly body: string;
  readonly author: string;
  readonly at: string;
}
export interface RecordFile {
  readonly document: string;
  readonly version: string;
  readonly name: string;
  readonly bytes: number;
}

export const data = '/salesforce/services/data/v67.0';

export async function query<Row>(soql: string): Promise<readonly Row[]> {
  return (await call<{ records: Row[] }>(`${data}/query?q=${encodeURIComponent(soql)}`)).records;
}

interface By {
  readonly CreatedDate: string;
  readonly CreatedBy: { readonly Name: string } | null;
}

const caseColumns = [
  ...['Id', 'CaseNumber', 'Subject', 'Description', 'Status', 'Priority', 'Origin', 'Resolution_Notes__c'],
  ...['CreatedDate', 'LastModifiedDate', 'Account.Id', 'Account.Name', 'Account.Rating', 'Account.Type'],
];
const emptyCase = {
  ...{ Subject: null, Description: null, Status: null, Priority: null, Origin: null, Resolution_Notes__c: null },
  Account: null,
};

export const salesforce = {
  /** Without what the org hides from the integration user; none where it is not the demo's and has no such object. */
  async cases(): Promise<readonly CaseRow[]> {
    let columns: readonly string[] = caseColumns;
    for (;;) {
      try {
        const order = 'ORDER BY CreatedDate DESC, CaseNumber DESC LIMIT 60';
        const rows = await query<CaseRow>(`SELECT ${columns.join(', ')} FROM Case ${order}`);
        return rows.map(row => ({ ...emptyCase, ...row }));
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 400) throw error;
        const hidden = /No such column '(\w+)'/.exec(error.message)?.[1];
        const seen = columns.filter(column => column.split('.').at(-1) !== hidden);
        if (seen.length === columns.length) return [];
        columns = seen;
      }
    }
  },
  accounts: () => query<AccountRow>('SELECT Id, Name, Rating, Type FROM Account ORDER BY Name LIMIT 100'),
  create: (object: string, fields: Record<string, unknown>) =>
    call<{ id: string }>(`${data}/sobjects/${object}`, post(fields)),
  update: (object: string, id: string, fields: Record<string, unknown>) =>
    call<void>(`${data}/sobjects/${object}/${id}`, { method: 'PATCH', body: JSON.stringify(fields) }),
  remove: (object: string, id: string) => call<void>(`${data}/sobjects/${object}/${id}`, { method: 'DELETE' }),

  /** Comments of a case and posts of its feed, oldest first; the feed's own echo of a comment is left out. */
  async comments(record: string): Promise<readonly RecordComment[]> {
    const [comments, posts] = await Promise.all([
      query<By & { Id: string; CommentBody: string | null }>(
        `SELECT Id, CommentBody, CreatedDate, CreatedBy.Name FROM CaseComment WHERE ParentId = '${record}'`,
      ),
      query<By & { Id: string; Body: string | null }>(
        `SELECT Id, Body, CreatedDate, CreatedBy.Name FROM FeedItem WHERE ParentId = '${record}' AND Type = 'TextPost'`,
      ),
    ]);
    const told = (kind: RecordComment['kind'], row: By & { Id: string }, body: string | null): RecordComment => ({
      id: row.Id,
      kind,
      body: body ?? '',
      author: row.CreatedBy?.Name ?? 'Somebody',
      at: row.CreatedDate,
    });
    return [
      ...comments.map(row => told('CaseComment', row, row.CommentBody)),
      ...posts.map(row => told('FeedItem', row, row.Body)),
    ].sort((a, b) => (a.at < b.at ? -1 : 1));
  },
  addComment: (record: string, text: string) =>
    call<unknown>(`${data}/sobjects/CaseComment`, post({ ParentId: record, CommentBody: text })),

  async files(record: string): Promise<readonly RecordFile[]> {
    const links = await query<{
      ContentDocumentId: string;
      ContentDocument: {
        Title: string;
        FileExtension: string | null;
        ContentSize: number;
        LatestPublishedVersionId: string;
      };
    }>(
      'SELECT ContentDocumentId, ContentDocument.Title, ContentDocument.FileExtension, ContentDocument.ContentSize, ' +
        `ContentDocument.LatestPublishedVersionId FROM ContentDocumentLink WHERE LinkedEntityId = '${record}'`,
    );
    return links.map(({ ContentDocumentId: document, ContentDocument: file }) => ({
      document,
      version: file.LatestPublishedVersionId,
      name: file.FileExtension === null ? file.Title : `${file.Title}.${file.FileExtension}`,
      bytes: file.ContentSize,
    }));
  },
  async addFile(record: string, file: File): Promise<void> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    const fields = {
      Title: file.name.replace(/\.[^.]+$/, ''),
      PathOnClient: file.name,
      VersionData: btoa(text),
      FirstPublishLocationId: record,
    };
    await call<unknown>(`${data}/sobjects/ContentVersion`, post(fields));
  },
  fileUrl: (version: string) => `${data}/sobjects/ContentVersion/${version}/VersionData`,
};
