/** Parts of a plan as people read them, in the words of the language, whatever the notation of the file. */
import type {
  Condition,
  FallbackPlan,
  JiraScope,
  MappingPlan,
  SalesforceField,
  SalesforceType,
  Scalar,
  TemplatePart,
} from './ir.ts';

/** Most paths are one name, for which nothing has to be joined. */
export const pathText = ({ path }: Pick<SalesforceField, 'path'>): string =>
  path.length === 1 ? path[0]! : path.join('.');

export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
      return condition.of.map(part => bracketed(part, 'any')).join(' and ');
    case 'any':
      return condition.of.map(part => bracketed(part, 'all')).join(' or ');
    case 'not':
      return `not (${conditionText(condition.of)})`;
    case 'is-empty':
      return `${pathText(condition.field)} is ${condition.negated ? 'not ' : ''}empty`;
    case 'one-of': {
      const values = condition.values.map(value => literalText(value, condition.field.type));
      return `${pathText(condition.field)} is ${condition.negated ? 'not ' : ''}one of ${values.join(', ')}`;
    }
    case 'compare': {
      const value = literalText(condition.value, condition.field.type);
      return `${pathText(condition.field)} ${condition.comparison.replaceAll('-', ' ')} ${value}`;
    }
  }
}

const bracketed = (part: Condition, kind: Condition['kind']): string =>
  part.kind === kind ? `(${conditionText(part)})` : conditionText(part);

const bare: ReadonlySet<SalesforceType> = new Set([
  'date',
  'datetime',
  'int',
  'double',
  'currency',
  'percent',
  'boolean',
]);
export const literalText = (value: Scalar, type: SalesforceType = 'string'): string =>
  typeof value === 'string' && !bare.has(type) ? quoted(value) : String(value);

export const quoted = (text: string): string => JSON.stringify(text);

/** `"Case {CaseNumber}"`, as it is written. */
export const templateText = (parts: readonly TemplatePart[]): string =>
  quoted(
    parts
      .map(part => (part.kind === 'literal' ? part.value.replace(/[{}]/g, '$&$&') : `{${pathText(part.field)}}`))
      .join(''),
  );

export const sourceText = ({ source }: Pick<MappingPlan, 'source'>): string =>
  source.kind === 'field' ? pathText(source.field) : templateText(source.parts);

export const fallbackText = (fallback: FallbackPlan): string =>
  fallback.kind === 'text' ? templateText(fallback.parts) : fallback.kind;

export const arrows = { salesforce: '->', jira: '<-', both: '<->' } as const;

/** `SUP / "Incident"`. */
export const jiraScopeText = ({ projects, issueType }: JiraScope): string =>
  projects.map(({ key }) => key).join(', ') + (issueType === undefined ? '' : ` / ${quoted(issueType.name)}`);

/** `a`, `b` and `c`; a long list ends in a count. */
export function listText(words: readonly string[], last = 'and', most = 8): string {
  const shown = words.length > most ? [...words.slice(0, most), `${words.length - most} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${last} ${shown.at(-1)}`;
}
