import { describe, expect, it } from 'vitest';
import { MAX_FINDINGS } from '../../dsl/limits.ts';
import { fileOf, itemWith } from '../../test/kit/check.ts';
import { metadata } from '../../test/kit/metadata.ts';
import { analyse } from '../analysis.ts';
import { createFindings } from './findings.ts';

const counted = (path: string, more: string, fields: number) => {
  const wrong = Array.from({ length: fields }, (_, n) => `    Wrong${n} -> summary`).join('\n');
  return fileOf(itemWith(`  ${more}\n  fields {\n${wrong}\n  }`).replace('item support', `item ${path[0]}`), path);
};

describe('very many findings', () => {
  it('L-1 of one kind about one file are listed up to the first thousand, and how many more there are', () => {
    const files = [counted('a.bridge', 'show Nothing\n  create of', MAX_FINDINGS + 1500), counted('b.bridge', '', 3)];
    const { diagnostics, plan } = analyse(files, metadata);
    const of = (path: string, code: string) =>
      diagnostics.filter(found => found.code === code && found.file.path === path);
    expect(of('a.bridge', 'unknown-field')).toHaveLength(MAX_FINDINGS);
    expect(of('a.bridge', 'unknown-field')[0]!.message).toContain('`Wrong0`');
    expect(of('a.bridge', 'unknown-word')).toHaveLength(1);
    expect(of('b.bridge', 'unknown-field')).toHaveLength(3);
    // Of the fields 1,501, and 1,499 of those that write the same field once more.
    expect(diagnostics.filter(({ code }) => code === 'more-findings')).toMatchObject([
      { file: { path: 'a.bridge' }, severity: 'hint', message: '3,000 more findings about this file are not listed' },
    ]);
    expect(plan).toBeUndefined();
  });

  it('are not worked out once that many are listed, and of two alike only one is kept', () => {
    const { report, all } = createFindings();
    const file = fileOf('');
    let worked = 0;
    const say = (name: string) =>
      report(file, { start: 0, end: 0 }, 'unknown-table', () => {
        worked++;
        return { holes: { name, near: [] } };
      });
    for (let n = 0; n < 5; n++) say('twice');
    for (let n = 0; n < 2 * MAX_FINDINGS; n++) say(`t${n}`);
    expect(worked).toBe(MAX_FINDINGS + 4);
    expect(all()).toHaveLength(MAX_FINDINGS + 1);
    expect(all().at(-1)!.message).toBe('1,001 more findings about this file are not listed');
  });

  it('fill in all that their sentences name, or the report does not compile', () => {
    const { report } = createFindings();
    const [file, span] = [fileOf(''), { start: 0, end: 0 }] as const;
    const wrong = [
      // @ts-expect-error The message has more holes.
      () => report(file, span, 'lossy-conversion', { from: 'x' }),
      // @ts-expect-error The help has one more.
      () => report(file, span, 'unknown-table', { name: 'x' }),
      // @ts-expect-error The same, where the words are worked out later.
      () => report(file, span, 'unknown-table', () => ({ holes: { name: 'x' } })),
    ];
    expect(wrong).toHaveLength(3);
  });
});
