/** The connection as an admin and the org see it: where a login may lead, a session that ends, a connection that goes (C). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());
beforeEach(() => scenario.start(caseItem()));

interface Called {
  readonly system: string;
  readonly path: string;
  readonly status: number;
}
const forget = () => scenario.outside.control('DELETE', '/control/calls');
const toSalesforce = async () =>
  (await scenario.outside.control<readonly Called[]>('GET', '/control/calls')).filter(
    ({ system }) => system === 'salesforce',
  );
const logins = async () => (await toSalesforce()).filter(({ path }) => path.includes('/oauth2/token'));
const summary = async (key: string) => (await scenario.issue(key)).fields.summary;

describe('a login URL', () => {
  it.each([
    'https://evil.example',
    'http://acme.my.salesforce.com',
    'https://acme.my.salesforce.com.evil.example',
    'https://acme.my.salesforce.com@evil.example',
    'https://127.0.0.1',
    'https://localhost/.my.salesforce.com',
    'https://my.salesforce.com.',
  ])(
    'C-1 C-2 that is not one of Salesforce’s is refused before anything leaves, and changes nothing: %s',
    async url => {
      const before = (await scenario.admin('connection.get')).result;
      await forget();
      const answer = await scenario.admin('connection.save', { loginUrl: url, clientId: 'id', clientSecret: 'canary' });
      expect([answer.ok, JSON.stringify(answer).includes('canary')]).toEqual([false, false]);
      expect(await toSalesforce()).toEqual([]);
      expect((await scenario.admin('connection.get')).result).toEqual(before);
    },
  );
});

describe('a session', () => {
  it('C-4 that ends in mid-run is renewed once, and the call is made again', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.edit('Case', record, { Subject: 'After the session' });
    await forget();
    await scenario.faults({ system: 'salesforce', match: { path: '/services/data' }, nth: 1, effect: '401' });
    await scenario.nextCycle();
    expect(await summary(issue.key)).toBe('After the session');
    expect(await logins()).toHaveLength(1);
    expect((await scenario.outside.state()).attention).toEqual([]);
  });

  it('C-4 is kept from one cycle to the next', async () => {
    await scenario.nextCycle();
    await forget();
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect([(await logins()).length, (await toSalesforce()).length]).toEqual([0, 2]);
  });
});

describe('a connection that is revoked', () => {
  it('C-5 asks nothing of Salesforce any more, keeps links and items, and goes on when it is back', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.admin('connection.revoke');
    await scenario.edit('Case', record, { Subject: 'Meanwhile' });
    await forget();
    await scenario.nextCycle();
    await scenario.outside.jira('agent', 'PUT', `/rest/api/3/issue/${issue.key}`, { fields: { summary: 'In Jira' } });
    await scenario.outside.settle();
    expect(await toSalesforce()).toEqual([]);
    expect((await scenario.outside.state()).links).toMatchObject([{ record, issueKey: issue.key }]);
    await scenario.outside.control('POST', '/control/connect', {});
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await summary(issue.key)).toBe('Meanwhile');
    expect(await scenario.outside.issues()).toHaveLength(1);
  });
});
