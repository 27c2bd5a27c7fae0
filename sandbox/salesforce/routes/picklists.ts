/** The User Interface API's one resource that describes lack: what a record type offers of each picklist. */
import type { CatalogueObject, FieldDefinition } from '../catalogue/index.ts';
import { masterRecordType } from '../describe.ts';
import { notFound } from '../errors.ts';
import { canonicalId } from '../ids.ts';
import { recordTypes } from '../record-types.ts';
import { objectNamed } from './metadata.ts';
import { type Answer, type Call, ok, type Route } from './route.ts';

const root = '/ui-api/object-info/:object/picklist-values/:type';

/** The values that the record type of the address offers of a field; all for the master. */
function offeredBy(call: Call): (field: FieldDefinition) => readonly string[] | undefined {
  const object = objectNamed(call);
  const id = canonicalId(call.params.type);
  if (id === masterRecordType) return () => undefined;
  const type = recordTypes(call.org.state, call.org.view, object.name).find(one => one.id === id);
  if (!type) throw notFound();
  return field => type.values[field.name];
}

function valuesOf(call: Call, object: CatalogueObject, field: FieldDefinition, offered?: readonly string[]) {
  const controllers = field.controller ? (object.field(field.controller)?.values ?? []) : [];
  const shown = field.values
    .filter(entry => entry.active && (!offered || offered.includes(entry.value)))
    .map(({ label, value, validFor = [] }) => ({ attributes: null, label, validFor, value }));
  const usual = field.values.find(entry => entry.default)?.value;
  return {
    controllerValues: Object.fromEntries(controllers.map((entry, at) => [entry.value, at])),
    defaultValue: shown.find(entry => entry.value === usual) ?? null,
    url: `/services/data/v${call.version}/ui-api/object-info/${object.name}/picklist-values/${call.params.type}/${field.name}`,
    values: shown,
  };
}

const isPicklist = (field: FieldDefinition): boolean => field.type === 'picklist' || field.type === 'multipicklist';

const all = (call: Call): Answer => {
  const object = objectNamed(call);
  const offered = offeredBy(call);
  const fields = object.fields.filter(isPicklist);
  return ok({
    picklistFieldValues: Object.fromEntries(
      fields.map(field => [field.name, valuesOf(call, object, field, offered(field))]),
    ),
  });
};

const one = (call: Call): Answer => {
  const object = objectNamed(call);
  const field = object.field(call.params.field ?? '');
  if (!field || !isPicklist(field)) throw notFound();
  return ok(valuesOf(call, object, field, offeredBy(call)(field)));
};

export const picklistRoutes: readonly Route[] = [
  { method: 'GET', path: root, handle: all },
  { method: 'GET', path: `${root}/:field`, handle: one },
];
