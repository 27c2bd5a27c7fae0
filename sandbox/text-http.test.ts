import { describe, expect, it } from 'vitest';
import { TextResponse, textRequest } from './text-http.ts';

const requests = [
  ['https://a.example/b?c=d#e', {}],
  ['https://a.example/ä b?c=%20', { method: 'get', headers: { accept: 'application/json' } }],
  ['https://a.example/b', { method: 'post', body: '{"a":"ü"}' }],
  ['https://a.example/b', { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: '{}' }],
] as const;

describe('a request of text', () => {
  it.each(requests)('says what a real one says: %s %j', async (url, init) => {
    const real = new Request(url, init);
    const own = textRequest(url, init);
    for (const request of [own, own.clone()]) {
      expect([request.url, [...request.headers]]).toEqual([real.url, [...real.headers]]);
      // A real one leaves `patch` as it is written, and no client writes that.
      expect(request.method).toBe(real.method.toUpperCase());
      expect(request.body === null).toBe(real.body === null);
      expect(await request.text()).toBe(await real.clone().text());
      expect(await request.arrayBuffer()).toEqual(await real.clone().arrayBuffer());
    }
  });

  it('is read as a form where it is one', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const form = await textRequest('https://a.example', { method: 'POST', headers, body: 'a=1&b=%20' }).formData();
    expect([...form]).toEqual([
      ['a', '1'],
      ['b', ' '],
    ]);
  });
});

describe('an answer of text', () => {
  it('says what a real one says, however often it is read, and can be sent on', async () => {
    const init = { status: 201, headers: { 'content-type': 'application/json' } };
    const real = new Response('{"a":"ü"}', init);
    const own = new TextResponse('{"a":"ü"}', init);
    own.headers.set('x-later', '1');
    expect(await own.json()).toEqual(await real.clone().json());
    expect(await own.arrayBuffer()).toEqual(await real.clone().arrayBuffer());
    expect(await own.bytes()).toEqual(await real.clone().bytes());
    expect((await own.blob()).type).toBe((await real.clone().blob()).type);
    const copy = own.clone();
    expect([copy.status, copy.ok, copy.headers.get('x-later'), await copy.text()]).toEqual([
      201,
      true,
      '1',
      '{"a":"ü"}',
    ]);
    expect(await new Response(own.body).text()).toBe('{"a":"ü"}');
  });
});
