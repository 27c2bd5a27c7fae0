import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Watermark } from '../ports.ts';
import { advance, byStamp, freshRows, overlapMs, readFrom, type Stamped, stampKey, unsettledMs } from './watermark.ts';

const minute = 60_000;

/** An edit: stamped at one moment, committed up to ten minutes later. */
const edits = fc.array(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    at: fc.integer({ min: 0, max: 60 * minute }),
    heldBack: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: overlapMs - 5_000 })),
  }),
  { maxLength: 12 },
);

describe('the watermark', () => {
  it('I11 brings every committed edit before the run, however late it was committed, whatever failed and wherever reading stopped', () => {
    const failing = fc.func<[string, number], boolean>(fc.boolean());
    /** Rows that a cycle gets to read before it has to stop. */
    const most = fc.func<[number], number>(fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(
        edits,
        fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 8, maxLength: 20 }),
        failing,
        most,
        (all, gaps, fails, mostIn) => {
          let watermark: Watermark = { until: 0, handled: [] };
          let now = 0;
          const seen = new Map<string, number>();
          [...gaps, 90, 10, 10].forEach((gap, cycle) => {
            now += gap * minute;
            // A record has one stamp: that of its last committed edit.
            const rows = new Map<string, Stamped>();
            for (const { id, at, heldBack } of [...all].sort((a, b) => a.at + a.heldBack - b.at - b.heldBack)) {
              const stamp = Math.floor(at / 1000) * 1000;
              if (at + heldBack <= now) rows.set(id, { id, stamp: Math.max(stamp, rows.get(id)?.stamp ?? 0) });
            }
            const there = [...rows.values()].filter(({ stamp }) => stamp >= readFrom(watermark)).sort(byStamp);
            const read = cycle < gaps.length ? there.slice(0, mostIn(cycle)) : there;
            const unreadFrom = read.length < there.length ? read.at(-1)!.stamp : undefined;
            const unhandled = new Set<string>();
            for (const row of freshRows(read, watermark)) {
              if (cycle < gaps.length && fails(stampKey(row), cycle)) unhandled.add(stampKey(row));
              else seen.set(row.id, Math.max(row.stamp, seen.get(row.id) ?? 0));
            }
            const next = advance(watermark, read, unhandled, now, unreadFrom);
            const held = [...[...unhandled].map(stampOf), unreadFrom ?? watermark.until];
            expect(next.until).toBeGreaterThanOrEqual(Math.min(watermark.until, ...held));
            for (const key of unhandled) expect(next.until).toBeLessThanOrEqual(stampOf(key));
            watermark = next;
          });
          for (const id of new Set(all.map(edit => edit.id))) {
            const last = Math.max(...all.filter(edit => edit.id === id).map(({ at }) => Math.floor(at / 1000) * 1000));
            expect([id, seen.get(id)]).toEqual([id, last]);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives rows once, by stamp and id, and forgets those that can no longer come', () => {
    const rows = [
      { id: 'b', stamp: 20 * minute },
      { id: 'a', stamp: 20 * minute },
      { id: 'a', stamp: 20 * minute },
    ];
    const before: Watermark = { until: 21 * minute, handled: [] };
    expect(freshRows(rows, before).map(stampKey)).toEqual([`a@${20 * minute}`, `b@${20 * minute}`]);
    const after = advance(before, rows, new Set(), 25 * minute);
    expect(freshRows(rows, after)).toEqual([]);
    expect(advance(after, [], new Set(), 60 * minute)).toEqual({ until: 60 * minute, handled: [] });
  });

  it('I11 gives rows that share a second by their ids, however they came', () => {
    const rows = ['a', 'b', 'c', 'd'].flatMap(id => [0, 1000].map(stamp => ({ id, stamp })));
    const ordered = [0, 1000].flatMap(stamp => ['a', 'b', 'c', 'd'].map(id => ({ id, stamp })));
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), shuffled => {
        expect(freshRows(shuffled, { until: 0, handled: [] })).toEqual(ordered);
      }),
    );
  });

  it('I11 knows what was handled for as long as it is read again, also where reading stopped before it', () => {
    const [until, from] = [25 * minute, 15 * minute];
    const handled = ['b@1200000', `a@${from}`, `a@${from - 1000}`];
    const kept = advance({ until: 21 * minute, handled }, [], new Set(), until);
    expect(kept).toEqual({ until, handled: [`a@${from}`, 'b@1200000'] });
    const rows = [from - 1000, from, from + 1000].map(stamp => ({ id: 'c', stamp }));
    const added = advance({ until: 21 * minute, handled: [] }, rows, new Set(), until);
    expect(added.handled).toEqual([`c@${from}`, `c@${from + 1000}`]);
  });

  it('reads a row once more that could still change within its second', () => {
    const row = { id: 'a', stamp: 20 * minute };
    const after = advance({ until: 0, handled: [] }, [row], new Set(), row.stamp + 900);
    expect(freshRows([row], after)).toEqual([row]);
    for (const [age, again] of [
      [unsettledMs, [row]],
      [unsettledMs + 1, []],
    ] as const) {
      expect(freshRows([row], advance({ until: 0, handled: [] }, [row], new Set(), row.stamp + age))).toEqual(again);
    }
  });
});

const stampOf = (key: string) => Number(key.slice(key.indexOf('@') + 1));
