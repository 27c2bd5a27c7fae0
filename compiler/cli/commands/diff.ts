import type { Metadata } from '../../metadata/model.ts';
import { diffPlans, isEmptyDiff } from '../../plan/diff.ts';
import { decodePlan, OlderPlan } from '../../plan/encode.ts';
import { type Plan, planVersion } from '../../plan/ir.ts';
import { diffJson, renderDiff } from '../../render/diff.ts';
import type { Arguments, Command } from '../command.ts';
import { failure } from '../command.ts';
import type { Host } from '../host.ts';
import { findPrograms, NoFiles, readable } from '../paths.ts';
import { nearestSnapshot, programOptions, readMetadata, readPrograms } from '../program.ts';
import { wantsColour } from '../reporting.ts';
import { revisionFiles } from '../revision.ts';
import { comparedOf, type Side } from '../sides.ts';
import { oneProgram, planOf } from '../single.ts';

export const diff: Command = {
  usage: '[OLD NEW | REV..REV [PATHS…] | REV [PATHS…] | PATHS…] [options]',
  about: `Compares two programs by meaning: what is written, read, created and shown more (+), less (-) or otherwise (~), and
which links that touches. Comments, layout, notation, files and order make no difference.

  OLD NEW             two files or folders; a file that ends in .json is a plan that compile wrote; REV:PATH is a file or
                      folder of a git revision; - is standard input
  REV..REV [PATHS…]   two git revisions, such as main..topic; an empty right side stands for the files as they are now
  REV...REV [PATHS…]  from where the right one left the left one, as a pull request shows it
  REV [PATHS…]        a git revision and the files as they are now
  PATHS…              the last commit (HEAD) and the files as they are now; so does no argument at all

A name that is both a path and a revision is taken as the path. Each revision is read with the snapshot that it holds; if
it holds none, with the present one. Both programs have to be free of errors: theirs go to standard error.

The exit status is 0, with --exit-code 3 when there is a difference; 1 when a program has errors.`,
  options: {
    'exit-code': { about: 'ends with 3 when there is a difference' },
    format: { value: 'FORMAT', choices: ['text', 'json'], about: 'how it is written: text, json' },
    ...programOptions,
  },
  examples: [
    ['bridge diff', 'what has changed since the last commit'],
    ['bridge diff main...HEAD items', 'what a branch changes in a folder'],
    ['bridge diff before after --exit-code', 'two folders; ends with 3 when they differ'],
    ['bridge diff plan.json items', 'a plan that was saved, and the program as it is'],
  ],
  async run(args, host) {
    const { before, after, mayBeAbsent } = await comparedOf(args.paths, host);
    const sides = [await placed(before, host), await placed(after, host)] as const;
    if (mayBeAbsent) await refuseUnknown(sides, args);
    const old = await planOfPlace(sides[0], mayBeAbsent, args, host);
    const now = await planOfPlace(sides[1], mayBeAbsent, args, host);
    if (old === undefined || now === undefined) return 1;
    const found = diffPlans(old, now);
    host.out(
      args.values.format === 'json'
        ? diffJson(found)
        : renderDiff(found, { colour: wantsColour(host.terminal.out, host) }),
    );
    return args.flags.has('exit-code') && !isEmptyDiff(found) ? 3 : 0;
  },
};

const empty: Plan = { version: planVersion, items: [] };

/** A side, and the machine that its files lie on: this one, or a revision of it. */
interface Place {
  readonly side: Side;
  readonly there: Host;
}

async function placed(side: Side, host: Host): Promise<Place> {
  if (side.revision === undefined) return { side, there: host };
  return { side, there: { ...host, files: await revisionFiles(side.revision, host) } };
}

/** A program may be new, or gone; a path that leads to one on neither side is a slip. */
async function refuseUnknown([before, after]: readonly [Place, Place], args: Arguments): Promise<void> {
  for (const path of before.side.paths) {
    if (isPlan(path) || (await leadsToProgram(path, before.there)) || (await leadsToProgram(path, after.there)))
      continue;
    const where = after.side.revision === undefined ? 'now' : `in ${after.side.revision}`;
    const isOnlyWord = args.paths.length === 1 && args.paths[0] === path;
    throw failure(
      `there is no program under ${path}, neither in ${before.side.revision} nor ${where}.`,
      isOnlyWord ? 'It is no revision that git knows, either.' : 'bridge help diff shows what can be compared.',
    );
  }
}

async function leadsToProgram(path: string, there: Host): Promise<boolean> {
  try {
    await findPrograms([path], there);
    return true;
  } catch (error) {
    if (error instanceof NoFiles) return false;
    throw error;
  }
}

const isPlan = (path: string): boolean => path.endsWith('.json');

/** Undefined where the program has errors, which have been told. */
async function planOfPlace(
  { side, there }: Place,
  mayBeAbsent: boolean,
  args: Arguments,
  host: Host,
): Promise<Plan | undefined> {
  const [path] = side.paths;
  if (side.paths.length === 1 && isPlan(path!)) return readPlan(path!, there);
  if (
    !mayBeAbsent &&
    side.revision !== undefined &&
    (await there.files.kind(path!)) === undefined &&
    !/[*?[{]/.test(path!)
  )
    throw failure(
      `there is no file or folder ${path} in ${side.revision}.`,
      'Paths are relative to the folder that the command runs in.',
    );
  const paths: string[] = [];
  for (const one of side.paths) if (!mayBeAbsent || (await leadsToProgram(one, there))) paths.push(one);
  if (paths.length === 0) return empty;
  const metadata = await metadataFor(side, args, host, there);
  const programs = await readPrograms({ ...args, paths }, there, metadata);
  const { plan } = planOf(oneProgram(programs, 'a comparison'), args, host, true);
  if (plan === undefined) host.err(`bridge: ${side.name} has errors, so there is nothing to compare.\n`);
  return plan;
}

/** A revision without a snapshot is read with the present one; nothing where the program's own is found. */
async function metadataFor(side: Side, args: Arguments, host: Host, there: Host): Promise<Metadata | undefined> {
  if (side.revision === undefined) return undefined;
  const folder = side.paths[0] ?? '.';
  const named = args.values.metadata;
  if (named === undefined && (await nearestSnapshot(folder, there)) !== undefined) return undefined;
  const present = named ?? (await nearestSnapshot(folder, host));
  return present === undefined ? undefined : readMetadata(present, host);
}

async function readPlan(path: string, host: Host): Promise<Plan> {
  const text = new TextDecoder().decode(await readable(path, () => host.files.read(path)));
  const help = 'bridge compile -o FILE writes one.';
  try {
    return decodePlan(text);
  } catch (error) {
    if (error instanceof OlderPlan) throw failure(`${path} is no plan of this version of bridge.`, help);
    const why = error instanceof Error ? error.message : String(error);
    throw failure(`${path} is no plan that can be compared: ${why}.`, help);
  }
}
