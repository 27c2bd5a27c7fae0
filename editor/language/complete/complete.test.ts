import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../compiler/analysis.ts';
import type { Metadata } from '../../../compiler/metadata/model.ts';
import { readSnapshot } from '../../../compiler/metadata/snapshot.ts';
import { createSourceFile, parse, type SourceFile } from '../../../dsl/index.ts';
import { convert } from '../../../dsl/printer/index.ts';
import { EVERYTHING } from '../../../dsl/testing.ts';
import { itemWith } from '../../../test/kit/check.ts';
import { metadata } from '../../../test/kit/metadata.ts';
import type { Completion } from '../types.ts';
import { complete } from './index.ts';

const example = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../examples/${path}`, import.meta.url)), 'utf8');
const snapshot = readSnapshot(example('metadata.lock.json'));

/** What is offered at `|`. */
function offered(marked: string, path = 'a.bridge'): readonly Completion[] {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return complete(analyse([createSourceFile(path, text)], metadata), path, offset);
}
const inserts = (marked: string, path?: string): readonly string[] => offered(marked, path).map(({ insert }) => insert);
const rest = 'values p { "High" <-> "Highest" otherwise keep }\n';
const inItem = (clauses: string): readonly string[] => inserts(itemWith(clauses, rest));
const inTest = (steps: string): readonly string[] =>
  inserts(`${itemWith('  show Subject')}test "x" for support {\n  ${steps}\n}\n`);

describe('in a Bridge text, completion offers', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['  |', ['create all', 'comments on', 'show Subject', 'status Status'], ['sync custom', 'salesforce Case']],
    ['  com|', ['comments on'], []],
    ['  create |', ['off', 'matching', 'all'], ['comments on']],
    ['  create all |', ['since 2026-01-01'], ['all']],
    ['  comments on, |', ['internal too', 'published'], []],
    [
      '  fields { | }',
      ['Subject -> summary', 'Description -> description', 'Account.Name -> summary'],
      ['or else skip'],
    ],
    ['  fields {\n    |\n  }', ['Notes__c -> "Resolution notes"'], ['or else skip', '-> summary']],
    ['  fields { Subject | }', ['-> summary', '<- summary', '<-> summary'], ['Subject']],
    ['  fields { Subject -> | }', ['summary', '"Customer"', 'customfield_10044'], ['-> summary']],
    ['  fields { Subject -> su| }', ['summary'], []],
    ['  fields { Subject -> summary | }', ['or else skip', 'cut at 255', 'by p', 'on conflict hold'], ['-> summary']],
    ['  fields { Subject -> summary or | }', ['else skip', 'else "text"'], []],
    ['  fields { Subject -> summary or else | }', ['skip', 'keep', 'clear'], []],
    ['  fields { Subject -> summary on conflict | }', ['latest', 'hold'], []],
    ['  fields { Account.| -> summary }', ['Name', 'Rating', 'Owner'], ['Subject', 'Rating -> summary']],
    ['  fields { "{Acc|} x" -> summary }', ['Account', 'Subject'], []],
    ['  fields { "{Account.|" -> summary }', ['Name}', 'Owner'], []],
    ['  fields { Priority <-> priority by | }', ['p'], ['-> summary']],
    ['  fields { Priority <-> priority { | } }', ['"High" <-> "value"', 'otherwise keep'], []],
    ['  fields { Priority <-> priority { "|" <-> "Low" } }', ['"High"', '"Medium"'], ['"Highest"']],
    ['  fields { Priority <-> priority { "High" <-> "|" } }', ['"Highest"', '"Lowest"'], []],
    ['  where |', ['Origin', 'not Subject is empty'], ['comments on']],
    ['  where Origin |', ['is "value"', 'is one of "value", "other"', 'is not empty'], ['Origin', '"Web"']],
    ['  where Origin is |', ['"Web"', 'not empty', 'one of "value", "other"'], []],
    ['  where Vip__c is |', ['true', 'false'], []],
    ['  where Origin is not "|"', ['"Web"', '"Phone"'], []],
    ['  where Origin is one of "Web", "|"', ['"Phone"'], []],
    ['  where Origin is not "Web" |', ['and Subject is not empty', 'or Subject is not empty'], []],
    ['  when Vip__c is true |', ['move to "To Do"'], ['"To Do"']],
    ['  when Vip__c is true move to |', ['"In Progress"', '"Done"'], []],
    ['  otherwise |', ['leave', 'move to "To Do"'], []],
    ['  status |', ['Status'], ['Priority']],
    ['  status Status { | }', ['"Working" <-> "value"', 'otherwise keep'], []],
    ['  status Status { "Working" <-> "|" }', ['"In Progress"'], []],
    ['  new issue { | }', ['labels = "value"', 'priority = "value"'], []],
    ['  new issue { priority = | }', ['"High"', '"Lowest"'], []],
    ['  show Subject, |', ['CaseNumber', 'Account'], []],
    ['  attachments |', ['on', 'off'], []],
    ['  show Subject # |', [], ['Subject']],
  ])('A-2 at `%s`', (clauses, due, never) => {
    const found = inItem(clauses);
    expect(found).toEqual(expect.arrayContaining([...due]));
    for (const one of never) expect(found).not.toContain(one);
    if (due.length === 0 && never.length > 0) expect(found).toEqual([]);
  });
  it.each<[string, readonly string[]]>([
    ['|', ['salesforce Subject = "value"', 'expect created', 'cycle', 'at 5m cycle']],
    ['at 5m |', ['cycle', 'expect created']],
    ['salesforce |', ['Origin = "value"']],
    ['salesforce Origin = |', ['"Web"']],
    ['salesforce Subject = "x", |', ['Origin = "value"']],
    ['expect |', ['created', 'not created', 'summary = "value"', 'writes to jira = 0']],
    ['expect created, status = |', ['"Done"']],
    ['jira priority = "|"', ['"Highest"']],
  ])('A-2 in a test, at `%s`', (steps, due) => {
    expect(inTest(steps)).toEqual(expect.arrayContaining([...due]));
  });
  it.each<[string, readonly string[]]>([
    ['item a "A" { salesforce | }', ['Case', 'Account']],
    ['item a "A" { salesforce Case jira | }', ['SUP', 'OPS']],
    ['item a "A" { salesforce Case jira SUP / | }', ['"Incident"']],
    ['item a "A" { sync | }', ['one-way', 'custom']],
    [`${itemWith('  show Subject')}test "x" for |`, ['support']],
  ])('A-2 at `%s`', (text, due) => expect(inserts(text)).toEqual(expect.arrayContaining([...due])));
  it('A-2 whole items, tables and tests at the top, with the parts that a person fills in', () => {
    const found = offered('|');
    expect(found.map(({ label }) => label.split(' ')[0])).toEqual(['item', 'values', 'test']);
    expect(found[0]!.snippet).toContain(`item $\{1:new-id} "$\{2:A name for people}"`);
  });
  it('A-2 fields with their type and label, found by either', () => {
    const field = offered(itemWith('  show |')).find(({ insert }) => insert === 'Notes__c')!;
    expect(field).toMatchObject({
      kind: 'field',
      detail: 'Resolution Notes · textarea, 32000 characters',
      filter: 'Notes__c Resolution Notes',
    });
    const jira = offered(itemWith('  fields { Subject -> | }')).find(({ insert }) => insert === 'summary')!;
    expect(jira).toMatchObject({ kind: 'jira-field', label: 'Summary', detail: expect.stringContaining('text') });
  });
  const targets = (clauses: string) =>
    offered(itemWith(clauses, rest))
      .filter(({ kind }) => kind === 'jira-field')
      .map(({ insert, preferred }) => `${insert}${preferred === true ? ' first' : ''}`);
  it('A-2 after an arrow the field that is called alike first, and none that Jira sets itself', () => {
    const found = targets('  fields { Priority <-> | }');
    expect(found[0]).toBe('priority first');
    expect(found.filter(one => one.endsWith('first'))).toHaveLength(1);
    for (const never of ['issuetype', 'project', 'status']) expect(found.join()).not.toContain(never);
    expect(targets('  fields { Subject -> | }')[0]).toBe('summary first');
    expect(targets('  fields { Subject <- | }').join()).not.toContain('status');
  });
  it('A-2 after an arrow what another line has not got already, and what takes the value', () => {
    const others = targets(
      '  fields {\n    Subject -> summary\n    Notes__c -> |\n    Priority <-> priority by p\n  }',
    );
    expect(others).toEqual(expect.arrayContaining(['"Resolution notes" first']));
    expect(others.join()).not.toMatch(/summary|priority/);
    expect(targets('  fields { Subject -> summ|ary }')).toContain('summary first');
    expect(targets('  fields { Vip__c <-> | }')).not.toContain('duedate');
    expect(targets('  fields { Description <-> | }')).toContain('description first');
  });
});

const yaml = (clauses: string): string =>
  `items:\n  support:\n    name: Support\n    salesforce: Case\n    jira: { project: SUP, issueType: Incident }\n    sync: custom\n${clauses}\n`;
const inYaml = (clauses: string): readonly string[] => inserts(yaml(clauses), 'a.bridge.yaml');

describe('in YAML, completion offers', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['    |', ['create: all', 'comments: on', 'show: [Subject]', 'newIssue: {}'], ['sync: custom', 'items: {}']],
    ['    com|', ['comments: on'], []],
    ['    create: |', ['off', 'matching', 'all'], ['comments: on']],
    ['    create: { records: all, | }', ['since: 2026-01-01'], ['records: all']],
    ['    comments: { | }', ['internal: true', 'published: true'], []],
    ['    fields:\n      - |', ['{ salesforce: Subject, jira: summary, owner: salesforce }'], []],
    [
      '    fields:\n      - { salesforce: Subject, jira: summary, | }',
      ['owner: salesforce', 'orElse: skip', 'cutAt: 255'],
      ['jira: summary', 'template: "{Subject}"'],
    ],
    ['    fields:\n      - { salesforce: |, jira: summary, owner: salesforce }', ['Subject', 'Account'], []],
    ['    fields:\n      - { salesforce: Su|, jira: summary, owner: salesforce }', ['Subject'], []],
    [
      '    fields:\n      - salesforce: Subject\n        jira: |',
      ['summary', 'Resolution notes', 'customfield_10044'],
      [],
    ],
    ['    fields:\n      - salesforce: Subject\n        |', ['owner: salesforce'], ['salesforce: Subject']],
    ['    fields:\n      - { salesforce: Priority, jira: priority, owner: | }', ['salesforce', 'jira', 'both'], []],
    [
      '    fields:\n      - { salesforce: Priority, jira: priority, owner: both, by: { pairs: { | } } }',
      ['High: value', 'Low: value'],
      [],
    ],
    [
      '    fields:\n      - { salesforce: Priority, jira: priority, owner: both, by: { pairs: { High: | } } }',
      ['Highest', 'Lowest'],
      [],
    ],
    [
      '    where: { field: Origin, | }',
      ['is: value', 'isOneOf: [value, other]', 'isNotEmpty: true'],
      ['all: []', 'field: Subject'],
    ],
    ['    where: { field: Origin, is: | }', ['Web', 'Phone'], []],
    ['    where: { field: Origin, isOneOf: [Web, |] }', ['Phone'], []],
    ['    where:\n      |', ['field: Subject', 'all: [{ field: Subject, isNotEmpty: true }]'], []],
    ['    rules:\n      - { when: { field: Vip__c, is: true }, moveTo: | }', ['In Progress', 'Done'], []],
    ['    rules:\n      - { when: { field: Vip__c, is: | }, moveTo: Done }', ['true', 'false'], []],
    ['    status: { | }', ['field: Status'], []],
    ['    status: { field: Status, pairs: { Working: | } }', ['In Progress'], []],
    ['    newIssue: { priority: | }', ['Highest'], []],
    ['    newIssue:\n      |', ['labels: value'], []],
    ['    show: [Subject, |]', ['CaseNumber', 'Account'], []],
    ['    attachments: |', ['on', 'off'], []],
    ['    jira: { project: | }', ['SUP', 'OPS'], []],
    ['    show: [Subject] # |', [], ['Subject']],
  ])('A-2 at `%s`', (clauses, due, never) => {
    const found = inYaml(clauses);
    expect(found).toEqual(expect.arrayContaining([...due]));
    for (const one of never) expect(found).not.toContain(one);
  });
  it.each<[string, readonly string[]]>([
    ['|', ['items:', 'values:', 'tests:']],
    ['tests:\n  - name: x\n    item: |', ['support']],
    ['tests:\n  - name: x\n    item: support\n    steps:\n      - |', ['{ expect: { created: true } }']],
    ['tests:\n  - name: x\n    item: support\n    steps:\n      - salesforce: { Origin: | }', ['Web']],
    [
      'tests:\n  - name: x\n    item: support\n    steps:\n      - expect: { | }',
      ['created: true', 'writes: { salesforce: 0 }'],
    ],
  ])('A-2 at the top, `%s`', (more, due) => {
    const found = inserts(more === '|' ? more : `${yaml('    show: [Subject]')}${more}\n`, 'a.bridge.yaml');
    for (const start of due)
      expect(
        found.some(insert => insert.startsWith(start)),
        `${start} in ${found.join(' ; ')}`,
      ).toBe(true);
  });
});

const errorsOf = (file: SourceFile): number =>
  parse(file).diagnostics.filter(({ severity }) => severity === 'error').length;
/** At every place; of what is offered there, a few in turn. */
function tryEverywhere(file: SourceFile, known: Metadata, step = 1): void {
  const analysis = analyse([file], known);
  const before = errorsOf(file);
  let turn = 0;
  for (let offset = 0; offset <= file.text.length; offset += step) {
    const found = complete(analysis, file.path, offset);
    for (let i = 0; i < Math.min(1, found.length); i++) {
      const one = found[turn++ % found.length]!;
      const { start, end } = one.span;
      expect(start <= offset && offset <= end).toBe(true);
      const text = file.text.slice(0, start) + one.insert + file.text.slice(end);
      const after = errorsOf(createSourceFile(file.path, text, file.notation));
      if (after > before)
        expect.fail(
          `${JSON.stringify(one.insert)} at ${JSON.stringify(`${file.text.slice(Math.max(0, offset - 60), offset)}|${file.text.slice(offset, offset + 30)}`)}`,
        );
    }
  }
}

describe('nothing that is offered', () => {
  it.each([
    ['the example', 'a.bridge', example('support-cases/support-cases.bridge'), snapshot, 1],
    ['a program with everything', 'a.bridge', EVERYTHING, metadata, 7],
    ['the example in YAML', 'a.bridge.yaml', example('support-cases-yaml/support-cases.bridge.yaml'), snapshot, 1],
    [
      'a program with everything in YAML',
      'a.bridge.yaml',
      convert(createSourceFile('a.bridge', EVERYTHING), 'yaml').text!,
      metadata,
      11,
    ],
  ])('A-2 makes a sound text unsound, at any place of %s', (_, path, text, known, step) => {
    tryEverywhere(createSourceFile(path, text), known, step);
  });
  it('A-2 makes a text that breaks off worse', () => {
    for (let length = 1; length < EVERYTHING.length; length += 29) {
      const file = createSourceFile('a.bridge', EVERYTHING.slice(0, length));
      const before = errorsOf(file);
      for (const one of complete(analyse([file], metadata), file.path, length).slice(0, 4)) {
        const text = file.text.slice(0, one.span.start) + one.insert + file.text.slice(one.span.end);
        expect(
          errorsOf(createSourceFile('a.bridge', text)),
          `${one.insert} after ${file.text.slice(-40)}`,
        ).toBeLessThanOrEqual(before);
      }
    }
  });
});
