/**
 * sObject Collections: up to 200 records in one call, each with its own result, or all or none. Answers stand in the
 * order of the request.
 */
import type { CatalogueObject } from '../catalogue/index.ts';
import { SalesforceError } from '../errors.ts';
import { canonicalId } from '../ids.ts';
import type { Input } from '../saving.ts';
import { objectNamed } from './metadata.ts';
import { externalField, fieldsNamed, inputOf, recordBody, upsertBy } from './records.ts';
import { type Answer, type Call, ok, type Route } from './route.ts';

const mostRecords = 200;
const mostRetrieved = 2000;
const mostRetrievedByAddress = 800;

type Result = Readonly<Record<string, unknown>>;

interface Entry {
  /** Answers the id, and whether an upsert created it. */
  readonly work: () => { readonly id: string; readonly created?: boolean };
}

const rolledBack = new SalesforceError(
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'Record rolled back because not all records were valid and the request was using AllOrNone header',
);

class RolledBack extends Error {}

/** Runs each entry as its own transaction, or all as one. */
function runAll(call: Call, entries: readonly Entry[], allOrNone: boolean): readonly Result[] {
  const outcomes: ({ readonly id: string; readonly created?: boolean } | SalesforceError)[] = [];
  const work = (): void => {
    for (const entry of entries) {
      try {
        outcomes.push(call.org.state.atomically(entry.work));
      } catch (error) {
        if (!(error instanceof SalesforceError)) throw error;
        outcomes.push(error);
      }
    }
    if (allOrNone && outcomes.some(outcome => outcome instanceof SalesforceError)) throw new RolledBack();
  };
  let failed = false;
  try {
    call.org.state.atomically(work);
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    failed = true;
  }
  return outcomes.map(outcome => {
    if (outcome instanceof SalesforceError) return { success: false, errors: [outcome.toResult()] };
    if (failed) return { success: false, errors: [rolledBack.toResult()] };
    return {
      id: outcome.id,
      success: true,
      errors: [],
      ...(outcome.created === undefined ? {} : { created: outcome.created }),
    };
  });
}

function recordsOf(call: Call): { readonly records: readonly Input[]; readonly allOrNone: boolean } {
  const body = inputOf(call.body);
  const records = body.records;
  if (!Array.isArray(records)) throw new SalesforceError('JSON_PARSER_ERROR', 'records is required');
  if (records.length > mostRecords)
    throw new SalesforceError(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${mostRecords} records into this call`,
    );
  return { records: records.map(inputOf), allOrNone: body.allOrNone === true };
}

function objectOf(call: Call, record: Input): CatalogueObject {
  const type = (record.attributes as { type?: unknown } | undefined)?.type;
  const object = typeof type === 'string' ? call.org.catalogue.object(type) : undefined;
  if (!object)
    throw new SalesforceError(
      'INVALID_TYPE',
      typeof type === 'string'
        ? `sObject type '${type}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`
        : 'The type of the sobject must be specified in attributes',
    );
  return object;
}

const withoutId = (record: Input): Input =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key.toLowerCase() !== 'id'));
const idIn = (record: Input): unknown => Object.entries(record).find(([key]) => key.toLowerCase() === 'id')?.[1];

const create = (call: Call): Answer => {
  const { records, allOrNone } = recordsOf(call);
  return ok(
    runAll(
      call,
      records.map(record => ({
        work: () => {
          const object = objectOf(call, record);
          if (idIn(record) != null)
            throw new SalesforceError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', {
              fields: ['Id'],
            });
          return { id: call.org.records.create(object.name, withoutId(record), call).id };
        },
      })),
      allOrNone,
    ),
  );
};

const update = (call: Call): Answer => {
  const { records, allOrNone } = recordsOf(call);
  const seen = new Set<string>();
  return ok(
    runAll(
      call,
      records.map(record => ({
        work: () => {
          const object = objectOf(call, record);
          const given = idIn(record);
          if (given === undefined || given === null)
            throw new SalesforceError('MISSING_ARGUMENT', 'Id not specified in an update call', { fields: ['Id'] });
          const id = canonicalId(given);
          if (!id) throw new SalesforceError('MALFORMED_ID', `malformed id ${String(given)}`, { fields: ['Id'] });
          if (seen.has(id)) throw new SalesforceError('DUPLICATE_VALUE', 'duplicate id in list', { fields: [] });
          seen.add(id);
          checkKnown(call, id, object);
          return { id: call.org.records.update(object.name, id, withoutId(record), call).id };
        },
      })),
      allOrNone,
    ),
  );
};

/** In collections an id that leads nowhere is a bad reference, not a missing resource. */
function checkKnown(call: Call, id: string, object?: CatalogueObject): void {
  const row = call.org.state.get(id);
  if (!row || (object && row.object !== object.name))
    throw new SalesforceError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { fields: [] });
  if (call.org.hides(row))
    throw new SalesforceError(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      `insufficient access rights on cross-reference id: ${row.id.slice(0, 15)}`,
      { fields: [] },
    );
  if (row.deleted) throw new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted', { fields: [] });
}

const upsert = (call: Call): Answer => {
  const object = objectNamed(call);
  const field = externalField(object, call.params.field ?? '');
  const { records, allOrNone } = recordsOf(call);
  return ok(
    runAll(
      call,
      records.map(record => ({
        work: () => {
          const own = objectOf(call, record);
          if (own !== object)
            throw new SalesforceError('INVALID_TYPE', `entity type ${own.name} does not match ${object.name}`);
          const key = Object.keys(record).find(name => name.toLowerCase() === field.name.toLowerCase());
          const value = key === undefined ? undefined : record[key];
          const rest = Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
          const { row, created } = upsertBy(
            call,
            object,
            field,
            value === null || value === undefined ? undefined : String(value),
            rest,
          );
          return { id: row.id, created };
        },
      })),
      allOrNone,
    ),
  );
};

const remove = (call: Call): Answer => {
  const ids = (call.query.get('ids') ?? '')
    .split(',')
    .map(id => id.trim())
    .filter(Boolean);
  if (ids.length === 0) throw new SalesforceError('MISSING_ARGUMENT', 'ids is required');
  if (ids.length > mostRecords)
    throw new SalesforceError(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${mostRecords} records into this call`,
    );
  return ok(
    runAll(
      call,
      ids.map(given => ({
        work: () => {
          const id = canonicalId(given);
          if (!id) throw new SalesforceError('MALFORMED_ID', `malformed id ${given}`, { fields: [] });
          checkKnown(call, id);
          call.org.records.remove(undefined, id, call);
          return { id };
        },
      })),
      call.query.get('allOrNone') === 'true',
    ),
  );
};

function retrieve(call: Call, ids: readonly string[], names: readonly string[], most: number): Answer {
  const object = objectNamed(call);
  if (ids.length > most)
    throw new SalesforceError(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${most} records into this call`,
    );
  const fields = fieldsNamed(object, names);
  if (fields.length === 0) throw new SalesforceError('MISSING_ARGUMENT', 'fields is required');
  return ok(
    ids.map(given => {
      const row = call.org.state.get(canonicalId(given));
      return row && row.object === object.name && !row.deleted && !call.org.hides(row)
        ? recordBody(call, row, fields)
        : null;
    }),
  );
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

export const collectionRoutes: readonly Route[] = [
  { method: 'POST', path: '/composite/sobjects', handle: create, heavy: true },
  { method: 'PATCH', path: '/composite/sobjects', handle: update, heavy: true },
  { method: 'DELETE', path: '/composite/sobjects', handle: remove, heavy: true },
  { method: 'PATCH', path: '/composite/sobjects/:object/:field', handle: upsert, heavy: true },
  {
    method: 'GET',
    path: '/composite/sobjects/:object',
    heavy: true,
    handle: call =>
      retrieve(
        call,
        (call.query.get('ids') ?? '').split(',').filter(Boolean),
        (call.query.get('fields') ?? '').split(',').filter(Boolean),
        mostRetrievedByAddress,
      ),
  },
  {
    method: 'POST',
    path: '/composite/sobjects/:object',
    heavy: true,
    handle: call => {
      const body = inputOf(call.body);
      return retrieve(call, listOf(body.ids), listOf(body.fields), mostRetrieved);
    },
  },
];
