/**
 * Comments of an issue: read with their properties, written with the marker in the same call. What a service
 * project keeps for the team, and what is for a role or a group, is internal.
 */
import { route } from '@forge/api';
import type { CommentMarker, JiraComment, NewJiraComment } from '../conversation.ts';
import type { JiraPort } from '../ports.ts';
import { literal, object, type Shape, ShapeError, text } from '../shape.ts';
import { listOf, timeOf, unexpected } from './answers.ts';
import { markerKey } from './marker.ts';
import type { JiraCall } from './request.ts';

const perPage = 100;
/** Where service projects keep who may read a comment. */
const visibilityKey = 'sd.public.comment';

const short = text(300);
const shape: Shape<CommentMarker> = object({
  v: literal(1),
  kind: literal('comment', 'attachment'),
  org: short,
  record: short,
  source: short,
  seal: short,
});

export function createComments(
  call: (what: JiraCall) => Promise<unknown>,
): Pick<JiraPort, 'comments' | 'addComment' | 'editComment'> {
  return {
    async comments(issueId) {
      const found: JiraComment[] = [];
      for (;;) {
        const path = route`/rest/api/3/issue/${issueId}/comment?startAt=${found.length}&maxResults=${perPage}&orderBy=created&expand=properties`;
        const answer = await call({ path });
        const page = listOf<RawComment>(answer, 'comments');
        found.push(...page.map(raw => commentOf(raw, 'unavailable')));
        if (page.length === 0 || found.length >= Number((answer as { total?: unknown }).total)) return found;
      }
    },

    async addComment(issueId, comment) {
      const path = route`/rest/api/3/issue/${issueId}/comment?expand=properties`;
      return commentOf(await call({ method: 'POST', path, body: bodyOf(comment) }), 'unknown');
    },

    async editComment(issueId, id, comment) {
      const path = route`/rest/api/3/issue/${issueId}/comment/${id}?expand=properties&notifyUsers=false`;
      return commentOf(await call({ method: 'PUT', path, body: bodyOf(comment) }), 'unknown');
    },
  };
}

/** Properties that are sent replace those that are there; none are sent to leave them alone. */
function bodyOf({ body, internal, marker }: Pick<NewJiraComment, 'body'> & Partial<NewJiraComment>): unknown {
  const properties = [
    ...(marker === undefined ? [] : [{ key: markerKey, value: marker }]),
    ...(internal === undefined ? [] : [{ key: visibilityKey, value: { internal } }]),
  ];
  return { body, ...(properties.length === 0 ? {} : { properties }) };
}

interface RawComment {
  readonly id?: unknown;
  readonly body?: unknown;
  readonly author?: { readonly displayName?: unknown };
  readonly created?: unknown;
  readonly updated?: unknown;
  readonly visibility?: unknown;
  readonly jsdPublic?: unknown;
  readonly parentId?: unknown;
  readonly properties?: readonly { readonly key?: unknown; readonly value?: unknown }[];
}

/** `otherwise`: what it means when this is no comment. */
function commentOf(raw: unknown, otherwise: 'unavailable' | 'unknown'): JiraComment {
  const { id, body, author, created, updated, visibility, jsdPublic, parentId, properties } = (raw ?? {}) as RawComment;
  if (typeof id !== 'string') throw unexpected(otherwise);
  const marker = readMarker(properties?.find(({ key }) => key === markerKey)?.value);
  const name = author?.displayName;
  return {
    id,
    body,
    author: typeof name === 'string' && name.trim() !== '' ? name : 'Somebody',
    internal: jsdPublic === false || (visibility !== undefined && visibility !== null),
    createdAt: timeOf(created),
    updatedAt: timeOf(updated),
    ...(typeof parentId === 'number' || typeof parentId === 'string' ? { parent: String(parentId) } : {}),
    ...(marker === undefined ? {} : { marker }),
  };
}

/** `undefined` for anything that this app did not write. */
function readMarker(value: unknown): CommentMarker | undefined {
  try {
    return value === undefined ? undefined : shape(value, '');
  } catch (problem) {
    if (problem instanceof ShapeError) return undefined;
    throw problem;
  }
}
