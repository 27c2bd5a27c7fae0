import { posix } from 'node:path';
import { createSourceFile, type Notation, notationOf, type SourceFile } from '../../../dsl/index.ts';
import { convert as convertFile, type Printed } from '../../../dsl/printer/index.ts';
import { notationName } from '../../../dsl/printer/messages.ts';
import { tame } from '../../render/width.ts';
import type { Arguments, Command } from '../command.ts';
import { failure } from '../command.ts';
import type { Host } from '../host.ts';
import { readable, standardInput } from '../paths.ts';
import { readFiles, stdinOptions } from '../program.ts';
import { rendered, reportFormat, reportOfPrograms, reportOptions, statusOf } from '../reporting.ts';

const notations = ['bridge', 'yaml'] as const satisfies readonly Notation[];

export const convert: Command = {
  usage: '[PATHS…] [-o PLACE | --replace] [--to NOTATION] [options]',
  about: `Writes what .bridge files say in YAML, and what .bridge.yaml files say in Bridge. Nothing of the meaning and no comment
is lost: each text is read again before it is written.

One file goes to standard output, unless -o names a file (its name ends in .bridge, .yaml or .yml) or a folder for it.
Several need a folder, where they stand as they do under the path; or --replace, which puts each new file in the place
of the old one. A file that is there already is not written over without --force. When one of the files has an error,
none is written.

--to says which notation is wanted: files that are in it already are left alone. - stands for standard input; where its
text does not tell its notation, it is taken for the one that is not wanted.

The exit status is 0 when all is well, 1 when there are errors, and 2 when files could not be read or written.`,
  options: {
    to: { value: 'NOTATION', choices: notations, about: `the notation that is wanted: ${notations.join(', ')}` },
    output: { value: 'PLACE', short: 'o', about: 'the file or folder that the text goes to' },
    replace: { about: 'puts each new file where the old one was, and takes that away' },
    force: { about: 'writes over files that are there already' },
    schema: { value: 'ADDRESS', about: 'names the JSON schema on the first line of YAML, for editors' },
    ...reportOptions,
    ...stdinOptions,
  },
  examples: [
    ['bridge convert items/cases.bridge', 'the same in YAML, on standard output'],
    ['bridge convert items --to yaml --replace', 'turns a folder into YAML for good'],
    ['bridge convert items --to bridge -o /tmp/look', 'and a copy that is easier to read'],
  ],
  async run(args, host) {
    const to = wantedNotation(args);
    const loaded = await sources(args, to, host);
    const chosen = to === undefined ? loaded : loaded.filter(({ notation }) => notation !== to);
    if (chosen.length === 0) throw failure(`all of these files are in ${notationName[to!]} already.`);
    if (to === undefined && chosen.some(({ notation }) => notation !== chosen[0]!.notation)) {
      throw failure('these files are in both notations.', 'Say which one is wanted: --to bridge or --to yaml.');
    }

    const target = other(chosen[0]!.notation);
    const schema = args.values.schema === undefined ? {} : { schema: args.values.schema };
    const places = await placesFor(chosen, args, host);
    const results = chosen.map(file => convertFile(file, target, schema));
    const diagnostics = results.flatMap(printed => printed.diagnostics);
    const status = statusOf(diagnostics, args);
    const whole = results.every(({ text }) => text !== undefined);
    const written = whole ? await write(chosen, results, places, args, host) : [];

    const report = {
      ...reportOfPrograms(
        results.map(printed => printed.program),
        diagnostics,
      ),
      written,
    };
    const stream = places.includes(standardInput) ? 'err' : 'out';
    if (reportFormat(args) !== 'text') host[stream](rendered(report, reportFormat(args), host.terminal[stream], host));
    else {
      host[stream](tame(written.map(path => `wrote ${path}\n`).join('')));
      if (diagnostics.length > 0) host[stream](rendered(report, 'text', host.terminal[stream], host));
    }
    return status;
  },
};

const other = (notation: Notation): Notation => (notation === 'yaml' ? 'bridge' : 'yaml');

const wantedNotation = ({ values }: Arguments): Notation | undefined => values.to as Notation | undefined;

async function sources(args: Arguments, to: Notation | undefined, host: Host): Promise<readonly SourceFile[]> {
  const { files, stdin } = await readFiles(args, host);
  // Text that does not look like YAML was taken for Bridge.
  if (stdin?.notation !== 'bridge' || to === undefined || args.values['stdin-path'] !== undefined) return files;
  return files.map(file => (file === stdin ? createSourceFile(file.path, file.text, other(to)) : file));
}

/** Where each text goes, in the order of the files; `-` is standard output. */
async function placesFor(files: readonly SourceFile[], args: Arguments, host: Host): Promise<readonly string[]> {
  const { output } = args.values;
  if (args.flags.has('replace')) {
    if (output !== undefined) throw failure('-o and --replace are two places for one text.', 'Leave one of them out.');
    if (args.paths.includes(standardInput)) {
      throw failure('standard input cannot be replaced.', 'Name a file, or leave --replace out.');
    }
    return refuseOccupied(
      files.map(({ path }) => renamed(path)),
      args,
      host,
    );
  }
  if (output === undefined || output === standardInput) {
    if (files.length === 1) return [standardInput];
    throw failure(
      `these are ${files.length} files, and standard output takes one.`,
      'Name a folder with -o, or say --replace.',
    );
  }
  if (/\.(?:bridge|ya?ml)$/i.test(output)) {
    if (files.length > 1) {
      throw failure(`these are ${files.length} files, and ${output} is one.`, 'Name a folder with -o.');
    }
    const { notation } = files[0]!;
    if (notationOf(output) === notation) {
      throw failure(
        `${output} would be read as ${notationName[notation]}, and the text is ${notationName[other(notation)]}.`,
        `Name it ${renamed(output)}.`,
      );
    }
    return refuseOccupied([output], args, host);
  }
  if ((await readable(output, () => host.files.kind(output))) === 'file') {
    throw failure(`${output} is a file, and the name of a program's file ends in .bridge or .bridge.yaml.`);
  }
  if (args.paths.includes(standardInput) && args.values['stdin-path'] === undefined) {
    throw failure(
      `standard input has no name that its file in ${output} could have.`,
      'Name the file itself with -o, or say what it is to be taken for with --stdin-path.',
    );
  }
  const base = commonFolder(files.map(({ path }) => path));
  return refuseOccupied(
    files.map(({ path }) => posix.join(output, renamed(posix.relative(base, path)))),
    args,
    host,
  );
}

/** `a.bridge` is `a.bridge.yaml` in the other notation. */
const renamed = (path: string): string =>
  notationOf(path) === 'yaml'
    ? path.replace(/(?:\.bridge)?\.ya?ml$/i, '.bridge')
    : `${path.replace(/\.bridge$/i, '')}.bridge.yaml`;

/** The folder that all of the paths lie in. */
function commonFolder(paths: readonly string[]): string {
  const folders = paths.map(path => posix.dirname(path).split('/'));
  const [first] = folders;
  const length = first!.findIndex((name, index) => folders.some(folder => folder[index] !== name));
  return first!.slice(0, length < 0 ? undefined : length).join('/') || '.';
}

async function refuseOccupied(places: readonly string[], args: Arguments, host: Host): Promise<readonly string[]> {
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) throw failure(`two of the files would become ${twice}.`, 'Convert them one by one.');
  if (args.flags.has('force')) return places;
  for (const place of places) {
    if ((await readable(place, () => host.files.kind(place))) !== undefined) {
      throw failure(`${place} is there already.`, 'Say --force to write over it, or name another place with -o.');
    }
  }
  return places;
}

/** Every new file first, then the old ones go: whatever fails in between, no text is lost. */
async function write(
  files: readonly SourceFile[],
  results: readonly Printed[],
  places: readonly string[],
  args: Arguments,
  host: Host,
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const [index, place] of places.entries()) {
    const text = results[index]!.text!;
    if (place === standardInput) host.out(text);
    else {
      await readable(place, () => host.files.write(place, text), 'write');
      written.push(place);
    }
  }
  if (args.flags.has('replace')) {
    for (const { path } of files) await readable(path, () => host.files.remove(path), 'remove');
  }
  return written;
}
