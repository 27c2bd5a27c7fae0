import { describe, expect, it } from 'vitest';
import { analyseText, itemWith } from '../../test/kit/check.ts';

const planOf = (clauses: string, rest = '') => {
  const { plan, diagnostics } = analyseText(itemWith(clauses, rest));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return plan!.items[0]!;
};
const paths = (fields: readonly { readonly path: readonly string[] }[]) => fields.map(({ path }) => path.join('.'));

describe('lowering', () => {
  it('L-2 reads the sorted union of every path, in the spelling of the org', () => {
    const item = planOf(`  where origin is "web"
      fields { subject -> summary or else "{casenumber}" "{account.name}" -> Customer cut at 9 Notes__c <- "Resolution notes" }
      when account.rating is empty move to "Done" otherwise leave
      status status
      show Account.Owner.Email, Subject`);
    expect(paths(item.salesforce.reads)).toEqual([
      'Account.Name',
      'Account.Owner.Email',
      'Account.Rating',
      'CaseNumber',
      'Notes__c',
      'Origin',
      'Status',
      'Subject',
    ]);
    expect(paths(item.show)).toEqual(['Account.Owner.Email', 'Subject']);
  });
  it('knows what can be empty and what SOQL can filter', () => {
    const { reads } = planOf('  show Account.Name, Description, Owner.Email, Owner.Name, CaseNumber').salesforce;
    const known = Object.fromEntries(
      reads.map(({ path, nillable, filterable }) => [path.join('.'), [nillable, filterable]]),
    );
    expect(known).toEqual({
      'Account.Name': [true, true],
      CaseNumber: [false, true],
      Description: [true, false],
      'Owner.Email': [true, false],
      'Owner.Name': [true, true],
    });
  });
  it('S-4 puts rows that a person wrote before those that were matched', () => {
    const { status } = planOf('  status Status { "Working" <-> "Waiting" "Escalated" -> "In Progress" }');
    const rows = (all: NonNullable<typeof status>['toJira'] = []) =>
      all.map(({ from, to, by }) => `${from} ${to} ${by}`);
    expect(rows(status?.toJira)).toEqual([
      'Working Waiting row',
      'Escalated In Progress row',
      'New To Do match',
      'Closed Done match',
    ]);
    expect(rows(status?.toSalesforce)).toEqual([
      'Waiting Working row',
      'To Do New match',
      'In Progress Working match',
      'Done Closed match',
    ]);
  });
  it('splits a table by direction and takes the spelling of both sides', () => {
    const { mappings } = planOf(
      '  fields { Priority <-> priority { "high" <-> "highest" "Low" -> "lowest" "Low" <- "low" otherwise skip } }',
    );
    const rows = (all: readonly { from: unknown; to: unknown }[] = []) => all.map(({ from, to }) => [from, to]);
    expect(rows(mappings[0]?.table?.toJira)).toEqual([
      ['High', 'Highest'],
      ['Low', 'Lowest'],
    ]);
    expect(rows(mappings[0]?.table?.toSalesforce)).toEqual([
      ['Highest', 'High'],
      ['Low', 'Low'],
    ]);
  });
  it('names a conversion only for the directions that are written', () => {
    const { mappings } = planOf('  fields { Score__c <-> Score Subject -> Customer Notes__c <- "Resolution notes" }');
    expect(
      mappings.map(({ owner, toJira, toSalesforce }) => [owner, toJira !== undefined, toSalesforce !== undefined]),
    ).toEqual([
      ['both', true, true],
      ['salesforce', true, false],
      ['jira', false, true],
    ]);
  });
  it('I-2 keeps a display-only item to what it shows', () => {
    const item = planOf('jira SUP, OPS\n  sync display-only\n  associations on\n  show CaseNumber, Account.Name');
    expect(item).toMatchObject({ mode: 'display-only', create: { records: 'off' }, mappings: [], associations: true });
    expect(item.jira.projects.map(({ key }) => key)).toEqual(['SUP', 'OPS']);
  });
  it('says where every part stands', () => {
    const item = planOf('  fields {\n    Subject ->\n      Customer\n  }');
    expect(item.origin).toEqual({ file: 'test.bridge', line: 1, column: 1 });
    expect(item.mappings[0]?.origin).toEqual({ file: 'test.bridge', line: 6, column: 5 });
  });
  it('makes no plan of a program with an error, and one of a program with warnings', () => {
    expect(analyseText(itemWith('  fields { Nothing -> summary }')).plan).toBeUndefined();
    expect(planOf('  fields { Subject -> summary }').mappings).toHaveLength(1);
  });
});
