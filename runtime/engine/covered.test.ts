import { describe, expect, it } from 'vitest';
import { changeOf } from '../../test/kit/changes.ts';
import type { JiraFieldChange } from '../ports.ts';
import { coveredEdit, editedSince } from './covered.ts';

const change = (author: string, at: number) => changeOf('summary', author, at, `${author} ${at}`);

describe('S-11 what a write went over in Jira', () => {
  it.each<[string, readonly JiraFieldChange[], string | undefined]>([
    ['is an edit between the look and the write', [change('ann', 101), change('app', 102)], 'ann 101'],
    ['is the last of several', [change('ann', 101), change('bo', 102), change('app', 103)], 'bo 102'],
    ['is nothing that the look saw', [change('ann', 100), change('app', 102)], undefined],
    ['is nothing that came after', [change('app', 102), change('ann', 103)], undefined],
    ['is nothing of its own', [change('app', 101), change('app', 102)], undefined],
    ['is nothing when the field had not changed before', [change('app', 102)], undefined],
    ['is nothing when the field never changed', [], undefined],
    ['is nothing when the write did not change it', [change('ann', 101), change('bo', 102)], undefined],
  ])('%s', (_, changes, covered) => {
    expect(coveredEdit(changes, 'app', 100)?.toString).toBe(covered);
  });
});

describe('I15 an edit in Jira since the last look', () => {
  it.each<[string, readonly JiraFieldChange[], boolean]>([
    ['is the last change, by a person', [change('app', 101), change('ann', 102)], true],
    ['is none that the look saw', [change('ann', 100)], false],
    ['is none of the app’s own', [change('ann', 101), change('app', 102)], false],
    ['is none where nothing ever changed', [], false],
  ])('%s', (_, changes, edited) => {
    expect(editedSince(changes, 'app', 100)).toBe(edited);
  });
});
