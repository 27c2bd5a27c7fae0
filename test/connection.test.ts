/** The connection to Salesforce as the admin's resolver keeps it: saved, refused, revoked, and led to another org. */
import { describe, expect, it } from 'vitest';
import { refusalOf as refusal, resultOf as result } from './kit/app.ts';
import { myDomain, setSupportApp } from './kit/support-app.ts';

const app = setSupportApp();
const { admin, everywhere, jira, newCase, panel, salesforce } = app;

describe('C connection', () => {
  it('C-2 C-3 C-5 saving checks at once, shows what was learnt, and never the secret', async () => {
    await admin('connection.revoke');
    expect(await result(admin('connection.get'))).toMatchObject({ connected: false });
    const { id, secret } = app.world.client;
    const saved = await result(
      admin('connection.save', { loginUrl: 'sandbox.my.salesforce.com/', clientId: ` ${id}`, clientSecret: secret }),
    );
    expect(saved).toMatchObject({
      connected: true,
      loginUrl: myDomain,
      clientId: id,
      orgId: app.world.salesforce.orgId,
      instanceUrl: myDomain,
    });
    expect(await result(admin('connection.get'))).toEqual(saved);
    await newCase();
    await app.world.cycle();
    expect(await everywhere()).not.toContain(secret);
  });

  it.each([
    ['login.salesforce.com', {}, 'wrong-domain', /My Domain/],
    [myDomain, { clientId: 'nobody' }, 'wrong-client-id', /Consumer Key/],
    [myDomain, { clientSecret: 'wrong-secret-value' }, 'wrong-secret', /Consumer Secret/],
    ['https://evil.example', {}, 'host-refused', /not a Salesforce login host/],
    ['https://acme.lightning.force.com', {}, 'host-refused', /acme\.my\.salesforce\.com/],
    [myDomain, { clientId: '  ' }, 'invalid', /client id/],
  ] as const)(
    'C-2 a save that fails (%s %o) names cause and remedy, and leaves the connection that was there',
    async (loginUrl, over, code, words) => {
      const before = await result(admin('connection.get'));
      const error = await refusal(
        admin('connection.save', {
          loginUrl,
          clientId: app.world.client.id,
          clientSecret: app.world.client.secret,
          ...over,
        }),
      );
      expect(error.code).toBe(code);
      expect(error.message).toMatch(words);
      expect(JSON.stringify(error)).not.toContain('wrong-secret-value');
      expect(await result(admin('connection.get'))).toEqual(before);
      await newCase();
      await app.world.cycle();
      expect((await app.world.state()).links).toHaveLength(1);
    },
  );

  it('C-5 revoking stops syncing and keeps items and links', async () => {
    await newCase();
    await app.world.cycle();
    await admin('connection.revoke');
    await newCase();
    await app.world.cycle();
    expect((await app.world.state()).links).toHaveLength(1);
    expect(((await result(admin('items.list'))) as { items: unknown[] }).items).toHaveLength(1);
  });
});

it('C-5 a connection to another org pauses all links and asks', async () => {
  const record = await newCase();
  await app.world.cycle();
  await admin('connection.revoke');
  // As if the links had been made with another org.
  const row = app.world.forge.kvs.dump().find(({ key }) => key === 'last-org')!;
  app.world.forge.kvs.load([{ ...row, json: row.json.replace(app.world.salesforce.orgId, '00D000000000001EAA') }]);
  const { id, secret } = app.world.client;
  const saved = await result(admin('connection.save', { loginUrl: myDomain, clientId: id, clientSecret: secret }));
  expect(saved).toMatchObject({ connected: true, warning: expect.stringContaining('00D000000000001EAA') });
  await salesforce('PATCH', `/sobjects/Case/${record}`, { Subject: 'Not to be seen' });
  await newCase();
  await app.world.cycle();
  const { links } = await app.world.state();
  expect(links).toHaveLength(1);
  const { issueKey } = links[0] as { issueKey: string };
  const { fields } = await jira<{ fields: { summary: string } }>('admin', 'GET', `/issue/${issueKey}?fields=summary`);
  expect(fields.summary).toBe('Printer on fire');
  expect((await refusal(admin('items.resume'))).code).toBe('other-org');
  expect((await refusal(panel(issueKey, 'refresh', { itemId: 'support-cases' }))).code).toBe('paused');
});
