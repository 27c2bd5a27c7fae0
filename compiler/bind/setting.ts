/**
 * A constant for a new issue, as Jira's REST takes it. A value in brackets is a list for fields that hold
 * several; people are named by account id, since a profile may hide its address.
 */
import { isMissing, type Literal, type Value } from '../../dsl/ast.ts';
import { type ConversionContext, emptyJira, writeScalar } from '../conversion/index.ts';
import type { IssueTypeField, JiraFieldMetadata } from '../metadata/model.ts';
import { dueWords, kindOf, scalarOf } from './literal.ts';
import { offeredSpelling } from './spelling.ts';

export type SettingValue =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: string };

const severalTypes: ReadonlySet<string> = new Set(['options', 'labels', 'components', 'versions', 'groups', 'users']);

export function settingValue(field: JiraFieldMetadata, screen: IssueTypeField | undefined, value: Value): SettingValue {
  if (value.kind === 'empty') return { ok: true, value: emptyJira(field.type) };
  if (value.kind !== 'list') return one(field, screen, value);
  if (!severalTypes.has(field.type)) return { ok: false, why: 'it holds one value, not several' };
  const all: unknown[] = [];
  for (const literal of value.values) {
    if (isMissing(literal)) continue;
    const result = one(field, screen, literal);
    if (!result.ok) return result;
    if (Array.isArray(result.value)) all.push(...result.value);
    else all.push(result.value);
  }
  return { ok: true, value: all };
}

function one(field: JiraFieldMetadata, screen: IssueTypeField | undefined, literal: Literal): SettingValue {
  const scalar = scalarOf(literal, field.type);
  if (scalar === undefined) return { ok: false, why: `it takes ${dueWords[kindOf(field.type)]}` };
  if (typeof scalar === 'number' && field.type === 'number') return { ok: true, value: scalar };
  const context: ConversionContext = {
    accountIdOf: text => (text.includes('@') ? undefined : text),
    emailOf: () => undefined,
    ...(field.length === undefined ? {} : { maxLength: field.length }),
  };
  const converted = writeScalar('to-jira', field.type, offeredSpelling(screen, scalar), context);
  if (converted.ok) return { ok: true, value: converted.value };
  const isPerson = field.type === 'user' || field.type === 'users';
  return { ok: false, why: isPerson ? 'a person is named by account id here' : converted.reason };
}
