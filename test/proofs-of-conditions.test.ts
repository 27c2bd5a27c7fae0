/** What the compiler claims of conditions, against the engine: every record tried on the compiled conditions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../compiler/analysis.ts';
import type { Condition, ItemPlan } from '../compiler/plan/ir.ts';
import type { Diagnostic } from '../dsl/index.ts';
import { compileCondition, compileWhere } from '../runtime/engine/condition.ts';
import { analyseText, itemWith } from './kit/check.ts';

type Record_ = Readonly<Record<string, unknown>>;

const words = ['', ...'abx'].flatMap(a => ['', ...'abx'].flatMap(b => ['', ...'abx'].map(c => a + b + c)));
/** Values that the comparisons below can tell apart, by path. */
const values: Readonly<Record<string, readonly unknown[]>> = {
  Origin: ['Phone', 'Email', 'Web', null],
  Vip__c: [true, false],
  Score__c: [-1, 0, 0.5, 1, 1.5, 2, 3, null],
  'Account.Rating': ['Hot', 'Warm', 'Cold', null],
  Subject: [...new Set(words.filter(word => word !== '')), null],
};
/** What they compare with, where that is not all of it. */
const compared: Readonly<Record<string, readonly unknown[]>> = { Score__c: [0, 1, 2], Subject: ['a', 'b', 'ab', 'ba'] };
const asText = (path: string, value: unknown): string =>
  path === 'Score__c' || path === 'Vip__c' ? String(value) : `"${value}"`;

const atom: fc.Arbitrary<string> = fc.constantFrom(...Object.keys(values)).chain(path => {
  const some = compared[path] ?? values[path]!.filter(value => value !== null);
  const one = fc.constantFrom(...some).map(value => asText(path, value));
  const letter = fc.constantFrom('a', 'b');
  return fc.oneof(
    one.map(text => `${path} is ${text}`),
    one.map(text => `${path} is not ${text}`),
    fc.constantFrom(`${path} is empty`, `${path} is not empty`),
    fc.array(one, { minLength: 1, maxLength: 2 }).map(list => `${path} is one of ${list.join(', ')}`),
    ...(path === 'Score__c'
      ? [one.chain(text => fc.constantFrom(`at least ${text}`, `at most ${text}`)).map(rest => `${path} is ${rest}`)]
      : []),
    ...(path === 'Subject'
      ? [
          letter
            .chain(text => fc.constantFrom(`contains "${text}"`, `starts with "${text}"`))
            .map(rest => `${path} ${rest}`),
        ]
      : []),
  );
});
const part = fc.oneof(
  { weight: 3, arbitrary: atom },
  { weight: 1, arbitrary: atom.map(text => `not ${text}`) },
  { weight: 1, arbitrary: fc.array(atom, { minLength: 2, maxLength: 3 }).map(list => `(${list.join(' or ')})`) },
);
const condition = fc.array(part, { minLength: 1, maxLength: 3 }).map(list => list.join(' and '));

const pathsIn = (found: Condition | undefined): readonly string[] =>
  found === undefined
    ? []
    : found.kind === 'all' || found.kind === 'any'
      ? found.of.flatMap(pathsIn)
      : found.kind === 'not'
        ? pathsIn(found.of)
        : [found.field.path.join('.')];

/** All records that differ in these fields. */
function* records(paths: readonly string[]): Generator<Record_> {
  const [path, ...rest] = paths;
  if (path === undefined) {
    yield {};
    return;
  }
  for (const value of values[path]!) for (const record of records(rest)) yield { ...record, ...nested(path, value) };
}
function nested(path: string, value: unknown): Record_ {
  const [first, ...rest] = path.split('.');
  return { [first!]: rest.length === 0 ? value : nested(rest.join('.'), value) };
}
const distinct = (paths: readonly string[]): readonly string[] => [...new Set(paths)];

const cleanPlan = ({ plan, diagnostics }: Analysis): readonly ItemPlan[] => {
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  return plan!.items;
};
/** The product of what is asked must stay small enough to be tried whole. */
const size = (paths: readonly string[]): number => paths.reduce((sum, path) => sum * values[path]!.length, 1);

describe('what is claimed of conditions', () => {
  it('S-6 never, always and shadowed are said of exactly the branches of which trying every record says so', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.option(condition), fc.array(condition, { minLength: 1, maxLength: 3 }), (where, whens) => {
        const text = itemWith(
          `${where === null ? '' : `  where ${where}\n`}${whens.map(when => `  when ${when} move to "Done"\n`).join('')}  otherwise leave`,
        );
        const analysis = analyseText(text);
        const [item] = cleanPlan(analysis);
        const branches = item!.rules!.branches;
        const paths = distinct([...pathsIn(item!.where), ...branches.flatMap(({ when }) => pathsIn(when))]);
        fc.pre(size(paths) < 3000);
        const inside = [...records(paths)].filter(compileWhere(item!.where));
        const expected: string[] = [];
        let left = inside;
        for (const { when, origin } of branches) {
          if (inside.length === 0) break;
          const meets = compileCondition(when);
          const code = !inside.some(meets)
            ? 'rule-never-true'
            : inside.every(meets)
              ? 'rule-always-true'
              : left.some(meets)
                ? undefined
                : 'rule-shadowed';
          if (code !== undefined) expected.push(`${code} ${origin.line}`);
          if (code === 'rule-always-true') break;
          left = left.filter(record => !meets(record));
        }
        if (inside.length === 0) expected.push('where-never-true');
        const said = analysis.diagnostics.flatMap(({ code, file, span }) =>
          code === 'where-never-true'
            ? [code]
            : /^rule-(never-true|always-true|shadowed)$/.test(code)
              ? [`${code} ${file.position(span.start).line}`]
              : [],
        );
        expect(said.sort()).toEqual(expected.sort());
        for (const code of expected) seen.set(code.split(' ')[0]!, (seen.get(code.split(' ')[0]!) ?? 0) + 1);
      }),
      { numRuns: 400 },
    );
    // Otherwise nothing was proved.
    expect([...seen.keys()].sort()).toEqual([
      'rule-always-true',
      'rule-never-true',
      'rule-shadowed',
      'where-never-true',
    ]);
  });

  it('S-3 overlap is said of exactly the items that both create for some record, with one that both do', () => {
    let overlapping = 0;
    let apart = 0;
    const item = (id: string, where: string) =>
      `item ${id} "I" {\n  salesforce Case\n  jira SUP / "Incident"\n  sync custom\n  where ${where}\n  create all\n}\n`;
    fc.assert(
      fc.property(condition, condition, (first, second) => {
        const analysis = analyseText(item('a', first) + item('b', second));
        const [a, b] = cleanPlan(analysis);
        const paths = distinct([...pathsIn(a!.where), ...pathsIn(b!.where)]);
        fc.pre(size(paths) < 3000);
        const meets = [compileWhere(a!.where), compileWhere(b!.where)];
        const both = [...records(paths)].some(record => meets.every(holds => holds(record)));
        const found = analysis.diagnostics.filter(({ code }) => code === 'overlap');
        expect(found).toHaveLength(both ? 1 : 0);
        if (both) {
          const witness = recordIn(found[0]!);
          expect([found[0]!.reason, meets.map(holds => holds(witness))]).toEqual([found[0]!.reason, [true, true]]);
          overlapping++;
        } else apart++;
      }),
      { numRuns: 400 },
    );
    expect(Math.min(overlapping, apart)).toBeGreaterThan(20);
  });
});

/** The record that a reason names: `Origin` `Web`, an empty `Subject`. */
function recordIn({ reason = '' }: Diagnostic): Record_ {
  const record: Record<string, unknown> = {};
  const set = (path: string, value: unknown) => {
    const [first, second] = path.split('.') as [string, string?];
    record[first] = second === undefined ? value : { ...(record[first] as object), [second]: value };
  };
  for (const [, path, value] of reason.matchAll(/`([\w.]+)` `([^`]*)`/g)) {
    set(path!, path === 'Vip__c' ? value === 'true' : path === 'Score__c' ? Number(value) : value);
  }
  for (const [, path] of reason.matchAll(/an empty `([\w.]+)`/g)) set(path!, null);
  return record;
}
