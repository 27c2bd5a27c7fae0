/** SOQL from outside: tables of queries over the demo world, and a property against a naive filter. */

import { parseQuery } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Running, startOnSocket } from '../testing.ts';
import { plainSelection } from './parse.ts';

let running: Running;
const id: Record<string, string> = {};

beforeAll(async () => {
  running = await startOnSocket({ empty: true });
  const make = async (object: string, body: unknown): Promise<string> => {
    const reply = await running.call('POST', `/sobjects/${object}`, body);
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    return reply.body.id;
  };
  id.acme = await make('Account', { Name: 'Acme', Rating: 'Hot', NumberOfEmployees: 12, AnnualRevenue: 1000 });
  id.bolt = await make('Account', { Name: "Bolt's \\ 100% _x", Rating: 'Cold', BillingCity: 'York' });
  id.core = await make('Account', { Name: 'core' });
  id.ann = await make('Contact', {
    FirstName: 'Ann',
    LastName: 'Bee',
    Email: 'ann@acme.example',
    AccountId: id.acme,
  });
  running.clock.advance(60_000);
  const subjects = ['alpha', 'Beta', 'gamma', 'delta', 'Alpha two'];
  for (const [n, Subject] of subjects.entries()) {
    id[Subject] = await make('Case', {
      Subject,
      Priority: ['High', 'Low', 'Medium'][n % 3],
      AccountId: n < 3 ? id.acme : n === 3 ? id.bolt : null,
      ContactId: n === 0 ? id.ann : null,
      Status: n === 4 ? 'Closed' : 'New',
    });
    running.clock.advance(1_000);
  }
  await make('CaseComment', { ParentId: id.alpha, CommentBody: 'first' });
  await make('CaseComment', { ParentId: id.alpha, CommentBody: 'second', IsPublished: true });
  await make('Site_Visit__c', {
    Purpose__c: 'a',
    Skills__c: 'Welding;Electrical',
    Hours__c: 2,
    Cost__c: 50,
    Visit_Date__c: '2026-11-23',
    Account__c: id.acme,
  });
  await make('Site_Visit__c', {
    Purpose__c: 'b',
    Skills__c: 'Networking',
    Hours__c: 4,
    Cost__c: 10,
    Visit_Date__c: '2026-10-01',
  });
  await make('Site_Visit__c', { Purpose__c: 'c' });
});
afterAll(() => running.stop());

const names = async (soql: string): Promise<string[]> => {
  const reply = await running.query(soql);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body.records.map((row: Record<string, unknown>) => row.Subject ?? row.Name ?? row.Purpose__c);
};

describe('which rows a query answers', () => {
  test.each([
    ["SELECT Subject FROM Case WHERE Subject = 'ALPHA'", ['alpha']],
    ["SELECT subject FROM cAsE WHERE Subject LIKE 'alp%' ORDER BY Id", ['alpha', 'Alpha two']],
    ["SELECT Subject FROM Case WHERE Subject LIKE '_eta'", ['Beta']],
    ["SELECT Subject FROM Case WHERE Subject IN ('beta', 'gamma', 'no') ORDER BY Subject DESC", ['gamma', 'Beta']],
    [
      "SELECT Subject FROM Case WHERE Subject NOT IN ('beta', 'gamma') ORDER BY Subject",
      ['alpha', 'Alpha two', 'delta'],
    ],
    ["SELECT Subject FROM Case WHERE NOT Subject LIKE 'a%' AND Priority != 'Low' ORDER BY Subject", ['delta', 'gamma']],
    [
      "SELECT Subject FROM Case WHERE (Priority = 'High' OR Priority = 'Low') AND IsClosed = false ORDER BY Subject",
      ['alpha', 'Beta', 'delta'],
    ],
    ["SELECT Subject FROM Case WHERE NOT (Priority = 'High' OR Priority = 'Low') ORDER BY Subject", ['gamma']],
    ["SELECT Subject FROM Case WHERE Account.Rating = 'hot' ORDER BY Subject", ['alpha', 'Beta', 'gamma']],
    ["SELECT Subject FROM Case WHERE Account.Name = 'Bolt\\'s \\\\ 100% _x'", ['delta']],
    ["SELECT Name FROM Account WHERE Name LIKE '%100\\% \\_x'", ["Bolt's \\ 100% _x"]],
    ['SELECT Subject FROM Case WHERE AccountId = null', ['Alpha two']],
    ["SELECT Subject FROM Case WHERE AccountId IN (SELECT Id FROM Account WHERE Rating = 'Cold')", ['delta']],
    ['SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Case WHERE AccountId != null)', ['core']],
    ["SELECT Name FROM Account WHERE Rating != 'Hot' ORDER BY Name", ["Bolt's \\ 100% _x", 'core']],
    ['SELECT Name FROM Account WHERE NumberOfEmployees > 11 AND AnnualRevenue <= 1000', ['Acme']],
    ['SELECT Name FROM Account ORDER BY NumberOfEmployees NULLS LAST, Name', ['Acme', "Bolt's \\ 100% _x", 'core']],
    ['SELECT Name FROM Account ORDER BY NumberOfEmployees DESC, Name', ["Bolt's \\ 100% _x", 'core', 'Acme']],
    ['SELECT Subject FROM Case ORDER BY Priority, Id LIMIT 3', ['alpha', 'delta', 'gamma']],
    ['SELECT Subject FROM Case ORDER BY Id LIMIT 2 OFFSET 3', ['delta', 'Alpha two']],
    ['SELECT Subject FROM Case WHERE CreatedDate >= 2026-11-23T10:01:03Z ORDER BY Id', ['delta', 'Alpha two']],
    ['SELECT Subject FROM Case WHERE CreatedDate > 2026-11-23T11:01:03+01:00', ['Alpha two']],
    ['SELECT Subject FROM Case WHERE CreatedDate = TODAY AND IsClosed = true', ['Alpha two']],
    ['SELECT Subject FROM Case WHERE CreatedDate < LAST_N_DAYS:3', []],
    ['SELECT Purpose__c FROM Site_Visit__c WHERE Visit_Date__c = LAST_MONTH', ['b']],
    ['SELECT Purpose__c FROM Site_Visit__c WHERE Visit_Date__c >= 2026-11-01', ['a']],
    [
      "SELECT Purpose__c FROM Site_Visit__c WHERE Skills__c INCLUDES ('Electrical;Welding', 'Networking') ORDER BY Name",
      ['a', 'b'],
    ],
    ["SELECT Purpose__c FROM Site_Visit__c WHERE Skills__c EXCLUDES ('Electrical')", ['b', 'c']],
    ['SELECT Purpose__c FROM Site_Visit__c WHERE CALENDAR_MONTH(Visit_Date__c) = 10', ['b']],
    ["SELECT Subject FROM Case WHERE Owner.Name LIKE 'bridge%' AND Contact.Email = 'ANN@acme.example'", ['alpha']],
    ["SELECT c.Subject FROM Case c WHERE c.Account.Name = 'acme' AND c.Subject = 'beta'", ['Beta']],
  ])('%s', async (soql, expected) => {
    expect(await names(soql)).toEqual(expected);
  });

  test('ids are equal in 15 and 18 characters', async () => {
    expect(await names(`SELECT Subject FROM Case WHERE AccountId = '${id.bolt?.slice(0, 15)}'`)).toEqual(['delta']);
  });
});

describe('what changed, or whose parents did', () => {
  const paths = ['SystemModstamp', 'Account.SystemModstamp', 'Contact.Account.LastModifiedDate', 'Contact.CreatedDate'];
  test('is found through the stamps as it is by looking at every row', async () => {
    const local = await startOnSocket({ empty: true }, true);
    const make = async (object: string, body: unknown) =>
      (await local.call('POST', `/sobjects/${object}`, body)).body.id as string;
    const accounts: string[] = [];
    const contacts: string[] = [];
    for (let n = 0; n < 3; n++) {
      accounts.push(await make('Account', { Name: `Account ${n}` }));
      contacts.push(await make('Contact', { LastName: `Contact ${n}`, AccountId: accounts[n] }));
      local.clock.advance(60_000);
    }
    for (let n = 0; n < 9; n++) {
      const parents = n === 8 ? {} : { AccountId: accounts[n % 3], ContactId: contacts[(n + 1) % 3] };
      await make('Case', { Subject: `Case ${n}`, ...parents });
      local.clock.advance(60_000);
    }
    await local.call('PATCH', `/sobjects/Account/${accounts[1]}`, { Name: 'Renamed' });
    const found = new Set<number>();
    for (let minutes = -1; minutes < 14; minutes++) {
      const from = new Date(local.clock.now() - minutes * 60_000).toISOString();
      for (let most = 2; most <= paths.length; most++) {
        const parts = paths.slice(most - 2, most).map(path => `${path} >= ${from}`);
        // No index says anything about a LIKE, and no subject is like that.
        const [quick, slow] = await Promise.all(
          [parts, [...parts, "Subject LIKE 'nothing'"]].map(some =>
            local.query(`SELECT Id FROM Case WHERE (${some.join(' OR ')}) ORDER BY SystemModstamp, Id`),
          ),
        );
        expect(quick!.body, from).toEqual(slow!.body);
        found.add(quick!.body.totalSize);
      }
    }
    expect([...found].sort()).toContain(0);
    expect(found.size).toBeGreaterThan(4);
    await local.stop();
  });
});

describe('what a row looks like', () => {
  test('parents nest, missing parents are null, children come as a result of their own', async () => {
    const reply = await running.query(
      "SELECT Subject, Account.Name, Account.Owner.Alias, Contact.Email, ContactEmail, (SELECT CommentBody FROM CaseComments ORDER BY CreatedDate DESC, Id DESC LIMIT 1) FROM Case WHERE Subject IN ('alpha', 'Alpha two') ORDER BY Id",
    );
    const [first, last] = reply.body.records;
    expect(first).toMatchObject({
      attributes: { type: 'Case', url: `/services/data/v67.0/sobjects/Case/${id.alpha}` },
      Account: {
        attributes: { type: 'Account' },
        Name: 'Acme',
        Owner: { attributes: { type: 'User' }, Alias: 'integ' },
      },
      Contact: { Email: 'ann@acme.example' },
      ContactEmail: 'ann@acme.example',
      CaseComments: { totalSize: 1, done: true, records: [{ CommentBody: 'second' }] },
    });
    expect(Object.keys(first)).toEqual(['attributes', 'Subject', 'Account', 'Contact', 'ContactEmail', 'CaseComments']);
    expect(last).toMatchObject({ Account: null, Contact: null, ContactEmail: null, CaseComments: null });
  });

  test('COUNT() counts; groups carry aliases or expr0', async () => {
    expect((await running.query('SELECT COUNT() FROM Case')).body).toEqual({ totalSize: 5, done: true, records: [] });
    const grouped = await running.query(
      'SELECT Account.Name who, COUNT(Id), MIN(Subject) least FROM Case GROUP BY Account.Name HAVING COUNT(Id) < 3 ORDER BY COUNT(Id) DESC, Account.Name',
    );
    expect(grouped.body.records).toEqual([
      { attributes: { type: 'AggregateResult' }, who: null, expr0: 1, least: 'Alpha two' },
      { attributes: { type: 'AggregateResult' }, who: "Bolt's \\ 100% _x", expr0: 1, least: 'delta' },
    ]);
    const sums = await running.query(
      'SELECT SUM(Hours__c) h, AVG(Cost__c) c, COUNT(Hours__c) n, COUNT_DISTINCT(OwnerId) o FROM Site_Visit__c',
    );
    expect(sums.body.records[0]).toMatchObject({ h: 6, c: 30, n: 2, o: 1 });
    const months = await running.query(
      'SELECT CALENDAR_MONTH(Visit_Date__c) m, COUNT(Id) n FROM Site_Visit__c WHERE Visit_Date__c != null GROUP BY CALENDAR_MONTH(Visit_Date__c) ORDER BY CALENDAR_MONTH(Visit_Date__c)',
    );
    expect(months.body.records.map((row: { m: number }) => row.m)).toEqual([10, 11]);
  });

  test.each([
    ['ROLLUP(Status, Priority)', 'a,h a,l a,* b,h b,* *,*'],
    ['CUBE(Status, Priority)', 'a,h a,l a,* b,h b,* *,h *,l *,*'],
  ])('GROUP BY %s sums over what GROUPING marks', async (by, rows) => {
    const local = await startOnSocket({ empty: true }, true);
    for (const [Status, Priority] of ['ah', 'al', 'ah', 'bh'])
      await local.call('POST', '/sobjects/Case', { Status, Priority });
    const { body } = await local.query(
      `SELECT Status, Priority, GROUPING(Status) s, GROUPING(Priority) p, COUNT(Id) n FROM Case GROUP BY ${by} ORDER BY GROUPING(Status), Status, GROUPING(Priority), Priority`,
    );
    type Sum = { Status: string; Priority: string; s: number; p: number; n: number };
    const shown = (body.records as Sum[]).map(row => `${row.s ? '*' : row.Status},${row.p ? '*' : row.Priority}`);
    expect(shown.join(' ')).toBe(rows);
    const whole = (body.records as Sum[]).find(row => row.s === 1 && row.p === 1);
    expect(whole).toMatchObject({ Status: null, Priority: null, n: 4 });
    await local.stop();
  });

  test('FOR VIEW stamps what was seen and nothing that a poller asks for', async () => {
    const local = await startOnSocket({ empty: true }, true);
    await local.call('POST', '/sobjects/Case', { Subject: 'seen' });
    local.clock.advance(60_000);
    await local.query('SELECT Id FROM Case FOR VIEW');
    const { body } = await local.query('SELECT LastViewedDate, SystemModstamp FROM Case');
    expect(Date.parse(body.records[0].LastViewedDate) - Date.parse(body.records[0].SystemModstamp)).toBe(60_000);
    await local.stop();
  });

  test('what a task is about may be of any kind, and says of which', async () => {
    const local = await startOnSocket({ empty: true }, true);
    const make = async (object: string, fields: object) =>
      (await local.call('POST', `/sobjects/${object}`, fields)).body.id as string;
    const account = await make('Account', { Name: 'Acme' });
    const lead = await make('Lead', { LastName: 'Lind', Company: 'x' });
    const problem = await make('Case', { Subject: 'Leak' });
    await make('Task', { Subject: 'a', WhatId: account });
    await make('Task', { Subject: 'b', WhatId: problem });
    await make('Task', { Subject: 'c', WhoId: lead });
    const { body } = await local.query(
      'SELECT Subject, What.Type, What.Name, Who.Type, Who.Name FROM Task ORDER BY Subject',
    );
    expect(body.records).toMatchObject([
      { What: { Type: 'Account', Name: 'Acme' }, Who: null },
      { What: { Type: 'Case', Name: '00001001' }, Who: null },
      { What: null, Who: { Type: 'Lead', Name: 'Lind' } },
    ]);
    const typed = await local.query(
      "SELECT TYPEOF What WHEN Account THEN Name WHEN Case THEN Subject ELSE Id END FROM Task WHERE What.Type IN ('Case', 'Account') ORDER BY What.Name DESC",
    );
    expect(typed.body.records).toMatchObject([{ What: { Name: 'Acme' } }, { What: { Subject: 'Leak' } }]);
    await local.stop();
  });

  test('children of children nest', async () => {
    const reply = await running.query(
      "SELECT (SELECT Subject, (SELECT CommentBody FROM CaseComments) FROM Cases WHERE Subject = 'alpha') FROM Account WHERE Name = 'Acme'",
    );
    expect(reply.body.records[0].Cases.records[0].CaseComments.totalSize).toBe(2);
  });

  test.each([
    ["(NOT (NOT (NOT Subject = 'alpha')))", 4],
    ["(NOT ((NOT ((NOT Priority = 'High') AND Subject = 'alpha')) AND Subject LIKE 'a%'))", 3],
    ["NOT (NOT (NOT (NOT Subject != 'NOT')))", 5],
  ])('NOT inside NOT: %s', async (where, count) => {
    const reply = await running.query(`SELECT COUNT() FROM Case WHERE ${where}`);
    expect(reply.body).toMatchObject({ totalSize: count });
  });

  test('TYPEOF, toLabel and FIELDS', async () => {
    const typed = await running.query(
      "SELECT TYPEOF Owner WHEN User THEN Username ELSE Name END FROM Case WHERE Subject = 'alpha'",
    );
    expect(typed.body.records[0].Owner).toMatchObject({ Username: 'integ@bridge.example' });
    const standard = await running.query('SELECT FIELDS(STANDARD) FROM Case LIMIT 1');
    expect(standard.body.records[0]).not.toHaveProperty('Resolution_Notes__c');
    expect((await running.query('SELECT FIELDS(CUSTOM) FROM Case LIMIT 1')).body.records[0]).toHaveProperty(
      'Resolution_Notes__c',
    );
  });
});

test('any text comes back by equality, and a random filter answers what a naive one does', async () => {
  const escaped = (text: string): string => text.replace(/[\\']/g, '\\$&');
  const word = fc.stringMatching(/^[a-cA-C'"\\%_ é]{1,6}$/).filter(text => text.trim() !== '');
  interface Fact {
    readonly Name: string;
    readonly Site: string | null;
    readonly NumberOfEmployees: number | null;
  }
  const fact = fc.record<Fact>({
    Name: word,
    Site: fc.option(word, { nil: null }),
    NumberOfEmployees: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
  });
  type Condition = { readonly soql: string; readonly holds: (row: Fact) => boolean };
  const fold = (text: string | null): string | null => text?.toLowerCase() ?? null;
  const leaf: fc.Arbitrary<Condition> = fc.oneof(
    fc
      .tuple(
        fc.constantFrom('Name' as const, 'Site' as const),
        fc.constantFrom('=', '!='),
        word.map(text => text.trimEnd()),
      )
      .map(([field, operator, text]) => ({
        soql: `${field} ${operator} '${escaped(text)}'`,
        holds: (row: Fact) => (fold(row[field]) === fold(text)) === (operator === '='),
      })),
    fc
      .constantFrom('Site' as const, 'NumberOfEmployees' as const)
      .map(field => ({ soql: `${field} = null`, holds: (row: Fact) => row[field] === null })),
    fc.tuple(fc.constantFrom('<', '>='), fc.integer({ min: 0, max: 5 })).map(([operator, n]) => ({
      soql: `NumberOfEmployees ${operator} ${n}`,
      holds: (row: Fact) =>
        row.NumberOfEmployees !== null && (operator === '<' ? row.NumberOfEmployees < n : row.NumberOfEmployees >= n),
    })),
    fc.tuple(word, word).map(([a, b]) => ({
      soql: `Site IN ('${escaped(a.trimEnd())}', '${escaped(b.trimEnd())}')`,
      holds: (row: Fact) => fold(row.Site) === fold(a.trimEnd()) || fold(row.Site) === fold(b.trimEnd()),
    })),
    word.map(text => ({
      soql: `Name LIKE '%${escaped(text.trimEnd()).replace(/[%_]/g, '\\$&')}%'`,
      holds: (row: Fact) => row.Name.toLowerCase().includes(text.trimEnd().toLowerCase()),
    })),
  );
  const condition: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>(tie => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc
        .tuple(fc.constantFrom('AND', 'OR'), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
        .map(([word, parts]) => ({
          soql: `(${parts.map(part => part.soql).join(` ${word} `)})`,
          holds: (row: Fact) =>
            word === 'AND' ? parts.every(part => part.holds(row)) : parts.some(part => part.holds(row)),
        })),
      tie('tree')
        .filter(inner => !inner.soql.startsWith('(NOT'))
        .map(inner => ({ soql: `(NOT ${inner.soql})`, holds: (row: Fact) => !inner.holds(row) })),
    ),
  })).tree;

  const local = await startOnSocket({ empty: true }, true);
  await fc.assert(
    fc.asyncProperty(fc.array(fact, { minLength: 1, maxLength: 8 }), condition, async (facts, where) => {
      local.standIn.reset();
      const records = facts.map(each => ({ attributes: { type: 'Account' }, ...each }));
      const made = await local.call('POST', '/composite/sobjects', { records, allOrNone: true });
      expect(made.body.every((result: { success: boolean }) => result.success)).toBe(true);
      const reply = await local.query(`SELECT Name FROM Account WHERE ${where.soql} ORDER BY Id`);
      expect(reply.status, JSON.stringify(reply.body)).toBe(200);
      const stored = facts.map(each => ({ ...each, Name: each.Name.trimEnd(), Site: each.Site?.trimEnd() || null }));
      expect(reply.body.records.map((row: Fact) => row.Name)).toEqual(stored.filter(where.holds).map(row => row.Name));
    }),
    { numRuns: 100 },
  );
  await local.stop();
}, 60_000);

test.each([
  ['SELECT Id FROM Case', true],
  ['select ApiName ,Id from CaseStatus where IsClosed = True', true],
  ['SELECT Id, Name FROM Account WHERE IsDeleted=false', true],
  ['SELECT COUNT() FROM Case', false],
  ['SELECT Account.Name FROM Case', false],
  ["SELECT Id FROM Case WHERE Subject = 'true'", false],
  ['SELECT Id FROM Case LIMIT 1', false],
])('%s is read without the grammar as with it: %j', (text, plain) => {
  expect(plainSelection(text)).toEqual(plain ? parseQuery(text) : undefined);
});
