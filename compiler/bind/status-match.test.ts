import { describe, expect, it } from 'vitest';
import { matchStatuses } from './status-match.ts';

const values = (...names: string[]) =>
  names.map(name => ({
    value: name,
    label: name,
    active: true,
    ...(name.startsWith('Closed') ? { closed: true } : {}),
  }));
const statuses = (...names: string[]) =>
  names.map((name, n) => ({
    id: String(n),
    name,
    category: /Done|Closed/.test(name) ? ('done' as const) : ('new' as const),
  }));
const none = new Set<string>();

describe('closest safe matches', () => {
  it('S-4 are the same words, the same stage, or the only end', () => {
    const matches = matchStatuses(
      values('New', 'in-progress', 'Closed - Lost'),
      statuses('To Do', 'In Progress', 'Done'),
      none,
      none,
    );
    expect(matches.toJira).toEqual([
      { from: 'New', to: 'To Do' },
      { from: 'in-progress', to: 'In Progress' },
      { from: 'Closed - Lost', to: 'Done' },
    ]);
    expect(matches.unmatchedStatuses).toEqual([]);
  });
  it('S-4 are never a guess between two', () => {
    const matches = matchStatuses(values('New', 'Open', 'Closed A', 'Closed B'), statuses('To Do', 'Done'), none, none);
    expect(matches.toJira).toEqual([]);
    expect(matches.toSalesforce).toEqual([]);
    expect(matches.unmatchedValues).toEqual(['New', 'Open', 'Closed A', 'Closed B']);
  });
  it('leave alone what a row decides, in its direction', () => {
    const matches = matchStatuses(values('New', 'Closed'), statuses('To Do', 'Done'), new Set(['new']), none);
    expect(matches.toJira.map(({ from }) => from)).toEqual(['Closed']);
    expect(matches.toSalesforce.map(({ from }) => from)).toEqual(['To Do', 'Done']);
  });
});
