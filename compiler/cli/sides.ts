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
  const isPath: IsPath = async name =>
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
  if (second === undefined) {
    const there = await inRevision(first, isPath, host);
    return there === undefined
      ? betweenRevisions('HEAD', undefined, [first])
      : betweenRevisions(there.revision, undefined, [there.path]);
  }
  if (rest.length > 0) {
    throw failure(
      `diff compares two programs, and these are ${args.length} paths.`,
      'With a revision in front it compares what git had there: bridge diff HEAD PATHS…',
    );
  }
  if (first === standardInput && second === standardInput)
    throw failure('standard input can be read once, and both sides are -.', 'Name a file for one of them.');
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
async function program(name: string, isPath: IsPath, host: Host): Promise<Side> {
  const there = await inRevision(name, isPath, host);
  if (there !== undefined) return { name, revision: there.revision, paths: [there.path] };
  if (!(await isPath(name)) && (await isRevision(name, host))) {
    throw failure(
      `${name} is a revision, and the other side is a path.`,
      `With the revision in front both are read below that path: bridge diff ${name} PATH. Or name what is meant of it: ${name}:PATH.`,
    );
  }
  return { name, paths: [name] };
}

async function inRevision(name: string, isPath: IsPath, host: Host) {
  const colon = name.indexOf(':');
  if (colon <= 0 || (await isPath(name)) || !(await isRevision(name.slice(0, colon), host))) return undefined;
  return { revision: name.slice(0, colon), path: name.slice(colon + 1) || '.' };
}
type IsPath = (name: string) => Promise<boolean>;

async function known(name: string, host: Host): Promise<string> {
  if (await isRevision(name, host)) return name;
  throw failure(`git knows no revision ${name} here.`, 'bridge help diff shows what can be compared.');
}

async function mergeBase(a: string, b: string, host: Host): Promise<string> {
  const answer = await host.git(['merge-base', a, b]);
  if (answer.status === 0) return new TextDecoder().decode(answer.out).trim();
  throw failure(`${a} and ${b} have no commit in common.`, `Compare them as they are: bridge diff ${a}..${b}`);
}
