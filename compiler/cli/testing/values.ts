/** What the assignments of a test name and say: the field on its side, and the value as that side's REST takes it. */
import { type Assignment, isMissing, type Literal, type Value } from '../../../dsl/ast.ts';
import { literalsOf } from '../../bind/bind.ts';
import { type BoundTest, fieldOf, jiraFieldOf } from '../../bind/bound.ts';
import { scalarOf, spelled } from '../../bind/literal.ts';
import { settingValue } from '../../bind/setting.ts';
import { jiraText, normalJira } from '../../conversion/index.ts';
import type { IssueTypeField, JiraFieldMetadata } from '../../metadata/model.ts';
import type { SalesforceField } from '../../plan/ir.ts';
import { Impossible } from './impossible.ts';
import type { TestWorld } from './world.ts';

export interface JiraTarget {
  readonly field: JiraFieldMetadata;
  readonly screen?: IssueTypeField;
}

export interface TestValues {
  salesforceField(assignment: Assignment): SalesforceField | undefined;
  jiraField(assignment: Assignment): JiraTarget | undefined;
  salesforceValue(field: SalesforceField, value: Value): unknown;
  jiraValue(target: JiraTarget, value: Value): unknown;
  /** A value of Jira as a test would write it: people by their addresses. */
  jiraShown(target: JiraTarget, raw: unknown): string;
}

export function valuesOf(test: BoundTest, people: TestWorld['people']): TestValues {
  const paths = new Map(test.paths.map(path => [path.node, path] as const));
  const fields = new Map(test.jiraFields.map(field => [field.node, field] as const));
  /** A person is named by the account or, here, by the address. */
  const personal = (literal: Literal): Literal => {
    const found = literal.kind === 'text' ? people.find(({ email }) => email === literal.value) : undefined;
    return literal.kind === 'text' && found !== undefined ? { ...literal, value: found.accountId } : literal;
  };
  const withPeople = (value: Value): Value => {
    if (value.kind === 'empty') return value;
    if (value.kind !== 'list') return personal(value);
    return { ...value, values: value.values.map(one => (isMissing(one) ? one : personal(one))) };
  };
  return {
    salesforceField: ({ field }) => (field.kind === 'path' ? fieldOf(paths.get(field))?.field : undefined),
    jiraField({ field }) {
      const found = field.kind === 'jira-field' ? jiraFieldOf(fields.get(field)) : undefined;
      return found && { field: found.field, ...(found.screen ? { screen: found.screen } : {}) };
    },
    salesforceValue(field, value) {
      const scalars = literalsOf(value).map(literal => scalarOf(literal, field.type));
      return scalars.length === 0 ? null : scalars.length === 1 ? scalars[0] : scalars.join(';');
    },
    jiraValue({ field, screen }, value) {
      const people = field.type === 'user' || field.type === 'users';
      const result = settingValue(field, screen, people ? withPeople(value) : value);
      if (!result.ok) throw new Impossible(`\`${field.name}\` cannot have this value: ${result.why}`);
      return result.value;
    },
    jiraShown({ field: { type } }, raw) {
      if (type !== 'user' && type !== 'users') return jiraText(type, raw);
      const accounts = [normalJira(type, raw) ?? []].flat();
      return accounts.map(id => people.find(({ accountId }) => accountId === id)?.email ?? String(id)).join('; ');
    },
  };
}

/** The name that a test gives to a status. */
export const statusIn = (value: Value): string | undefined => literalsOf(value).map(spelled)[0];
