/** One field of a link, decided by the engine from any state of both sides, of the base and of the change log. */
import { expect } from 'vitest';
import type { MappingPlan, Owner } from '../../compiler/plan/ir.ts';
import { compileItem, emptyContext, type FieldDecision } from '../../runtime/engine/index.ts';
import type { FieldBase, JiraFieldChange } from '../../runtime/ports.ts';
import { changeOf } from './changes.ts';
import { mapping, subject, supportCases, target } from './plan.ts';

export const now = 1_000_000_000;
export const minute = 60_000;
export const before = now - 10 * minute;

/** Who made the changes of the field that Jira lists, oldest first. */
type Author = 'app' | 'person';
type Change = Author | readonly [Author, at: number, to?: string];
export interface Case {
  readonly salesforce?: unknown;
  readonly jira?: unknown;
  /** As both agreed last, side by side, and what else is remembered. */
  readonly base?: readonly [salesforce: unknown, jira: unknown, more?: Partial<FieldBase>];
  /** Left out: nobody has read the change log. */
  readonly changes?: readonly Change[];
  readonly stamp?: number;
}

const change = (field: string, one: Change): JiraFieldChange => {
  const [author, at = before, words = null] = typeof one === 'string' ? [one] : one;
  return changeOf(field, author, at, words);
};

export const shared = (owner: Owner, more?: Partial<MappingPlan>) => mapping(owner, subject, target('summary'), more);

export function fieldDecided(plan: MappingPlan, state: Case): FieldDecision {
  const { salesforce = null, jira = null, base, changes, stamp = now } = state;
  const { rules: _, ...item } = supportCases();
  const field = plan.source.kind === 'field' ? plan.source.field.path[0]! : '';
  const { fields } = compileItem({ ...item, mappings: [plan] }).reconcile({
    link: { bases: base === undefined ? {} : { [plan.id]: { salesforce: base[0], jira: base[1], ...base[2] } } },
    record: {
      id: '500000000000001AAA',
      object: 'Case',
      fields: { [field]: salesforce },
      stamp,
      createdAt: before,
      deleted: false,
    },
    issue: { id: '1', key: 'SUP-1', fields: { [plan.target.id]: jira }, updated: before },
    ...(changes && { changes: changes.map(one => change(plan.target.id, one)) }),
    context: { ...emptyContext, self: 'app' },
    cause: 'record',
    now,
  });
  expect(fields.map(one => one.mapping)).toEqual([plan.id]);
  return fields[0]!;
}

/** In a line: where which value is written and why, or why not; and whether the change log is asked for. */
export function said({ decision, write, wants }: FieldDecision): string {
  const what = decision === undefined ? 'nothing' : `${decision.outcome} ${decision.side} “${decision.to ?? ''}”`;
  const why = decision === undefined ? '' : `: ${decision.reason}`;
  expect(write === undefined).toBe(decision?.outcome !== 'write');
  if (write !== undefined) expect(write.side).toBe(decision?.side);
  return `${what}${why}${wants ? '; asks who edited it' : ''}`;
}

export const sent = (side: 'salesforce' | 'jira', value: unknown, at = now - minute) => ({ side, value, at });
