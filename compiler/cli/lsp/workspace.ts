/**
 * The programs of a folder as an editor sees them: what lies on disk, with the texts that are open on top. Reads a
 * program when it is first asked for and again when files changed; an analysis is made once for each state.
 */
import { posix } from 'node:path';
import { createSourceFile, type SourceFile } from '../../../dsl/index.ts';
import { type Analyser, createAnalyser } from '../../../editor/language/index.ts';
import type { Analysis } from '../../analysis.ts';
import { Failure } from '../command.ts';
import type { Host } from '../host.ts';
import { isProgramFile, NoFiles } from '../paths.ts';
import { type LoadedProgram, readPrograms, sourcesOf } from '../program.ts';

export interface Workspace {
  /** The text of an open document; its path is relative to the folder. */
  open(path: string, text: string): void;
  close(path: string): void;
  /** Files on disk are not what they were. */
  refresh(): void;
  /** Of the program that a file belongs to; a file outside of every program is one of its own. */
  analysisOf(path: string): Promise<Analysis>;
  /** All programs, for the findings of files that are not open. */
  analyses(): Promise<readonly Analysis[]>;
}

/** `tell` is told why the folder cannot be read, once for each reason: what is open is then checked by itself. */
export function createWorkspace(host: Host, tell: (trouble: string) => void): Workspace {
  const texts = new Map<string, SourceFile>();
  let programs: Promise<readonly LoadedProgram[]> | undefined;
  const known = new Map<
    string,
    { readonly key: readonly unknown[]; readonly analyser: Analyser; readonly analysis: Analysis }
  >();
  let told: string | undefined;

  const load = (): Promise<readonly LoadedProgram[]> => {
    programs ??= readPrograms({ paths: ['.'], flags: new Set(), values: {} }, host).then(
      loaded => {
        told = undefined;
        return loaded;
      },
      error => {
        if (!(error instanceof Failure)) throw error;
        const trouble = [error.message, error.help].join(' ').trim();
        // A folder may well have no program yet.
        if (!(error instanceof NoFiles) && trouble !== told) tell(trouble);
        told = trouble;
        return [];
      },
    );
    return programs;
  };

  function analysisFor(name: string, program: Pick<LoadedProgram, 'files' | 'config' | 'metadata'>): Analysis {
    const given = sourcesOf(program as LoadedProgram).map(file => texts.get(file.path) ?? file);
    const key = [program.metadata, ...given];
    const before = known.get(name);
    if (before !== undefined && before.key.length === key.length && before.key.every((part, at) => part === key[at]))
      return before.analysis;
    const analyser = before?.analyser ?? createAnalyser();
    const analysis = analyser(given, program.metadata);
    known.set(name, { key, analyser, analysis });
    return analysis;
  }

  /** An open text that is not on disk yet belongs to the program whose folder it would lie in. */
  function withNew(program: LoadedProgram, all: readonly LoadedProgram[]): LoadedProgram {
    const paths = new Set(all.flatMap(({ files }) => files.map(({ path }) => path)));
    const owner = (path: string) =>
      all
        .filter(({ folder }) => folder === '.' || path.startsWith(`${folder}/`))
        .sort((a, b) => b.folder.length - a.folder.length)[0];
    const added = [...texts.values()].filter(
      ({ path }) => !paths.has(path) && isProgramFile(posix.basename(path)) && owner(path) === program,
    );
    return added.length === 0 ? program : { ...program, files: [...program.files, ...added] };
  }

  return {
    open(path, text) {
      if (texts.get(path)?.text !== text) texts.set(path, createSourceFile(path, text));
    },
    close: path => void texts.delete(path),
    refresh() {
      programs = undefined;
    },
    async analysisOf(path) {
      const all = await load();
      for (const program of all) {
        const whole = withNew(program, all);
        if (sourcesOf(whole).some(file => file.path === path)) return analysisFor(program.folder, whole);
      }
      const alone = texts.get(path) ?? createSourceFile(path, '');
      return analysisFor(`file ${path}`, { files: [alone] });
    },
    async analyses() {
      const all = await load();
      return all.map(program => analysisFor(program.folder, withNew(program, all)));
    },
  };
}
