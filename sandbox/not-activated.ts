import type { ProgramAnswer } from './world-types.ts';

const mostShown = 20;

/** A program that a sandbox was to start with does not go with its org and site: its errors, a line each with its place. */
export class NotActivated extends Error {
  constructor({ diagnostics, error }: ProgramAnswer) {
    interface Finding {
      readonly severity: string;
      readonly message: string;
      readonly help?: string;
      readonly file: string;
      readonly range?: { readonly start: { readonly line: number; readonly column: number } };
    }
    const errors = (diagnostics as readonly Finding[]).filter(one => one.severity === 'error');
    const lines = errors.slice(0, mostShown).map(({ file, range, message, help }) => {
      const place = range === undefined ? file : `${file}:${range.start.line}:${range.start.column}`;
      return `  ${place}  ${message}${help === undefined ? '' : `; ${help}`}`;
    });
    if (errors.length > mostShown) lines.push(`  and ${errors.length - mostShown} more`);
    const why = lines.length > 0 ? `\n${lines.join('\n')}\n` : ` ${error?.message ?? 'it was refused'}`;
    super(`the program could not be activated:${why}`);
    this.name = 'NotActivated';
  }
}
