/**
 * Everything that can be known of a set of files, worked out when it is asked for: trees, findings, plan.
 * Findings come sorted by file and place, each once; there is a plan when nothing is in error. A file that is
 * called `bridge.config.yaml` is the configuration. How files are read is given: `analysis.ts` reads each of them,
 * an editor remembers what did not change and loads what reads YAML when there is some.
 */

import type { Program } from '../dsl/ast.ts';
import type { Diagnostic } from '../dsl/diagnostic.ts';
import type { Parsed } from '../dsl/parsed.ts';
import type { SourceFile } from '../dsl/source.ts';
import { bind } from './bind/bind.ts';
import type { BoundProgram } from './bind/bound.ts';
import { check } from './check/check.ts';
import { isConfigFile } from './config/config.ts';
import type { ReadConfig } from './config/read-config.ts';
import { lazily } from './lazily.ts';
import { compare } from './metadata/json.ts';
import { createLookup, type MetadataLookup } from './metadata/lookup.ts';
import type { Metadata } from './metadata/model.ts';
import type { Plan } from './plan/ir.ts';
import { lower } from './plan/lower.ts';

export interface Analysis {
  readonly files: readonly SourceFile[];
  /** Of all files but the configuration. */
  readonly programs: readonly Program[];
  /** The program with its names resolved, for editors. */
  readonly bound: BoundProgram;
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where there are errors or no metadata. */
  readonly plan: Plan | undefined;
}

export interface Readers {
  read(file: SourceFile): Parsed;
  readConfig(file: SourceFile): ReadConfig;
}

export const analysisOf = (files: readonly SourceFile[], metadata: Metadata | undefined, readers: Readers): Analysis =>
  new LazyAnalysis(files, metadata, readers);

/**
 * A class for its getters: those of an object literal are made anew with every object, each with a hidden
 * shape of its own, and V8 keeps a whole analysis alive behind each shape until its next full collection.
 */
class LazyAnalysis implements Analysis {
  readonly files: readonly SourceFile[];
  readonly #programs: () => readonly Program[];
  readonly #bound: () => BoundProgram;
  readonly #diagnostics: () => readonly Diagnostic[];
  readonly #plan: () => Plan | undefined;

  constructor(files: readonly SourceFile[], metadata: Metadata | undefined, { read, readConfig }: Readers) {
    const config = lazily(() => files.filter(isConfigFile).map(file => readConfig(file))[0]);
    const parsed = lazily(() => files.filter(file => !isConfigFile(file)).map(file => read(file)));
    const programs = lazily(() => parsed().map(result => result.program));
    const lookup = lazily((): MetadataLookup | undefined =>
      metadata === undefined ? undefined : createLookup(metadata),
    );
    const bound = lazily(() => bind(programs(), lookup(), config()?.config));
    const diagnostics = lazily(() =>
      sorted([
        ...withoutEchoes(
          parsed().flatMap(result => result.diagnostics),
          check(bound()),
        ),
        ...(config()?.diagnostics ?? []),
      ]),
    );
    this.files = files;
    this.#programs = programs;
    this.#bound = bound;
    this.#diagnostics = diagnostics;
    this.#plan = lazily(() =>
      lookup() === undefined || diagnostics().some(found => found.severity === 'error') ? undefined : lower(bound()),
    );
  }

  get programs() {
    return this.#programs();
  }
  get bound() {
    return this.#bound();
  }
  get diagnostics() {
    return this.#diagnostics();
  }
  get plan() {
    return this.#plan();
  }
}

/**
 * What is said of how a word is written says less than what is said of the word: letters that no name has are looked
 * up all the same, and a text that no map holds would be none that can stand there if one did.
 */
const saidBetter: Readonly<Record<string, (code: string) => boolean>> = {
  'wrong-letters': () => true,
  'yaml-fallback-text': code => code === 'text-needs-one-owner' || code === 'fallback-in-status',
};

function withoutEchoes(syntax: readonly Diagnostic[], checked: readonly Diagnostic[]): readonly Diagnostic[] {
  if (!syntax.some(({ code }) => Object.hasOwn(saidBetter, code))) return [...syntax, ...checked];
  const errors = checked.filter(({ severity }) => severity === 'error');
  const isEcho = (found: Diagnostic) =>
    errors.some(
      ({ code, file, span }) =>
        file === found.file && span.start === found.span.start && saidBetter[found.code]?.(code) === true,
    );
  return [...syntax.filter(found => !isEcho(found)), ...checked];
}

const ranks = { error: 0, warning: 1, hint: 2 } as const;

const sorted = (found: readonly Diagnostic[]): readonly Diagnostic[] =>
  found.toSorted(
    (a, b) =>
      compare(a.file.path, b.file.path) ||
      a.span.start - b.span.start ||
      ranks[a.severity] - ranks[b.severity] ||
      a.span.end - b.span.end ||
      compare(a.code, b.code),
  );
