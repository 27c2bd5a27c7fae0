import { describe, expect, it } from 'vitest';
import { analyseText, expectFindings, fileOf, itemWith } from '../../../test/kit/check.ts';
import { metadata } from '../../../test/kit/metadata.ts';
import { analyse } from '../../analysis.ts';

const besides = ['status-matches', 'empty-into-required'];
describe('a text instead of a value', () => {
  it.each([
    ['  fields { Subject <-> summary or else ~~"x"~~ }', 'text-needs-one-owner'],
    ['  fields { Subject <-> summary { "a" <-> "b" otherwise ~~"x"~~ } }', 'text-needs-one-owner'],
    ['  status Status { "New" <-> "To Do" otherwise ~~"Done"~~ }', 'fallback-in-status'],
    ['  status Status { "New" <-> "To Do" otherwise ~~clear~~ }', 'fallback-in-status'],
  ])('needs one owner: `%s`', (clauses, code) => {
    expectFindings(itemWith(clauses), [code], { besides });
  });
  it('is fine with one', () => {
    const { plan } = analyseText(
      itemWith('  fields { Subject -> summary { "a" -> "b" otherwise "x" } or else "{CaseNumber}" }'),
    );
    expect(plan?.items[0]?.mappings[0]?.table?.otherwise).toEqual({
      kind: 'text',
      parts: [{ kind: 'literal', value: 'x' }],
    });
  });
  it.each([
    ['fields: [{ salesforce: Subject, jira: summary, owner: both, orElse: Low }]', ['text-needs-one-owner']],
    [
      'fields: [{ salesforce: Subject, jira: summary, owner: both, by: { pairs: { a: b }, otherwise: Low } }]',
      ['text-needs-one-owner'],
    ],
    ['status: { field: Status, pairs: { New: To Do }, otherwise: Done }', ['fallback-in-status']],
    ['fields: [{ salesforce: Subject, jira: summary, owner: salesforce, orElse: Low }]', ['yaml-fallback-text']],
    ['fields: [{ salesforce: Subject, jira: summary, owner: both, orElse: kepp }]', ['yaml-fallback-text']],
  ])('L-2 that is none in YAML is told the one thing that helps: `%s`', (clause, codes) => {
    const head =
      '    name: A\n    salesforce: Case\n    jira: { project: SUP, issueType: Incident }\n    sync: custom\n';
    const { diagnostics } = analyse([fileOf(`items:\n  a:\n${head}    ${clause}\n`, 'a.bridge.yaml')], metadata);
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(codes);
  });
});
