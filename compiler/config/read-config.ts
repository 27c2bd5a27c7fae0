/**
 * Reads `bridge.config.yaml` by the rules of the YAML notation: unknown and repeated keys, ranges and "did you
 * mean" are the same. What is wrong is left out, so that a slip in one line does not switch the others off.
 */
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import { isTooLarge } from '../../dsl/limits.ts';
import { createFindings } from '../../dsl/messages/index.ts';
import type { SourceFile } from '../../dsl/source.ts';
import { type Access, createAccess, type Entry } from '../../dsl/yaml/access.ts';
import { emptyDocument, loadDocument } from '../../dsl/yaml/document.ts';
import { compilerDiagnostics } from '../messages/index.ts';
import { type Config, type NumberKey, numbers, type Placed } from './config.ts';

export interface ReadConfig {
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
}

export function readConfig(file: SourceFile): ReadConfig {
  const findings = createFindings(file);
  const document = isTooLarge(file, findings) ? emptyDocument : loadDocument(file, findings);
  const yaml = createAccess(file, document, findings);
  const outside: Diagnostic[] = [];
  const whole = { start: 0, end: 0 };
  const shape = yaml.shape(document.contents, 'the configuration', ['metadata', 'budget', 'guard'], whole);

  const path = shape.get('metadata');
  const metadata = path && yaml.text(path.value, '`metadata`', path.keySpan);
  const group = <Name extends keyof typeof numbers>(name: Name) => {
    const entry = shape.get(name);
    const found: Partial<Record<string, Placed<number>>> = {};
    if (entry === undefined) return found;
    const bounds: Readonly<Record<string, NumberKey>> = numbers[name];
    for (const one of yaml.shape(entry.value, `\`${name}\``, Object.keys(bounds), entry.keySpan).entries) {
      const number = numberOf(file, yaml, one, bounds[one.key]!, outside);
      if (number !== undefined) found[one.key] = number;
    }
    return found;
  };
  const config: Config = {
    file,
    ...(metadata === undefined ? {} : { metadata: { value: metadata.value, span: metadata.span } }),
    budget: group('budget'),
    guard: group('guard'),
  };
  return { config, diagnostics: [...findings.list, ...outside] };
}

function numberOf(
  file: SourceFile,
  yaml: Access,
  { key, value, keySpan }: Entry,
  { least, most, percent }: NumberKey,
  found: Diagnostic[],
): Placed<number> | undefined {
  const written = yaml.text(value, `\`${key}\``, keySpan);
  // A map was complained of already.
  if (written === undefined || file.text[written.span.start] === '{') return undefined;
  const { span } = written;
  const digits = percent ? written.value.replace(/\s*%$/, '') : written.value;
  const number = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  if (number >= least && number <= most) return { value: number, span };
  // People group digits; what they mean is plain.
  const plain = digits.replace(/(?<=\d)[,_' ](?=\d{3}\b)/g, '');
  const meant = /^\d+$/.test(plain) && plain !== digits && Number(plain) <= most ? plain : undefined;
  const due = percent ? `a share from ${least}% to ${most}%` : 'a whole number';
  const fixes = meant === undefined ? [] : [{ title: `write ${meant}`, edits: [{ file, span, text: meant }] }];
  const holes = { key, written: written.value, due };
  found.push(compilerDiagnostics.diagnostic(file, span, 'config-not-this-number', holes, { fixes }));
  return undefined;
}
