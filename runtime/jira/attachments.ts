/** Attachments of an issue: their list, uploads in multipart form, and their bytes without the detour over a media host. */
import { route } from '@forge/api';
import type { JiraFile } from '../conversation.ts';
import { multipart } from '../multipart.ts';
import type { JiraPort } from '../ports.ts';
import { listOf, timeOf, unexpected } from './answers.ts';
import { ask, askBytes, failure, type RequestJira } from './request.ts';

export function createAttachments(request: RequestJira): Pick<JiraPort, 'files' | 'attach' | 'attachmentBytes'> {
  return {
    async files(issueId) {
      const answer = await ask(request, { path: route`/rest/api/3/issue/${issueId}?fields=attachment` });
      const { fields } = (answer ?? {}) as { fields?: Readonly<Record<string, unknown>> };
      return listOf<RawAttachment>(fields, 'attachment').map(fileOf);
    },

    async attach(issueId, { name, mimeType, bytes }) {
      const form = multipart([{ name: 'file', fileName: name, type: mimeType, content: bytes }]);
      const path = route`/rest/api/3/issue/${issueId}/attachments`;
      const answer = await ask(request, { method: 'POST', path, form });
      const [made] = Array.isArray(answer) ? (answer as RawAttachment[]) : [];
      if (made?.id === undefined)
        throw failure('unknown', 'UNEXPECTED_ANSWER', 'Jira took a file but did not say which it became.');
      return String(made.id);
    },

    attachmentBytes(id) {
      return askBytes(request, route`/rest/api/3/attachment/content/${id}?redirect=false`);
    },
  };
}

interface RawAttachment {
  readonly id?: unknown;
  readonly filename?: unknown;
  readonly mimeType?: unknown;
  readonly size?: unknown;
  readonly created?: unknown;
  readonly author?: { readonly accountId?: unknown; readonly displayName?: unknown };
}

function fileOf({ id, filename, mimeType, size, created, author }: RawAttachment): JiraFile {
  if (id === undefined || typeof filename !== 'string') throw unexpected();
  return {
    id: String(id),
    name: filename,
    mimeType: typeof mimeType === 'string' ? mimeType : 'application/octet-stream',
    size: Number(size ?? 0),
    author: { id: textOf(author?.accountId, ''), name: textOf(author?.displayName, 'Somebody') },
    createdAt: timeOf(created),
  };
}

const textOf = (value: unknown, instead: string): string =>
  typeof value === 'string' && value !== '' ? value : instead;
