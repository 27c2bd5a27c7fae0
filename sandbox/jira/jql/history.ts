/**
 * `WAS` and `CHANGED`: what an issue's field was over time, told by its changelog. A field's past is a row of spans,
 * each with its values and who brought them; predicates ask for spans or changes by time, person and value.
 */
import type { Operand, Predicate, TerminalClause } from '@atlaskit/jql-ast';
import type { Jira } from '../context.ts';
import { refusal } from '../errors.ts';
import type { Issue } from '../model.ts';
import type { Comparable, JqlField } from './fields.ts';

type Test = (issue: Issue) => boolean;

/** Fields whose past can be asked for: where they stand in the changelog, and how a comparable value is spelt there. */
const remembered: Readonly<Record<string, { readonly id: string; spelt?(jira: Jira, value: Comparable): string }>> = {
  status: { id: 'status' },
  assignee: { id: 'assignee' },
  reporter: { id: 'reporter' },
  resolution: { id: 'resolution' },
  fixVersion: { id: 'fixVersions' },
  priority: {
    id: 'priority',
    // Priorities compare by rank, the highest first.
    spelt: ({ world: { site } }, value) => site.priorities[site.priorities.length - Number(value)]?.id ?? '',
  },
};

interface Span {
  readonly values: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

export interface Reading {
  literals(operand: Operand, field: JqlField): readonly Comparable[];
  /** For the moments of predicates. */
  readonly moment: JqlField;
  readonly person: JqlField;
}

export const isHistory = (operator: string): boolean => operator.startsWith('was') || operator === 'changed';

export function historyTest(jira: Jira, field: JqlField, clause: TerminalClause, reading: Reading): Test {
  const known = remembered[field.name];
  if (!known) throw refusal(400, `History searches do not support the '${field.name}' field.`);
  const wanted = (operand: Operand | undefined): ReadonlySet<string> => {
    if (!operand) return new Set();
    if (operand.operandType === 'keyword') return new Set(['']);
    return new Set(reading.literals(operand, field).map(value => known.spelt?.(jira, value) ?? String(value)));
  };
  const has = (values: readonly string[], set: ReadonlySet<string>): boolean =>
    values.length === 0 ? set.has('') : values.some(value => set.has(value));
  const within = predicates(clause.predicates, reading, wanted);

  const operator = clause.operator?.value.toLowerCase() ?? '';
  if (operator === 'changed')
    return issue => {
      const past = spansOf(jira, issue, known.id);
      return past.some((span, at) => {
        const before = past[at - 1];
        return (
          before !== undefined &&
          within.change(span.from, span.by) &&
          (!within.from || has(before.values, within.from)) &&
          (!within.to || has(span.values, within.to))
        );
      });
    };
  const set = wanted(clause.operand || undefined);
  const was: Test = issue => spansOf(jira, issue, known.id).some(span => within.span(span) && has(span.values, set));
  return operator.startsWith('was not') ? issue => !was(issue) : was;
}

interface Within {
  span(span: Span): boolean;
  change(at: number, by: string): boolean;
  readonly from?: ReadonlySet<string>;
  readonly to?: ReadonlySet<string>;
}

const day = 24 * 3600 * 1000;

function predicates(
  all: readonly Predicate[],
  { literals, moment, person }: Reading,
  wanted: (operand: Operand) => ReadonlySet<string>,
): Within {
  /** The time that counts, `to` excluded. */
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  let by: ReadonlySet<Comparable> | undefined;
  const values: { from?: ReadonlySet<string>; to?: ReadonlySet<string> } = {};
  for (const { operator, operand } of all) {
    const name = operator.value.toLowerCase();
    if (!operand) throw refusal(400, `The predicate '${name}' needs a value.`);
    const times = (): readonly number[] => literals(operand, moment).map(Number);
    switch (name) {
      case 'after':
        from = Math.max(from, times()[0]! + 1);
        break;
      case 'before':
        to = Math.min(to, times()[0]!);
        break;
      case 'on': {
        const start = Math.floor(times()[0]! / day) * day;
        [from, to] = [Math.max(from, start), Math.min(to, start + day)];
        break;
      }
      case 'during': {
        const [first, last] = times();
        if (first === undefined || last === undefined) throw refusal(400, "The predicate 'during' needs two dates.");
        [from, to] = [Math.max(from, first), Math.min(to, last + 1)];
        break;
      }
      case 'by':
        by = new Set(literals(operand, person));
        break;
      case 'from':
      case 'to':
        values[name] = wanted(operand);
        break;
      default:
        throw refusal(400, `The predicate '${name}' is not supported.`);
    }
  }
  const who = (account: string): boolean => by === undefined || by.has(account);
  return {
    span: span => span.from < to && span.to > from && who(span.by),
    change: (at, account) => at >= from && at < to && who(account),
    ...values,
  };
}

/** From its creation to now; a search that lags behind sees the past of the issue that it sees. */
function spansOf(jira: Jira, issue: Issue, fieldId: string): readonly Span[] {
  const changes = jira.state
    .histories(issue.id)
    .filter(history => history.created <= issue.updated)
    .flatMap(({ created, author, items }) =>
      items.filter(item => item.fieldId === fieldId).map(({ from, to }) => ({ at: created, by: author, from, to })),
    );
  const split = (value: string | null): readonly string[] =>
    value === null || value === '' ? [] : value.split(',').map(part => part.trim());
  const current = fieldId === 'status' ? issue.statusId : issue.values[fieldId];
  const first = changes[0];
  const starts = [
    {
      at: issue.created,
      by: issue.creator,
      values: first ? split(first.from) : [current ?? []].flat().map(String),
    },
    ...changes.map(change => ({ at: change.at, by: change.by, values: split(change.to) })),
  ];
  return starts.map(({ at, by, values }, place) => ({
    values,
    from: at,
    to: starts[place + 1]?.at ?? Number.POSITIVE_INFINITY,
    by,
  }));
}
