/**
 * Analyses a program again and again while it is edited, and reads only what changed: a file whose text is the same is
 * not read twice, and of a YAML file only the items, tables and tests that are not what they were.
 */
import { type Analysis, analyse } from '../../compiler/analysis.ts';
import type { Metadata } from '../../compiler/metadata/model.ts';
import { createSourceFile, type Parsed, parse, type SourceFile } from '../../dsl/index.ts';
import { createPieces } from '../../dsl/yaml/pieces.ts';

export type Analyser = (texts: ReadonlyMap<string, string> | readonly SourceFile[], metadata?: Metadata) => Analysis;

interface Known {
  readonly file: SourceFile;
  readonly parsed: Parsed;
}

export function createAnalyser(): Analyser {
  const known = new Map<string, Known>();
  const pieces = new Map<string, ReturnType<typeof createPieces>>();

  function readAs(file: SourceFile): Parsed {
    if (file.notation !== 'yaml') return parse(file);
    let read = pieces.get(file.path);
    if (read === undefined) {
      read = createPieces();
      pieces.set(file.path, read);
    }
    return read(file);
  }

  return (texts, metadata) => {
    const given = isFiles(texts) ? texts : [...texts].map(([path, text]) => createSourceFile(path, text));
    // The very same file as before, so that what was found of it stays its own.
    const files = given.map(file => {
      const before = known.get(file.path);
      return before?.file.text === file.text && before.file.notation === file.notation ? before.file : file;
    });
    const paths = new Set(files.map(({ path }) => path));
    for (const path of known.keys()) {
      if (paths.has(path)) continue;
      known.delete(path);
      pieces.delete(path);
    }
    return analyse(files, metadata, file => {
      const before = known.get(file.path);
      if (before?.file === file) return before.parsed;
      const parsed = readAs(file);
      known.set(file.path, { file, parsed });
      return parsed;
    });
  };
}

const isFiles = (texts: ReadonlyMap<string, string> | readonly SourceFile[]): texts is readonly SourceFile[] =>
  Array.isArray(texts);
