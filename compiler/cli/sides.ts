/** What a command line of `diff` compares: from its arguments to two sides, each a place on disk or in git. */
import { failure } from './command.ts';
import type { Host } from './host.ts';
import { readable, standardInput } from './paths.ts';
import { isRevision } from './revision.ts';

export interface Side {
  /** As messages call it. */
  readonly name: string;
  /** Absent for the files as they are. */
  readonly revision?: string;
  readonly paths: readonly string[];
}
export interface Compared {
  readonly before: Side;
  readonly after: Side;
  /** A program may be new, or gone: one side without it is an empty one. */
  readonly mayBeAbsent: boolean;
}

export async function comparedOf(args: readonly string[], host: Host): Promise<Compared> {
  const isPath = async (name: string) =>
    name === standardInput || /[*?[{]/.test(name) || (await readable(name, () => host.files.kind(name))) !== undefined;
  const [first, second, ...rest] = args;
  if (first === undefined) return betweenRevisions('HEAD', undefined, []);
  if (!(await isPath(first))) {
    const range = /^(.*?)(\.{2,3})(.*)$/.exec(first);
    if (range !== null) {
      const [, from = '', dots, to = ''] = range;
      const left = await known(from || 'HEAD', host);
      const right = to === '' ? undefined : await known(to, host);
      const start = dots === '...' ? await mergeBase(left, right ?? 'HEAD', host) : left;
      return betweenRevisions(start, right, args.slice(1));
    }
    if (await isRevision(first, host)) {
      const two = second !== undefined && !(await isPath(second)) && (await isRevision(second, host));
      return two ? betweenRevisions(first, second, rest) : betweenRevisions(first, undefined, args.slice(1));
    }
  }
  if (second === undefined) return betweenRevisions('HEAD', undefined, [first]);
  if (rest.length > 0) {
    throw failure(
      `diff compares two programs, and these are ${args.length} paths.`,
      'With a revision in front it compares what git had there: bridge diff HEAD PATHS…',
    );
  }
  return { before: await program(first, isPath, host), after: await program(second, isPath, host), mayBeAbsent: false };
}

const betweenRevisions = (from: string, to: string | undefined, paths: readonly string[]): Compared => {
  const where = paths.length === 0 ? ['.'] : paths;
  return {
    before: { name: `the program in ${from}`, revision: from, paths: where },
    after: {
      ...(to === undefined ? { name: 'the present program' } : { name: `the program in ${to}`, revision: to }),
      paths: where,
    },
    mayBeAbsent: true,
  };
};

/** A path, or `REV:PATH`. */
async function program(name: string, isPath: (name: string) => Promise<boolean>, host: Host): Promise<Side> {
  const colon = name.indexOf(':');
  if (colon > 0 && !(await isPath(name)) && (await isRevision(name.slice(0, colon), host)))
    return { name, revision: name.slice(0, colon), paths: [name.slice(colon + 1) || '.'] };
  return { name, paths: [name] };
}

async function known(name: string, host: Host): Promise<string> {
  if (await isRevision(name, host)) return name;
  throw failure(`git knows no revision ${name} here.`, 'bridge help diff shows what can be compared.');
}

async function mergeBase(a: string, b: string, host: Host): Promise<string> {
  const answer = await host.git(['merge-base', a, b]);
  if (answer.status === 0) return new TextDecoder().decode(answer.out).trim();
  throw failure(`${a} and ${b} have no commit in common.`, `Compare them as they are: bridge diff ${a}..${b}`);
}
