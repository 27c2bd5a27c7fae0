/** What the reporting commands share: analysing the programs, writing the report, and the exit status that follows. */
import type { Diagnostic, Program, SourceFile } from '../../dsl/index.ts';
import { analyse } from '../index.ts';
import type { Report } from '../render/index.ts';
import { formats } from '../render/index.ts';
import type { Arguments, ExitStatus, Options } from './command.ts';
import type { Host } from './host.ts';
import { type LoadedProgram, sourcesOf } from './program.ts';

export const reportOptions: Options = {
  format: {
    value: 'FORMAT',
    choices: Object.keys(formats),
    about: `how findings are written: ${Object.keys(formats).join(', ')}`,
  },
};

export const reportFormat = (args: Arguments): string => args.values.format ?? 'text';

export const severityOptions: Options = {
  'fail-on': {
    value: 'SEVERITY',
    choices: ['error', 'warning'],
    about: 'the least severity that makes the exit status 1; error unless said',
  },
};

export type Analysis = ReturnType<typeof analyse>;

export const analyseProgram = (program: LoadedProgram): Analysis => analyse(sourcesOf(program), program.metadata);

export const reportOf = (programs: readonly LoadedProgram[], analyses: readonly Analysis[]): Report => ({
  ...reportOfPrograms(
    analyses.flatMap(analysis => analysis.programs),
    analyses.flatMap(analysis => analysis.diagnostics),
  ),
  files: programs.flatMap(program => [...program.files, ...configWithFindings(program, analyses)]),
});

/** Of files that are looked at one by one. */
export const reportOfPrograms = (programs: readonly Program[], diagnostics: readonly Diagnostic[]): Report => ({
  files: programs.map(({ file }) => file),
  items: programs.reduce((sum, program) => sum + program.declarations.filter(({ kind }) => kind === 'item').length, 0),
  diagnostics,
});

/** A configuration is only spoken of when there is something to say of it. */
function configWithFindings({ config }: LoadedProgram, analyses: readonly Analysis[]): readonly SourceFile[] {
  const isTold = analyses.some(({ diagnostics }) => diagnostics.some(({ file }) => file === config));
  return config !== undefined && isTold ? [config] : [];
}

export const rendered = (report: Report, format: string, terminal: boolean, host: Host): string =>
  formats[format]!(report, { colour: wantsColour(terminal, host) });

/** Whether a person looks at it who has not asked for plain text. */
export function wantsColour(terminal: boolean, host: Host): boolean {
  if (host.env.NO_COLOR) return false;
  return terminal || Boolean(host.env.FORCE_COLOR && host.env.FORCE_COLOR !== '0');
}

export function statusOf(diagnostics: readonly Diagnostic[], args: Arguments): ExitStatus {
  const counts = args.values['fail-on'] === 'warning' ? ['error', 'warning'] : ['error'];
  return diagnostics.some(diagnostic => counts.includes(diagnostic.severity)) ? 1 : 0;
}
