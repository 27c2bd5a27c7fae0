/** What SOQL refuses, from outside: each query with the code and the words that Salesforce answers. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Running, startOnSocket } from '../testing.ts';

let running: Running;
beforeAll(async () => {
  running = await startOnSocket({ empty: true });
});
afterAll(() => running.stop());

describe('what SOQL refuses', () => {
  test.each([
    [
      'SELECT Foo__c FROM Case',
      'INVALID_FIELD',
      "\nSELECT Foo__c FROM Case\n       ^\nERROR at Row:1:Column:8\nNo such column 'Foo__c' on entity 'Case'. If you are attempting",
    ],
    [
      'SELECT Id FROM Caze',
      'INVALID_TYPE',
      "\nSELECT Id FROM Caze\n               ^\nERROR at Row:1:Column:16\nsObject type 'Caze' is not supported.",
    ],
    [
      "SELECT Id FROM Case WHERE Description = 'x'",
      'INVALID_FIELD',
      "field 'Description' can not be filtered in a query call",
    ],
    [
      'SELECT Id FROM Case ORDER BY Description',
      'INVALID_FIELD',
      "field 'Description' can not be sorted in a query call",
    ],
    [
      'SELECT Description FROM Case GROUP BY Description',
      'MALFORMED_QUERY',
      "field 'Description' can not be grouped in a query call",
    ],
    ['SELECT Status, COUNT(Id) FROM Case', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Status'],
    [
      "SELECT Id FROM Case WHERE Status = 'a' AND Priority = 'b' OR Origin = 'c'",
      'MALFORMED_QUERY',
      "unexpected token: 'OR'",
    ],
    ['SELECT Id, Foo.Name FROM Case', 'INVALID_FIELD', "Didn't understand relationship 'Foo' in field path."],
    [
      'SELECT Id, (SELECT Id FROM Foos) FROM Case',
      'INVALID_TYPE',
      "Didn't understand relationship 'Foos' in FROM part of query call.",
    ],
    ['SELECT Id, Id FROM Case', 'INVALID_FIELD', 'duplicate field selected: Id'],
    ["SELECT Id FROM Case WHERE Id = 'nonsense'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: nonsense'],
    [
      "SELECT Id FROM Case WHERE CreatedDate > '2020-01-01'",
      'INVALID_FIELD',
      "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Case WHERE Subject = 5',
      'INVALID_FIELD',
      "value of filter criterion for field 'Subject' must be of type string and should be enclosed in quotes",
    ],
    ['SELECT Id FROM Case WHERE IsClosed > false', 'INVALID_QUERY_FILTER_OPERATOR', 'invalid operator'],
    ["SELECT Id FROM Account WHERE NumberOfEmployees LIKE '1%'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid operator'],
    ['SELECT Id FROM Case LIMIT 5 OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
    ['SELECT FIELDS(ALL) FROM Case', 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
    ['SELECT Id FROM Case ALL ROWS', 'MALFORMED_QUERY', 'ALL ROWS not allowed in this context'],
    ['SELECT Id FORM Case', 'MALFORMED_QUERY', "ERROR at Row:1:Column:16\nunexpected token: 'Case'"],
    ['SELECT Id FROM Case WHERE', 'MALFORMED_QUERY', "unexpected token: '<EOF>'"],
    ["SELECT Id FROM Case WHERE Subject = 'open", 'MALFORMED_QUERY', 'ERROR at Row:1:Column:37'],
    [
      "SELECT Id FROM Case WHERE Subject = 'a\\qb'",
      'MALFORMED_QUERY',
      "Illegal character sequence '\\q' in string literal.",
    ],
    [
      'SELECT Id FROM ContentDocumentLink',
      'MALFORMED_QUERY',
      'Implementation restriction: ContentDocumentLink requires a filter by a single Id',
    ],
    [
      "SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId IN ('500gL0000000289QAA') AND ShareType = 'V'",
      'MALFORMED_QUERY',
      'filtering on non-id fields is only permitted',
    ],
    ['SELECT SUM(Subject) FROM Case', 'MALFORMED_QUERY', 'does not support aggregate operator SUM'],
    [
      'SELECT COUNT(Id) FROM Case LIMIT 5',
      'MALFORMED_QUERY',
      'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
    ],
    ['SELECT Id FROM Case FOR UPDATE', 'MALFORMED_QUERY', 'FOR UPDATE not allowed in this context'],
    ['SELECT Id FROM CaseComment FOR VIEW', 'MALFORMED_QUERY', 'FOR VIEW not allowed in this context'],
    ['SELECT COUNT(Id) FROM Case GROUP BY Status FOR REFERENCE', 'MALFORMED_QUERY', 'FOR REFERENCE not allowed'],
    [
      'SELECT Id FROM Case WHERE AccountId IN (SELECT Id FROM Contact)',
      'MALFORMED_QUERY',
      "The selected field 'Id' in the subquery and the left operand field 'AccountId' in the where expression in the outer query should point to the same object type",
    ],
    [
      "SELECT Id FROM Case WHERE Status = 'New' OR AccountId IN (SELECT Id FROM Account)",
      'MALFORMED_QUERY',
      'Semi join sub-selects are only allowed at the top level WHERE expressions',
    ],
    [
      'SELECT Id FROM Case WHERE AccountId IN (SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact))',
      'MALFORMED_QUERY',
      'Nesting of semi join sub-selects is not supported',
    ],
    [
      'SELECT Id FROM Case WHERE ParentId IN (SELECT Id FROM Case)',
      'MALFORMED_QUERY',
      'The inner and outer selects should not be on the same object type',
    ],
    [
      'SELECT Id FROM Case WHERE Account.Parent.Parent.Parent.Parent.Parent.Name = null',
      'MALFORMED_QUERY',
      'A relationship path has at most 5 levels',
    ],
  ])('%s', async (soql, code, text) => {
    const reply = await running.query(soql);
    expect([reply.status, reply.body[0].errorCode]).toEqual([400, code]);
    expect(reply.body[0].message).toContain(text);
  });
});
