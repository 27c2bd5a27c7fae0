/**
 * Writing records as the API does: fields checked one by one, required ones asked for, defaults filled in, what
 * Salesforce derives derived, the whole record judged, then stored with new stamps.
 */
import { behaviours, type Draft, type Tools } from './behaviour.ts';
import type { Catalogue, CatalogueObject, FieldDefinition } from './catalogue/index.ts';
import type { OrgView } from './catalogue/view.ts';
import { can } from './describe.ts';
import { notFound, SalesforceError } from './errors.ts';
import { canonicalId } from './ids.ts';
import { recordTypes } from './record-types.ts';
import { createRecycleBin } from './recycle-bin.ts';
import { savedChecks } from './saved-checks.ts';
import type { Input, Records, SaveContext, ValidationRule } from './saving.ts';
import type { Row, Scalar, State } from './state.ts';
import { stampOf } from './time.ts';
import { storedValue } from './values.ts';

export function createRecords(
  state: State,
  /** What the user who writes can see and write. */
  seen: () => { readonly catalogue: Catalogue; readonly view: OrgView; hides(row: Row): boolean },
  /** The message of the first rule that the row breaks. */
  brokenRule: (row: Row, object: CatalogueObject, save: SaveContext) => ValidationRule | undefined,
  /** By a transaction that is still open. */
  isLocked: (id: string) => boolean = () => false,
): Records {
  const { catalogue } = state;
  const shown = (object: CatalogueObject): CatalogueObject => seen().catalogue.object(object.name) ?? object;
  const typesOf = (object: CatalogueObject) => recordTypes(state, seen().view, object.name);
  const objectNamed = (name: string): CatalogueObject => {
    const object = catalogue.object(name);
    if (!object) throw notFound();
    return object;
  };
  const lockable = (row: Row): Row => {
    if (!isLocked(row.id)) return row;
    const what = `unable to obtain exclusive access to this record or 1 records: ${row.id}`;
    throw new SalesforceError('UNABLE_TO_LOCK_ROW', what);
  };
  const toolsFor = (save: SaveContext): Tools => ({ state, records, save, stamp: stampOf(save.now) });
  const check = savedChecks(state, { shown, typesOf, brokenRule });
  const bin = createRecycleBin(state, (object, id) => records.find(object, id), lockable);

  const records: Records = {
    find(object, id) {
      const canonical = canonicalId(id);
      if (!canonical)
        throw new SalesforceError('NOT_FOUND', 'Provided external ID field does not exist or is not accessible: ' + id);
      const row = state.get(canonical);
      if (!row || row.object !== object.name || seen().hides(row)) throw notFound();
      if (row.deleted) throw new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted', { status: 404, fields: [] });
      return row;
    },

    create(name, input, save) {
      const object = objectNamed(name);
      if (!can(object, 'createable'))
        throw new SalesforceError(
          'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
          `entity type ${object.name} does not support create`,
        );
      return state.atomically(() => {
        const { values, blob } = readInput(object, input, 'createable');
        if (object.traits.has('file') && values.ContentUrl === undefined) {
          // A file without a title takes it from its path.
          if (typeof values.Title !== 'string' && typeof values.PathOnClient === 'string')
            values.Title = values.PathOnClient.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '');
          if (values.PathOnClient === undefined || blob === undefined)
            throw missing([
              ...(values.PathOnClient === undefined ? ['PathOnClient'] : []),
              ...(blob ? [] : ['VersionData']),
            ]);
        }
        const usual = typesOf(object).find(type => type.default);
        const draft: Draft = {
          ...defaultsOf(object, save.userId),
          ...(usual ? { RecordTypeId: usual.id } : {}),
          ...values,
        };
        const absent = object.fields.filter(
          field =>
            field.createable &&
            !field.nillable &&
            (!field.defaultedOnCreate || field.name in values) &&
            (draft[field.name] ?? null) === null &&
            field.type !== 'base64' &&
            field.type !== 'boolean',
        );
        if (absent.length > 0) throw missing(absent.map(field => field.name));
        return insert(object, draft, save, input, blob, true);
      });
    },

    update(name, id, input, save) {
      const object = objectNamed(name);
      const before = lockable(records.find(object, id));
      if (!can(object, 'updateable'))
        throw new SalesforceError(
          'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
          `entity type ${object.name} does not support update`,
        );
      return state.atomically(() => {
        const { values, blob } = readInput(object, input, 'updateable');
        const emptied = object.fields.filter(
          field => !field.nillable && field.name in values && values[field.name] === null && field.type !== 'base64',
        );
        if (emptied.length > 0) throw missing(emptied.map(field => field.name));
        const draft: Draft = { ...before.values, ...values };
        const stamp = stampOf(save.now);
        if (blob) state.putBlob(before.id, blob);
        const tools = toolsFor(save);
        behaviours[object.name]?.derive?.(tools, draft, before);
        draft.SystemModstamp = stamp;
        if (object.field('LastModifiedDate')) draft.LastModifiedDate = stamp;
        if (object.field('LastModifiedById')) draft.LastModifiedById = save.userId;
        const row: Row = { ...before, values: draft };
        check(object, row, save, new Set(Object.keys(values)));
        state.put(row);
        behaviours[object.name]?.after?.(tools, row, before, input);
        return state.get(row.id) ?? row;
      });
    },

    remove(name, id, save) {
      const canonical = canonicalId(id);
      const object = name === undefined ? (canonical ? catalogue.byPrefix(canonical) : undefined) : objectNamed(name);
      if (!object) throw new SalesforceError('MALFORMED_ID', `malformed id ${id}`);
      const row = lockable(records.find(object, id));
      if (!can(object, 'deletable'))
        throw new SalesforceError(
          'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
          `entity type ${object.name} does not support delete`,
        );
      state.atomically(() => bin.discard(row, save));
    },

    undelete: bin.undelete,
    merge: bin.merge,

    write(name, save, values) {
      const object = objectNamed(name);
      return insert(object, { ...defaultsOf(object, save.userId), ...values }, save, {}, undefined, false);
    },
  };

  function insert(
    object: CatalogueObject,
    draft: Draft,
    save: SaveContext,
    input: Input,
    blob: Uint8Array | undefined,
    checked: boolean,
  ): Row {
    const id = state.newId(object);
    const stamp = stampOf(save.now);
    const behaviour = behaviours[object.name];
    draft.Id = id;
    if (behaviour?.number) {
      const [field, spell] = behaviour.number;
      draft[field] ??= spell(state.next(`number:${object.name}`));
    }
    if (object.field('IsDeleted')) draft.IsDeleted = false;
    for (const [field, value] of [
      ['CreatedDate', stamp],
      ['CreatedById', save.userId],
      ['LastModifiedDate', stamp],
      ['LastModifiedById', save.userId],
      ['SystemModstamp', stamp],
    ] as const)
      if (object.field(field)) draft[field] = value;
    // Custom objects without a given name are called by their id.
    if (object.custom && !draft.Name) draft.Name = id.slice(0, 15);
    if (blob) state.putBlob(id, blob);
    const tools = toolsFor(save);
    behaviour?.derive?.(tools, draft, undefined);
    const row: Row = { id, object: object.name, deleted: false, values: draft };
    if (checked) check(object, row, save, new Set(Object.keys(draft)));
    state.put(row);
    behaviour?.after?.(tools, row, undefined, input);
    return state.get(id) ?? row;
  }

  function readInput(
    object: CatalogueObject,
    input: Input,
    ability: 'createable' | 'updateable',
  ): { values: Draft; blob?: Uint8Array } {
    const values: Draft = {};
    const closed: string[] = [];
    let blob: Uint8Array | undefined;
    const open = shown(object);
    for (const [key, raw] of Object.entries(input)) {
      if (key === 'attributes') continue;
      const field = open.field(key);
      if (!field) {
        const relation = open.parent(key);
        if (!relation)
          throw new SalesforceError('INVALID_FIELD', `No such column '${key}' on sobject of type ${object.name}`);
        values[relation.name] = byExternalId(relation, key, raw);
        continue;
      }
      if (field.name === 'Id')
        throw new SalesforceError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
      if (!field[ability]) {
        closed.push(field.name);
        continue;
      }
      if (field.type === 'base64') {
        if (raw instanceof Uint8Array) blob = raw;
        else if (typeof raw === 'string') blob = Buffer.from(raw, 'base64');
        continue;
      }
      values[field.name] = storedValue(object, field, raw);
    }
    if (closed.length > 0)
      throw new SalesforceError(
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        `Unable to create/update fields: ${closed.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
        { fields: closed },
      );
    return blob ? { values, blob } : { values };
  }

  /** `{"Account__r": {"External_Key__c": "x"}}` names the parent by an external id. */
  function byExternalId(relation: FieldDefinition, key: string, raw: unknown): Scalar {
    if (raw === null) return null;
    const given = Object.entries(typeof raw === 'object' ? (raw as Input) : {}).filter(
      ([name]) => name !== 'attributes',
    );
    const target = catalogue.object(relation.referenceTo[0] as string);
    const [name, value] = given[0] ?? [];
    const field = name === undefined ? undefined : target?.field(name);
    if (!target || !field || (!field.externalId && !field.idLookup))
      throw new SalesforceError(
        'INVALID_FIELD',
        `${name ?? key} specified was neither a valid external ID nor an ID lookup field`,
      );
    const found = (
      field.type === 'id'
        ? [state.get(canonicalId(value))]
        : (state.equal(target.name, field.name, value as Scalar) ?? [])
    ).find(row => row && !row.deleted);
    if (!found)
      throw new SalesforceError(
        'INVALID_FIELD',
        `Foreign key external ID: ${String(value)} not found for field ${field.name} in entity ${target.name}`,
      );
    return found.id;
  }

  return records;
}

const missing = (fields: readonly string[]): SalesforceError =>
  new SalesforceError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${fields.join(', ')}]`, { fields });

function defaultsOf(object: CatalogueObject, userId: string): Draft {
  const draft: Draft = {};
  for (const field of object.fields) {
    if (field.type === 'boolean') draft[field.name] = field.defaultValue === true;
    else if (typeof field.defaultValue === 'string')
      draft[field.name] =
        field.type === 'double' || field.type === 'currency' || field.type === 'percent' || field.type === 'int'
          ? Number(field.defaultValue)
          : field.defaultValue;
  }
  if (object.field('OwnerId')) draft.OwnerId = userId;
  return draft;
}
