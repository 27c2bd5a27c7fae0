/**
 * Gathers what the rules find. Who has made one slip a thousand times in one file will not read of each: of every code
 * the first are kept, and the others are counted without working out what they would say. What several items make a
 * rule say of one place, in the same words, is said once.
 */
import type { Diagnostic, ReportOptions } from '../../dsl/diagnostic.ts';
import { MAX_FINDINGS } from '../../dsl/limits.ts';
import type { SourceFile } from '../../dsl/source.ts';
import { inYaml } from '../messages/in-yaml.ts';
import { type CompilerCode, compilerDiagnostics } from '../messages/index.ts';
import type { Report, Said } from './rule.ts';

export interface Findings {
  readonly report: Report;
  /** With one more for each file that has more than are listed. */
  all(): readonly Diagnostic[];
}

interface OfFile {
  /** By place, code and words. */
  readonly listed: Map<string, Diagnostic>;
  /** How many of a code are listed. */
  readonly counts: Map<CompilerCode, number>;
  more: number;
}

/** No hole is a function. */
const saidBy = <Holes>(said: Holes | (() => Said<Holes>), options: ReportOptions = {}): Said<Holes> =>
  typeof said === 'function' ? (said as () => Said<Holes>)() : { holes: said, ...options };

function inWordsOf(file: SourceFile, found: Diagnostic): Diagnostic {
  if (file.notation !== 'yaml') return found;
  const { message, reason, help } = found;
  return {
    ...found,
    message: inYaml(message),
    ...(reason !== undefined && { reason: inYaml(reason) }),
    ...(help !== undefined && { help: inYaml(help) }),
  };
}

export function createFindings(): Findings {
  const files = new Map<SourceFile, OfFile>();
  return {
    report(file, span, code, said, options) {
      const own = files.get(file) ?? { listed: new Map(), counts: new Map(), more: 0 };
      files.set(file, own);
      const count = own.counts.get(code) ?? 0;
      if (count === MAX_FINDINGS) {
        own.more++;
        return;
      }
      const { holes, ...more } = saidBy(said, options);
      const found = inWordsOf(file, compilerDiagnostics.diagnostic(file, span, code, holes, more));
      const key = `${span.start} ${span.end} ${code} ${found.message}`;
      if (own.listed.has(key)) return;
      own.listed.set(key, found);
      own.counts.set(code, count + 1);
    },
    all() {
      const found: Diagnostic[] = [];
      for (const [file, { listed, more }] of files) {
        for (const diagnostic of listed.values()) found.push(diagnostic);
        if (more === 0) continue;
        const end = { start: file.text.length, end: file.text.length };
        found.push(compilerDiagnostics.diagnostic(file, end, 'more-findings', { more, most: MAX_FINDINGS }));
      }
      return found;
    },
  };
}
