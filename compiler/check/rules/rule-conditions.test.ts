import { describe, expect, it } from 'vitest';
import { expectFindings, itemWith } from '../../../test/kit/check.ts';

const when = (condition: string, mark = false) => `${mark ? '~~when~~' : 'when'} ${condition} move to "Done"\n  `;
const check = (clauses: string, codes: readonly string[]) => expectFindings(itemWith(`  ${clauses}`), codes);

describe('conditions', () => {
  it.each([
    ['~~where~~ Origin is "Web" and Origin is "Phone"', '`Origin is "Web"` and `Origin is "Phone"` exclude each other'],
    [
      '~~where~~ Vip__c is true and Origin is not empty and Vip__c is false',
      '`Vip__c is true` and `Vip__c is false` exclude each other',
    ],
    [
      '~~where~~ Score__c is at least 5 and Score__c is at most 4',
      '`Score__c is at least 5` and `Score__c is at most 4` exclude each other',
    ],
    [
      '~~where~~ Due__c is after 2026-01-01 and Due__c is before 2026-01-02',
      '`Due__c is after 2026-01-01` and `Due__c is before 2026-01-02` exclude each other',
    ],
    [
      '~~where~~ Subject starts with "a" and Subject starts with "b"',
      '`Subject starts with "a"` and `Subject starts with "b"` exclude each other',
    ],
    ['~~where~~ Vip__c is empty', '`Vip__c is empty` holds for no value that there is'],
    [
      '~~where~~ Origin is not one of "Web", "Phone", "Email" and Origin is not empty',
      '`Origin is not one of "Web", "Phone", "Email"` and `Origin is not empty` exclude each other',
    ],
  ])('`%s` that no record meets are reported with what contradicts', (clause, reason) => {
    const [found] = check(clause, ['where-never-true']);
    expect(found?.reason).toBe(reason);
  });
  it.each([
    ['Subject is ""', 'an empty field is asked for with `is empty`'],
    ['Vip__c is empty', 'ask for what the field can hold'],
  ])('`%s` that holds for nothing has a way out of its own, in a `where` and in a `when`', (condition, help) => {
    expect(check(`~~where~~ ${condition}`, ['where-never-true'])[0]?.help).toBe(help);
    expect(check(`${when(condition, true)}otherwise leave`, ['rule-never-true'])[0]?.help).toBe(help);
  });
  it('S-6 of a rule count together with `where`', () => {
    const [found] = check(`where Origin is "Web"\n  ${when('Origin is "Phone"', true)}otherwise leave`, [
      'rule-never-true',
    ]);
    expect(found?.reason).toBe('`Origin is "Web"` and `Origin is "Phone"` exclude each other');
  });
  it('S-6 that every record meets are reported at their `when`, once', () => {
    const all = when('Origin is "Web" or Origin is not "Web"', true) + when('Vip__c is true');
    expect(check(`${all}otherwise leave`, ['rule-always-true'])[0]?.reason).toMatch(/of every value/);
    const byWhere = check(`where Vip__c is true\n  ${when('Vip__c is not false', true)}otherwise leave`, [
      'rule-always-true',
    ]);
    expect(byWhere[0]?.reason).toMatch(/^the `where`/);
  });
  it('S-6 that earlier ones leave nothing to are reported, with the one that does', () => {
    const [found] = check(
      `${when('Score__c is at least 1')}${when('Vip__c is true')}${when('Score__c is at least 5', true)}otherwise leave`,
      ['rule-shadowed'],
    );
    expect(found?.reason).toBe('every record that meets it meets the `when` of line 5 first');
    expect(found?.related).toHaveLength(1);
  });
  it('S-6 that several earlier ones leave nothing to name all of them', () => {
    const [found] = check(
      `${when('Vip__c is true and Origin is "Web"')}${when('Vip__c is false')}${when('Origin is "Web"', true)}otherwise leave`,
      ['rule-shadowed'],
    );
    expect(found?.related).toHaveLength(2);
  });
  it('S-6 over one picklist that leave a value to `otherwise` get a hint', () => {
    const [found] = check(`${when('Origin is "Web"', true)}${when('Origin is "Phone"')}otherwise leave`, [
      'rule-not-exhaustive',
    ]);
    expect(found?.severity).toBe('hint');
    expect(found?.message).toBe('no `when` names `Email` of `Origin`');
    check(`${when('Origin is "Web"')}${when('Origin is one of "Phone", "Email"')}otherwise leave`, []);
    check(`where Origin is not "Email"\n  ${when('Origin is "Web"')}${when('Origin is "Phone"')}otherwise leave`, []);
  });
  it('that some records meet and others do not are fine', () => {
    check(
      `where Origin is not "Web" and Account.Type is "Prospect"\n  ${when('Score__c is at least 5')}${when('Score__c is at least 1')}otherwise leave`,
      [],
    );
  });
  it('on values that are not listed are not judged', () => {
    expectFindings(itemWith('  where Origin is ~~"Wep"~~'), ['unknown-picklist-value']);
  });
});
