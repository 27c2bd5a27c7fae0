import { describe, expect, it } from 'vitest';
import { createSourceFile } from '../../../dsl/index.ts';
import { readMarks } from '../../../test/kit/check.ts';
import { metadata as org } from '../../../test/kit/metadata.ts';
import { analyse } from '../../analysis.ts';
import { configName } from '../../config/config.ts';

const item = (id: string, object: string, clauses = ''): string =>
  `item ${id} "I" {\n  salesforce ${object}\n  jira SUP / "Incident"\n  sync custom\n  ${clauses}\n}\n`;
const everything = item('cases', 'Case', 'comments on\n  attachments on\n  fields { Notes__c <- "Resolution notes" }');

/** Findings about cost, with what they underline. */
function findings(program: string, config: string, dailyApiRequests: number | undefined = 100_000) {
  const { text, marks } = readMarks(config);
  const { dailyApiRequests: _, ...salesforce } = org.salesforce;
  const metadata = {
    ...org,
    salesforce: { ...salesforce, ...(dailyApiRequests === undefined ? {} : { dailyApiRequests }) },
  };
  const files = [createSourceFile('test.bridge', program), createSourceFile(configName, text)];
  const found = analyse(files, metadata).diagnostics.filter(({ code }) => code.startsWith('over-'));
  return { found, marked: marks.map(({ start, end }) => text.slice(start, end)) };
}
const shown = ({ found }: ReturnType<typeof findings>) =>
  found.map(({ code, file, span }) => [code, file.text.slice(span.start, span.end)]);

describe('what a program costs', () => {
  it('is an error over the declared calls of a day, at the budget, with the queries of a cycle', () => {
    const over = findings(everything, 'budget: { salesforceCallsPerDay: ~~287~~ }');
    expect(shown(over)).toEqual([['over-call-budget', over.marked[0]]]);
    const [found] = over.found;
    expect(found?.severity).toBe('error');
    expect(found?.message).toBe('the program makes at least 288 Salesforce calls a day, and its budget is 287');
    expect(found?.reason).toBe(
      'a cycle asks for `Case`, `CaseComment`, `ContentVersion`, `FeedComment` and `FeedItem` in 1 call, every five minutes, also when nothing changes; the daily look at every link comes on top, with at most a call for 250 of them',
    );
    expect(found?.related.map(({ message }) => message)).toContain('asks for `Case`');
    expect(shown(findings(everything, 'budget: { salesforceCallsPerDay: 288 }'))).toEqual([]);
  });

  it('counts one query for all items of an object, and five queries to a call', () => {
    const six = everything + item('accounts', 'Account');
    expect(findings(six, 'budget: { salesforceCallsPerDay: 1 }').found[0]?.message).toMatch(/ 576 Salesforce/);
    const twice = everything + item('more-cases', 'Case', 'comments on');
    expect(findings(twice, 'budget: { salesforceCallsPerDay: 1 }').found[0]?.message).toMatch(/ 288 Salesforce/);
  });

  it('counts what changes, where the configuration says how much that is', () => {
    const config = (points: number) => `budget: { changesPerHour: 10, jiraPointsPerHour: ~~${points}~~ }`;
    const over = findings(everything, config(1));
    expect(shown(over)).toEqual([['over-point-budget', '1']]);
    expect(over.found[0]?.reason).toMatch(
      /^10 changes an hour cost up to \d+ points each; the hourly and the daily look come on top/,
    );
    expect(shown(findings(everything, config(10_000)))).toEqual([]);
    expect(findings(everything, 'budget: { changesPerHour: 10, salesforceCallsPerDay: 300 }').found[0]?.reason).toMatch(
      /, and 10 changes an hour cost the rest; the daily look/,
    );
  });

  it('is a warning over what the org allows, at what brings it there', () => {
    const idle = findings(everything, '', 200);
    expect(shown(idle)).toEqual([['over-daily-limit', 'salesforce']]);
    expect(idle.found[0]?.severity).toBe('warning');
    expect(shown(findings(everything, 'budget:\n  changesPerHour: ~~100~~', 1000))).toEqual([
      ['over-daily-limit', '100'],
    ]);
    expect(shown(findings(everything, '', 288))).toEqual([]);
  });

  it('of display-only items is nothing', () => {
    const shownOnly =
      'item cards "Cards" {\n  salesforce Case\n  jira SUP\n  sync display-only\n  show CaseNumber\n}\n';
    expect(shown(findings(shownOnly, 'budget: { salesforceCallsPerDay: 0 }', 1))).toEqual([]);
  });
});
