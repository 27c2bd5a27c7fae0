/** One record at a time: create, read, update, delete, upsert by an external id, and the bytes of files. */
import type { CatalogueObject, FieldDefinition } from '../catalogue/index.ts';
import { notFound, notModelled, SalesforceError } from '../errors.ts';
import { canonicalId } from '../ids.ts';
import type { Input } from '../saving.ts';
import { attributesOf } from '../soql/scope.ts';
import type { Row } from '../state.ts';
import { parseDatetime } from '../time.ts';
import { objectNamed } from './metadata.ts';
import { type Answer, type Call, conditionalDate, noContent, ok, type Route } from './route.ts';

export function inputOf(body: unknown): Input {
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    throw new SalesforceError(
      'JSON_PARSER_ERROR',
      'The HTTP entity body is required, but this request has no entity body.',
    );
  return body as Input;
}

/** The record as a GET answers it: all fields, or those that are asked for. */
export function recordBody(
  call: Call,
  row: Row,
  fields: readonly FieldDefinition[],
): Readonly<Record<string, unknown>> {
  const body: Record<string, unknown> = { attributes: attributesOf(call.version, row) };
  for (const field of fields)
    body[field.name] =
      field.type === 'base64'
        ? `/services/data/v${call.version}/sobjects/${row.object}/${row.id}/${field.name}`
        : call.org.reader.read(row, field);
  return body;
}

export function fieldsNamed(object: CatalogueObject, names: readonly string[]): readonly FieldDefinition[] {
  return names.map(name => {
    const field = object.field(name);
    if (!field)
      throw new SalesforceError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
    return field;
  });
}

const create = (call: Call): Answer => {
  const object = objectNamed(call);
  const input = inputOf(call.body);
  if ('Id' in input)
    throw new SalesforceError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
  const row = call.org.records.create(object.name, input, call);
  return {
    status: 201,
    body: { id: row.id, success: true, errors: [] },
    headers: { Location: `/services/data/v${call.version}/sobjects/${object.name}/${row.id}` },
  };
};

/** `?fields=Name,Type`; all where it is absent. */
function askedFields(call: Call, object: CatalogueObject): readonly FieldDefinition[] {
  const names = call.query.get('fields');
  if (!names) return object.fields;
  return fieldsNamed(
    object,
    names.split(',').map(name => name.trim()),
  );
}

/** Words that stand where an id would: what a real org has there is not modelled, rather than not found. */
const resources = new Set(
  'approvals compactlayouts defaultvalues describe eventseriesupdates layouts listviews namedlayouts quickactions relevantitems'.split(
    ' ',
  ),
);
function refuseResource(call: Call, word: string | undefined): void {
  if (word !== undefined && resources.has(word.toLowerCase()))
    throw notModelled(`the resource ${call.method} ${call.path}`);
}

const read = (call: Call): Answer => {
  const object = objectNamed(call);
  refuseResource(call, call.params.id);
  const row = call.org.records.find(object, call.params.id ?? '');
  const fields = askedFields(call, object);
  const since = conditionalDate(call.headers, 'If-Modified-Since');
  if (since !== undefined && modifiedAt(row) <= since) return { status: 304 };
  return ok(recordBody(call, row, fields), { 'Last-Modified': new Date(modifiedAt(row)).toUTCString() });
};

const modifiedAt = (row: Row): number =>
  parseDatetime(String(row.values.LastModifiedDate ?? row.values.SystemModstamp ?? '')) ?? 0;

/** Weak, since stamps are whole seconds; still what the API offers for optimistic locking. */
function checkUnmodified(call: Call, row: Row): void {
  const since = conditionalDate(call.headers, 'If-Unmodified-Since');
  if (since !== undefined && modifiedAt(row) > since)
    throw new SalesforceError(
      'PRECONDITION_FAILED',
      'One of the preconditions specified in the request headers was not met.',
    );
}

const update = (call: Call): Answer => {
  const object = objectNamed(call);
  const row = call.org.records.find(object, call.params.id ?? '');
  checkUnmodified(call, row);
  call.org.records.update(object.name, row.id, inputOf(call.body), call);
  return noContent;
};

const remove = (call: Call): Answer => {
  const object = objectNamed(call);
  const row = call.org.records.find(object, call.params.id ?? '');
  checkUnmodified(call, row);
  call.org.records.remove(object.name, row.id, call);
  return noContent;
};

export interface Upserted {
  readonly row: Row;
  readonly created: boolean;
}

/** Creates or updates by the value of an external id; several matches are the error whose body lists them. */
export function upsertBy(
  call: Call,
  object: CatalogueObject,
  field: FieldDefinition,
  value: string | undefined,
  input: Input,
  mayCreate = true,
): Upserted {
  const { org } = call;
  const matches =
    value === undefined
      ? []
      : field.type === 'id'
        ? [org.state.get(canonicalId(value))]
            .filter(row => row?.object === object.name && !row.deleted)
            .map(row => row as Row)
        : (org.state.equal(object.name, field.name, value) ?? []).filter(row => !row.deleted);
  if (matches.length > 1)
    throw new MultipleChoices(matches.map(row => `/services/data/v${call.version}/sobjects/${object.name}/${row.id}`));
  const match = matches[0];
  if (match) return { row: org.records.update(object.name, match.id, input, call), created: false };
  if (field.type === 'id' && value !== undefined) throw notFound();
  if (!mayCreate) throw notFound();
  const whole = field.type === 'id' || value === undefined ? input : { ...input, [field.name]: value };
  return { row: org.records.create(object.name, whole, call), created: true };
}

export class MultipleChoices extends SalesforceError {
  readonly addresses: readonly string[];
  constructor(addresses: readonly string[]) {
    super('DUPLICATE_EXTERNAL_ID', `${addresses.length} records have the given external ID value`, { status: 300 });
    this.addresses = addresses;
  }
}

export function externalField(object: CatalogueObject, name: string): FieldDefinition {
  const field = object.field(name);
  if (!field || (!field.externalId && !field.idLookup))
    throw new SalesforceError('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${name}`);
  return field;
}

const upsert = (call: Call): Answer => {
  const object = objectNamed(call);
  const field = externalField(object, call.params.field ?? '');
  const input = inputOf(call.body);
  if (Object.keys(input).some(key => key.toLowerCase() === field.name.toLowerCase()))
    throw new SalesforceError('INVALID_FIELD', `The ${field.name} field should not be specified in the sobject data.`);
  const { row, created } = upsertBy(
    call,
    object,
    field,
    call.params.value,
    input,
    call.query.get('updateOnly') !== 'true',
  );
  const body = { id: row.id, success: true, errors: [], created };
  if (created)
    return {
      status: 201,
      body,
      headers: { Location: `/services/data/v${call.version}/sobjects/${object.name}/${row.id}` },
    };
  return Number(call.version) >= 46 ? ok(body) : noContent;
};

const byExternal = (call: Call): readonly Row[] => {
  const object = objectNamed(call);
  const field = externalField(object, call.params.field ?? '');
  const rows = (call.org.state.equal(object.name, field.name, call.params.value ?? '') ?? []).filter(
    row => !row.deleted,
  );
  if (rows.length === 0) throw notFound();
  if (rows.length > 1)
    throw new MultipleChoices(rows.map(row => `/services/data/v${call.version}/sobjects/${object.name}/${row.id}`));
  return rows;
};

/** `/sobjects/Case/500…/Account`, `/CaseComments`, or the bytes of a file: whichever the third word names. */
const third = (call: Call): Answer => {
  const object = objectNamed(call);
  refuseResource(call, call.params.field);
  const id = canonicalId(call.params.field ?? '');
  const row = id ? call.org.state.get(id) : undefined;
  if (!row && id && !object.field(call.params.field ?? '')) throw notFound();
  if (!row || row.object !== object.name) {
    const found = byExternal(call)[0] as Row;
    return ok(recordBody(call, found, object.fields));
  }
  const live = call.org.records.find(object, row.id);
  const word = call.params.value ?? '';
  const blob = object.field(word);
  if (blob?.type === 'base64') {
    const bytes = call.org.state.blob(live.id);
    if (!bytes) throw notFound();
    return { status: 200, body: bytes, headers: { 'Content-Type': 'application/octet-stream' } };
  }
  const parent = object.parent(word);
  if (parent) {
    const target = call.org.state.get(live.values[parent.name] as string | null);
    if (!target || target.deleted || call.org.hides(target)) throw notFound();
    return ok(recordBody(call, target, askedFields(call, call.org.reader.objectOf(target))));
  }
  const child = object.child(word);
  if (!child) throw notFound();
  const rows = (call.org.state.equal(child.object.name, child.field.name, live.id) ?? []).filter(
    found => !found.deleted && !call.org.hides(found),
  );
  return ok({
    totalSize: rows.length,
    done: true,
    records: rows.map(found => recordBody(call, found, askedFields(call, child.object))),
  });
};

export const recordRoutes: readonly Route[] = [
  { method: 'POST', path: '/sobjects/:object', handle: create },
  { method: 'GET', path: '/sobjects/:object/:id', handle: read },
  { method: 'PATCH', path: '/sobjects/:object/:id', handle: update },
  { method: 'DELETE', path: '/sobjects/:object/:id', handle: remove },
  { method: 'PATCH', path: '/sobjects/:object/:field/:value', handle: upsert },
  { method: 'GET', path: '/sobjects/:object/:field/:value', handle: third },
  {
    method: 'DELETE',
    path: '/sobjects/:object/:field/:value',
    handle: call => {
      const row = byExternal(call)[0] as Row;
      call.org.records.remove(row.object, row.id, call);
      return noContent;
    },
  },
];
