/**
 * Analyses a program again and again while it is edited, and reads only what changed: a file whose text is the same is
 * not read twice, and of a YAML file only the items, tables and tests that are not what they were.
 */
import { type Analysis, analysisOf, type Readers } from '../../compiler/analysis-of.ts';
import type { Metadata } from '../../compiler/metadata/model.ts';
import type { Parsed } from '../../dsl/parsed.ts';
import { createSourceFile, type SourceFile } from '../../dsl/source.ts';

export type Analyser = (texts: ReadonlyMap<string, string> | readonly SourceFile[], metadata?: Metadata) => Analysis;

interface Known {
  readonly file: SourceFile;
  readonly parsed: Parsed;
}

/** How files are read; `yaml` makes a reader that remembers the pieces of one file. */
export interface AnalyserReaders {
  bridge(file: SourceFile): Parsed;
  yaml(): (file: SourceFile) => Parsed;
  readConfig: Readers['readConfig'];
}

export function createAnalyserOf({ bridge, yaml, readConfig }: AnalyserReaders): Analyser {
  const known = new Map<string, Known>();
  const pieces = new Map<string, (file: SourceFile) => Parsed>();

  function readAs(file: SourceFile): Parsed {
    if (file.notation !== 'yaml') return bridge(file);
    let read = pieces.get(file.path);
    if (read === undefined) {
      read = yaml();
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
    const read = (file: SourceFile) => {
      const before = known.get(file.path);
      if (before?.file === file) return before.parsed;
      const parsed = readAs(file);
      known.set(file.path, { file, parsed });
      return parsed;
    };
    return analysisOf(files, metadata, { read, readConfig });
  };
}

const isFiles = (texts: ReadonlyMap<string, string> | readonly SourceFile[]): texts is readonly SourceFile[] =>
  Array.isArray(texts);
