import { describe, expect, it } from 'vitest';
import { metadata } from '../../test/kit/metadata.ts';
import { createLookup } from './lookup.ts';

const lookup = createLookup(metadata);
const sup = lookup.project('SUP')!;
const incident = lookup.issueType(sup, 'Incident')!;

describe('look-up', () => {
  it('finds API names in any case', () => {
    const object = lookup.object('cASE')!;
    expect(object.name).toBe('Case');
    expect(lookup.field(object, 'notes__C')?.name).toBe('Notes__c');
    expect(lookup.relationship(object, 'account')?.name).toBe('AccountId');
  });
  it('finds display names in any case, without outer blanks, and Jira keys exactly', () => {
    expect(lookup.issueType(sup, ' incident ')?.name).toBe('Incident');
    expect(lookup.status(incident, 'in progress')?.name).toBe('In Progress');
    expect(lookup.project('sup')).toBeUndefined();
  });
  it('finds a Jira field by id before it looks at names', () => {
    expect(lookup.jiraFields('customfield_10044').map(({ id }) => id)).toEqual(['customfield_10044']);
    expect(lookup.jiraFields('twin').map(({ id }) => id)).toEqual(['customfield_10044', 'customfield_10045']);
    expect(lookup.jiraFields('SUMMARY').map(({ id }) => id)).toEqual(['summary']);
    expect(lookup.jiraFields('nothing')).toEqual([]);
  });
});
