/**
 * Writing records as the API does: fields checked one by one, required ones asked for, defaults filled in, what
 * Salesforce derives derived, validation rules and unique fields held, then stored with new stamps. Deleting puts
 * records and what belongs to them into the recycle bin.
 */
import { behaviours, type Draft, type Tools } from './behaviour.ts';
import type { Catalogue, CatalogueObject, FieldDefinition } from './catalogue/index.ts';
import type { OrgView } from './catalogue/view.ts';
import { can } from './describe.ts';
import { notFound, SalesforceError } from './errors.ts';
import { canonicalId } from './ids.ts';
import { checkOffered, recordTypes } from './record-types.ts';
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
        checkSaved(object, row, save, new Set(Object.keys(values)));
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
      state.atomically(() => discard(row, save));
    },

    undelete(id, save) {
      const row = state.get(canonicalId(id));
      if (!row?.deleted) throw new SalesforceError('UNDELETE_FAILED', 'Entity is not in the recycle bin');
      state.atomically(() => restore(row, row.values.SystemModstamp ?? null, save));
    },

    merge(winnerId, loserIds, save) {
      const winner = state.get(canonicalId(winnerId));
      const object = winner && catalogue.object(winner.object);
      // People merge cases too, although their describe calls them not mergeable.
      const merges = object !== undefined && (can(object, 'mergeable') || object.field('MasterRecordId') !== undefined);
      if (!winner || winner.deleted || !object || !merges)
        throw new SalesforceError('INVALID_ID_FIELD', `cannot merge into ${winnerId}`);
      lockable(winner);
      state.atomically(() => {
        for (const loserId of loserIds) {
          const loser = lockable(records.find(object, loserId));
          for (const { object: child, field } of object.children)
            if (child.name !== object.name || field.name !== 'MasterRecordId')
              for (const row of state.equal(child.name, field.name, loser.id) ?? [])
                state.put({
                  ...row,
                  values: { ...row.values, [field.name]: winner.id, SystemModstamp: stampOf(save.now) },
                });
          state.put(
            stamped(
              { ...loser, deleted: true, values: { ...loser.values, IsDeleted: true, MasterRecordId: winner.id } },
              save,
            ),
          );
        }
        state.put(stamped(state.get(winner.id) as Row, save));
      });
    },

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
    if (checked) checkSaved(object, row, save, new Set(Object.keys(draft)));
    state.put(row);
    behaviour?.after?.(tools, row, undefined, input);
    return state.get(id) ?? row;
  }

  /** What can only be judged of the whole record: references, dependent values, unique fields, rules. */
  function checkSaved(object: CatalogueObject, row: Row, save: SaveContext, changed: ReadonlySet<string>): void {
    for (const field of shown(object).references) {
      const value = row.values[field.name];
      if (typeof value === 'string' && changed.has(field.name) && field.createable)
        checkReference(object, field, value);
    }
    checkOffered(typesOf(object), object, row, changed);
    for (const field of object.fields) {
      if (field.controller && changed.has(field.name)) checkDependent(object, field, row);
      if (field.unique && changed.has(field.name)) checkUnique(object, field, row);
    }
    if (object.name === 'FeedItem' && changed.has('ParentId')) {
      const parent = catalogue.byPrefix(String(row.values.ParentId));
      if (parent && !can(parent, 'feedEnabled') && parent.name !== 'User')
        throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', `Feed tracking is not enabled for ${parent.name}`, {
          fields: ['ParentId'],
        });
    }
    const rule = brokenRule(row, object, save);
    if (rule)
      throw new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.message, {
        fields: rule.field ? [rule.field] : [],
      });
  }

  function checkReference(object: CatalogueObject, field: FieldDefinition, id: string): void {
    const target = catalogue.byPrefix(id);
    if (!target || !field.referenceTo.includes(target.name))
      throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, {
        fields: [field.name],
      });
    const row = state.get(id);
    if (!row || (field.name === 'RecordTypeId' && row.values.SobjectType !== object.name))
      throw new SalesforceError(
        'INVALID_CROSS_REFERENCE_KEY',
        field.name === 'RecordTypeId'
          ? `Record Type ID: this ID value isn't valid for the user: ${id}`
          : 'invalid cross reference id',
        { fields: field.name === 'RecordTypeId' ? [field.name] : [] },
      );
    if (row.deleted) throw new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted', { status: 400, fields: [] });
    if (field.name === 'OwnerId' && row.values.IsActive === false)
      throw new SalesforceError(
        'INACTIVE_OWNER_OR_USER',
        'operation performed with inactive user [' + id + '] as owner of record',
        { fields: [] },
      );
  }

  function checkDependent(object: CatalogueObject, field: FieldDefinition, row: Row): void {
    const value = row.values[field.name];
    const controlling = object.field(field.controller as string);
    if (typeof value !== 'string' || !controlling || !field.restrictedPicklist) return;
    const at = controlling.values.findIndex(entry => entry.value === row.values[controlling.name]);
    const entry = field.values.find(candidate => candidate.value === value);
    if (entry?.validFor && !entry.validFor.includes(at))
      throw new SalesforceError(
        'FIELD_INTEGRITY_EXCEPTION',
        `${field.label}: value not valid for the controlling field: ${value}`,
        {
          fields: [field.name],
        },
      );
  }

  function checkUnique(object: CatalogueObject, field: FieldDefinition, row: Row): void {
    const value = row.values[field.name] ?? null;
    if (value === null) return;
    const other = state.equal(object.name, field.name, value)?.find(found => found.id !== row.id && !found.deleted);
    if (other)
      throw new SalesforceError(
        'DUPLICATE_VALUE',
        `duplicate value found: ${field.name} duplicates value on record with id: ${other.id.slice(0, 15)}`,
        {
          fields: [],
        },
      );
  }

  function discard(row: Row, save: SaveContext): void {
    const object = catalogue.object(row.object) as CatalogueObject;
    const children = object.children.flatMap(({ object: child, field }) =>
      (state.equal(child.name, field.name, row.id) ?? [])
        .filter(found => !found.deleted)
        .map(found => ({ child, field, row: found })),
    );
    const held = children.find(({ child, field }) => restricts(object, child, field));
    if (held)
      throw new SalesforceError(
        'DELETE_FAILED',
        `Your attempt to delete ${row.values.Name ?? row.id} could not be completed because it is associated with the following ${held.child.labelPlural.toLowerCase()}.: ${children
          .filter(({ child }) => child === held.child)
          .map(({ row: found }) => found.values[held.child.nameField?.name ?? 'Id'])
          .join(', ')}\n`,
        { fields: [] },
      );
    state.put(
      stamped(
        { ...row, deleted: true, values: { ...row.values, ...(object.field('IsDeleted') ? { IsDeleted: true } : {}) } },
        save,
      ),
    );
    for (const { field, row: child } of children) {
      const current = state.get(child.id);
      if (!current || current.deleted) continue;
      if (field.onParentDelete === 'cascade') discard(current, save);
      else if (field.nillable) state.put({ ...current, values: { ...current.values, [field.name]: null } });
    }
  }

  function restore(row: Row, deletedAt: Scalar, save: SaveContext): void {
    const object = catalogue.object(row.object) as CatalogueObject;
    state.put(
      stamped(
        {
          ...row,
          deleted: false,
          values: {
            ...row.values,
            ...(object.field('IsDeleted')
              ? { IsDeleted: false, ...(object.field('MasterRecordId') ? { MasterRecordId: null } : {}) }
              : {}),
          },
        },
        save,
      ),
    );
    for (const { object: child, field } of object.children)
      if (field.onParentDelete === 'cascade')
        for (const found of state.equal(child.name, field.name, row.id) ?? [])
          if (found.deleted && found.values.SystemModstamp === deletedAt) restore(found, deletedAt, save);
  }

  function stamped(row: Row, save: SaveContext): Row {
    const object = catalogue.object(row.object) as CatalogueObject;
    const stamp = stampOf(save.now);
    return {
      ...row,
      values: {
        ...row.values,
        SystemModstamp: stamp,
        ...(object.field('LastModifiedDate') ? { LastModifiedDate: stamp } : {}),
        ...(object.field('LastModifiedById') ? { LastModifiedById: save.userId } : {}),
      },
    };
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

/** Cases hold the account and contact that they are about. */
const restricts = (parent: CatalogueObject, child: CatalogueObject, field: FieldDefinition): boolean =>
  field.onParentDelete === 'restrict' ||
  (child.name === 'Case' &&
    ((parent.name === 'Account' && field.name === 'AccountId') ||
      (parent.name === 'Contact' && field.name === 'ContactId')));

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
