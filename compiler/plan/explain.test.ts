import { describe, expect, it } from 'vitest';
import { analyseText, itemWith } from '../../test/kit/check.ts';
import { explainItem } from './explain.ts';
import { explainField, fieldNames } from './explain-field.ts';
import type { Plan } from './ir.ts';

function planOf(clauses: string, rest = ''): Plan {
  const { plan, diagnostics } = analyseText(itemWith(clauses, rest));
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  return plan!;
}
const said = (clauses: string, rest = '') =>
  explainItem(planOf(clauses, rest).items[0]!)
    .sections.map(({ title, sentences }) => [title, ...sentences.map(({ text }) => text)].join('\n'))
    .join('\n\n');

describe('an item in plain sentences', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'which records it sees',
      '  where Origin is not "Web" and (Score__c is at least 5 or Vip__c is true)',
      ['It sees only records where Origin is not "Web" and (Score__c is at least 5 or Vip__c is true).'],
    ],
    [
      'which parents’ changes it sees late',
      '  where Owner.Name is "Ann"\n  show Account.Owner.Name',
      [
        'A change of Owner.Name alone is seen when the record itself changes, or at the daily look: what stands there may be of several objects, and Salesforce is not asked for changes of each.',
      ],
    ],
    ['that nothing is created', '  create off', ['It creates no issue: a person links records by hand.']],
    [
      'what is created',
      '  create all since 2026-01-31\n  new issue { labels = ["a", "b"] priority = "High" }',
      [
        'Every new record gets one issue',
        'since 2026-01-31',
        'A new issue gets "a" and "b" as Labels.',
        'A new issue gets "High" as Priority.',
      ],
    ],
    [
      'when it is created',
      '  create matching\n  when Account.Rating is "Hot" move to "Done" otherwise leave',
      ['once it meets the rule: Account.Rating is "Hot".'],
    ],
    [
      'that Salesforce owns a field',
      '  fields { Subject -> summary or else "Case {CaseNumber}" }',
      [
        'Subject -> Summary',
        'Salesforce owns it: Summary gets the value of Subject. An edit in Jira is put back.',
        'A value that is empty or cannot be written: "Case {CaseNumber}" is written instead.',
      ],
    ],
    [
      'that Jira owns a field',
      '  fields { Notes__c <- "Resolution notes" }',
      [
        'Jira owns it: Notes__c gets the value of Resolution notes.',
        'Not all of a value arrives in Notes__c in Salesforce: a field of type rich-text holds more than one of type textarea.',
      ],
    ],
    [
      'that both own a field',
      '  fields { Priority <-> priority { "High" <-> "Highest" "Low" -> "Low" otherwise keep } on conflict hold }',
      [
        'both values stay and a person is asked',
        'Values translate: "High" <-> "Highest" and "Low" -> "Low".',
        'Any other value: the other side is left as it is, silently.',
      ],
    ],
    [
      'what a text is cut to',
      '  fields { Subject -> Customer cut at 80 }',
      ['A longer value is cut after 80 characters.'],
    ],
    [
      'what happens to a value that does not fit',
      '  fields { Owner.Email -> assignee or else clear }',
      ['A value that cannot be written: Assignee is emptied.'],
    ],
    [
      'what the rule does',
      '  when Account.Rating is "Hot" move to "Done"\n  when Vip__c is true move to "In Progress"\n  otherwise leave',
      [
        'When Account.Rating is "Hot", the issue is moved to "Done".',
        'Else, when Vip__c is true, the issue is moved to "In Progress".',
        'Otherwise its status is left alone.',
      ],
    ],
    [
      'what status sync does',
      '  status Status { "Working" <-> "Waiting" "Escalated" -> "In Progress" otherwise keep }',
      [
        '"Working" in Salesforce and "Waiting" in Jira mean each other.',
        '"Escalated" in Salesforce becomes "In Progress" in Jira.',
        'Any other status is left as it is.',
      ],
    ],
    [
      'which statuses were matched',
      '  status Status',
      ['"New" in Salesforce and "To Do" in Jira mean each other, found as the closest match.'],
    ],
    [
      'what travels beside fields',
      '  comments on, internal too\n  attachments on',
      [
        'Internal Jira comments travel too, as unpublished ones; public ones arrive unpublished.',
        'Files travel both ways',
      ],
    ],
    [
      'that an item only displays',
      '  jira SUP, OPS\n  sync display-only\n  show CaseNumber, Subject\n  associations on',
      [
        'Shows records of Case on issues of SUP and OPS. It writes nothing on either side.',
        'The card shows CaseNumber and Subject.',
        'to look at only',
      ],
    ],
  ])('L-3 says %s', (_, clauses, sentences) => {
    const text = said(clauses);
    for (const sentence of sentences) expect(text).toContain(sentence);
    expect(text).not.toMatch(/undefined|\[object|NaN/);
  });

  it('names the line of each clause', () => {
    const { sections } = explainItem(planOf('  fields {\n    Subject -> Customer\n  }').items[0]!);
    expect(sections.find(({ title }) => title === 'Subject -> Customer')?.sentences[0]?.origin?.line).toBe(6);
  });
});

describe('a field', () => {
  const plan = planOf(
    '  where Origin is "Web"\n  fields { Subject -> summary or else "Case {CaseNumber}" "{Account.Name}" -> Customer }\n' +
      '  new issue { labels = "a" }\n  when Account.Rating is "Hot" move to "Done" otherwise leave\n  show Subject',
  );
  const asked = (field: string, item?: string) =>
    explainField(plan, field, item).items.flatMap(({ sections }) => sections.map(({ title }) => title));

  it.each([
    ['Summary', ['Subject -> Summary']],
    ['summary', ['Subject -> Summary']],
    ['subject', ['Subject -> Summary', 'only read']],
    ['CUSTOMER', ['"{Account.Name}" -> Customer']],
    ['customfield_10040', ['"{Account.Name}" -> Customer']],
    ['labels', ['new issue']],
    ['status', ['status']],
    ['Account.Rating', ['only read']],
    ['CaseNumber', ['only read']],
    ['Origin', ['only read']],
    ['Priority', []],
  ])('L-3 `%s` is found by its names, with who writes and who reads it', (field, titles) => {
    expect(asked(field)).toEqual(titles);
  });
  it('L-3 is looked up in one item where it is named', () => {
    expect(asked('Summary', 'support')).toHaveLength(1);
    expect(asked('Summary', 'other')).toEqual([]);
  });
  it('every name that is suggested is one that is found', () => {
    for (const name of fieldNames(plan)) expect(asked(name), name).not.toEqual([]);
  });
});
