/** What docs/sandbox.md says is there is there, and what is there stands in it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sandbox as command } from '../compiler/cli/commands/sandbox.ts';
import { conditionNames } from '../sandbox/conditions.ts';
import { createControl } from '../sandbox/control.ts';
import { callEffects, eventEffects, faultsProblem } from '../sandbox/forge/faults.ts';
import { createJira } from '../sandbox/jira/index.ts';
import { usage } from '../sandbox/main.ts';
import { createSalesforce } from '../sandbox/salesforce/index.ts';
import type { World } from '../sandbox/world.ts';
import { openOutside } from './kit/outside.ts';

const text = readFileSync(new URL('../docs/sandbox.md', import.meta.url), 'utf8');
const section = (title: string): string => text.split(/^## /m).find(part => part.startsWith(title)) ?? '';
/** What stands in backticks in the first column of a section's table. */
const firstColumn = (title: string): readonly string[] =>
  [...section(title).matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([^`]+)`/g)].map(([, word]) => word!),
  );
const block = (title: string, language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(section(title))?.[1] ?? '';
const lines = (title: string): readonly string[] => block(title, '').trim().split('\n').sort();
const clock = { now: () => Date.UTC(2026, 10, 23) };

describe('docs/sandbox.md', () => {
  it('names the flags of the command', () => {
    const flags = firstColumn('Start').flatMap(cell => /^--\w+/.exec(cell)?.[0] ?? []);
    for (const flag of flags.filter(one => one !== '--metadata')) expect(usage).toContain(flag);
    expect(
      Object.keys(command.options)
        .map(name => `--${name}`)
        .sort(),
    ).toEqual(flags.filter(flag => flag !== '--verbose').sort());
  });

  it('names every endpoint of the control API', () => {
    const routes = createControl({} as World).routes.map(({ method, path }) => `${method} /control${path}`);
    expect([...firstColumn('The control API')].sort()).toEqual([...new Set(routes)].sort());
  });

  it('names every fault and every condition', () => {
    expect([...firstColumn('Faults')].sort()).toEqual([...callEffects, ...eventEffects].sort());
    expect([...firstColumn('Conditions')].sort()).toEqual([...conditionNames].sort());
  });

  it('names every resource of both sides', () => {
    expect(lines('The local Salesforce')).toEqual([...createSalesforce({ clock, empty: true }).resources].sort());
    const operations = createJira({ clock, empty: true }).operations.map(one => one.replace(/\{[^}]*\}/g, ''));
    expect(lines('The local Jira')).toEqual([...operations].sort());
  });

  it('shows examples that hold, and the people that there are', async () => {
    expect(faultsProblem(JSON.parse(block('Faults', 'json')))).toBeUndefined();
    const outside = await openOutside({ empty: true });
    try {
      const conditions = JSON.parse(block('Conditions', 'json')) as unknown;
      expect(await outside.control('PUT', '/control/conditions', conditions)).toEqual({ ok: true });
      const people = [...section('Sign in').matchAll(/^\| (\w+) \| (\S+@\S+) \|/gm)];
      expect(people.map(([, role, email]) => ({ role, email }))).toEqual(
        outside.sandbox.jiraUsers.map(({ role, email }) => ({ role, email })),
      );
    } finally {
      await outside.stop();
    }
  });
});
