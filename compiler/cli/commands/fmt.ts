import type { Diagnostic } from '../../../dsl/index.ts';
import { format, notFormatted } from '../../../dsl/printer/index.ts';
import { counted } from '../../render/report.ts';
import { tame } from '../../render/width.ts';
import type { Arguments, Command, ExitStatus } from '../command.ts';
import type { Host } from '../host.ts';
import { readable } from '../paths.ts';
import { type LoadedFiles, readFiles, stdinOptions } from '../program.ts';
import { rendered, reportFormat, reportOfPrograms, reportOptions, statusOf } from '../reporting.ts';

export const fmt: Command = {
  usage: '[PATHS…] [--check] [options]',
  about: `Lays out all .bridge and .bridge.yaml files under the paths (this folder, if none is given) in the one way that there
is: columns, blank lines, quotes. Comments stay where they belong, and what a file means never changes: each text is
read again before it is written, and one that would not be the same is left alone.

A file with a syntax error is left as it is, and the others are still formatted. - stands for standard input; its text
goes to standard output, and the report to standard error.

With --check nothing is written; each file that is not laid out so is an error. The exit status is 0 when all is well,
1 when there are errors, and 2 when files could not be read or written.`,
  options: {
    check: { about: 'writes nothing, and says which files are not formatted' },
    ...reportOptions,
    ...stdinOptions,
  },
  examples: [
    ['bridge fmt items', 'formats a folder in place'],
    ['bridge fmt --check --format github', 'for CI: unformatted files are annotated'],
    ['bridge fmt - < old.bridge > new.bridge', 'as a filter'],
  ],
  async run(args, host) {
    const loaded = await readFiles(args, host);
    return args.flags.has('check') ? check(loaded, args, host) : rewrite(loaded, args, host);
  },
};

function check({ files }: LoadedFiles, args: Arguments, host: Host): ExitStatus {
  const results = files.map(file => ({ file, printed: format(file) }));
  const diagnostics = results.flatMap(({ file, printed }): readonly Diagnostic[] => {
    const found = notFormatted(file, printed);
    return found === undefined ? printed.diagnostics : [...printed.diagnostics, found];
  });
  const programs = results.map(({ printed }) => printed.program);
  host.out(rendered(reportOfPrograms(programs, diagnostics), reportFormat(args), host.terminal.out, host));
  return statusOf(diagnostics, args);
}

async function rewrite({ files, stdin }: LoadedFiles, args: Arguments, host: Host): Promise<ExitStatus> {
  const stream = stdin === undefined ? 'out' : 'err';
  const results = files.map(file => ({ file, printed: format(file) }));
  const written: string[] = [];
  for (const { file, printed } of results) {
    const { text } = printed;
    if (file === stdin) host.out(text ?? '');
    else if (text !== undefined && text !== file.text) {
      await readable(file.path, () => host.files.write(file.path, text), 'write');
      written.push(file.path);
    }
  }
  const diagnostics = results.flatMap(({ printed }) => printed.diagnostics);
  const report = {
    ...reportOfPrograms(
      results.map(({ printed }) => printed.program),
      diagnostics,
    ),
    written,
  };
  if (reportFormat(args) !== 'text') host[stream](rendered(report, reportFormat(args), host.terminal[stream], host));
  else {
    host[stream](tame(written.map(path => `formatted ${path}\n`).join('')));
    if (diagnostics.length > 0) host[stream](rendered(report, 'text', host.terminal[stream], host));
    else if (stdin === undefined && written.length === 0)
      host.out(`nothing to do: ${counted(files.length, 'file')} formatted already\n`);
  }
  return statusOf(diagnostics, args);
}
