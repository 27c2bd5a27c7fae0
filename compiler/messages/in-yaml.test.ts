import { describe, expect, it } from 'vitest';
import { fileOf } from '../../test/kit/check.ts';
import { metadata } from '../../test/kit/metadata.ts';
import { analyse } from '../analysis.ts';
import { pageOf } from '../pages/page.ts';
import { inYaml } from './in-yaml.ts';
import { compilerDiagnostics } from './index.ts';

describe('ways out of a file in YAML', () => {
  it.each([
    ['write `<->`, or make the item `custom`', 'write `owner: both`, or make the item `custom`'],
    ['add `cut at 255`, or say what happens: `or else …`', 'add `cutAt: 255`, or say what happens: `orElse: …`'],
    ['add `values severity { … }`', 'add `values: { severity: … }`'],
    ['did you mean `Cut at 5`?', 'did you mean `Cut at 5`?'],
  ])('L-2 are told in its words: %s', (bridge, yaml) => expect(inYaml(bridge)).toBe(yaml));

  const helps = Object.keys(compilerDiagnostics.table).flatMap(code => pageOf(code)?.said?.help ?? []);
  it('L-2 have no word that YAML does not have, whatever the finding', () => {
    expect(helps.length).toBeGreaterThan(60);
    const foreign = /`[^`]*(?:->|<-|\bor else\b|\bcut at\b|\bmove to\b|\bnew issue\b|\bis (?:empty|one of)\b)[^`]*`/;
    expect(helps.map(inYaml).filter(help => foreign.test(help))).toEqual([]);
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
