/** Any object of the local Salesforce, by what its describe says. */
import { call } from './http.ts';
import { data, query } from './salesforce.ts';

export interface ObjectField {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly nameField: boolean;
  readonly updateable: boolean;
  readonly createable: boolean;
  readonly nillable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly picklistValues: readonly { readonly value: string; readonly active: boolean }[];
}
export interface ObjectDescribe {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly fields: readonly ObjectField[];
}
export type Values = Readonly<Record<string, unknown>>;
export interface RecordRow {
  readonly id: string;
  readonly title: string;
  readonly facts: readonly string[];
}

const described = new Map<string, Promise<ObjectDescribe>>();

/** Read once: a sandbox's objects stay as they are. */
export function describe(object: string): Promise<ObjectDescribe> {
  const known = described.get(object) ?? call<ObjectDescribe>(`${data}/sobjects/${object}/describe`);
  described.set(object, known);
  known.catch(() => described.delete(object));
  return known;
}

export const nameOf = ({ fields }: ObjectDescribe): string => fields.find(({ nameField }) => nameField)?.name ?? 'Id';

/** What a record is told apart by in a list, where the object has it. */
const telling = ['Status', 'StageName', 'Priority', 'Type', 'Rating', 'Email', 'Amount'];

export async function rows(object: string): Promise<readonly RecordRow[]> {
  const about = await describe(object);
  const name = nameOf(about);
  const has = (field: string) => about.fields.some(one => one.name === field);
  const facts = telling.filter(has).slice(0, 3);
  const columns = [...new Set(['Id', name, ...facts])].join(', ');
  const order = has('CreatedDate') ? 'CreatedDate DESC, Id DESC' : 'Id DESC';
  const found = await query<Record<string, unknown>>(`SELECT ${columns} FROM ${object} ORDER BY ${order} LIMIT 60`);
  return found.map(row => ({
    id: String(row.Id),
    title: String(row[name] ?? row.Id),
    facts: facts.flatMap(fact => (row[fact] === null ? [] : [String(row[fact])])),
  }));
}

/** The first three characters of an id name its object. */
export async function record(id: string): Promise<{ readonly about: ObjectDescribe; readonly values: Values }> {
  const { sobjects } = await call<{ sobjects: readonly { name: string; keyPrefix: string | null }[] }>(
    `${data}/sobjects`,
  );
  const object = sobjects.find(one => one.keyPrefix === id.slice(0, 3));
  if (object === undefined) throw new Error('No object has ids that begin so.');
  const [about, values] = await Promise.all([
    describe(object.name),
    call<Values>(`${data}/sobjects/${object.name}/${id}`),
  ]);
  return { about, values };
}

/** How a field is edited; nothing where this page cannot. */
export function kindOf({ type }: ObjectField): 'line' | 'text' | 'choice' | 'date' | 'number' | undefined {
  if (type === 'picklist' || type === 'boolean') return 'choice';
  if (type === 'textarea') return 'text';
  if (type === 'date') return 'date';
  if (['double', 'int', 'currency', 'percent'].includes(type)) return 'number';
  return ['string', 'email', 'phone', 'url', 'combobox'].includes(type) ? 'line' : undefined;
}

export const choicesOf = ({ type, picklistValues }: ObjectField): readonly string[] =>
  type === 'boolean' ? ['true', 'false'] : picklistValues.filter(({ active }) => active).map(({ value }) => value);

/** What a text is in a request. */
export function fieldValue({ type }: ObjectField, text: string): unknown {
  if (type === 'boolean') return text === 'true';
  if (text === '') return null;
  return ['double', 'int', 'currency', 'percent'].includes(type) ? Number(text) : text;
}
