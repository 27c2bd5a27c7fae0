import { describe, expect, it } from 'vitest';
import { createContract } from './contract.ts';
import { createJira, type JiraStandIn } from './index.ts';

const contract = createContract();

describe('the contract check', () => {
  it('does nothing without the document, and says so', () => {
    const idle = createContract('/nowhere');
    expect(idle).toMatchObject({ active: false, note: expect.stringContaining('/nowhere') });
    const standIn = createJira({ clock: { now: () => 0 } });
    expect(idle.watch(standIn)).toBe(standIn);
  });

  describe.skipIf(!contract.active)('with the document at hand (BRIDGE_REFERENCE)', () => {
    const healthy = createJira({ clock: { now: () => 0 } });
    const answering = (response: Response): JiraStandIn => ({ ...healthy, fetch: async () => response.clone() });
    const watched = async (standIn: JiraStandIn, request: Request): Promise<readonly string[]> => {
      const before = new Set(contract.violations());
      await contract.watch(standIn).fetch(request, { kind: 'app' });
      return contract.violations().filter(line => !before.has(line));
    };
    const get = (path: string) => new Request(`https://x/rest/api/3${path}`);
    const post = (path: string, body: unknown) =>
      new Request(`https://x/rest/api/3${path}`, { method: 'POST', body: JSON.stringify(body) });

    it.each([
      [
        'an unknown key in an answer',
        answering(Response.json({ accountId: '1', shoeSize: 44 })),
        get('/myself'),
        /shoeSize/,
      ],
      ['a wrong type', answering(Response.json({ accountId: 1 })), get('/myself'), /accountId must be string/],
      ['a body that is missing', answering(new Response('')), get('/myself'), /body of a 200 is missing/],
      ['an unknown operation', answering(Response.json({})), get('/nothing/like/that'), /no such operation/],
      ['a status that nobody documents', answering(Response.json({}, { status: 202 })), get('/myself'), /202/],
      ['an error of another shape', answering(Response.json({ oops: 1 }, { status: 404 })), get('/issue/X-1'), /oops/],
      ['an unknown query parameter', healthy, get('/issue/SUP-1?colour=red'), /colour/],
      [
        'a query parameter of the wrong type',
        healthy,
        get('/project/search?maxResults=many'),
        /maxResults must be integer/,
      ],
      [
        'an unknown key in a request',
        answering(Response.json({ issues: [], issueErrors: [] })),
        post('/issue/bulkfetch', { issueIdsOrKeys: ['SUP-1'], startAt: 1 }),
        /startAt/,
      ],
    ])('finds %s', async (_what, standIn, request, finding) => {
      expect(await watched(standIn, request)).toContainEqual(expect.stringMatching(finding));
    });

    it('holds a request alone to it where nobody answers', async () => {
      const own = createContract();
      await own.hold(post('/issue/bulkfetch', { issueIdsOrKeys: ['SUP-1'] }));
      expect(own.violations()).toEqual([]);
      await own.hold(post('/issue/bulkfetch', { issues: ['SUP-1'] }));
      expect(own.violations()).toContainEqual(expect.stringMatching(/POST .*bulkfetch: request body.*issues/));
    });

    it('has nothing against an honest exchange, nor against a wrong request that is refused', async () => {
      expect(await watched(healthy, get('/issue/SUP-1?expand=changelog,names,schema,editmeta,transitions'))).toEqual(
        [],
      );
      expect(await watched(healthy, post('/issue/bulkfetch', { issueIdsOrKeys: 7 }))).toEqual([]);
    });
  });
});
