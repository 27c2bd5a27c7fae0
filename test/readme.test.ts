/** The README's program, played as the README tells it: what each write says of itself there is what it says. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type App, openApp } from './kit/app.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [program, told] = ['bridge', 'text'].map(
  info => new RegExp(`^\`\`\`${info}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readme)![1]!,
);

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.world.stop());

it('S-1 S-11 says of the first program what it then writes, and which line asked for it', async () => {
  await app.program(`${program}\nvalues severity { "High" <-> "High" otherwise keep }\n`);
  const AccountId = app.create('Account', { Name: 'Korvex Systems', Rating: 'Hot' });
  app.create('Case', { Subject: 'Printer on fire', Priority: 'High', AccountId });
  await app.world.cycle();
  await app.jira('agent', 'PUT', '/issue/SUP-1', { fields: { summary: 'Mine' } });
  await app.world.cycle();
  const { journal } = (await app.world.state()) as unknown as {
    journal: readonly Readonly<Record<'side' | 'outcome' | 'what' | 'from' | 'to' | 'reason' | 'source', string>>[];
  };
  const lines = journal
    .filter(({ side }) => side === 'jira')
    .map(({ outcome, what, from, to, reason, source }) => {
      const values = from === undefined ? to : `${from} → ${to}`;
      return `${outcome.padEnd(8)} ${what.padEnd(8)} ${(values ?? '').padEnd(22)} line ${source.split(':')[1]}: ${reason}`;
    })
    .reverse();
  expect(`${lines.join('\n')}\n`).toBe(told);
});
