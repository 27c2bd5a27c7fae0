import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSourceFile } from '../dsl/index.ts';
import { analyseText, itemWith } from '../test/kit/check.ts';
import { metadata } from '../test/kit/metadata.ts';
import { analyse } from './analysis.ts';
import { encodePlan } from './plan/encode.ts';

const item = (n: number) =>
  createSourceFile(
    `items/${n}.bridge`,
    `item i${n} "Item ${n}" { salesforce Case jira SUP / "${n % 2 ? 'Task' : 'Incident'}" sync custom
    fields { Subject -> Customer Priority <-> priority by p${n % 3} } }
  values p${n} { "High" <-> "Highest" "Medium" <-> "Medium" otherwise keep }`,
  );
const files = Array.from({ length: 6 }, (_, n) => item(n));

describe('analysis', () => {
  it('L-2 gives byte-identical plans and the same findings, in whatever order the files were read', () => {
    const expected = analyse(files, metadata);
    const text = encodePlan(expected.plan!);
    fc.assert(
      fc.property(fc.shuffledSubarray([...files], { minLength: files.length }), order => {
        const { plan, diagnostics } = analyse(order, metadata);
        expect(encodePlan(plan!)).toBe(text);
        expect(diagnostics).toEqual(expected.diagnostics);
      }),
      { numRuns: 30 },
    );
  });
  it('L-1 gives the same plan for both notations, but for the places in the text', () => {
    const bridge = createSourceFile(
      'a.bridge',
      `item a "A" {
        salesforce Case
        where Origin is not "Web" and Account.Type is one of "Prospect", "Customer - Direct"
        jira SUP / "Incident"
        sync custom
        create matching since 2026-01-01
        fields {
          Subject -> summary or else "Case {CaseNumber}"
          Priority <-> priority by p on conflict hold
          "{Account.Name}!" -> Customer cut at 255
          Notes__c <- "Resolution notes"
        }
        new issue { labels = ["a", "b"] }
        status Status { "New" <-> "To Do" "Escalated" -> "Waiting" otherwise keep }
        when Account.Rating is "Hot" or Score__c is at least 5 move to "Done"
        otherwise leave
        comments on, internal too
        attachments on
        show CaseNumber, Account.Name
      }
      values p { "High" <-> "Highest" otherwise keep }`,
    );
    const yaml = createSourceFile(
      'a.bridge.yaml',
      `items:
  a:
    name: A
    salesforce: Case
    where: { all: [ { field: Origin, isNot: Web }, { field: Account.Type, isOneOf: [Prospect, Customer - Direct] } ] }
    jira: { project: SUP, issueType: Incident }
    sync: custom
    create: { records: matching, since: 2026-01-01 }
    fields:
      - { salesforce: Subject, jira: summary, owner: salesforce, orElse: { text: "Case {CaseNumber}" } }
      - { salesforce: Priority, jira: priority, owner: both, by: p, onConflict: hold }
      - { template: "{Account.Name}!", jira: Customer, owner: salesforce, cutAt: 255 }
      - { salesforce: Notes__c, jira: Resolution notes, owner: jira }
    newIssue: { labels: [a, b] }
    status: { field: Status, pairs: { New: To Do }, toJira: { Escalated: Waiting }, otherwise: keep }
    rules:
      - when: { any: [ { field: Account.Rating, is: Hot }, { field: Score__c, isAtLeast: 5 } ] }
        moveTo: Done
      - otherwise: leave
    comments: { internal: true }
    attachments: on
    show: [CaseNumber, Account.Name]
values:
  p: { pairs: { High: Highest }, otherwise: keep }
`,
    );
    const [one, other] = [bridge, yaml].map(file => {
      const { plan, diagnostics } = analyse([file], metadata);
      return {
        plan: JSON.parse(JSON.stringify(plan ?? null), (key, value) => (key === 'origin' ? undefined : value)),
        findings: diagnostics.map(({ code, severity, message }) => ({ code, severity, message })),
      };
    });
    expect(one?.plan.items).toHaveLength(1);
    expect(other).toEqual(one);
  });
  it.each([
    ['salesforce Cäse', 'unknown-object'],
    ['fields { Subject -> größe or else skip }', 'unknown-jira-field'],
    ['create älle', 'unknown-word'],
    // Found, and one that has to stand in quotes.
    ['fields { Subject -> Größe or else skip }', 'wrong-letters'],
  ])('L-2 complains of `%s` once, as the one who knows most of the word', (clause, code) => {
    const sized = {
      ...metadata.jira.fields.find(({ name }) => name === 'Customer')!,
      id: 'customfield_1',
      name: 'Größe',
    };
    const jira = {
      ...metadata.jira,
      fields: code === 'wrong-letters' ? [...metadata.jira.fields, sized] : metadata.jira.fields,
    };
    const found = analyseText(itemWith(`  ${clause}`), { ...metadata, jira }).diagnostics;
    expect(found.filter(({ severity }) => severity === 'error').map(one => one.code)).toEqual([code]);
  });
  it('never throws, and reports each finding once, in the order of the text', () => {
    const words = [
      'item',
      'a',
      '"A"',
      '{',
      '}',
      'salesforce',
      'Case',
      'jira',
      'SUP',
      '/',
      '"Task"',
      'sync',
      'custom',
      'fields',
      'Subject',
      '->',
      '<->',
      'summary',
      'by',
      'when',
      'is',
      'move',
      'to',
      'otherwise',
      'status',
      'Status',
      'create',
      'matching',
      'cut',
      'at',
      '0',
      'or',
      'else',
      'values',
      'test',
      'for',
      'expect',
      '=',
      ',',
      '[',
      '{Nothing}',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), picked => {
        const { diagnostics, plan } = analyse([createSourceFile('x.bridge', picked.join(' '))], metadata);
        const keys = diagnostics.map(({ code, span, message }) => `${span.start} ${span.end} ${code} ${message}`);
        expect(new Set(keys).size).toBe(keys.length);
        const starts = diagnostics.map(({ span }) => span.start);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
        if (diagnostics.some(({ severity }) => severity === 'error')) expect(plan).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
