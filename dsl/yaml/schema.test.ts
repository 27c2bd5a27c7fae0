import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as YAML from 'yaml';
import type * as ast from '../ast.ts';
import { anyProgram } from '../printer/arbitrary.ts';
import { print } from '../printer/index.ts';
import { EVERYTHING_YAML, errors, yaml } from '../testing.ts';
import { conflictWords, createWords, modeWords } from '../vocabulary.ts';
import { yamlSchema } from './schema.ts';

/** As an editor reads it; `0` and `-0` are two rows of a table. */
const parseDocument = (text: string): Json => YAML.parse(text, { uniqueKeys: false });

const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false }).compile(yamlSchema());
const complaints = (document: unknown): readonly string[] =>
  validate(document) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);

// ── programs that only say what can be said ─────────────────────────────────────────────────────

const span = { start: 0, end: 0 };
const name = (text: string): ast.Name => ({ kind: 'name', span, text });
const oneOf = (words: Readonly<Record<string, string>>, node: ast.Name): ast.Name =>
  Object.hasOwn(words, node.text) ? node : name(Object.keys(words)[node.text.length % Object.keys(words).length]!);

function listedClause(clause: ast.Clause): ast.Clause {
  if (clause.kind === 'sync') return { ...clause, mode: oneOf(modeWords, clause.mode as ast.Name) };
  if (clause.kind !== 'fields') return clause;
  const mappings = clause.mappings.map(mapping => ({
    ...mapping,
    modifiers: mapping.modifiers.map((modifier): ast.Modifier => {
      if (modifier.kind === 'on-conflict')
        return { ...modifier, choice: oneOf(conflictWords, modifier.choice as ast.Name) };
      return modifier.kind === 'cut-at'
        ? { ...modifier, length: { kind: 'number', span, value: 40, raw: '40' } }
        : modifier;
    }),
  }));
  return { ...clause, mappings };
}

const required: readonly ast.Clause[] = [
  { kind: 'salesforce', span, object: name('Case') },
  { kind: 'jira', span, projects: [name('SUP')] },
  { kind: 'sync', span, mode: name('custom') },
];

const listedProgram = anyProgram.map(
  (program): ast.Program => ({
    ...program,
    declarations: program.declarations.map(node => {
      if (node.kind !== 'item') return node;
      const missing = required.filter(({ kind }) => !node.clauses.some(clause => clause.kind === kind));
      return { ...node, clauses: [...node.clauses.map(listedClause), ...missing] };
    }),
  }),
);

/** Whether every word is one of its list, which the reader leaves to the checks. */
const saysOnlyListed = (declarations: readonly ast.Declaration[]): boolean =>
  declarations.every(
    node =>
      node.kind !== 'item' ||
      (required.every(({ kind }) => node.clauses.some(clause => clause.kind === kind)) && node.clauses.every(isListed)),
  );
const isIn = (words: Readonly<Record<string, string>>, node: ast.Name | ast.Missing): boolean =>
  node.kind === 'name' && Object.hasOwn(words, node.text);
const switches = { on: '', off: '' };
function isListed(clause: ast.Clause): boolean {
  switch (clause.kind) {
    case 'sync':
      return isIn(modeWords, clause.mode);
    case 'create':
      return isIn(createWords, clause.records);
    case 'switch':
    case 'comments':
      return isIn(switches, clause.state);
    case 'fields':
      return clause.mappings.every(({ modifiers }) =>
        modifiers.every(modifier => {
          if (modifier.kind === 'on-conflict') return isIn(conflictWords, modifier.choice);
          if (modifier.kind !== 'cut-at' || modifier.length.kind === 'missing') return true;
          return Number.isInteger(modifier.length.value) && modifier.length.value > 0;
        }),
      );
    default:
      return true;
  }
}

// ── slips ───────────────────────────────────────────────────────────────────────────────────────

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every map and list of a document, outermost first. */
const inside = (json: Json): (Json[] | { [key: string]: Json })[] =>
  json === null || typeof json !== 'object' ? [] : [json, ...Object.values(json).flatMap(inside)];

/** No `null`: to an editor it is a blank, which is an empty map or list. */
const strange: readonly Json[] = [[], {}, '', 'x', 'on', 'skip', 'salesforce', 5, true, [1], [null], { a: 1 }];
const slip = fc.record({
  at: fc.nat(),
  member: fc.nat(),
  kind: fc.constantFrom('rename', 'remove', 'replace', 'add'),
  strange: fc.constantFrom(...strange),
});

function slipped(
  document: Json,
  { at, member, kind, strange: put }: typeof slip extends fc.Arbitrary<infer S> ? S : never,
): Json {
  const copy = structuredClone(document);
  const all = inside(copy);
  const target = all[at % all.length]!;
  const keys = Object.keys(target);
  const key = keys[member % Math.max(1, keys.length)] ?? 'x';
  if (Array.isArray(target)) {
    if (kind === 'remove') target.splice(Number(key), 1);
    else if (keys.length > 0) target[Number(key)] = put;
  } else if (kind === 'replace') target[key] = put;
  else if (kind === 'add') target.extra = put;
  else {
    const value = target[key] ?? null;
    delete target[key];
    if (kind === 'rename') target[`${key}s`] = value;
  }
  return copy;
}

describe('the JSON schema of the YAML notation', () => {
  it('L-1 takes the examples and every construct', () => {
    const folder = new URL('../../examples/', import.meta.url);
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path =>
      path.endsWith('.bridge.yaml'),
    );
    expect(paths.length).toBeGreaterThan(0);
    const texts = [EVERYTHING_YAML, ...paths.map(path => readFileSync(new URL(path, folder), 'utf8'))];
    for (const text of texts) expect(complaints(parseDocument(text))).toEqual([]);
  });

  it('L-1 takes every program', () => {
    fc.assert(
      fc.property(listedProgram, program => {
        expect(complaints(parseDocument(print(program, 'yaml')))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('L-1 refuses a program with a slip exactly where the reader or the check of its words does', () => {
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(listedProgram, slip, (program, how) => {
        const document = parseDocument(print(program, 'yaml')) ?? {};
        const wrong = slipped(document, how);
        const read = yaml(JSON.stringify(wrong));
        const braces = read.diagnostics.some(({ code }) => code === 'yaml-unquoted-braces');
        const isTaken = errors(read).length === 0 && !braces && saysOnlyListed(read.program.declarations);
        seen[isTaken ? 'taken' : 'refused']++;
        const [complaint] = complaints(wrong);
        expect({ document: wrong, isTaken, complaint }).toMatchObject({
          complaint: isTaken ? undefined : expect.any(String),
        });
      }),
      { numRuns: 500 },
    );
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(50);
  });

  it('L-1 says of every key and word what it is for', () => {
    const silent: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties } = node as { properties?: Record<string, { description?: string }> };
      for (const [key, { description }] of Object.entries(properties ?? {}))
        if (!description) silent.push(`${path}/${key}`);
      for (const [key, value] of Object.entries(node)) walk(value, `${path}/${key}`);
    };
    walk(yamlSchema(), '');
    expect(silent).toEqual([]);
  });
});
