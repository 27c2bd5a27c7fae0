import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVERYTHING_YAML } from '../testing.ts';
import { applied, indentedBy, isIdle, linesOf } from './mends.ts';
import { movesOf } from './moved.ts';

const folder = new URL('../../examples/', import.meta.url);
const examples = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.bridge.yaml'))
  .map(path => [path, readFileSync(new URL(path, folder), 'utf8')] as const);

describe('a moved line', () => {
  it.each([['every construct', EVERYTHING_YAML] as const, ...examples])(
    'L-1 of %s is found, moved by whatever, and no other line is taken for it',
    (_, sound) => {
      const lines = linesOf(sound);
      expect(movesOf(lines)).toEqual([]);
      let moved = 0;
      let found = 0;
      for (const [at, line] of lines.entries()) {
        for (const width of [-4, -2, -1, 1, 2, 4].map(by => line.indent + by)) {
          if (isIdle(line) || width < 0) continue;
          moved++;
          const moves = movesOf(linesOf(applied(sound, indentedBy(line, width).edits)));
          // Where the line is as much at home, only what it says can tell.
          if (moves.length === 0) continue;
          expect(moves).toContainEqual(expect.objectContaining({ line: at, width: line.indent }));
          found++;
        }
      }
      expect(found / moved).toBeGreaterThan(0.95);
    },
  );

  it('is looked for in bounded time, whatever the text is', () => {
    const hostile = Array.from({ length: 50_000 }, (_, n) => `${' '.repeat(n % 97)}- a${n}:`).join('\n');
    expect(movesOf(linesOf(hostile)).length).toBeLessThan(5);
  });
});
