/**
 * What the tests reached. A mapping counts, in each direction that it has, once a test saw it written; a row
 * of a table or of the status once both sides stood at its values after a run; a branch of a rule once it
 * decided over a record. What no test reached is named with its place.
 */
import { compileItem, sourceName, sourceType, sourceValue } from '../../../runtime/engine/index.ts';
import { foldText, jiraText, salesforceText } from '../../conversion/index.ts';
import type { ItemPlan, MappingPlan, Origin, Plan } from '../../plan/ir.ts';
import type { Sight } from './situation.ts';

export type Kind = 'mappings' | 'rules' | 'values' | 'statuses';
export const kinds: readonly Kind[] = ['mappings', 'rules', 'values', 'statuses'];

export interface Target {
  readonly item: string;
  readonly kind: Kind;
  /** `Subject -> summary`, `"High" <-> "Highest"`. */
  readonly what: string;
  readonly origin: Origin;
  covered: boolean;
  readonly reached: (sight: Sight) => boolean;
}

export interface Coverage {
  readonly targets: readonly Target[];
  see(sight: Sight): void;
}

export function createCoverage(plan: Plan, items: ReadonlySet<string>): Coverage {
  const targets = plan.items.filter(({ id }) => items.has(id)).flatMap(targetsOf);
  return {
    targets,
    see(sight) {
      for (const target of targets) {
        if (!target.covered && target.item === sight.item.id && target.reached(sight)) target.covered = true;
      }
    },
  };
}

/** Whole percents, and 100 only when nothing is left. */
export function percentOf(targets: readonly Target[]): number {
  const covered = targets.filter(target => target.covered).length;
  return targets.length === 0 ? 100 : Math.floor((covered * 100) / targets.length);
}

function targetsOf(item: ItemPlan): readonly Target[] {
  const target = (kind: Kind, what: string, origin: Origin, reached: Target['reached']): Target => ({
    item: item.id,
    kind,
    what,
    origin,
    covered: false,
    reached,
  });
  return [
    ...item.mappings.flatMap(mapping => mappingTargets(mapping, target)),
    ...ruleTargets(item, target),
    ...item.mappings.flatMap(mapping => rowTargets(mapping, target)),
    ...statusTargets(item, target),
  ];
}

type Make = (kind: Kind, what: string, origin: Origin, reached: Target['reached']) => Target;

function mappingTargets(mapping: MappingPlan, target: Make): readonly Target[] {
  const { source, target: field, owner, origin } = mapping;
  const place = `${origin.file}:${origin.line}`;
  const left = source.kind === 'field' ? source.field.path.join('.') : `"${sourceName(source)}"`;
  const written = (side: 'salesforce' | 'jira', name: string) => (sight: Sight) =>
    sight.journal.some(
      entry => entry.outcome === 'written' && entry.side === side && entry.what === name && entry.source === place,
    );
  return [
    ...(owner === 'jira' ? [] : [target('mappings', `${left} -> ${field.name}`, origin, written('jira', field.name))]),
    ...(owner === 'salesforce'
      ? []
      : [target('mappings', `${left} <- ${field.name}`, origin, written('salesforce', sourceName(source)))]),
  ];
}

function ruleTargets(item: ItemPlan, target: Make): readonly Target[] {
  if (item.rules === undefined) return [];
  const { rule, where } = compileItem(item);
  const { branches, otherwise } = item.rules;
  const all = [
    ...branches.map(({ origin, moveTo }) => ({ origin, what: `when … move to "${moveTo.name}"` })),
    {
      origin: otherwise.origin,
      what: otherwise.moveTo ? `otherwise move to "${otherwise.moveTo.name}"` : 'otherwise leave',
    },
  ];
  return all.map(({ origin, what }) =>
    target('rules', what, origin, ({ record }) => where(record) && rule?.(record).origin === origin),
  );
}

function rowTargets(mapping: MappingPlan, target: Make): readonly Target[] {
  const { table, source } = mapping;
  if (table === undefined) return [];
  const { owner } = mapping;
  const rows = new Map<string, { from: string; to: string; sign: string; origin: Origin }>();
  const add = (from: unknown, to: unknown, sign: string, origin: Origin): void => {
    const key = `${origin.file}:${origin.line}:${origin.column}`;
    const known = rows.get(key);
    rows.set(key, { from: String(from), to: String(to), sign: known === undefined ? sign : '<->', origin });
  };
  if (owner !== 'jira') for (const row of table.toJira) add(row.from, row.to, '->', row.origin);
  if (owner !== 'salesforce') for (const row of table.toSalesforce) add(row.to, row.from, '<-', row.origin);
  return [...rows.values()].map(({ from, to, sign, origin }) =>
    target('values', `"${from}" ${sign} "${to}"`, origin, ({ record, issue }) => {
      if (issue === undefined) return false;
      const left = salesforceText(sourceType(source), sourceValue(source, record));
      const right = jiraText(mapping.target.type, issue[mapping.target.id] ?? null);
      return holds(left, from) && holds(right, to);
    }),
  );
}

/** Of several choices one is enough. */
const holds = (shown: string, value: string): boolean =>
  foldText(shown) === foldText(value) || shown.split('; ').some(part => foldText(part) === foldText(value));

function statusTargets(item: ItemPlan, target: Make): readonly Target[] {
  const { status } = item;
  // A rule switches status sync off.
  if (status === undefined || item.rules !== undefined) return [];
  const rows = new Map<string, { from: string; to: string; sign: string; origin: Origin }>();
  const add = (from: string, to: string, sign: string, origin: Origin): void => {
    const key = `${foldText(from)}\n${foldText(to)}`;
    rows.set(key, { from, to, sign: rows.has(key) ? '<->' : sign, origin });
  };
  for (const row of status.toJira) add(row.from, row.to, '->', row.origin);
  for (const row of status.toSalesforce) add(row.to, row.from, '<-', row.origin);
  return [...rows.values()].map(({ from, to, sign, origin }) =>
    target('statuses', `"${from}" ${sign} "${to}"`, origin, ({ record, issue }) => {
      const name = (issue?.status as { readonly name?: string } | undefined)?.name;
      return (
        name !== undefined &&
        foldText(name) === foldText(to) &&
        holds(String(sourceValue({ kind: 'field', field: status.field }, record) ?? ''), from)
      );
    }),
  );
}
