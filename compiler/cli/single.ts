/** One program and its plan: what `compile`, `explain` and `diff` start from. */
import type { Plan } from '../plan/ir.ts';
import type { Arguments } from './command.ts';
import { failure } from './command.ts';
import type { Host } from './host.ts';
import type { LoadedProgram } from './program.ts';
import { analyseProgram, rendered, reportFormat, reportOf, statusOf } from './reporting.ts';

/** `what` is what the command makes: `a plan`. */
export function oneProgram(programs: readonly LoadedProgram[], what: string): LoadedProgram {
  const [program] = programs;
  if (program === undefined || programs.length > 1) {
    const folders = programs.map(each => each.folder).join(', ');
    throw failure(
      `${what} is made of one program, and these are ${programs.length}: ${folders}.`,
      'Name one of the folders.',
    );
  }
  if (program.metadata === undefined) {
    throw failure(
      `${what} cannot be made without knowing the org and the site.`,
      'Run bridge pull first, or name a snapshot with --metadata FILE.',
    );
  }
  return program;
}

export interface Planned {
  /** Absent where the program has errors: they stand on standard error. */
  readonly plan: Plan | undefined;
  readonly status: 0 | 1;
}

/** Findings go to standard error; with `quietly` only where they keep the plan from being made. */
export function planOf(program: LoadedProgram, args: Arguments, host: Host, quietly = false): Planned {
  const analysis = analyseProgram(program);
  if (analysis.plan !== undefined) refuseTooLarge(analysis.plan);
  const report = reportOf([program], [analysis]);
  if (report.diagnostics.length > 0 && (!quietly || analysis.plan === undefined)) {
    host.err(rendered(report, quietly ? 'text' : reportFormat(args), host.terminal.err, host));
  }
  return {
    plan: analysis.plan,
    status: analysis.plan === undefined ? 1 : statusOf(report.diagnostics, args) === 0 ? 0 : 1,
  };
}

/** A plan of this size has some hundred megabytes as text. */
const MOST_ROWS = 1_000_000;

/** A table counts once for each mapping that uses it, since the plan holds it there. */
function refuseTooLarge({ items }: Plan): void {
  let rows = 0;
  for (const { mappings } of items)
    for (const { table } of mappings) rows += (table?.toJira.length ?? 0) + (table?.toSalesforce.length ?? 0);
  if (rows <= MOST_ROWS) return;
  throw failure(
    `the plan would hold ${rows.toLocaleString('en')} rows of value tables, and ${MOST_ROWS.toLocaleString('en')} is the most.`,
    'A table counts for each mapping that uses it: shorten the large ones, or use them in fewer items.',
  );
}
