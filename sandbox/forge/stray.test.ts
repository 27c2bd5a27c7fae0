/** A promise that nobody waits for must not end the process, as it would end Node by itself. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const here = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));

function run(handler: string) {
  const script = `
    import { manualClock } from ${here('./clock.ts')};
    import { createForgeHost } from ${here('./host.ts')};
    const host = await createForgeHost({
      clock: manualClock(0), jiraBaseUrl: 'https://demo.atlassian.net',
      jira: { fetch: () => new Response() }, salesforce: { fetch: () => new Response() },
      loadHandlers: async () => ({ adminResolver: ${handler} }),
      onTrouble: line => console.log(line),
    });
    const ending = await host.invoke({ module: 'admin', function: 'do', payload: {}, accountId: 'a' });
    await new Promise(done => setTimeout(done, 50));
    console.log(ending.kind);
    Promise.reject(new Error('the sandbox’s own'));
  `;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
}

it('contains what the app leaves behind, and still stops at the sandbox’s own mistakes', () => {
  const { stdout, stderr, status } = run(`() => { Promise.reject(new Error('stray')); return 1; }`);
  expect(stdout.trim().split('\n')).toEqual([
    'admin do: a promise was rejected and nobody looked: Error: stray',
    'returned',
  ]);
  expect(status).not.toBe(0);
  expect(stderr).toContain('the sandbox’s own');
});
