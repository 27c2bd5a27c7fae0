import { describe, expect, it } from 'vitest';
import { analyseText, itemWith } from '../../test/kit/check.ts';
import { explainCost } from './explain-cost.ts';

const said = (text: string): readonly string[] => {
  const { plan } = analyseText(text);
  return explainCost(plan!.items.at(-1)!, plan!).sentences.map(sentence => sentence.text);
};

describe('the cost of an item in plain sentences', () => {
  it('names what it asks for in a cycle, what it shares, and what a change costs', () => {
    const other = 'item cases "Cases" {\n  salesforce Case\n  jira SUP / "Incident"\n  sync custom\n}\n';
    expect(said(other + itemWith('  comments on\n  fields { Notes__c <- "Resolution notes" }'))).toEqual([
      'A cycle asks Salesforce for Case (together with cases), CaseComment, FeedComment and FeedItem.',
      'The whole program makes 4 queries in a cycle, 5 to a call: 1 call every five minutes, 288 calls a day.',
      'Beside that, at most: a changed record costs 3 Salesforce calls and 4 Jira points; a changed issue costs 7 Salesforce calls and 8 Jira points.',
      "Once an hour a search of Jira for events that got lost, and once a day a look at every link, 250 in a cycle: each takes at most 5 % of Jira's points of the hour, so beyond 72,000 links that look takes more than a day.",
    ]);
  });
  it('is nothing on the schedule for what is only shown', () => {
    expect(
      said('item cards "Cards" {\n  salesforce Case\n  jira SUP\n  sync display-only\n  show CaseNumber\n}'),
    ).toEqual(['Nothing on the schedule: a card reads its record when somebody looks at the issue.']);
  });
});
