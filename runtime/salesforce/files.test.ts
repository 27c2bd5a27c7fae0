import { describe, expect, it } from 'vitest';
import type { PortError } from '../ports.ts';
import { salesforceWith } from './client.ts';
import type { Fetch } from './http.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ArrayBuffer | undefined;
}
interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  readonly error?: unknown;
}

function salesforce(answer: (asked: Asked) => Answer) {
  const asked: Asked[] = [];
  const fetch: Fetch = async (url, { method, headers, body }) => {
    const one = { method, path: new URL(url).pathname, headers, body };
    asked.push(one);
    const { status = 200, json, text = '', bytes, error } = answer(one);
    if (error !== undefined) throw error;
    return {
      status,
      headers: { get: name => (name === 'date' ? 'Mon, 23 Nov 2026 09:00:00 GMT' : null) },
      text: async () => (json === undefined ? text : JSON.stringify(json)),
      arrayBuffer: async () => Uint8Array.from(bytes ?? []).buffer,
    };
  };
  const token = { token: 't', instanceUrl: 'https://acme.my.salesforce.com' } as never;
  return { client: salesforceWith(fetch, token), asked };
}
const kindOf = (run: Promise<unknown>) =>
  run.then(
    () => 'done',
    (error: PortError) => error.failure.kind,
  );

const file = {
  name: 'photo of the fire.png',
  mimeType: 'image/png',
  bytes: Uint8Array.of(137, 80, 78, 71, 13, 10),
  record: '500000000000001AAA',
  description: '[Salesforce Bridge for Jira] …',
};

describe('files of Salesforce', () => {
  it('S-9 are made and hung on the record in one insert, with PathOnClient and the marker', async () => {
    const { client, asked } = salesforce(() => ({ status: 201, json: { id: '068000000000001AAA', success: true } }));
    expect(await client.createFile(file)).toBe('068000000000001AAA');
    const [{ method, path, headers, body }] = asked as [Asked];
    expect([method, path]).toEqual(['POST', '/services/data/v67.0/sobjects/ContentVersion']);
    const form = await new Response(body as ArrayBuffer, {
      headers: { 'content-type': headers['content-type']! },
    }).formData();
    expect(JSON.parse(String(form.get('entity_content')))).toEqual({
      Title: 'photo of the fire',
      PathOnClient: 'photo of the fire.png',
      Description: file.description,
      FirstPublishLocationId: file.record,
    });
    const data = form.get('VersionData') as File;
    expect([data.name, data.type]).toEqual([file.name, file.mimeType]);
    expect([...new Uint8Array(await data.arrayBuffer())]).toEqual([...file.bytes]);
  });

  it('P1 one whose making was not answered may have been made', async () => {
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    const answers: readonly [Answer, string][] = [
      [{ error: reset }, 'unknown'],
      [{ status: 500, json: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'm' }] }, 'unknown'],
      [{ status: 201, text: '<html>' }, 'unknown'],
      [{ status: 400, json: [{ errorCode: 'STORAGE_LIMIT_EXCEEDED', message: 'full' }] }, 'refused'],
      [{ status: 503, json: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'm' }] }, 'unavailable'],
    ];
    for (const [answer, kind] of answers)
      expect(await kindOf(salesforce(() => answer).client.createFile(file))).toBe(kind);
  });

  it('S-9 come back byte by byte; what is no file is a failure', async () => {
    const good = salesforce(() => ({ bytes: file.bytes }));
    expect([...(await good.client.fileBytes('068000000000001AAA'))]).toEqual([...file.bytes]);
    expect(good.asked[0]?.path).toBe('/services/data/v67.0/sobjects/ContentVersion/068000000000001AAA/VersionData');
    const gone = salesforce(() => ({ status: 404, json: [{ errorCode: 'NOT_FOUND', message: 'm' }] }));
    expect(await kindOf(gone.client.fileBytes('068000000000001AAA'))).toBe('gone');
    expect(await kindOf(good.client.fileBytes('../../User'))).toBe('refused');
  });
});

describe('new records', () => {
  it('answer their ids in the order in which they were given, each with its own fate', async () => {
    const { client, asked } = salesforce(({ body }) => {
      const { records } = JSON.parse(String(body)) as { records: { Body?: string }[] };
      return {
        json: records.map((record, at) =>
          record.Body === 'bad'
            ? { success: false, errors: [{ statusCode: 'STRING_TOO_LONG', message: 'm', fields: ['Body'] }] }
            : { id: `id-${records.length}-${at}`, success: true, errors: [] },
        ),
      };
    });
    const outcomes = await client.insert([
      { object: 'FeedItem', fields: { Body: 'a' } },
      { object: 'CaseComment', fields: { CommentBody: 'b' } },
      { object: 'FeedItem', fields: { Body: 'bad' } },
    ]);
    expect(outcomes).toMatchObject([
      { ok: true, value: 'id-2-0' },
      { ok: true, value: 'id-1-0' },
      { ok: false, failure: { kind: 'refused', fields: ['Body'] } },
    ]);
    expect(asked.map(({ method, path }) => [method, path])).toEqual([
      ['POST', '/services/data/v67.0/composite/sobjects'],
      ['POST', '/services/data/v67.0/composite/sobjects'],
    ]);
  });

  it('P1 without an answer, or with a page instead of one, may have been made', async () => {
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    for (const answer of [{ error: reset }, { text: '<html>' }, { json: [] }] satisfies Answer[]) {
      const [outcome] = await salesforce(() => answer).client.insert([{ object: 'FeedItem', fields: {} }]);
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'unknown' } });
    }
  });
});

describe('optional queries', () => {
  const part = (httpStatusCode: number, body: unknown) => ({ httpStatusCode, body });
  const rows = { records: [{ Id: '1' }], done: true };
  const noFeed = [{ errorCode: 'INVALID_TYPE', message: "sObject type 'FeedItem' is not supported." }];
  const busy = [{ errorCode: 'SERVER_UNAVAILABLE', message: 'm' }];

  it('P7 are refused alone', async () => {
    const { client } = salesforce(() => ({ json: { compositeResponse: [part(200, rows), part(400, noFeed)] } }));
    const { answers } = await client.query([{ soql: 'a' }, { soql: 'b', optional: true }]);
    expect(answers).toMatchObject([{ rows: [{ Id: '1' }] }, { rows: [], failure: { code: 'INVALID_TYPE' } }]);
  });

  it('but what passes by itself, and what was not optional, fails all', async () => {
    const passing = salesforce(() => ({ json: { compositeResponse: [part(503, busy)] } }));
    expect(await kindOf(passing.client.query([{ soql: 'b', optional: true }]))).toBe('unavailable');
    const needed = salesforce(() => ({ json: { compositeResponse: [part(400, noFeed)] } }));
    expect(await kindOf(needed.client.query([{ soql: 'b' }]))).toBe('refused');
  });
});
