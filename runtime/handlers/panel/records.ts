/** Reading records for people: only the fields that an item names and those that call a record by its name. */
import { labelText, recordLabel } from '../../../compiler/catalogue/index.ts';
import { salesforceText } from '../../../compiler/conversion/index.ts';
import type { ItemPlan, SalesforceField } from '../../../compiler/plan/ir.ts';
import { valueAt } from '../../engine/index.ts';
import type { AppDeps } from '../deps.ts';
import { describedObject } from '../live-metadata.ts';

type Row = Readonly<Record<string, unknown>>;

export interface Labelling {
  /** Columns that the label reads. */
  readonly columns: readonly string[];
  label(row: Row): string;
}

/** P-3: `00001026 [Subject]`, `Name [Email]`, … */
export async function labelling(deps: AppDeps, object: string, maxAgeMs?: number): Promise<Labelling> {
  const described = await describedObject(deps, object, maxAgeMs);
  const { title, detail } = described === undefined ? { title: 'Id' } : recordLabel(described);
  const text = (row: Row, column: string | undefined) => {
    const value = column === undefined ? undefined : row[column];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  // A field that the Run As user may not see would cost the whole query.
  const seen = new Set(described?.fields?.map(({ name }) => name));
  return {
    columns: [
      'Id',
      ...[title, detail].filter(name => name !== undefined && seen.has(name) && name !== 'Id'),
    ] as string[],
    label: row => labelText(text(row, title), text(row, detail), String(row.Id ?? '')),
  };
}

/** P-1: what the item shows, else what it maps. */
export function previewFields(item: ItemPlan): readonly SalesforceField[] {
  if (item.show.length > 0) return item.show;
  const mapped = item.mappings.flatMap(fieldsOf);
  return [...new Map(mapped.map(field => [field.path.join('.'), field])).values()];
}

/** A text in quotes takes several fields. */
const fieldsOf = ({ source }: ItemPlan['mappings'][number]): readonly SalesforceField[] =>
  source.kind === 'field' ? [source.field] : source.parts.flatMap(part => (part.kind === 'field' ? [part.field] : []));

export const preview = (item: ItemPlan, row: Row) =>
  previewFields(item).map(field => {
    const name = field.path.join('.');
    const mappings = item.mappings.filter(mapping => fieldsOf(mapping).some(({ path }) => path.join('.') === name));
    return {
      field: name,
      label: labelOf(field),
      /** As the journal calls it. */
      name: field.label,
      type: field.type,
      value: salesforceText(field.type, valueAt(row, field.path) ?? null),
      /** Names of the Jira fields that it goes with, as the journal calls them. */
      jiraFields: mappings.map(({ target }) => target.name),
      /** The lines of the program that say so. */
      lines: mappings.map(({ origin: { file, line } }) => `${file}:${line}`),
    };
  });

/** Of a parent's field its own label says too little: each of Owner, Created By and Last Modified By has a `Full Name`. */
function labelOf({ path, label }: SalesforceField): string {
  const [field = '', parent] = path.toReversed();
  if (parent === undefined) return label;
  const by = inWords(parent);
  return label.startsWith(by) ? label : `${by} ${inWords(field)}`;
}

/** `LastModifiedBy`, `Region__r` */
const inWords = (name: string): string =>
  name
    .replace(/__[cr]$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2');

export const columnsOf = (item: ItemPlan): readonly string[] => previewFields(item).map(({ path }) => path.join('.'));
