/** What people get wrong in YAML that reads as YAML: what they are told of it, and what is offered. */
import { describe, expect, it } from 'vitest';
import { applied, errors, yaml } from '../testing.ts';

const head = '    name: A\n    salesforce: Case\n    jira: { project: SUP, issueType: Incident }\n    sync: custom\n';
const item = (clauses: string) => `items:\n  a:\n${head}${clauses.replace(/^(?=.)/gm, '    ')}\n`;
/** The line a mapping, rule or condition stands in. */
const mapping = (line: string) => item(`fields:\n  - ${line}`);
const rule = (line: string) => item(`rules:\n  - ${line}`);
const where = (condition: string) => item(`where: ${condition}`);

const said = (text: string) => errors(yaml(text)).map(({ message, help }) => [message, help]);

/** Each fix of the only finding, and what is left to say after it. */
function fixesOf(text: string) {
  const found = errors(yaml(text));
  expect(found).toHaveLength(1);
  return found[0]!.fixes.map(fix => {
    const after = applied(text, fix);
    return { title: fix.title, text: after, left: said(after) };
  });
}

describe('a misspelt key', () => {
  it.each([
    [
      'in a mapping of one line',
      mapping('{ salesforce: Subject, jira: summary, ownr: salesforce, orElse: skip }'),
      'a mapping has no key `ownr`',
      'owner',
    ],
    [
      'in a mapping of several lines',
      mapping('salesforce: Subject\n    jira: summary\n    ownr: salesforce'),
      'a mapping has no key `ownr`',
      'owner',
    ],
    [
      'with another name of Salesforce',
      mapping('{ sf: Description, jira: description, owner: both }'),
      'a mapping has no key `sf`',
      'salesforce',
    ],
    ['in another case', rule('{ otherwise: { moveto: In Progress } }'), '`otherwise` has no key `moveto`', 'moveTo'],
    ['of an operator', where('{ field: Status, equals: Closed }'), 'a condition has no key `equals`', 'is'],
    ['of an operator, below it', where('\n  field: Status\n  equals: Closed'), 'a condition has no key `equals`', 'is'],
    ['of an operator, as a sign', where('{ field: Status, ">=": 5 }'), 'a condition has no key `>=`', 'isAtLeast'],
    ['of a list', where('{ field: Status, in: [New, Closed] }'), 'a condition has no key `in`', 'isOneOf'],
    ['of a group', where('{ and: [{ field: Status, is: New }] }'), 'a condition has no key `and`', 'all'],
    [
      'of a rule',
      rule('{ if: { field: Status, is: New }, moveTo: Done }\n  - { otherwise: leave }'),
      'a rule has no key `if`',
      'when',
    ],
    ['of a table', 'values: { t: { piars: { A: B } } }\n', 'a table has no key `piars`', 'pairs'],
    [
      'of what `jira` holds',
      `items:\n  a:\n${head.replace('project', 'projekt')}`,
      '`jira` has no key `projekt`',
      'project',
    ],
    ['of an item', `items:\n  a:\n${head.replace('name', 'nmae')}`, 'an item has no key `nmae`', 'name'],
    ['of an item in one line', 'items: { a: { nmae: A, salesforce: Case } }\n', 'an item has no key `nmae`', 'name'],
    ['of a test', 'tests:\n  - { name: x, itm: a, steps: [] }\n', 'a test has no key `itm`', 'item'],
    [
      'of a step',
      'tests:\n  - { name: x, item: a, steps: [{ expct: { created: true } }] }\n',
      'a step has no key `expct`',
      'expect',
    ],
    [
      'of a fallback',
      mapping('{ salesforce: A, jira: b, owner: both, orElse: { txt: x } }'),
      '`orElse` has no key `txt`',
      'text',
    ],
  ])('L-2 %s is told alone, with the key that is meant', (_, text, message, meant) => {
    expect(said(text)).toEqual([[message, `did you mean \`${meant}\`?`]]);
    expect(fixesOf(text)).toEqual([{ title: `write \`${meant}\``, text: expect.any(String), left: [] }]);
  });

  it('L-2 that resembles none is told alone, with the keys that there are', () => {
    const [[message, help]] = said(mapping('{ whence: Subject, jira: summary, owner: both }')) as [[string, string]];
    expect(message).toBe('a mapping has no key `whence`');
    expect(help).toMatch(/^its keys are `salesforce`, `template`, `jira`, `owner`/);
  });
  it('L-2 leaves it to be said which other key is missing', () => {
    expect(said(mapping('jira: summary\n    ownr: salesforce')).map(([message]) => message)).toEqual([
      'a mapping needs one of `salesforce` or `template`',
      'a mapping has no key `ownr`',
    ]);
  });
});

describe('a plain text beside words', () => {
  it.each([
    ['In Progress', '{ moveTo: In Progress }'],
    ['"In Progress"', '{ moveTo: "In Progress" }'],
    ["'off'", "{ moveTo: 'off' }"],
    ['off', '{ moveTo: "off" }'],
  ])('L-2 `otherwise: %s` in a rule is offered as `%s`', (written, map) => {
    const text = rule(`{ otherwise: ${written} }`);
    const help = `a status to move to is written as \`${map}\``;
    expect(said(text)).toEqual([[`\`otherwise\` is \`leave\` or moves to a status, but here is a text`, help]]);
    expect(fixesOf(text)).toEqual([
      { title: `write \`${map}\``, text: text.replace(`otherwise: ${written}`, `otherwise: ${map}`), left: [] },
    ]);
  });
  it('L-2 `otherwise: leav` in a rule may be `leave` or a status', () => {
    const text = rule('{ otherwise: leav }');
    expect(said(text)[0]![1]).toBe('did you mean `leave`?');
    expect(fixesOf(text).map(({ title }) => title)).toEqual(['write `leave`', 'write `{ moveTo: leav }`']);
  });
  it('L-2 `orElse: kepp` may be `keep` or a text', () => {
    const text = mapping('{ salesforce: A, jira: b, owner: salesforce, orElse: kepp }');
    expect(said(text)[0]![1]).toBe('did you mean `keep`? a text is written as `{ text: kepp }`');
    expect(fixesOf(text).map(({ title, left }) => [title, left])).toEqual([
      ['write `keep`', []],
      ['write `{ text: kepp }`', []],
    ]);
  });
});

describe('a text, list or map in place of another', () => {
  const jira = (written: string) => `items:\n  a:\n${head.replace('{ project: SUP, issueType: Incident }', written)}`;
  const when = (written: string) => rule(`when: ${written}\n    moveTo: Done\n  - otherwise: leave`);

  it.each([
    ['`jira`', jira('SUP / Incident'), '{ project: SUP, issueType: Incident }'],
    ['`jira`', jira('SUP/"Service request"'), '{ project: SUP, issueType: Service request }'],
    ['`jira`', jira("'SUP / Incident: hot'"), '{ project: SUP, issueType: "Incident: hot" }'],
    ['`jira`', jira('SUP'), '{ project: SUP }'],
    ['`jira`', jira('[SUP, OPS]'), '{ projects: [SUP, OPS] }'],
    ['`jira`', jira('\n      - SUP\n      - OPS'), '{ projects: [SUP, OPS] }'],
    ['`status`', item('status: Status'), '{ field: Status }'],
    ['`when`', when('\'Status = "Closed"\''), '{ field: Status, is: Closed }'],
    ['`when`', when('Account.Rating is not Hot'), '{ field: Account.Rating, isNot: Hot }'],
    ['`where`', where('Amount == 5'), '{ field: Amount, is: 5 }'],
    ['`where`', where("Code = '5'"), '{ field: Code, is: "5" }'],
    ['a condition', where('{ all: [Status != Closed] }'), '{ field: Status, isNot: Closed }'],
    ['a mapping', mapping('Subject -> summary'), '{ salesforce: Subject, jira: summary, owner: salesforce }'],
    ['a mapping', mapping('Account.Name <-> "Due date"'), '{ salesforce: Account.Name, jira: Due date, owner: both }'],
    ['a mapping', mapping('Notes__c<-customfield_1'), '{ salesforce: Notes__c, jira: customfield_1, owner: jira }'],
    ['a rule', rule('leave'), '{ otherwise: leave }'],
    ['a step', 'tests:\n  - name: x\n    item: a\n    steps: [cycle]\n', '{ cycle: true }'],
    ['`show`', item('show: CaseNumber, Account.Name'), '[CaseNumber, Account.Name]'],
    ['`salesforce`', mapping('{ salesforce: [Subject], jira: summary, owner: both }'), 'Subject'],
  ])('L-2 for %s is offered as what it can only mean: %j', (place, text, meant) => {
    expect(said(text)).toEqual([[expect.stringMatching(`^${place} is `), `write \`${meant}\``]]);
    const [fix, ...others] = fixesOf(text);
    expect(others).toEqual([]);
    expect(fix).toMatchObject({ title: `write \`${meant}\``, left: [] });
    expect(fix!.text).toContain(meant);
  });

  const known = `    name: A\n    salesforce: Case\n    jira: { project: SUP }\n    sync: custom\n`;
  it.each([
    ['`items`', `items:\n  - id: a\n${known}  - id: "b"\n${known}`, `items:\n  a:\n${known}  "b":\n${known}`],
    [
      '`items`',
      `items:\n  - a:\n${known.replaceAll('    ', '      ')}`,
      `items:\n  a:\n${known.replaceAll('    ', '      ')}`,
    ],
    ['`values`', 'values:\n  - id: t\n    pairs: { a: b }\n', 'values:\n  t:\n    pairs: { a: b }\n'],
  ])('L-2 for %s is put under the ids that it has: %j', (place, text, meant) => {
    expect(said(text)[0]![0]).toBe(`${place} is a map of keys and values, but here is a list`);
    expect(fixesOf(text)).toEqual([{ title: 'write each under its id', text: meant, left: [] }]);
  });

  it.each([
    ['jira', jira('support / Incident'), 'write it as in `{ project: SUP, issueType: Incident }`'],
    ['when', when('Status is empty'), 'write it as in `{ field: Status, is: Closed }`'],
    ['when', when('A = b and C = d'), 'write it as in `{ field: Status, is: Closed }`'],
    [
      'a mapping',
      mapping('Subject to summary'),
      'write it as in `{ salesforce: Subject, jira: summary, owner: salesforce }`',
    ],
    ['items', 'items: [{ id: a }]\n', 'write it as in `{ support-cases: { name: Support cases, … } }`'],
    ['items', 'items:\n- id: a\n  name: A\n', 'write it as in `{ support-cases: { name: Support cases, … } }`'],
    ['newIssue', item('newIssue: [High]'), 'write it as in `{ priority: High }`'],
    ['pairs', 'values: { t: { pairs: [High] } }\n', 'write it as in `{ High: Highest, Low: Low }`'],
    ['fields', item('fields: Subject'), 'write each entry on a line of its own, behind a `-`'],
    ['a program', 'hello\n', 'its keys are `items`, `values` and `tests`'],
    ['sync', item('create: [all, off]'), 'write one text behind the `:`'],
    [
      'cutAt',
      mapping('{ salesforce: A, jira: b, owner: both, cutAt: long }'),
      'write it in digits alone, without quotes',
    ],
  ])('L-2 for %s is told how it is written where nobody can know what it means: %j', (_, text, help) => {
    expect(said(text).map(([, help]) => help)).toEqual([help]);
    expect(fixesOf(text)).toEqual([]);
  });
});
