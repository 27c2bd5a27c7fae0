/**
 * Compiling what a page sends, with the very compiler that the command line has: a browser is not trusted,
 * so only a plan made here is ever saved. Findings have the shape of `bridge check --format json`. Imported when it is
 * needed and not before: the lexer and the parser alone take longer to set up than all the rest of the app.
 */
import { isConfigFile } from '../../compiler/config/config.ts';
import { analyse } from '../../compiler/index.ts';
import type { Plan } from '../../compiler/plan/ir.ts';
import { renderJson } from '../../compiler/render/json.ts';
import { createSourceFile, parse } from '../../dsl/index.ts';
import type { AppDeps } from './app-deps.ts';
import type { Files } from './files.ts';
import { hour, liveMetadata } from './live-metadata.ts';

export interface Compiled {
  /** Absent when there are errors. */
  readonly plan?: Plan;
  readonly diagnostics: readonly unknown[];
}

/** Metadata that is kept may be older than a field that was just made; errors are worth a second look. */
export async function compile(deps: AppDeps, files: Files): Promise<Compiled> {
  const first = await check(deps, files);
  return first.plan === undefined ? check(deps, files, 10_000) : first;
}

/** One look, with whatever metadata is at hand: for checks while somebody types. */
export async function check(deps: AppDeps, files: Files, maxAgeMs = hour): Promise<Compiled> {
  const sources = Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, content]) => createSourceFile(path, content));
  const programs = sources.filter(source => !isConfigFile(source)).map(source => parse(source).program);
  const connected = (await deps.store.connection()) !== undefined;
  const metadata = connected ? await liveMetadata(deps, programs, maxAgeMs) : undefined;
  const { diagnostics, plan } = analyse(sources, metadata);
  const items = programs.flatMap(program => program.declarations).filter(({ kind }) => kind === 'item').length;
  const rendered = JSON.parse(renderJson({ files: sources, items, diagnostics })) as {
    diagnostics: readonly unknown[];
  };
  return { diagnostics: rendered.diagnostics, ...(plan === undefined || !connected ? {} : { plan }) };
}
