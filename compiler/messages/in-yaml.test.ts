import { describe, expect, it } from 'vitest';
import { fileOf } from '../../test/kit/check.ts';
import { metadata } from '../../test/kit/metadata.ts';
import { analyse } from '../analysis.ts';
import { pageOf } from '../pages/page.ts';
import { inYaml } from './in-yaml.ts';
import { compilerDiagnostics } from './index.ts';

describe('findings of a file in YAML', () => {
  it.each([
    ['write `<->`, or make the item `custom`', 'write `owner: both`, or make the item `custom`'],
    ['add `cut at 255`, or say what happens: `or else …`', 'add `cutAt: 255`, or say what happens: `orElse: …`'],
    ['add `values severity { … }`', 'add `values: { severity: … }`'],
    ['did you mean `Cut at 5`?', 'did you mean `Cut at 5`?'],
  ])('L-2 are told in its words: %s', (bridge, yaml) => expect(inYaml(bridge)).toBe(yaml));

  const said = Object.keys(compilerDiagnostics.table).flatMap(code => {
    const { message, reason, help } = pageOf(code)?.said ?? {};
    return [message, reason, help].filter(sentence => sentence !== undefined);
  });
  it('L-2 have no word that YAML does not have, whatever the finding', () => {
    expect(said.length).toBeGreaterThan(200);
    const foreign = /->|<-|\bor else\b|\bcut at\b|\bon conflict\b|\bmove to\b|\bnew issue\b|\bis (?:empty|one of)\b/;
    const quoted = (sentence: string) => [...sentence.matchAll(/`([^`]*)`/g)].map(([, words]) => words!);
    expect(said.map(inYaml).filter(sentence => quoted(sentence).some(words => foreign.test(words)))).toEqual([]);
  });

  it('L-2 are told so by the check', () => {
    const text = `items:
  a:
    name: A
    salesforce: Case
    jira: { project: SUP, issueType: Incident }
    sync: one-way
    fields: [{ salesforce: Subject, jira: Customer, owner: both }]
`;
    const [found] = analyse([fileOf(text, 'a.bridge.yaml')], metadata).diagnostics;
    expect(found).toMatchObject({ code: 'wrong-arrow', help: expect.stringMatching(/^write `owner: salesforce`, or/) });
  });
});
