/**
 * JQL, read by Atlassian's own grammar and answered here: a query becomes a test of an issue, an order, and
 * where possible a way to find candidates by an index. What Jira would refuse is refused in its words.
 * `NOT` is pushed down to the single conditions, as Jira does: `NOT a = b` passes over empty fields too.
 */
import { createRequire } from 'node:module';
import type { Clause, Field, Jast, JastBuilder, Operand, TerminalClause } from '@atlaskit/jql-ast';
import type { Jira } from '../context.ts';
import { refusal } from '../errors.ts';
import type { Issue, User } from '../model.ts';
import { scalarsAt } from '../state.ts';
import { momentFunction } from './dates.ts';
import { type Comparable, type JqlField, jqlFields, type OperatorGroup, unresolved } from './fields.ts';
import { jqlFunctions, unmodelledFunctions } from './functions.ts';
import { historyTest, isHistory } from './history.ts';
import { indexFor, propertyOf } from './index-choice.ts';
import { bareWords, textTest } from './words.ts';

export type SortKey = readonly (Comparable | null)[];

export interface JqlQuery {
  matches(issue: Issue): boolean;
  /** Issues among which all matches are, found by an index; nothing when only a scan would do. */
  candidates(): Iterable<Issue> | undefined;
  sortKey(issue: Issue): SortKey;
  compare(a: SortKey, b: SortKey): number;
}

const require = createRequire(import.meta.url);

type Test = (issue: Issue) => boolean;

const groupOf: Readonly<Record<string, OperatorGroup>> = {
  '=': 'equality',
  '!=': 'equality',
  in: 'equality',
  'not in': 'equality',
  '>': 'order',
  '>=': 'order',
  '<': 'order',
  '<=': 'order',
  '~': 'match',
  '!~': 'match',
  is: 'empty',
  'is not': 'empty',
};
const opposite: Readonly<Record<string, string>> = {
  '=': '!=',
  '!=': '=',
  in: 'not in',
  'not in': 'in',
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '~': '!~',
  '!~': '~',
  is: 'is not',
  'is not': 'is',
};

export const unbounded = 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.';

/** Texts are parsed once: a poller sends the same few again and again. */
export function jqlParser(): (text: string) => Jast {
  let builder: JastBuilder | undefined;
  const parsed = new Map<string, Jast>();
  return text => {
    const known = parsed.get(text);
    if (known) return known;
    if (parsed.size > 500) parsed.clear();
    // The grammar takes half a second to load, which a start without a search need not pay.
    builder ??= new (require('@atlaskit/jql-ast') as typeof import('@atlaskit/jql-ast')).JastBuilder();
    const jast = builder.build(text);
    parsed.set(text, jast);
    return jast;
  };
}

export function compileJql(jira: Jira, caller: User, parse: (text: string) => Jast, text: string): JqlQuery {
  const jast = parse(text);
  if (jast.errors.length > 0) {
    const words = bareWords(text);
    if (words) return wordSearch(jira, caller, words);
    throw refusal(400, `Error in the JQL Query: ${syntaxText(jast.errors[0]!)}`);
  }
  const where = jast.query?.where;
  if (!where) throw refusal(400, unbounded);
  const fields = jqlFields(jira, caller);
  const find = (field: Field): JqlField => {
    const found = field.properties && field.properties.length > 0 ? propertyField(jira, field) : fields(field.value);
    if (!found && knownFields.has(field.value.toLowerCase())) throw notModelled(`the JQL field '${field.value}'`);
    if (!found) {
      throw refusal(400, `Field '${field.value}' does not exist or you do not have permission to view it.`);
    }
    return found;
  };
  const matches = clauseTest(where, false);
  const order = (jast.query?.orderBy?.fields ?? []).map(item => {
    const field = find(item.field);
    if (!field.sort) throw refusal(400, `Not able to sort using field '${item.field.value}'.`);
    return { of: field.sort, down: item.direction?.value.toLowerCase() === 'desc' };
  });
  if (order.length > 7) throw refusal(400, 'The ORDER BY clause can contain a maximum of 7 fields.');
  const directions = [...order.map(item => item.down), true];

  return {
    matches,
    candidates: () => indexFor(jira, where),
    sortKey: issue => [...order.map(item => item.of(issue)), Number(issue.id)],
    compare(a, b) {
      for (const [place, down] of directions.entries()) {
        const difference = compareValues(a[place] ?? null, b[place] ?? null);
        if (difference !== 0) return down ? -difference : difference;
      }
      return 0;
    },
  };

  function clauseTest(clause: Clause, negated: boolean): Test {
    if (clause.clauseType === 'not') return clauseTest(clause.clause, !negated);
    if (clause.clauseType === 'compound') {
      const tests = clause.clauses.map(item => clauseTest(item, negated));
      const all = (clause.operator.value === 'and') !== negated;
      return all ? issue => tests.every(test => test(issue)) : issue => tests.some(test => test(issue));
    }
    return terminalTest(clause, negated);
  }

  function terminalTest(clause: TerminalClause, negated: boolean): Test {
    const field = find(clause.field);
    const written = clause.operator?.value.toLowerCase() ?? '';
    if (isHistory(written)) {
      const reading = { literals, moment: fields('updated')!, person: fields('creator')! };
      const test = historyTest(jira, field, clause, reading);
      return negated ? issue => !test(issue) : test;
    }
    const group = groupOf[written];
    if (group === undefined) throw notModelled(`the JQL operator '${written}'`);
    const { operand } = clause;
    if (!operand) throw refusal(400, 'Error in the JQL Query: Expecting either a value, list or function.');
    const isEmptyTest = operand.operandType === 'keyword';
    // `= EMPTY` means `IS EMPTY`.
    const needed = isEmptyTest ? 'empty' : group;
    if (!field.takes.includes(needed) || (group === 'empty' && !isEmptyTest)) {
      throw refusal(400, `The operator '${written}' is not supported by the '${field.name}' field.`);
    }
    const operator = negated ? opposite[written]! : written;
    if (isEmptyTest) {
      const wantsEmpty = operator === 'is' || operator === '=' || operator === 'in';
      return issue => field.values(issue).every(value => value === unresolved) === wantsEmpty;
    }
    if (group === 'match') {
      const literal = operand.operandType === 'value' ? operand.value : '';
      const test = textTest(literal, field.name);
      return issue => {
        const value = field.text?.(issue) ?? '';
        return operator === '~' ? test(value) : value !== '' && !test(value);
      };
    }
    const wanted = literals(operand, field);
    if (group === 'equality') {
      const set = new Set(wanted);
      const has: Test = issue => field.values(issue).some(value => set.has(value));
      return operator === '=' || operator === 'in' ? has : issue => field.values(issue).length > 0 && !has(issue);
    }
    const [limit] = wanted;
    return issue => field.values(issue).some(value => holds(operator, compareValues(value, limit!)));
  }

  function literals(operand: Operand, field: JqlField): readonly Comparable[] {
    switch (operand.operandType) {
      case 'list':
        return operand.values.flatMap(value => literals(value, field));
      case 'function':
        return functionValues(
          operand.function.value,
          operand.arguments.flatMap(item => (item ? item.value : [])),
          field,
        );
      case 'value': {
        const found = field.resolve(operand.value);
        if (found.length > 0) return found;
        throw refusal(400, missingValue(operand.value, field));
      }
      default:
        return [];
    }
  }

  function functionValues(name: string, args: readonly string[], field: JqlField): readonly Comparable[] {
    const time = field.moments ? momentFunction(name, args[0], jira.now()) : undefined;
    if (time !== undefined) return [time];
    const known = jqlFunctions[name.toLowerCase()];
    if (known && known.of === field.holds) return known.values(jira, caller, args);
    if (known) throw refusal(400, `The function '${name}' is not supported by the '${field.name}' field.`);
    if (unmodelledFunctions.has(name.toLowerCase())) throw notModelled(`the JQL function '${name}'`);
    throw refusal(400, `Unable to find JQL function '${name}(${args.join(', ')})'.`);
  }
}

/** An issue's property at a declared path; what is not declared is no error and never matches. */
function propertyField(jira: Jira, field: Field): JqlField {
  const { key, path } = propertyOf(field);
  const declared = jira.declared.find(item => item.key === key && item.path === path);
  const numeric = declared?.type === 'number';
  return {
    name: field.value,
    takes: ['equality', 'order', 'empty', 'match'],
    resolve: literal => [numeric ? Number(literal) : literal],
    values: issue => {
      const found = declared ? scalarsAt(issue.properties[key], path) : [];
      return numeric ? found.map(Number) : found;
    },
    text: issue => (declared ? scalarsAt(issue.properties[key], path).join(' ') : ''),
  };
}

/** Nothing stands after everything. */
function compareValues(a: Comparable | null, b: Comparable | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

const holds = (operator: string, difference: number): boolean =>
  operator === '>'
    ? difference > 0
    : operator === '>='
      ? difference >= 0
      : operator === '<'
        ? difference < 0
        : difference <= 0;

function missingValue(literal: string, field: JqlField): string {
  if (field.moments) {
    return `Date value '${literal}' for field '${field.name}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`;
  }
  if (field.name === 'key') {
    return /^\d+$/.test(literal)
      ? `A value with ID '${literal}' does not exist for the field 'key'.`
      : `An issue with key '${literal}' does not exist for field 'key'.`;
  }
  return `The value '${literal}' does not exist for the field '${field.name}'.`;
}

function wordSearch(jira: Jira, caller: User, words: string): JqlQuery {
  const field = jqlFields(jira, caller)('text')!;
  const test = textTest(words, 'text');
  return {
    matches: issue => test(field.text!(issue)),
    candidates: () => undefined,
    sortKey: issue => [Number(issue.id)],
    compare: (a, b) => compareValues(b[0] ?? null, a[0] ?? null),
  };
}

function syntaxText(error: Error): string {
  const { start } = error as Error & { readonly start?: number };
  const where = typeof start === 'number' ? ` (line 1, character ${start + 1})` : '';
  return `${error.message}.${where}`;
}

/** A live site has these; here they are refused rather than called unknown. */
const knownFields = new Set(
  `affectedVersion approvals category environment filter hierarchyLevel issueLinkType lastViewed level linkedIssue
  organizations originalEstimate parent project.property remainingEstimate request-channel-type request-last-activity-time
  savedFilter searchRequest sprint timeEstimate timeOriginalEstimate timeSpent voter votes watcher watchers workRatio
  worklogAuthor worklogComment worklogDate`
    .toLowerCase()
    .split(/\s+/),
);

const notModelled = (what: string): Error => refusal(501, `Not modelled here: ${what}.`);
