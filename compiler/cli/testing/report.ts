/** The outcome of a run of tests, in every format: for people, for CI systems, for programs. */
import type { SourceFile } from '../../../dsl/index.ts';
import { formats, type Report } from '../../render/index.ts';
import { renderJson } from '../../render/json.ts';
import { xml } from '../../render/junit.ts';
import { painter, type TerminalOptions } from '../../render/paint.ts';
import { counted } from '../../render/report.ts';
import { renderFinding } from '../../render/terminal.ts';
import { tame } from '../../render/width.ts';
import { kinds, percentOf, type Target } from './coverage.ts';
import type { TestResult } from './situation.ts';

export interface Outcome {
  readonly files: readonly SourceFile[];
  readonly items: number;
  readonly results: readonly TestResult[];
  /** Absent where nobody asked for it. */
  readonly coverage?: readonly Target[];
  /** Tests that the filter left out. */
  readonly left: number;
}

export interface Wish extends TerminalOptions {
  readonly verbose: boolean;
}

export function renderTests(outcome: Outcome, format: string, wish: Wish): string {
  const { files, items, results } = outcome;
  const report: Report = { files, items, diagnostics: results.flatMap(({ failures }) => failures) };
  if (format === 'text') return text(outcome, wish);
  if (format === 'json') return json(outcome, report);
  if (format === 'junit') return junit(outcome);
  return formats[format]!(report, wish);
}

const passed = ({ failures }: TestResult): boolean => failures.length === 0;

// ── for people ──────────────────────────────────────────────────────────────────────────────────

/** More tests than these are only counted while they pass. */
const named = 30;

function text({ results, coverage, left }: Outcome, { verbose, ...options }: Wish): string {
  const paint = painter(options);
  const blocks: string[] = [];
  const list = results
    .filter(result => verbose || results.length <= named || !passed(result))
    .map(result => {
      const sign = passed(result) ? paint('hint', '✓') : paint('error', '✗');
      const writes = verbose ? result.writes.map(line => `\n    ${paint('dim', tame(line))}`).join('') : '';
      return `${sign} ${tame(result.name)}${writes}`;
    });
  if (list.length > 0) blocks.push(list.join('\n'));
  for (const { failures } of results) for (const failure of failures) blocks.push(renderFinding(failure, options));
  if (coverage !== undefined) blocks.push(coverageText(coverage, options));
  const failed = results.filter(result => !passed(result)).length;
  const parts = [
    ...(failed > 0 ? [paint('error', `${failed} failed`)] : []),
    ...(failed < results.length ? [`${results.length - failed} passed`] : []),
    ...(left > 0 ? [`${left} left out by the filter`] : []),
  ];
  blocks.push(paint('bold', `${counted(results.length, 'test')}: ${parts.join(', ')}`));
  return `${blocks.join('\n\n')}\n`;
}

const kindNames = { mappings: 'mappings', rules: 'rule branches', values: 'value rows', statuses: 'status rows' };

function coverageText(targets: readonly Target[], options: TerminalOptions): string {
  const paint = painter(options);
  const lines: string[] = [];
  for (const [item, own] of Map.groupBy(targets, target => target.item)) {
    const parts = kinds.flatMap(kind => {
      const these = own.filter(target => target.kind === kind);
      return these.length === 0
        ? []
        : [`${kindNames[kind]} ${these.filter(one => one.covered).length}/${these.length}`];
    });
    lines.push(`${tame(item)}: ${percentOf(own)} % covered: ${parts.join(', ')}`);
    for (const target of own)
      if (!target.covered)
        lines.push(
          `  ${paint('dim', tame(`${target.origin.file}:${target.origin.line}`))} no test reaches ${tame(target.what)}`,
        );
  }
  lines.push(paint('bold', `coverage: ${percentOf(targets)} %`));
  return lines.join('\n');
}

// ── for programs ────────────────────────────────────────────────────────────────────────────────

const place = ({ test: { file, node } }: TestResult) => ({
  file: file.path,
  line: file.position(node.span.start).line,
});
const itemOf = ({ test }: TestResult): string => test.item?.id ?? '';

function json({ results, coverage }: Outcome, report: Report): string {
  const whole = JSON.parse(renderJson(report)) as { summary: object };
  return `${JSON.stringify(
    {
      ...whole,
      summary: { ...whole.summary, tests: results.length, passed: results.filter(passed).length },
      tests: results.map(result => ({
        name: result.name,
        item: itemOf(result),
        ...place(result),
        passed: passed(result),
        ms: Math.round(result.ms),
        failures: result.failures.map(({ code, message }) => ({ code, message })),
        writes: result.writes,
      })),
      ...(coverage === undefined ? {} : { coverage: coverageJson(coverage) }),
    },
    null,
    2,
  )}\n`;
}

const coverageJson = (targets: readonly Target[]) => ({
  percent: percentOf(targets),
  ...Object.fromEntries(
    kinds.map(kind => {
      const these = targets.filter(target => target.kind === kind);
      return [kind, { covered: these.filter(one => one.covered).length, total: these.length }];
    }),
  ),
  uncovered: targets
    .filter(({ covered }) => !covered)
    .map(({ item, kind, what, origin }) => ({ item, kind, what, file: origin.file, line: origin.line })),
});

function junit({ results }: Outcome): string {
  const failures = results.filter(result => !passed(result)).length;
  const seconds = (all: readonly TestResult[]) => (all.reduce((sum, { ms }) => sum + ms, 0) / 1000).toFixed(3);
  const counts = (all: readonly TestResult[]) =>
    `tests="${all.length}" failures="${all.filter(result => !passed(result)).length}" time="${seconds(all)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="bridge" tests="${results.length}" failures="${failures}" time="${seconds(results)}">`,
    ...[...Map.groupBy(results, result => place(result).file)].flatMap(([file, all]) => [
      `  <testsuite name="${xml(file)}" ${counts(all)}>`,
      ...all.map(junitCase),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function junitCase(result: TestResult): string {
  const { file, line } = place(result);
  const head = `    <testcase classname="${xml(itemOf(result))}" name="${xml(result.name)}" file="${xml(file)}" line="${line}" time="${(result.ms / 1000).toFixed(3)}"`;
  if (passed(result)) return `${head}/>`;
  const inside = result.failures.map(failure => {
    const body = renderFinding(failure, { colour: false });
    return `<failure type="${xml(failure.code)}" message="${xml(failure.message)}">${xml(body)}</failure>`;
  });
  return `${head}>${inside.join('')}</testcase>`;
}
