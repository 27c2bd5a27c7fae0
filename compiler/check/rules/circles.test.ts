import { describe, expect, it } from 'vitest';
import { chain } from '../../../bench/corpus/chain.ts';
import { expectFindings, expectFixesToHelp, fileOf, itemWith } from '../../../test/kit/check.ts';
import { analyse } from '../../analysis.ts';

const besides = ['empty-into-required', 'too-long-for-target', 'fallible-conversion-needs-or-else', 'lossy-conversion'];
const fields = (mappings: string) => itemWith(`  fields {\n${mappings}\n  }`);

describe('a circle of mappings', () => {
  it('that changes its value is an error, with what it does to one', () => {
    const [found] = expectFindings(
      fields('"{Subject} (Case)" -> summary\n~~Subject <- summary~~'),
      ['circle-changes-value'],
      {
        besides,
      },
    );
    expect(found?.severity).toBe('error');
    expect(found?.reason).toBe('`a text` becomes `a text (Case)`, then `a text (Case)`, and so on with every round');
    expect(found?.related).toHaveLength(1);
  });
  it.each([
    ['Subject -> summary\n~~Subject <- summary~~', '`Subject` and `Summary` own each other in a circle'],
    [
      'Subject -> Score or else skip\nNotes__c <- Score\nNotes__c -> Customer\n~~Subject <- Customer~~',
      '`Subject`, `Score`, `Notes__c` and `Customer` own each other in a circle',
    ],
  ])('that does not is one all the same, since nobody owns the value: `%s`', (mappings, message) => {
    const [found] = expectFindings(fields(mappings), ['circle-of-owners'], { besides });
    expect(found?.severity).toBe('error');
    expect(found?.message).toBe(message);
  });
  it('of two mappings is one mapping that both sides own', () => {
    const [fixed] = expectFixesToHelp(fields('Subject -> Customer\nSubject <- Customer'), 'circle-of-owners');
    expect(fixed).toMatch(/fields \{\nSubject <-> Customer\n {2}\}/);
  });
  it.each([
    'Subject -> summary\nNotes__c <- summary',
    'Subject -> summary\nSubject <- Customer',
    'Subject -> summary\nRich__c <- summary\nRich__c -> Customer',
    'Subject <-> summary\nRich__c <- summary',
  ])('that is none is fine: `%s`', mappings => {
    expectFindings(fields(mappings), [], { besides });
  });
  it('is found however long it is, without using the stack, and told in short', () => {
    const { text, metadata } = chain(10_000);
    const straight = analyse([fileOf(text)], metadata).diagnostics.map(({ code }) => code);
    expect(straight.filter(code => code.startsWith('circle'))).toEqual([]);
    const closed = text.replace('Subject__c -> summary', `"{F5000__c}!" -> summary\n    F0__c <- summary`);
    const found = analyse([fileOf(closed)], metadata).diagnostics.filter(({ code }) => code.startsWith('circle'));
    expect(found.map(({ code }) => code)).toEqual(['circle-changes-value']);
    expect(found[0]!.reason!.length).toBeLessThan(300);
  });
  it('is found among templates that read each other over and over, in bounded time', () => {
    const names = Array.from({ length: 40 }, (_, n) => n);
    const all = names.map(n => `{F${n}__c}`).join(' ');
    const lines = names.flatMap(n => [
      `"${all}" -> customfield_${20_000 + n}`,
      `F${n}__c <- customfield_${20_000 + n}`,
    ]);
    const { text, metadata } = chain(80);
    const tangled = text.replace(/fields \{[^}]*\}/, `fields {\n${lines.join('\n')}\n}`);
    const found = analyse([fileOf(tangled)], metadata).diagnostics.filter(({ code }) => code.startsWith('circle'));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(40);
  });
});
