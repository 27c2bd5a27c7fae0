/** Deleting, undeleting and merging: records and what belongs to them go into the recycle bin and come back. */
import type { CatalogueObject, FieldDefinition } from './catalogue/index.ts';
import { can } from './describe.ts';
import { SalesforceError } from './errors.ts';
import { canonicalId } from './ids.ts';
import type { Records, SaveContext } from './saving.ts';
import type { Row, Scalar, State } from './state.ts';
import { stampOf } from './time.ts';

export interface RecycleBin extends Pick<Records, 'undelete' | 'merge'> {
  /** Within the caller's transaction. */
  discard(row: Row, save: SaveContext): void;
}

export function createRecycleBin(
  state: State,
  /** The record, unless it is hidden or gone. */
  find: Records['find'],
  /** Refuses a record that another transaction holds. */
  lockable: (row: Row) => Row,
): RecycleBin {
  const { catalogue } = state;

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

  return {
    discard,

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
          const loser = lockable(find(object, loserId));
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
  };
}

/** Cases hold the account and contact that they are about. */
const restricts = (parent: CatalogueObject, child: CatalogueObject, field: FieldDefinition): boolean =>
  field.onParentDelete === 'restrict' ||
  (child.name === 'Case' &&
    ((parent.name === 'Account' && field.name === 'AccountId') ||
      (parent.name === 'Contact' && field.name === 'ContactId')));
