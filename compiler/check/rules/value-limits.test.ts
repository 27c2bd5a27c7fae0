import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

const besides = ['lossy-conversion', 'required-jira-field-not-mapped'];
describe('values that do not fit', () => {
  it.each([
    ['~~Subject~~ -> summary', 'empty-into-required'],
    ['~~"{Subject}"~~ -> summary', 'empty-into-required'],
    ['~~Description -> "Customer"~~', 'too-long-for-target'],
    ['~~"{Account.Name} ({Origin})" -> "Customer"~~', 'too-long-for-target'],
  ])('are warned of: `%s`', (mapping, code) => {
    const source = itemWith(`  fields { ${mapping} }`);
    const [found] = expectFindings(source, [code], { besides });
    expect(found?.severity).toBe('warning');
    if (code.startsWith('too')) expectFixesToHelp(source, code);
  });
  it.each([
    'Subject -> summary or else "x"',
    '"Case {Subject}" -> summary cut at 255',
    'CaseNumber -> summary',
    'Description -> "Customer" cut at 255',
    'Subject -> "Customer"',
  ])('are not seen in `%s`', mapping => {
    expectFindings(itemWith(`  fields { ${mapping} }`), [], { besides });
  });
});
