import { parseQuery } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SalesforceType } from '../../compiler/plan/ir.ts';
import { conditions, records } from '../../test/kit/conditions.ts';
import { field, is, origin, rating, supportCases } from '../../test/kit/plan.ts';
import { parseSoql } from '../../test/kit/soql.ts';
import { compileCondition } from './condition.ts';
import { deltaQuery, eligibleCount, eligibleQuery, escapeLike, literal, pushed, recordsQuery } from './soql.ts';
import { valueAt } from './values.ts';

const from = Date.UTC(2026, 0, 5, 9);

/** What a parser that we did not write makes of the only comparison in a query. */
function readBack(soql: string): { readonly operator: string; readonly value: unknown } {
  const query = parseQuery(soql);
  expect(Object.keys(query).sort()).toEqual(['fields', 'sObject', 'where']);
  const where = query.where as { readonly left: { operator: string; value: unknown }; readonly operator?: unknown };
  expect(where.operator).toBeUndefined();
  return where.left;
}

const unquote = (text: unknown) => {
  const special: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return String(text).replace(/\\([\s\S])/g, (_, char: string) => special[char] ?? char);
};

describe('a literal', () => {
  it('C-1 never ends early: any text stays one value of one comparison', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^['"\\%_ )(;nrt-]*$/),
      fc.constantFrom("' OR Name != '", "\\' OR Id != null --", '\\', "\\\\'", '\n', "') OR (Id != null"),
    );
    fc.assert(
      fc.property(nasty, text => {
        // The parser's grammar has no vertical tab and the like inside quotes; Salesforce takes them as they are.
        fc.pre(!/[\v\u0085\u2028\u2029\0]/.test(text));
        const written = literal(field('Name'), text)!;
        expect(written).toMatch(/^'(?:[^'\\\n\r]|\\.)*'$/);
        const { value } = readBack(`SELECT Id FROM Case WHERE Name = ${written}`);
        expect(unquote(String(value).slice(1, -1))).toBe(text);
        expect(parseSoql(`SELECT Id FROM Case WHERE Name = ${written}`).holds(() => text)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[SalesforceType, unknown, string | undefined]>([
    ['boolean', true, 'TRUE'],
    ['boolean', 'true', undefined],
    ['double', 1.5, '1.5'],
    ['double', 1e21, undefined],
    ['int', '1 OR Id != null', undefined],
    ['date', '2026-01-31', '2026-01-31'],
    ['date', '2026-01-31 OR 1=1', undefined],
    ['datetime', '2026-01-31T10:00:00+01:00', '2026-01-31T09:00:00.000Z'],
    ['datetime', 'yesterday', undefined],
    ['reference', '001000000000001AAA', "'001000000000001AAA'"],
    ['reference', "001' OR Id != '", undefined],
    ['multipicklist', 'a;b', undefined],
    ['base64', 'x', undefined],
  ])('of %s for %j is %s', (type, value, expected) => {
    expect(literal({ type }, value as string)).toBe(expected);
  });

  it('escapes the signs of LIKE', () => {
    expect(escapeLike("50%_o'f\\")).toBe("50\\%\\_o\\'f\\\\");
  });
});

describe('a `where` in SOQL', () => {
  it('lets through every record that the condition holds for', () => {
    let said = 0;
    fc.assert(
      fc.property(conditions, records, (condition, record) => {
        const soql = pushed(condition);
        if (soql === '' || !compileCondition(condition)(record)) return;
        said++;
        const { holds } = parseSoql(`SELECT Id FROM Case WHERE ${soql}`);
        expect([soql, holds(path => valueAt(record, path))]).toEqual([soql, true]);
      }),
      { numRuns: 4000 },
    );
    expect(said).toBeGreaterThan(500);
  });

  it('is read by a parser that we did not write', () => {
    fc.assert(
      fc.property(conditions, condition => {
        const soql = pushed(condition);
        if (soql !== '') parseQuery(`SELECT Id FROM Case WHERE ${soql}`);
      }),
      { numRuns: 1000 },
    );
  });

  it('says what SOQL can say', () => {
    expect(pushed({ kind: 'not', of: is(origin, 'Web') })).toBe("(Origin != 'Web' OR Origin = null)");
    expect(pushed({ kind: 'all', of: [is(rating, 'Hot'), is(field('Notes', 'textarea'), 'x')] })).toBe(
      "Account.Rating = 'Hot'",
    );
    expect(pushed({ kind: 'any', of: [is(rating, 'Hot'), is(field('Notes', 'textarea'), 'x')] })).toBe('');
  });
});

describe('records that an item may make issues for', () => {
  it('are counted at least as often as they are; what an earlier form of the item took is left out as far as SOQL can say', () => {
    let said = 0;
    const made = { Id: '500000000000001AAA', CreatedDate: '2026-02-01T00:00:00.000+0000' };
    fc.assert(
      fc.property(conditions, fc.option(conditions, { nil: undefined }), records, (where, before, record) => {
        const done = before && supportCases({ where: before });
        const soql = eligibleCount(supportCases({ where }), from, done);
        const concerned = compileCondition(where)(record) && !(before && compileCondition(before)(record));
        if (!concerned) return;
        said++;
        expect(soql).toBeDefined();
        const { holds } = parseSoql(soql!.replace('COUNT(Id) total', 'Id'));
        expect([soql, holds(path => valueAt({ ...record, ...made }, path))]).toEqual([soql, true]);
      }),
      { numRuns: 4000 },
    );
    expect(said).toBeGreaterThan(500);
  });

  it('are none where the earlier form took all, or means the same', () => {
    const { where: _, ...all } = supportCases();
    expect(eligibleCount(supportCases(), from, all)).toBeUndefined();
    expect(eligibleCount(supportCases(), from, supportCases({ name: 'Renamed' }))).toBeUndefined();
    expect(eligibleCount(all, from, supportCases())).toContain("Origin = 'Web'");
  });

  it('are read in the order of their ids, some at a time', () => {
    const { soql } = eligibleQuery(supportCases(), [supportCases()], from, 250, '500000000000001AAA');
    parseQuery(soql);
    expect(soql).toContain("Id > '500000000000001AAA' ORDER BY Id LIMIT 250");
  });
});

describe('a query', () => {
  it('fuses the items of an object: union of fields, either `where`, parents that changed', () => {
    const other = supportCases({
      id: 'hot-cases',
      where: is(rating, 'Hot'),
      salesforce: {
        object: 'Case',
        label: 'Case',
        keyPrefix: '500',
        reads: [field('Account.Owner.Email'), field('CaseNumber')],
      },
    });
    const { soql, parents } = deltaQuery([supportCases(), other], from);
    expect(parents).toEqual([['Account']]);
    expect(soql).toBe(
      'SELECT Id, SystemModstamp, CreatedDate, IsDeleted, MasterRecordId, Account.Owner.Email, Account.Rating, ' +
        'CaseNumber, Description, Notes__c, Origin, Priority, Status, Subject, Account.SystemModstamp FROM Case ' +
        'WHERE (SystemModstamp >= 2026-01-05T09:00:00.000Z OR Account.SystemModstamp >= 2026-01-05T09:00:00.000Z) ' +
        "AND ((Origin != 'Web' OR Origin = null) OR Account.Rating = 'Hot') ORDER BY SystemModstamp, Id",
    );
    parseQuery(soql);
  });

  it('refuses names that are none and ids that are none', () => {
    const bad = supportCases({ salesforce: { object: 'Case WHERE', label: '', keyPrefix: null, reads: [] } });
    expect(() => deltaQuery([bad], from)).toThrow('not a Salesforce API name');
    expect(() => recordsQuery([supportCases()], ["x' OR Id != '"])).toThrow('not a Salesforce id');
  });
});
