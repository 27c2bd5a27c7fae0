/** When the page asks whether there is another run, and when it reads again what it shows. */
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../bridge/contract.ts';
import { createNews } from './news.ts';

const minute = 60_000;
const run = (id: string, startedAt: number, cause: RunSummary['cause'] = 'schedule'): RunSummary => ({
  id,
  cause,
  startedAt,
  endedAt: startedAt + 1000,
  items: {},
});

function page(begin: readonly RunSummary[] | undefined) {
  const looks: boolean[] = [];
  const at = { now: 0, runs: begin };
  const news = createNews({
    runs: async () => {
      if (at.runs === undefined) throw new Error('no answer');
      return at.runs;
    },
    look: async ran => looks.push(ran),
    now: () => at.now,
    elapsed: () => at.now,
  });
  return { at, looks, news };
}

describe('the admin page', () => {
  it('I-6 reads the table again as soon as a run has ended, and every ten seconds for what others do', async () => {
    const { at, looks, news } = page([run('1', -minute)]);
    await news.turn();
    at.now = 2000;
    await news.turn();
    expect(looks).toEqual([]);
    at.runs = [run('2', 1000), run('1', -minute)];
    await news.turn();
    expect(looks).toEqual([true]);
    at.now = 11_000;
    await news.turn();
    expect(looks).toHaveLength(1);
    at.now = 12_000;
    await news.turn();
    at.runs = undefined;
    at.now = 30_000;
    await news.turn();
    expect(looks).toEqual([true, false, false]);
  });

  it.each<[when: string, runs: readonly RunSummary[], changedAt: number, pauseMs: number]>([
    ['between two cycles', [run('1', -2 * minute)], -100 * minute, 10_000],
    ['when the next cycle is due', [run('2', -minute, 'event'), run('1', -5 * minute)], -100 * minute, 2000],
    ['when no cycle came', [run('1', -7 * minute)], -100 * minute, 10_000],
    ['after a change by hand', [run('1', -2 * minute)], -minute / 2, 2000],
    ['some time after it', [run('1', -2 * minute)], -2 * minute, 10_000],
    ['before the first cycle of a new program', [], -4 * minute, 2000],
    ['where none ever came', [], -7 * minute, 10_000],
  ])('I-6 asks for another run %s', async (_, runs, changedAt, pauseMs) => {
    const { news } = page(runs);
    await news.turn();
    expect(news.pauseMs(changedAt)).toBe(pauseMs);
  });
});
