import type { Metadata } from '../../metadata/model.ts';
import { diffPlans, isEmptyDiff } from '../../plan/diff.ts';
import { decodePlan } from '../../plan/encode.ts';
import { type Plan, planVersion } from '../../plan/ir.ts';
import { diffJson, renderDiff } from '../../render/diff.ts';
import type { Arguments, Command } from '../command.ts';
import { failure } from '../command.ts';
import type { Files, Host } from '../host.ts';
import { NoFiles, readable } from '../paths.ts';
import { nearestSnapshot, programOptions, readMetadata, readPrograms } from '../program.ts';
import { wantsColour } from '../reporting.ts';
import { revisionFiles } from '../revision.ts';
import { type Compared, comparedOf, type Side } from '../sides.ts';
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
    const compared = await comparedOf(args.paths, host);
    const before = await planOfSide(compared, compared.before, args, host);
    const after = await planOfSide(compared, compared.after, args, host);
    if (before === 'nothing' && after === 'nothing') {
      const { revision: from, paths } = compared.before;
      throw failure(
        `there is no program under ${paths.join(', ')}, neither in ${from} nor ${compared.after.revision === undefined ? 'now' : `in ${compared.after.revision}`}.`,
        'It is no revision that git knows, either.',
      );
    }
    if (before === undefined || after === undefined) return 1;
    const found = diffPlans(before === 'nothing' ? empty : before, after === 'nothing' ? empty : after);
    host.out(
      args.values.format === 'json'
        ? diffJson(found)
        : renderDiff(found, { colour: wantsColour(host.terminal.out, host) }),
    );
    return args.flags.has('exit-code') && !isEmptyDiff(found) ? 3 : 0;
  },
};

const empty: Plan = { version: planVersion, items: [] };

/** Undefined where the program has errors, which have been told; `nothing` where one side has no program at all. */
async function planOfSide(
  { mayBeAbsent }: Compared,
  side: Side,
  args: Arguments,
  host: Host,
): Promise<Plan | 'nothing' | undefined> {
  const [path] = side.paths;
  const files: Files = side.revision === undefined ? host.files : await revisionFiles(side.revision, host);
  const there: Host = { ...host, files };
  if (side.paths.length === 1 && path!.endsWith('.json')) return readPlan(path!, there);
  try {
    const metadata = await metadataFor(side, args, host, there);
    const programs = await readPrograms({ ...args, paths: side.paths }, there, metadata);
    const { plan } = planOf(oneProgram(programs, 'a comparison'), args, host, true);
    if (plan === undefined) host.err(`bridge: ${side.name} has errors, so there is nothing to compare.\n`);
    return plan;
  } catch (error) {
    if (error instanceof NoFiles && mayBeAbsent) return 'nothing';
    throw error;
  }
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
  try {
    return decodePlan(text);
  } catch (error) {
    throw failure(`${path} cannot be compared: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
