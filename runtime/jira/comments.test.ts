import { describe, expect, it } from 'vitest';
import { requestsOfThisFile } from '../../test/kit/contract.ts';
import type { CommentMarker } from '../conversation.ts';
import type { PortError } from '../ports.ts';
import { createJira } from './client.ts';
import type { RequestJira } from './request.ts';

const judge = requestsOfThisFile();

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Answers from a list of bodies or statuses. */
function jira(
  answer: (asked: Asked) => { readonly status?: number; readonly json?: unknown; readonly bytes?: Uint8Array },
) {
  const asked: Asked[] = [];
  const request: RequestJira = async (path, init = {}) => {
    await judge((path as unknown as { value: string }).value, init as RequestInit);
    const { method = 'GET', headers = {}, body } = init;
    const one = { method, path: (path as unknown as { value: string }).value, headers, body };
    asked.push(one);
    const { status = 200, json, bytes } = answer(one);
    return {
      status,
      headers: { get: () => null },
      text: async () => (json === undefined ? '' : JSON.stringify(json)),
      arrayBuffer: async () => Uint8Array.from(bytes ?? []).buffer,
    };
  };
  return { client: createJira(request), asked };
}

const marker: CommentMarker = { v: 1, kind: 'comment', org: 'o', record: 'r', source: 's', seal: 'x' };
const raw = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  body: { type: 'doc', version: 1, content: [] },
  author: { displayName: 'Ada' },
  created: '2026-01-05T09:00:00.000+0100',
  updated: '2026-01-05T09:00:01.000+0100',
  jsdPublic: true,
  ...more,
});

describe('comments of Jira', () => {
  it('S-8 are read page by page with their properties', async () => {
    const all = Array.from({ length: 130 }, (_, n) => raw(String(n)));
    const { client, asked } = jira(({ path }) => {
      const from = Number(/startAt=(\d+)/.exec(path)?.[1]);
      return { json: { comments: all.slice(from, from + 100), total: all.length, startAt: from } };
    });
    expect((await client.comments('10001')).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(asked.map(({ path }) => path)).toEqual([
      '/rest/api/3/issue/10001/comment?startAt=0&maxResults=100&orderBy=created&expand=properties',
      '/rest/api/3/issue/10001/comment?startAt=100&maxResults=100&orderBy=created&expand=properties',
    ]);
  });

  it.each([
    ['for all', {}, { internal: false }],
    ['for the team', { jsdPublic: false }, { internal: true }],
    ['for a role', { visibility: { type: 'role', value: 'Developers' } }, { internal: true }],
    ['a reply', { parentId: 7 }, { parent: '7' }],
    ['ours', { properties: [{ key: 'salesforce-bridge', value: marker }] }, { marker }],
    ['with a property of somebody else’s making', { properties: [{ key: 'salesforce-bridge', value: 'x' }] }, {}],
    ['of nobody', { author: undefined }, { author: 'Somebody' }],
  ])('S-8 one %s is told as that', async (_, given, expected) => {
    const { client } = jira(() => ({ json: { comments: [raw('1', given)], total: 1 } }));
    const [comment] = await client.comments('1');
    expect(comment).toMatchObject({
      id: '1',
      author: 'Ada',
      createdAt: Date.UTC(2026, 0, 5, 8),
      updatedAt: Date.UTC(2026, 0, 5, 8, 0, 1),
      ...expected,
    });
    if (!('marker' in expected)) expect(comment).not.toHaveProperty('marker');
  });

  it('S-8 S-10 are written with marker and visibility in the same call; an original keeps both as they are', async () => {
    const { client, asked } = jira(() => ({ status: 201, json: raw('9') }));
    const body = { type: 'doc', version: 1, content: [] };
    await client.addComment('1', { body, internal: true, marker });
    await client.editComment('1', '9', { body });
    expect(asked.map(({ method, path, body: sent }) => [method, path.split('?')[0], JSON.parse(String(sent))])).toEqual(
      [
        [
          'POST',
          '/rest/api/3/issue/1/comment',
          {
            body,
            properties: [
              { key: 'salesforce-bridge', value: marker },
              { key: 'sd.public.comment', value: { internal: true } },
            ],
          },
        ],
        ['PUT', '/rest/api/3/issue/1/comment/9', { body }],
      ],
    );
  });

  it('P1 a write without an answer is unclear, one that is refused is not', async () => {
    const kindOf = async (status: number) => {
      const { client } = jira(() => ({ status, json: {} }));
      const body = {};
      const failed = await client.addComment('1', { body, internal: false, marker }).catch((error: PortError) => error);
      return (failed as PortError).failure.kind;
    };
    // An answer that says nothing of a comment may have been cut off on its way: the comment is there all the same.
    expect(await Promise.all([201, 500, 400, 403, 404, 429, 503].map(kindOf))).toEqual([
      'unknown',
      'unknown',
      'refused',
      'forbidden',
      'gone',
      'limited',
      'unavailable',
    ]);
  });
});

describe('attachments of Jira', () => {
  it('S-9 are uploaded as a form with the header without which Jira takes it for a forgery', async () => {
    const { client, asked } = jira(() => ({ json: [{ id: '77', filename: 'a.txt' }] }));
    const bytes = new TextEncoder().encode('hello');
    expect(await client.attach('1', { name: 'a.txt', mimeType: 'text/plain', bytes })).toBe('77');
    const [{ headers, body, path }] = asked as [Asked];
    expect(path).toBe('/rest/api/3/issue/1/attachments');
    expect(headers['x-atlassian-token']).toBe('no-check');
    const form = await new Response(body as ArrayBuffer, {
      headers: { 'content-type': headers['content-type']! },
    }).formData();
    const file = form.get('file') as File;
    expect([file.name, file.type, await file.text()]).toEqual(['a.txt', 'text/plain', 'hello']);
  });

  it('S-9 an upload whose answer names no file is unclear', async () => {
    const { client } = jira(() => ({ json: [] }));
    const file = { name: 'a.txt', mimeType: 'text/plain', bytes: new Uint8Array() };
    await expect(client.attach('1', file)).rejects.toMatchObject({ failure: { kind: 'unknown' } });
  });

  it('S-9 are listed and fetched', async () => {
    const listed = {
      id: 5,
      filename: 'ä.png',
      size: 3,
      created: '2026-01-05T09:00:00.000+0000',
      author: { accountId: 'x' },
    };
    const { client, asked } = jira(({ path }) =>
      path.includes('content') ? { bytes: Uint8Array.of(1, 2, 3) } : { json: { fields: { attachment: [listed] } } },
    );
    expect(await client.files('1')).toEqual([
      {
        id: '5',
        name: 'ä.png',
        mimeType: 'application/octet-stream',
        size: 3,
        author: { id: 'x', name: 'Somebody' },
        createdAt: Date.UTC(2026, 0, 5, 9),
      },
    ]);
    expect([...(await client.attachmentBytes('5'))]).toEqual([1, 2, 3]);
    expect(asked.at(-1)?.path).toBe('/rest/api/3/attachment/content/5?redirect=false');
  });
});
