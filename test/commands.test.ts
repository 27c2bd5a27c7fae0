/** The commands of who works on the bridge: a slip of the pen is answered in words, before anything is done. */
import { execFile } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

interface Answer {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

const run = (command: string): Promise<Answer> =>
  new Promise(resolve => {
    execFile(process.execPath, command.split(' '), { cwd: root }, (failure, out, error) =>
      resolve({ status: failure === null ? 0 : Number(failure.code), out, error }),
    );
  });

const simulate = 'test/simulation/main.ts';
const sweep = 'test/simulation/sweep.ts';
const fuzz = 'test/fuzz/main.ts';
const slips = 'test/fuzz/slips.ts';
const mutate = 'tools/mutation/main.ts';

describe('a slip of the pen ends with 2, with what is wrong and how the command is written', () => {
  it.each([
    [`${simulate} --wolrds 5`, /^Unknown option '--wolrds'/, 'npm run simulate'],
    [`${simulate} --worlds many`, /^--worlds takes a whole number, not `many`$/, 'npm run simulate'],
    [`${simulate} --worlds 5 --seed -`, /^--seed takes a whole number or `fresh`, not `-`$/, 'npm run simulate'],
    [`${simulate} --processes 0`, /^--processes takes a whole number from 1 on, not `0`$/, 'npm run simulate'],
    [`${simulate} --minutes soon`, /^--minutes takes a number, not `soon`$/, 'npm run simulate'],
    [`${simulate} --profile clam`, /^--profile takes some of calm, .*, not `clam`$/, 'npm run simulate'],
    [`${simulate} --replay {seed:1}`, /^--replay takes the JSON of a story/, 'npm run simulate'],
    [`${simulate} --replay {"seed":1}`, /^--replay takes the JSON of a story/, 'npm run simulate'],
    [`${simulate} --replay null`, /^--replay takes the JSON of a story/, 'npm run simulate'],
    [`${sweep} --worlds many`, /^--worlds takes a whole number, not `many`$/, 'npm run simulate:bugs'],
    [`${sweep} --profile clam`, /^--profile takes some of calm, .*, not `clam`$/, 'npm run simulate:bugs'],
    [`${sweep} no-such-bug`, /^no planted bug is called `no-such-bug`$/, 'npm run simulate:bugs'],
    [`${fuzz} --minutes soon`, /^--minutes takes a number, not `soon`$/, 'npm run fuzz'],
    [`${slips} no-such-example`, /^no example is called `no-such-example`$/, 'npm run fuzz:slips'],
    [`${mutate} --loud x.ts`, /^Unknown option '--loud'/, 'npm run mutate'],
    [`${mutate} runtime/no.ts`, /^there is no `runtime\/no.ts`$/, 'npm run mutate'],
    [mutate, /^which files\?$/, 'npm run mutate'],
  ])('%s', async (command, problem, usage) => {
    const { status, out, error } = await run(command);
    const [first, ...rest] = error.split('\n');
    expect({ status, out, first }).toEqual({ status: 2, out: '', first: expect.stringMatching(problem) });
    expect(rest[0]).toMatch(`usage: ${usage}`);
    expect(error).not.toContain('    at ');
  });
});

it.each([simulate, sweep, fuzz, slips, mutate])('%s --help says how it is written', async command => {
  const { status, out, error } = await run(`${command} --help`);
  expect({ status, error }).toEqual({ status: 0, error: '' });
  expect(out).toMatch(/^usage: npm run /);
});
