/** The formats that a report can be written in, by the name that `--format` takes. Adding a row adds the format. */
import { renderGithub } from './github.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import type { TerminalOptions } from './paint.ts';
import type { Report } from './report.ts';
import { renderSarif } from './sarif.ts';
import { renderTerminal } from './terminal.ts';

export type { Report } from './report.ts';

export const formats: Readonly<Record<string, (report: Report, options: TerminalOptions) => string>> = {
  text: renderTerminal,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
};
