/**
 * The slips that the grammar promises a message and a quick fix for, every row and every variant, in whole programs
 * that are checked against the metadata of an org and a site: one finding each, and fixes after which nothing is wrong.
 */
import { describe, expect, it } from 'vitest';
import { analyseText, applyFix, itemWith } from '../../test/kit/check.ts';

const inItem = (clauses: string) => itemWith(`  ${clauses}`);
const inFields = (line: string) => inItem(`fields {\n    ${line}\n    Description -> description\n  }`);
const inTable = (row: string) => inFields(`Priority -> priority {\n      ${row}\n      otherwise keep\n    }`);
const inStatus = (row: string) => inItem(`status Status {\n    ${row}\n    "New" <-> "To Do"\n    otherwise keep\n  }`);
const where = (condition: string) => inItem(`where ${condition}`);
const when = (rule: string) => inItem(`${rule}\n  otherwise leave`);
const inNewIssue = (line: string) => inItem(`new issue {\n    ${line}\n  }`);
const inCreate = (since: string) => inItem(`fields { Subject -> summary }\n  create all ${since}`);
const inTest = (steps: string) =>
  itemWith('  fields { Subject -> summary }', `test "t" for support {\n  salesforce Subject = "A"\n  ${steps}\n}\n`);

type Row = readonly [
  /** What is around it. */ around: (piece: string) => string,
  wrong: string,
  code: string,
  /** What its fixes make of it, one each. */ ...right: readonly string[],
];

const SLIPS: Readonly<Record<string, readonly Row[]>> = {
  'a text that is not closed': [
    [inItem, 'jira SUP / "Incident', 'unclosed-text', 'jira SUP / "Incident"'],
    [where, 'Subject is "Customer', 'unclosed-text', 'Subject is "Customer"'],
    [inFields, 'Subject -> "Customer', 'unclosed-text', 'Subject -> "Customer"'],
    [inStatus, '"Working" <-> "In Progress', 'unclosed-text', '"Working" <-> "In Progress"'],
    [inTest, 'expect summary = "A', 'unclosed-text', 'expect summary = "A"'],
  ],
  'other quotes': ["'New'", '“New”', '„New“', '«New»'].flatMap((text): Row[] => [
    [where, `Status is ${text}`, 'wrong-quotes', 'Status is "New"'],
    [where, `Status is one of ${text}, "Working"`, 'wrong-quotes', 'Status is one of "New", "Working"'],
    [inTable, `${text.replace('New', 'High')} -> "Highest"`, 'wrong-quotes', '"High" -> "Highest"'],
    [inNewIssue, `labels = ${text}`, 'wrong-quotes', 'labels = "New"'],
    [inTest, `expect summary = ${text}`, 'wrong-quotes', 'expect summary = "New"'],
    [inFields, `Subject -> summary or else ${text}`, 'wrong-quotes', 'Subject -> summary or else "New"'],
  ]),
  'signs that resemble an arrow': [
    ...(['=>', '-->', '=', ':', '→', '—>'] as const).flatMap((sign): Row[] => [
      [inFields, `Subject ${sign} summary`, 'not-an-arrow', 'Subject -> summary'],
      [inFields, `"Case {CaseNumber}" ${sign} "Customer"`, 'not-an-arrow', '"Case {CaseNumber}" -> "Customer"'],
      [inTable, `"High" ${sign} "Highest"`, 'not-an-arrow', '"High" -> "Highest"'],
    ]),
    ...(['<=>', '↔'] as const).flatMap((sign): Row[] => [
      [inFields, `Subject ${sign} summary`, 'not-an-arrow', 'Subject <-> summary'],
      [inStatus, `"Working" ${sign} "In Progress"`, 'not-an-arrow', '"Working" <-> "In Progress"'],
    ]),
  ],
  'an arrow that is missing': [
    [inFields, 'Subject summary', 'missing', 'Subject -> summary', 'Subject <- summary', 'Subject <-> summary'],
  ],
  'other comparisons': [
    ...['=', '==', 'equals'].map((sign): Row => [where, `Origin ${sign} "Web"`, 'wrong-word', 'Origin is "Web"']),
    ...['!=', '<>', 'does not equal'].map(
      (sign): Row => [where, `Origin ${sign} "Web"`, 'wrong-word', 'Origin is not "Web"'],
    ),
    [where, 'Score__c >= 5', 'wrong-word', 'Score__c is at least 5'],
    [where, 'Score__c <= 5', 'wrong-word', 'Score__c is at most 5'],
    [where, 'Due__c > 2026-01-31', 'wrong-word', 'Due__c is after 2026-01-31'],
    [where, 'Due__c < 2026-01-31', 'wrong-word', 'Due__c is before 2026-01-31'],
    [where, 'Due__c >= 2026-01-31', 'wrong-word', 'Due__c is at least 2026-01-31'],
    [where, 'Score__c > 5', 'wrong-word', 'Score__c is at least 5', 'Score__c is at least 6'],
    [where, 'Score__c < 5', 'wrong-word', 'Score__c is at most 5', 'Score__c is at most 4'],
    [when, 'when Origin == "Web" move to "Done"', 'wrong-word', 'when Origin is "Web" move to "Done"'],
  ],
  '`is` where something is set': [
    [inTest, 'expect status is "Done"', 'wrong-word', 'expect status = "Done"'],
    [inNewIssue, 'labels is "a"', 'wrong-word', 'labels = "a"'],
  ],
  alternatives: [
    [where, 'Origin is "Web" or "Phone"', 'alternatives', 'Origin is one of "Web", "Phone"'],
    [where, 'Origin is one of "Web" or "Phone"', 'alternatives', 'Origin is one of "Web", "Phone"'],
    [where, 'Origin is one of "Web", "Email" or "Phone"', 'alternatives', 'Origin is one of "Web", "Email", "Phone"'],
    [where, 'Origin is "Web" or "Email" or "Phone"', 'alternatives', 'Origin is one of "Web", "Email", "Phone"'],
  ],
  'texts without quotes': [
    [where, 'Account.Rating is Hot', 'unquoted', 'Account.Rating is "Hot"'],
    [when, 'when Account.Rating is Hot move to "Done"', 'unquoted', 'when Account.Rating is "Hot" move to "Done"'],
    [
      when,
      'when Account.Rating is "Hot" move to In Progress',
      'unquoted',
      'when Account.Rating is "Hot" move to "In Progress"',
    ],
    [inItem, 'jira SUP / Incident', 'unquoted', 'jira SUP / "Incident"'],
    [inStatus, 'Working <-> "Done"', 'unquoted', '"Working" <-> "Done"'],
    [inStatus, '"Working" <-> In Progress', 'unquoted', '"Working" <-> "In Progress"'],
    [inStatus, 'Working <-> Done', 'unquoted', '"Working" <-> "Done"'],
    [inStatus, 'Working <-> In Progress', 'unquoted', '"Working" <-> "In Progress"'],
    [inNewIssue, 'labels = bridge', 'unquoted', 'labels = "bridge"'],
    [inTest, 'expect status = In Progress', 'unquoted', 'expect status = "In Progress"'],
    [inTest, 'expect summary = A', 'unquoted', 'expect summary = "A"'],
  ],
  'a field in quotes': [[inFields, '"Subject" -> summary', 'template-without-holes', 'Subject -> summary']],
  'a status that is written': [
    [
      inItem,
      'fields {\n    Status <-> status\n    Subject -> summary\n  }',
      'status-in-fields',
      'fields {\n    Subject -> summary\n  }\n  status Status',
    ],
    [inItem, 'fields { Status <-> status }', 'status-in-fields', 'status Status'],
  ],
  'commas of a list': [
    [inItem, 'show CaseNumber, Status,', 'comma-too-many', 'show CaseNumber, Status'],
    [inItem, 'show CaseNumber Status', 'missing', 'show CaseNumber, Status'],
    [inItem, 'show CaseNumber, Status Subject', 'missing', 'show CaseNumber, Status, Subject'],
    [inItem, 'show CaseNumber, Status,\n  comments on', 'comma-too-many', 'show CaseNumber, Status\n  comments on'],
  ],
  'signs and words of other languages': [
    [inItem, 'sync: custom', 'colon', 'sync custom'],
    [inItem, 'fields: {\n    Subject -> summary\n  }', 'colon', 'fields {\n    Subject -> summary\n  }'],
    [inItem, 'show CaseNumber;', 'separator', 'show CaseNumber'],
    [inFields, 'Subject -> summary; Origin -> "Customer";', 'separator', 'Subject -> summary Origin -> "Customer"'],
    [inItem, 'show CaseNumber // of the case', 'slash-comment', 'show CaseNumber # of the case'],
    [inItem, '// a remark', 'slash-comment', '# a remark'],
    [when, 'if Origin is "Web" move to "Done"', 'misspelt', 'when Origin is "Web" move to "Done"'],
    [when, 'when Origin is "Web" then move to "Done"', 'unexpected', 'when Origin is "Web" move to "Done"'],
    [
      inItem,
      'when Origin is "Web" move to "Done"\n  else move to "In Progress"',
      'misspelt',
      'when Origin is "Web" move to "Done"\n  otherwise move to "In Progress"',
    ],
    [
      inItem,
      'when Origin is "Web" move to "Done"\n  else leave',
      'misspelt',
      'when Origin is "Web" move to "Done"\n  otherwise leave',
    ],
    [where, 'Origin is "Web" && Priority is "High"', 'wrong-word', 'Origin is "Web" and Priority is "High"'],
    [where, 'Origin is "Web" || Priority is "High"', 'wrong-word', 'Origin is "Web" or Priority is "High"'],
  ],
  'misspelt words': [
    [inItem, 'sync two way', 'misspelt', 'sync two-way'],
    [inItem, 'sync oneway', 'unknown-word', 'sync one-way'],
    [inItem, 'sync bidirectional', 'unknown-word', 'sync two-way'],
    [inItem, 'sync twoway', 'unknown-word', 'sync two-way'],
    [inItem, 'sync one way', 'misspelt', 'sync one-way'],
    [
      inItem,
      'jira SUP\n  show Status\n  sync display only',
      'misspelt',
      'jira SUP\n  show Status\n  sync display-only',
    ],
    [inItem, 'filds {\n    Subject -> summary\n  }', 'misspelt', 'fields {\n    Subject -> summary\n  }'],
    [inItem, 'Fields {\n    Subject -> summary\n  }', 'misspelt', 'fields {\n    Subject -> summary\n  }'],
    [when, 'When Origin is "Web" move to "Done"', 'misspelt', 'when Origin is "Web" move to "Done"'],
  ],
  'numbers, durations and dates': [
    [where, 'Score__c is at least 10,000', 'wrong-digits', 'Score__c is at least 10000'],
    [where, 'Score__c is 1,000,000', 'wrong-digits', 'Score__c is 1000000'],
    [inFields, 'Subject -> "Customer" cut at 10,000', 'wrong-digits', 'Subject -> "Customer" cut at 10000'],
    [inTest, 'at 5 m cycle', 'wrong-digits', 'at 5m cycle'],
    [inTest, 'at 5min cycle', 'wrong-digits', 'at 5m cycle'],
    [inCreate, 'since 01.02.2026', 'wrong-digits', 'since 2026-02-01'],
    [where, 'Due__c is after 01.02.2026', 'wrong-digits', 'Due__c is after 2026-02-01'],
  ],
  'an example left to fill in': [[inItem, 'fields { ??? -> description }', 'missing']],
  'an unresolved merge': [
    [inItem, '<<<<<<< ours\n  create all\n=======\n  create off\n>>>>>>> theirs', 'merge-conflict'],
    [
      inItem,
      '<<<<<<< ours\n  create all\n=======\n  create off\n>>>>>>> theirs\n<<<<<<< ours\n  show Status\n=======\n  show Subject\n>>>>>>> theirs',
      'merge-conflict',
    ],
  ],
};

const rows = Object.entries(SLIPS).flatMap(([what, slips]) =>
  slips.map(([around, wrong, code, ...right]) => ({ what, around, wrong, code, right })),
);

/** Summaries that may be empty are another matter, and so is what a new `status` clause leaves open. */
const BESIDES = ['empty-into-required', 'status-not-covered'];
const seen = (text: string) =>
  analyseText(text).diagnostics.filter(({ severity, code }) => severity !== 'hint' && !BESIDES.includes(code));

describe('a slip that people make', () => {
  it.each(rows)('L-1 is one finding, $code, where it stands: $what: `$wrong`', ({ around, wrong, code }) => {
    const text = around(wrong);
    const found = seen(text);
    expect(found.map(finding => finding.code)).toEqual([code]);
    const [{ message, span, reason, help }] = found as [(typeof found)[0]];
    const start = text.indexOf(wrong);
    expect(span.start).toBeGreaterThanOrEqual(start);
    expect(span.end).toBeLessThanOrEqual(start + wrong.length);
    for (const sentence of [message, reason, help].filter(each => each !== undefined)) {
      expect(sentence).toMatch(/\S \S/);
      expect(sentence).not.toMatch(/[.]$|undefined|\[object/);
    }
  });

  it.each(rows)('L-3 has the fixes that it should, after which nothing is wrong: $what: `$wrong`', row => {
    const { around, wrong, right } = row;
    const text = around(wrong);
    const mended = seen(text).flatMap(({ fixes }) => fixes.map(fix => applyFix(text, fix)));
    expect(mended).toEqual(right.map(around));
    for (const each of mended) expect(seen(each)).toEqual([]);
  });

  it('L-1 a number that another one should exceed is told that the bound is taken in', () => {
    const [finding] = seen(where('Score__c > 5'));
    expect(finding!.help).toBe(
      'a number is compared with `is at least` and `is at most`, which take in the bound itself',
    );
  });

  it('L-1 of a merge that was left, one side is read, and what stands behind it keeps its line', () => {
    const found = seen(
      inItem(
        '<<<<<<< ours\n  create all\n||||||| base\n  create off\n=======\n  create matching\n>>>>>>> theirs\n  shw Status',
      ),
    );
    expect(found.map(({ code, file, span }) => [code, file.position(span.start).line])).toEqual([
      ['merge-conflict', 5],
      ['misspelt', 12],
    ]);
  });
});
