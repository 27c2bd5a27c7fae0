/** Why something is as it is: what the bridge wrote, on whose word, or why it wrote nothing. */
import type { Related } from '../../../dsl/index.ts';
import { compileItem } from '../../../runtime/engine/index.ts';
import { type BoundTest, jiraFieldOf, sourceFieldOf } from '../../bind/bound.ts';
import { sideNames } from '../../messages/test-failures.ts';
import type { ItemPlan, Origin, SalesforceField } from '../../plan/ir.ts';
import type { Situation } from './situation.ts';
import type { Written } from './world.ts';

/** `5m: Summary in Jira is now “Old”: Salesforce owns it (support-cases.bridge:11)`. */
export function describeWrite(entry: Written, start: number): string {
  const { outcome, what, side, to, reason, source } = entry;
  const where = sideNames[side];
  const value = to === undefined || to === '' ? 'emptied' : `set to “${short(to)}”`;
  const did: Readonly<Record<string, string>> = {
    created: what === 'Issue' ? `${to ?? 'an issue'} created` : `${what} in ${where} created`,
    written: `${what} in ${where} ${value}`,
    moved: `${where} status moved to “${to}”`,
    blocked: `${what} in ${where} blocked`,
    skipped: `${what} in ${where} left alone`,
    failed: `${what} in ${where} failed`,
    held: `${what} held for a person to choose`,
  };
  return `${clock(entry.at - start)}: ${did[outcome] ?? `${what} ${outcome}`}: ${reason} (${source})`;
}

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
};

/** As `at` writes it. */
function clock(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

const placeOf = ({ file, line }: Origin): string => `${file}:${line}`;

/** Fields and status count, notes and markers do not. */
export function isCounted(item: ItemPlan, { outcome, what, source }: Written): boolean {
  if (outcome === 'moved') return true;
  if (outcome !== 'written') return false;
  const notes = ['Comment', 'File', 'File note', 'Link note'];
  return !notes.includes(what) || item.mappings.some(mapping => placeOf(mapping.origin) === source);
}

/** In the order in which a run would ask. */
export function whyNoIssue({ test, item, known, cycles, handMade, record }: Situation): string | undefined {
  if (handMade !== undefined) return handMade;
  if (record === undefined) return 'no record is there: the test has no `salesforce` step before this one';
  if (known.attention.length > 0) return known.attention.map(({ cause, remedy }) => `${cause}. ${remedy}`).join('\n');
  if (cycles === 0) return 'no `cycle` ran before this step';
  if (item.mode === 'display-only' || item.create.records === 'off')
    return 'the item does not create issues; a `jira` step makes one by hand and links it';
  const { where, rule } = compileItem(item);
  if (!where(record)) {
    const clause = test.item?.clauses.where[0];
    const place = clause && `${test.item.file.path}:${test.item.file.position(clause.span.start).line}`;
    return `the record is outside the item's \`where\` (${place ?? placeOf(item.origin)})`;
  }
  if (item.create.records === 'matching' && rule !== undefined) {
    const verdict = rule(record);
    if (!verdict.met)
      return `${verdict.reason}, and the item creates matching records only (${placeOf(verdict.origin)})`;
  }
  return undefined;
}

const owners = { '->': 'Salesforce owns', '<-': 'Jira owns', '<->': 'both sides own' } as const;

/** The lines of the item that decide over a field. */
export function ruler(
  { item }: BoundTest,
  jiraField: string | undefined,
  salesforceField: SalesforceField | undefined,
): readonly Related[] {
  if (item === undefined) return [];
  const { file } = item;
  if (jiraField === 'status') {
    const clauses = item.rules.length > 0 ? item.rules.map(({ node }) => node) : item.status ? [item.status.node] : [];
    return clauses.map(({ span }) => ({ file, span, message: 'this decides over the status' }));
  }
  const path = salesforceField?.path.join('.');
  return item.mappings
    .filter(mapping =>
      jiraField !== undefined
        ? jiraFieldOf(mapping.target)?.field.id === jiraField
        : path !== undefined && sourceFieldOf(mapping)?.field.path.join('.') === path,
    )
    .map(({ node, arrow = '->' }) => ({ file, span: node.span, message: `${owners[arrow]} this field` }));
}
