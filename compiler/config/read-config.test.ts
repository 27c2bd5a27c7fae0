import { describe, expect, it } from 'vitest';
import { createSourceFile } from '../../dsl/index.ts';
import { applyFix, readMarks } from '../../test/kit/check.ts';
import { configName } from './config.ts';
import { readConfig } from './read-config.ts';

function read(source: string) {
  const { text, marks } = readMarks(source);
  const { config, diagnostics } = readConfig(createSourceFile(configName, text));
  const found = diagnostics.map(({ code, span, message }) => ({ code, at: text.slice(span.start, span.end), message }));
  return { text, marks, config, diagnostics, found };
}

describe('the configuration file', () => {
  it('L-2 says where the metadata lies, what a program may cost, and how far a change may reach', () => {
    const { config, found } = read(
      'metadata: ../metadata.lock.json\nbudget: { salesforceCallsPerDay: 20000, jiraPointsPerHour: 5000, changesPerHour: 60 }\nguard:\n  links: 100\n  share: 50 %\n  newIssues: 0\n',
    );
    expect(found).toEqual([]);
    expect(config.metadata?.value).toBe('../metadata.lock.json');
    const values = (some: object) => Object.entries(some).map(([key, { value }]) => [key, value]);
    expect(values(config.budget)).toEqual([
      ['salesforceCallsPerDay', 20_000],
      ['jiraPointsPerHour', 5000],
      ['changesPerHour', 60],
    ]);
    expect(values(config.guard)).toEqual([
      ['links', 100],
      ['share', 50],
      ['newIssues', 0],
    ]);
  });

  it.each(['', '# nothing yet\n', 'budget:\nguard:\n'])('may be empty: %j', text => {
    const { config, found } = read(text);
    expect([found, config.budget, config.guard]).toEqual([[], {}, {}]);
  });

  it.each<[string, string, string]>([
    ['~~budgets~~: { changesPerHour: 1 }', 'yaml-unknown-key', 'budget: { changesPerHour: 1 }'],
    ['budget: { ~~salesforceCalls~~: 1 }', 'yaml-unknown-key', ''],
    [
      'budget:\n  salesforceCallsPerDay: ~~20,000~~',
      'config-not-this-number',
      'budget:\n  salesforceCallsPerDay: 20000',
    ],
    ['budget:\n  changesPerHour: ~~-1~~', 'config-not-this-number', ''],
    ['budget:\n  changesPerHour: ~~1.5~~', 'config-not-this-number', ''],
    ['guard:\n  share: ~~130%~~', 'config-not-this-number', ''],
    ['guard:\n  links: ~~30%~~', 'config-not-this-number', ''],
    ['guard: { links: 1, ~~links~~: 2 }', 'yaml-duplicate-key', ''],
    ['guard: ~~[links]~~', 'yaml-wrong-kind', ''],
    ['guard:\n  links: ~~[1]~~', 'yaml-wrong-kind', ''],
    ['~~metadata~~:\n', 'yaml-no-text', ''],
    ['guard: ~~{~~', 'yaml-syntax', ''],
  ])('L-2 says of `%s` where and why', (source, code, fixed) => {
    const { text, marks, found, diagnostics } = read(source);
    if (code === 'yaml-syntax') {
      expect(found[0]?.code).toBe(code);
      return;
    }
    expect(found[0]).toMatchObject({ code, at: text.slice(marks[0]!.start, marks[0]!.end) });
    if (fixed !== '') expect(applyFix(text, diagnostics[0]!.fixes[0]!)).toBe(fixed);
  });

  it('keeps what is right when something else is wrong', () => {
    const { config } = read('guard:\n  links: many\n  share: 10%\n');
    expect(config.guard).toMatchObject({ share: { value: 10 } });
    expect(config.guard.links).toBeUndefined();
  });

  it('is bounded by the same limits as a program', () => {
    const bomb = `a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nguard: [*c,*c,*c,*c]`;
    expect(read(bomb).found.map(({ code }) => code)).toContain('yaml-alias');
    expect(read('x'.repeat(11 * 1024 * 1024)).found[0]?.code).toBe('file-too-large');
  });
});
