import { describe, expect, it } from 'vitest';
import { expectFindings, itemWith } from '../../../test/kit/check.ts';

const task = 'jira SUP / "Task"\n  ';
const rule = (first: string, second: string) =>
  itemWith(`  ${task}when Origin is "Web" move to ${first}\n  otherwise move to ${second}`);

describe('a status that a move cannot reach', () => {
  it('S-6 is reported with the statuses that do not lead to it', () => {
    const [found] = expectFindings(rule('~~"Done"~~', '"Done"'), ['unreachable-status']);
    expect(found?.severity).toBe('warning');
    expect(found?.message).toBe('no transition leads from `To Do` or `Waiting` to `Done`');
  });
  it('S-6 from nowhere says so', () => {
    const [, found] = expectFindings(rule('~~"To Do"~~', '~~"Waiting"~~'), [
      'unreachable-status',
      'unreachable-status',
    ]);
    expect(found?.message).toBe('no transition leads to `Waiting`, from any status');
  });
  it('counts in the rows of a status table that lead to Jira', () => {
    const rows = '"New" <- "To Do" "Working" <-> ~~"In Progress"~~';
    expectFindings(itemWith(`  ${task}status Status { ${rows} otherwise keep }`), ['unreachable-status']);
  });
  it('counts where status sync matches it, when nothing leads to it at all', () => {
    const [found] = expectFindings(itemWith(`  ${task}~~status~~ Status`), ['unreachable-status'], {
      besides: ['status-matches', 'status-not-covered'],
    });
    expect(found?.message).toBe('no transition leads to `To Do`, from any status');
  });
  it('is fine where every status leads to it', () => {
    expectFindings(itemWith('  when Origin is "Web" move to "Done"\n  otherwise move to "To Do"'), []);
  });
  it('is not claimed without edges: a hint says so, once', () => {
    const item = (id: string, mark: string) =>
      `item ${id} "I" { salesforce Case jira OPS / "Task" sync custom when Origin is "Web" move to ${mark}"Done"${mark} otherwise leave }\n`;
    const [found] = expectFindings(item('a', '~~') + item('b', ''), ['transitions-not-known']);
    expect(found?.severity).toBe('hint');
  });
});
