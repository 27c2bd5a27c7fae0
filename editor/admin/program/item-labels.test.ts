import { describe, expect, it } from 'vitest';
import { itemLabel } from './item-labels.ts';

const head = (name: string, path: string, id: string) => ({ name, path, id, span: { start: 0, end: 0 }, line: 1 });

describe('in the list of items', () => {
  it('A-2 an item is called by its name, and those of one name begin with what tells them apart', () => {
    const all = [
      head('Support cases', 'a.bridge', 'cases'),
      head('Breakdowns', 'new-item.bridge', 'new-item'),
      head('Breakdowns', 'machines.bridge', 'machines'),
      head('Leads', 'b.bridge', 'leads'),
      head('Leads', 'b.bridge', 'old-leads'),
    ];
    expect(all.map(each => itemLabel(each, all))).toEqual([
      'Support cases — a.bridge',
      'new-item.bridge — Breakdowns',
      'machines.bridge — Breakdowns',
      'leads — Leads, b.bridge',
      'old-leads — Leads, b.bridge',
    ]);
  });
});
