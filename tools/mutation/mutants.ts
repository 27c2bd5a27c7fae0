/** What a run changes: Stryker's instrumenter writes every change into the file beside what stands there, and a switch before it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

interface Place {
  /** Both from 0. */
  readonly line: number;
  readonly column: number;
}
export interface Mutant {
  readonly id: string;
  readonly fileName: string;
  readonly mutatorName: string;
  readonly replacement: string;
  readonly location: { readonly start: Place; readonly end: Place };
}
interface File {
  readonly name: string;
  readonly content: string;
}
export interface Instrumented {
  readonly files: readonly File[];
  readonly mutants: readonly Mutant[];
}

/** As far as it is used. Its own types are there only once it is installed. */
interface Instrumenter {
  instrument(
    files: readonly (File & { readonly mutate: true | readonly Mutant['location'][] })[],
    options: { readonly plugins: null; readonly excludedMutations: readonly string[]; readonly ignorers: readonly [] },
  ): Promise<Instrumented>;
}

/** `file.ts` or `file.ts:40-80`. */
export async function mutantsOf(root: string, wanted: readonly string[]): Promise<Instrumented> {
  if (!existsSync(join(here, 'node_modules'))) {
    const install = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', install, { cwd: here, stdio: 'inherit' });
  }
  const name = '@stryker-mutator/instrumenter';
  const { Instrumenter } = (await import(name)) as { readonly Instrumenter: new (logger: object) => Instrumenter };
  const nothing = () => {};
  const logger = { debug: nothing, info: nothing, warn: console.error, isDebugEnabled: () => false };
  const files = wanted.map(one => {
    const [, path = one, from, to] = /^(.*?)(?::(\d+)-(\d+))?$/.exec(one)!;
    const lines = {
      start: { line: Number(from) - 1, column: 0 },
      end: { line: Number(to) - 1, column: Number.MAX_SAFE_INTEGER },
    };
    return {
      name: join(root, path),
      content: readFileSync(join(root, path), 'utf8'),
      mutate: from === undefined ? (true as const) : [lines],
    };
  });
  return new Instrumenter(logger).instrument(files, { plugins: null, excludedMutations: [], ignorers: [] });
}
