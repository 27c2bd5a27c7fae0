/** The index that narrows a query most: of conditions that every match meets, the most selective one. */
import type { Clause, Field, TerminalClause } from '@atlaskit/jql-ast';
import { type Jira, lookUp } from '../context.ts';
import type { Issue } from '../model.ts';
import { jqlFields } from './fields.ts';

/** `issue.property[key].a.b`; the grammar gives each step of the path with its dot. */
export function propertyOf(field: Field): { readonly key: string; readonly path: string } {
  const property = field.properties ? field.properties[0] : undefined;
  const steps = (property?.path || []).map(step => (step ? step.value.replace(/^\./, '') : ''));
  return { key: property?.key?.value || '', path: steps.join('.') };
}

/** Issues among which all matches are; nothing when only a scan would do. */
export function indexFor(jira: Jira, clause: Clause): Iterable<Issue> | undefined {
  if (clause.clauseType === 'compound') {
    if (clause.operator.value !== 'and') return undefined;
    const found = clause.clauses
      .map(item => ({ item, rank: indexRank(jira, item) }))
      .sort((a, b) => a.rank - b.rank)[0];
    return found && found.rank < Number.POSITIVE_INFINITY ? indexFor(jira, found.item) : undefined;
  }
  if (indexRank(jira, clause) === Number.POSITIVE_INFINITY || clause.clauseType !== 'terminal') return undefined;
  const operator = clause.operator?.value.toLowerCase() ?? '';
  const values = valuesOf(clause.operand);
  switch (fieldName(clause)) {
    case 'property': {
      const { key, path } = propertyOf(clause.field);
      return values.flatMap(value => [...jira.state.issuesWithProperty(key, path, value)]);
    }
    case 'key':
      return values.flatMap(value => lookUp(jira, value) ?? []);
    case 'project':
      return values.flatMap(value => {
        const project = jira.world.site.projects.find(
          item =>
            item.id === value ||
            item.key.toLowerCase() === value.toLowerCase() ||
            item.name.toLowerCase() === value.toLowerCase(),
        );
        return project ? [...jira.state.issuesOfProject(project.id)] : [];
      });
    default: {
      const from = jqlFields(jira, jira.world.site.app)('updated')!.resolve(values[0] ?? '')[0];
      return operator.startsWith('>') && typeof from === 'number' ? jira.state.issuesUpdatedSince(from) : undefined;
    }
  }
}

/** The most selective index first. */
function indexRank(jira: Jira, clause: Clause): number {
  if (clause.clauseType !== 'terminal') return Number.POSITIVE_INFINITY;
  const operator = clause.operator?.value.toLowerCase();
  const equality = (operator === '=' || operator === 'in') && valuesOf(clause.operand).length > 0;
  const name = fieldName(clause);
  if (name === 'key' && equality) return 1;
  if (name === 'property' && equality) {
    const { key, path } = propertyOf(clause.field);
    return jira.declared.some(item => item.key === key && item.path === path) ? 2 : Number.POSITIVE_INFINITY;
  }
  if (name === 'updated' && (operator === '>=' || operator === '>') && clause.operand?.operandType === 'value')
    return 3;
  return name === 'project' && equality ? 4 : Number.POSITIVE_INFINITY;
}

function fieldName(clause: TerminalClause): string {
  if (clause.field.properties?.length) return 'property';
  const name = clause.field.value.toLowerCase();
  if (['key', 'issue', 'issuekey', 'id'].includes(name)) return 'key';
  return name === 'updateddate' ? 'updated' : name;
}

function valuesOf(operand: TerminalClause['operand']): readonly string[] {
  if (operand?.operandType === 'value') return [operand.value];
  if (operand?.operandType !== 'list') return [];
  const values = operand.values.flatMap(item => (item.operandType === 'value' ? [item.value] : []));
  return values.length === operand.values.length ? values : [];
}
