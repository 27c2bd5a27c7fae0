/** Finding a record to link, in the words and ids that people type and paste. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, openApp, refusalOf, resultOf } from './kit/app.ts';

interface Found {
  readonly recordId: string;
  readonly label: string;
}

const itemOf = (object: string) => `item ${object.toLowerCase()}s "${object} items" {
  salesforce ${object}
  jira SUP, OPS
  sync display-only
  show Id
}
`;
const objects = [
  'Case',
  'Account',
  'Contact',
  'Lead',
  'Opportunity',
  'Task',
  'Quote',
  'Order',
  'Contract',
  'Site_Visit__c',
];
const synced = `item web "Not from the web" {
  salesforce Case
  where Origin is not "Web"
  jira SUP / "Incident"
  sync one-way
  fields { Subject -> summary or else "Case" }
}
`;

let app: App;
let key: string;
const ids: Record<string, string> = {};
beforeAll(async () => {
  app = await openApp();
  await app.program(objects.map(itemOf).join('') + synced);
  key = await app.issue();
  const account = app.create('Account', {
    Name: "O'Neill & Sons 100% \\ co",
    Phone: '+1 555 0100',
    Website: 'oneill.example',
  });
  Object.assign(ids, {
    Account: account,
    Case: app.create('Case', { Subject: 'Printer is on fire', AccountId: account, Origin: 'Phone' }),
    Web: app.create('Case', { Subject: 'Printer from the web', Origin: 'Web' }),
    Contact: app.create('Contact', { FirstName: 'Mary', LastName: 'Miller', Email: 'mary@oneill.example' }),
    Lead: app.create('Lead', { LastName: 'Lee', Company: 'Acme', Email: 'lee@acme.example' }),
    Opportunity: app.create('Opportunity', { Name: 'New hall', StageName: 'Prospecting', CloseDate: '2026-12-31' }),
    Task: app.create('Task', { Subject: 'Call them', Status: 'Not Started' }),
    Contract: app.create('Contract', {
      AccountId: account,
      Status: 'Draft',
      StartDate: '2026-01-01',
      ContractTerm: 12,
    }),
    Site_Visit__c: app.create('Site_Visit__c', { Purpose__c: 'Repair', Account__c: account, External_Key__c: 'v-1' }),
  });
});
afterAll(() => app.world.stop());

const search = (item: string, query: string, role = 'agent') =>
  resultOf<readonly Found[]>(app.panel(key, 'search', { itemId: item, query }, role));
const labels = async (item: string, query: string) => (await search(item, query)).map(({ label }) => label);

describe('P-2 a search', () => {
  it.each([
    ['cases', 'print fire', [/^\d{8} \[Printer is on fire\]$/]],
    ['cases', 'PRINTER', [/from the web/, /on fire/]],
    ['web', 'printer', [/on fire/]],
    ['accounts', "o'neill", [/^O'Neill & Sons 100% \\ co \[\+1 555 0100\]$/]],
    ['accounts', '100% \\', [/^O'Neill/]],
    ['accounts', '555 0100', [/^O'Neill/]],
    ['accounts', 'oneill.example', [/^O'Neill/]],
    ['contacts', 'mary@', [/^Mary Miller \[mary@oneill\.example\]$/]],
    ['leads', 'acme', [/^Lee \[lee@acme\.example\]$/]],
    ['opportunitys', 'hall', [/^New hall \[Prospecting\]$/]],
    ['tasks', 'call', [/^Call them/]],
    ['contracts', '00000', [/^\d{8} \[Draft\]$/]],
    ['cases', 'p', []],
    ['cases', '', []],
    ['cases', '%%', []],
    ['cases', '__', []],
    ['cases', "' OR Id != '", []],
    ['cases', "x') OR (Subject LIKE '%", []],
    ['cases', '\\', []],
    ['cases', 'nothing like it', []],
  ] as const)('P-3 over %s for %j finds %j', async (item, query, expected) => {
    const found = await labels(item, query);
    expect(found).toEqual(expected.map(pattern => expect.stringMatching(pattern)));
  });

  it('takes an id of 15 or 18 characters, bare or in an address', async () => {
    const id = ids.Case!;
    for (const text of [
      id,
      id.slice(0, 15),
      ` ${id} `,
      `https://acme.my.salesforce.com/${id}`,
      `https://acme.lightning.force.com/lightning/r/Case/${id}/view`,
      `https://acme.my.salesforce.com/${id.slice(0, 15)}?x=1`,
    ])
      expect(
        (await search('cases', text)).map(one => one.recordId),
        text,
      ).toEqual([id]);
    expect(await refusalOf(app.panel(key, 'search', { itemId: 'web', query: ids.Web! }))).toMatchObject({
      code: 'out-of-scope',
      message: expect.stringMatching(/“Not from the web” covers: its condition leaves it out/),
    });
  });

  it.each([
    [
      'a checksum that does not fit',
      (id: string) => `${id.slice(0, 15)}${id.endsWith('AAA') ? 'BBB' : 'AAA'}`,
      /last three characters/,
    ],
    ['other capitals', (id: string) => id.toLowerCase().replace(/^500/, '500'), /capital and small letters/],
    ['another object', () => ids.Account!, /belongs to an Account, and “Case items” links Case records only/],
  ])('refuses an id with %s, and says why', async (_, wrong, words) => {
    const text = wrong(ids.Case!);
    expect(text).not.toBe(ids.Case);
    for (const [name, payload] of [
      ['search', { itemId: 'cases', query: text }],
      ['link', { itemId: 'cases', recordId: text }],
    ] as const)
      expect(await refusalOf(app.panel(key, name, payload))).toMatchObject({
        code: 'invalid',
        message: expect.stringMatching(words),
      });
  });

  it.each([
    ['500', /15 or 18 characters, and this has 3/],
    ['50000000000001AAA!', /letters and digits only/],
    ['', /15 or 18 characters, and this has 0/],
  ])('a link to %j is refused with the reason', async (recordId, words) => {
    expect((await refusalOf(app.panel(key, 'link', { itemId: 'cases', recordId }))).message).toMatch(words);
  });

  it('tells the card which fields are searched, for when nothing is found', async () => {
    const cards = await resultOf<{ itemId: string; searched: string[]; associations: boolean }[]>(
      app.panel(key, 'cards'),
    );
    expect(cards.find(({ itemId }) => itemId === 'cases')?.searched.slice(0, 2)).toEqual(['Case Number', 'Subject']);
    expect(cards.map(({ itemId }) => itemId).sort()).toEqual(
      [...objects.map(name => `${name.toLowerCase()}s`), 'web'].sort(),
    );
  });
});
