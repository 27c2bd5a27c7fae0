/**
 * What Salesforce itself does when a record of an object is saved: numbers it, closes it, names it, writes its
 * companions. One entry an object; objects without one are only stored.
 */
import { createHash } from 'node:crypto';
import type { Records, SaveContext } from './saving.ts';
import type { Row, Scalar, State } from './state.ts';

export type Draft = Record<string, Scalar>;

export interface Behaviour {
  /** Auto number: field and the number's spelling. */
  readonly number?: readonly [string, (count: number) => string];
  /** Sets what follows from other fields. `before` is absent on insert. */
  derive?(tools: Tools, draft: Draft, before: Row | undefined): void;
  /** Writes what hangs on the record. */
  after?(tools: Tools, row: Row, before: Row | undefined, input: Readonly<Record<string, unknown>>): void;
}

export interface Tools {
  readonly state: State;
  readonly records: Records;
  readonly save: SaveContext;
  /** The present second, as stamps spell it. */
  readonly stamp: string;
}

const padded =
  (width: number) =>
  (count: number): string =>
    String(count).padStart(width, '0');

/** The row of CaseStatus, TaskStatus, … that stands for a status. */
function statusRow(state: State, object: string, status: Scalar | undefined): Row | undefined {
  return status === null || status === undefined ? undefined : state.equal(object, 'ApiName', status)?.[0];
}

const fullName = (draft: Draft): string => [draft.FirstName, draft.LastName].filter(Boolean).join(' ');
const personName: Behaviour = {
  derive(_tools, draft) {
    draft.Name = fullName(draft);
  },
};

const accountOf = (state: State, id: Scalar | undefined): Scalar => {
  const row = state.get(id as string | null);
  if (!row) return null;
  return row.object === 'Account' ? row.id : (row.values.AccountId ?? null);
};

export const behaviours: Readonly<Record<string, Behaviour>> = {
  Contact: personName,
  User: personName,
  Lead: personName,

  Case: {
    number: ['CaseNumber', padded(8)],
    derive({ state, stamp }, draft, before) {
      const closed = statusRow(state, 'CaseStatus', draft.Status)?.values.IsClosed === true;
      draft.IsClosed = closed;
      if (closed && before?.values.IsClosed !== true) draft.ClosedDate = stamp;
      if (!closed) draft.ClosedDate = null;
      if (!before && draft.ContactId && !draft.AccountId) draft.AccountId = accountOf(state, draft.ContactId);
    },
    after({ records, save }, row, _before, input) {
      if (typeof input.Comments === 'string' && input.Comments !== '')
        records.create('CaseComment', { ParentId: row.id, CommentBody: input.Comments }, save);
    },
  },

  CaseComment: {
    after({ records, save }, row, before) {
      if (before) return;
      // Chatter shows a case's comments too; clients that read both see each twice.
      records.write('FeedItem', save, {
        ParentId: row.values.ParentId ?? null,
        Type: 'CaseCommentPost',
        Body: row.values.CommentBody ?? null,
        InsertedById: save.userId,
        CommentCount: 0,
        LikeCount: 0,
        Revision: 1,
      });
    },
  },

  Opportunity: {
    derive({ state, stamp }, draft, before) {
      const stage = statusRow(state, 'OpportunityStage', draft.StageName)?.values;
      draft.IsClosed = stage?.IsClosed === true;
      draft.IsWon = stage?.IsWon === true;
      draft.ForecastCategory = stage?.ForecastCategory ?? 'Pipeline';
      if (before?.values.StageName !== draft.StageName) {
        draft.ForecastCategoryName = stage?.ForecastCategoryName ?? 'Pipeline';
        if (before?.values.Probability === draft.Probability) draft.Probability = stage?.DefaultProbability ?? 0;
        if (before) draft.LastStageChangeDate = stamp;
      }
      draft.Probability ??= stage?.DefaultProbability ?? 0;
      draft.ExpectedRevenue =
        typeof draft.Amount === 'number' ? (draft.Amount * Number(draft.Probability)) / 100 : null;
      const close = String(draft.CloseDate ?? '');
      draft.FiscalYear = Number(close.slice(0, 4)) || null;
      draft.FiscalQuarter = close ? Math.ceil(Number(close.slice(5, 7)) / 3) : null;
      draft.Fiscal = close ? `${draft.FiscalYear} ${draft.FiscalQuarter}` : null;
    },
  },

  Task: {
    derive({ state, stamp }, draft, before) {
      const closed = statusRow(state, 'TaskStatus', draft.Status)?.values.IsClosed === true;
      draft.IsClosed = closed;
      draft.IsHighPriority = draft.Priority === 'High';
      draft.AccountId = accountOf(state, draft.WhatId) ?? accountOf(state, draft.WhoId);
      if (closed && before?.values.IsClosed !== true) draft.CompletedDateTime = stamp;
      if (!closed) draft.CompletedDateTime = null;
    },
  },

  Event: {
    derive({ state }, draft, before) {
      if (draft.StartDateTime !== before?.values.StartDateTime) draft.ActivityDateTime = draft.StartDateTime ?? null;
      const start = Date.parse(String(draft.ActivityDateTime ?? '').replace('+0000', 'Z'));
      const end = Date.parse(String(draft.EndDateTime ?? '').replace('+0000', 'Z'));
      if (draft.EndDateTime !== before?.values.EndDateTime && !Number.isNaN(end - start))
        draft.DurationInMinutes = (end - start) / 60_000;
      draft.StartDateTime = draft.ActivityDateTime ?? null;
      draft.ActivityDate ??= Number.isNaN(start) ? null : new Date(start).toISOString().slice(0, 10);
      if (!Number.isNaN(start) && typeof draft.DurationInMinutes === 'number')
        draft.EndDateTime = `${new Date(start + draft.DurationInMinutes * 60_000).toISOString().slice(0, 19)}.000+0000`;
      draft.EndDate = typeof draft.EndDateTime === 'string' ? draft.EndDateTime.slice(0, 10) : null;
      draft.AccountId = accountOf(state, draft.WhatId) ?? accountOf(state, draft.WhoId);
      draft.GroupEventType ??= '0';
    },
  },

  Contract: {
    number: ['ContractNumber', padded(8)],
    derive({ state }, draft) {
      draft.StatusCode = statusRow(state, 'ContractStatus', draft.Status)?.values.StatusCode ?? 'Draft';
      draft.EndDate = endOfTerm(draft.StartDate, draft.ContractTerm);
    },
  },
  Order: {
    number: ['OrderNumber', padded(8)],
    derive({ state }, draft) {
      draft.StatusCode = statusRow(state, 'OrderStatus', draft.Status)?.values.StatusCode ?? 'Draft';
      draft.TotalAmount ??= 0;
    },
  },
  OrderItem: { number: ['OrderItemNumber', padded(10)] },
  Quote: {
    number: ['QuoteNumber', padded(8)],
    derive(_tools, draft) {
      draft.Subtotal ??= 0;
      draft.TotalPrice ??= 0;
      draft.LineItemCount ??= 0;
      draft.GrandTotal = Number(draft.TotalPrice) + Number(draft.Tax ?? 0) + Number(draft.ShippingHandling ?? 0);
      draft.CanCreateQuoteLineItems = true;
    },
  },
  Solution: { number: ['SolutionNumber', padded(8)] },

  Site_Visit__c: {
    number: ['Name', count => `SV-${String(count).padStart(4, '0')}`],
    derive(_tools, draft) {
      const cost = draft.Cost__c;
      const hours = draft.Hours__c;
      draft.Cost_Per_Hour__c =
        typeof cost === 'number' && typeof hours === 'number' && hours !== 0
          ? Math.round((cost / hours) * 100) / 100
          : null;
      draft.Overrun__c = typeof hours === 'number' && hours > 8;
      draft.Summary__c = `${draft.Name ?? ''}: ${draft.Purpose__c ?? ''}`;
    },
  },

  FeedItem: {
    derive({ save, stamp }, draft, before) {
      draft.Type ??= draft.RelatedRecordId ? 'ContentPost' : draft.LinkUrl ? 'LinkPost' : 'TextPost';
      draft.InsertedById ??= save.userId;
      draft.CommentCount ??= 0;
      draft.LikeCount ??= 0;
      draft.Status ??= 'Published';
      draft.HasContent = Boolean(draft.RelatedRecordId);
      draft.HasLink = Boolean(draft.LinkUrl);
      revise(draft, before, stamp, save, 'Body');
    },
  },
  FeedComment: {
    derive({ state, save, stamp }, draft, before) {
      draft.ParentId = state.get(draft.FeedItemId as string)?.values.ParentId ?? null;
      draft.CommentType ??= draft.RelatedRecordId ? 'ContentComment' : 'TextComment';
      draft.InsertedById ??= save.userId;
      draft.Status ??= 'Published';
      draft.ThreadLevel = draft.ThreadParentId ? 1 : 0;
      draft.ThreadChildrenCount ??= 0;
      revise(draft, before, stamp, save, 'CommentBody');
    },
    after({ state }, row, before) {
      const post = state.get(row.values.FeedItemId as string);
      // Adding a comment does not move the post's own stamp.
      if (!before && post)
        state.put({ ...post, values: { ...post.values, CommentCount: Number(post.values.CommentCount ?? 0) + 1 } });
    },
  },

  ContentVersion: {
    derive({ state, records, save, stamp }, draft, before) {
      if (before) return;
      const path = String(draft.PathOnClient ?? draft.Title ?? '');
      const dot = path.lastIndexOf('.');
      draft.FileExtension = dot > 0 ? path.slice(dot + 1).toLowerCase() : null;
      draft.FileType = fileType(String(draft.FileExtension ?? ''));
      draft.Title ??= dot > 0 ? path.slice(0, dot) : path;
      draft.ContentModifiedDate ??= stamp;
      draft.ContentModifiedById = save.userId;
      draft.PublishStatus = 'R';
      draft.IsLatest = true;
      draft.IsMajorVersion = draft.ContentDocumentId ? draft.IsMajorVersion === true : true;
      if (!draft.ContentDocumentId)
        draft.ContentDocumentId = records.write('ContentDocument', save, {
          Title: draft.Title,
          OwnerId: draft.OwnerId ?? save.userId,
          PublishStatus: 'R',
          SharingOption: 'A',
          SharingPrivacy: 'N',
        }).id;
      const versions = state.equal('ContentVersion', 'ContentDocumentId', draft.ContentDocumentId ?? null) ?? [];
      for (const earlier of versions) state.put({ ...earlier, values: { ...earlier.values, IsLatest: false } });
      draft.VersionNumber = String(versions.length + 1);
    },
    after({ state, records, save, stamp }, row, before) {
      const bytes = state.blob(row.id) ?? new Uint8Array();
      const values: Draft = {
        ...row.values,
        ContentSize: bytes.length,
        Checksum: createHash('md5').update(bytes).digest('hex'),
        VersionDataUrl: `/services/data/v67.0/sobjects/ContentVersion/${row.id}/VersionData`,
      };
      state.put({ ...row, values });
      const document = state.get(row.values.ContentDocumentId as string);
      if (document && values.IsLatest === true)
        state.put({
          ...document,
          values: {
            ...document.values,
            Title: values.Title ?? null,
            Description: values.Description ?? null,
            LatestPublishedVersionId: row.id,
            ContentSize: bytes.length,
            FileType: values.FileType ?? null,
            FileExtension: values.FileExtension ?? null,
            ContentModifiedDate: values.ContentModifiedDate ?? null,
            LastModifiedDate: stamp,
            LastModifiedById: save.userId,
            SystemModstamp: stamp,
          },
        });
      if (before || !document || row.values.VersionNumber !== '1') return;
      const link = (entity: string, share: string, visibility: string): void => {
        records.write('ContentDocumentLink', save, {
          ContentDocumentId: document.id,
          LinkedEntityId: entity,
          ShareType: share,
          Visibility: visibility,
        });
      };
      link(save.userId, 'I', 'AllUsers');
      const place = row.values.FirstPublishLocationId;
      if (typeof place === 'string') link(place, 'I', 'AllUsers');
    },
  },
  ContentDocument: {
    derive({ state }, draft, before) {
      const latest = state.get(draft.LatestPublishedVersionId as string);
      if (before && latest && latest.values.Title !== draft.Title)
        state.put({ ...latest, values: { ...latest.values, Title: draft.Title ?? null } });
    },
  },
  ContentDocumentLink: {
    derive(_tools, draft) {
      draft.ShareType ??= 'V';
      draft.Visibility ??= 'AllUsers';
    },
  },
  Attachment: {
    after({ state }, row) {
      state.put({ ...row, values: { ...row.values, BodyLength: state.blob(row.id)?.length ?? 0 } });
    },
  },
};

function revise(draft: Draft, before: Row | undefined, stamp: string, save: SaveContext, body: string): void {
  const edited = before !== undefined && before.values[body] !== draft[body];
  draft.Revision = Number(before?.values.Revision ?? 0) + (before && !edited ? 0 : 1);
  if (!edited) return;
  draft.LastEditById = save.userId;
  draft.LastEditDate = stamp;
}

function endOfTerm(start: Scalar | undefined, months: Scalar | undefined): Scalar {
  if (typeof start !== 'string' || typeof months !== 'number') return null;
  const [year = 0, month = 1, day = 1] = start.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, day - 1)).toISOString().slice(0, 10);
}

const fileTypes: Readonly<Record<string, string>> = {
  txt: 'TEXT',
  log: 'TEXT',
  csv: 'CSV',
  pdf: 'PDF',
  png: 'PNG',
  jpg: 'JPG',
  jpeg: 'JPEG',
  gif: 'GIF',
  json: 'JSON',
  xml: 'XML',
  html: 'HTML',
  zip: 'ZIP',
  doc: 'WORD',
  docx: 'WORD_X',
  xls: 'EXCEL',
  xlsx: 'EXCEL_X',
  ppt: 'POWER_POINT',
  pptx: 'POWER_POINT_X',
};
const fileType = (extension: string): string =>
  fileTypes[extension] ?? (extension === '' ? 'UNKNOWN' : extension.toUpperCase());
