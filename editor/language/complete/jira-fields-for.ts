/** The Jira fields that may stand at a place: on the screen, free, and of a type that takes what goes there. */
import {
  type BoundItem,
  type BoundProgram,
  fieldOf,
  writesJira,
  writesSalesforce,
} from '../../../compiler/bind/bound.ts';
import { jiraSets } from '../../../compiler/catalogue/index.ts';
import { conversionFor, type Direction } from '../../../compiler/conversion/index.ts';
import type { FieldMetadata, JiraFieldMetadata } from '../../../compiler/metadata/model.ts';
import type { MappedBeside, Slot } from './slot.ts';

export type Of = Extract<Slot, { kind: 'jira-field' }>['of'];

/** It is moved along the workflow, and has a clause of its own. */
const isMoved = ({ id }: JiraFieldMetadata): boolean => id === 'status';

export function jiraFieldsFor(
  { lookup }: BoundProgram,
  item: BoundItem | undefined,
  of: Of,
): readonly JiraFieldMetadata[] {
  const fields = lookup?.metadata.jira.fields ?? [];
  const screen = new Set(item?.issueType?.fields.map(({ id }) => id));
  const shown = screen.size === 0 ? fields : fields.filter(({ id }) => screen.has(id));
  if (of === undefined) return shown;
  const writable = shown.filter(field => !isMoved(field) && !jiraSets(field.id));
  return of === 'setting' ? writable : forMapping(shown, item, of);
}

function forMapping(
  fields: readonly JiraFieldMetadata[],
  item: BoundItem | undefined,
  beside: MappedBeside,
): readonly JiraFieldMetadata[] {
  const { source, arrow = '->', at } = beside;
  const others = (item?.mappings ?? []).filter(({ node: { span } }) => at < span.start || span.end < at);
  const taken = new Set(others.map(({ target }) => (target?.result.kind === 'field' ? target.result.field.id : '')));
  const from = sourceOf(beside);
  // What leads nowhere may yet become anything.
  const type = source === 'text' ? 'string' : from?.field.type;
  return fields.filter(field => {
    if (isMoved(field) || taken.has(field.id)) return false;
    if (writesJira(arrow) && jiraSets(field.id)) return false;
    if (type === undefined) return true;
    const meets = (direction: Direction) => conversionFor(direction, type, field.type) !== undefined;
    // What is read over a relationship is written to Jira alone, whatever the arrow says.
    const comesBack = writesSalesforce(arrow) && from?.hops === 0;
    return (!writesJira(arrow) || meets('to-jira')) && (!comesBack || meets('to-salesforce'));
  });
}

/** The field of Salesforce beside it. */
export const sourceOf = ({ source }: MappedBeside): ReturnType<typeof fieldOf> =>
  source === 'text' ? undefined : fieldOf(source);

/** What a field of Salesforce is called, with and without what its API name says of its kind. */
export const namesOf = ({ name, label }: Pick<FieldMetadata, 'name' | 'label'>): readonly string[] =>
  [name, name.replace(/__c$/, ''), label].map(each => each.toLowerCase());

export const isCalled = ({ id, name }: JiraFieldMetadata, names: readonly string[]): boolean =>
  names.includes(id.toLowerCase()) || names.includes(name.trim().toLowerCase());
