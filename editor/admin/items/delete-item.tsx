/** Deleting an item, with what that means said first. */
import type { ItemSummary } from '../../bridge/contract.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { tell } from '../../parts/flags.ts';
import { call } from '../call.ts';
import { unlessChanged } from './meanwhile.ts';

interface DeleteItemProps {
  readonly item: ItemSummary;
  /** The program that the person looks at. */
  readonly version: number;
  onClose(): void;
  onDeleted(): Promise<void>;
}

export const DeleteItem = ({ item, version, onClose, onDeleted }: DeleteItemProps) => (
  <Confirm
    title={`Delete ${item.name}?`}
    action="Delete"
    dangerous
    onClose={onClose}
    onConfirm={async () => {
      await unlessChanged(call('items.delete', { itemId: item.id, baseVersion: version }), onDeleted);
      tell(`${item.name} deleted`, 'Its text stays among the versions.');
      await onDeleted();
    }}
  >
    <p>
      The bridge stops syncing for this item and no longer shows it on issues. No issue and no record is deleted or
      changed. The text stays among the versions, and restoring it takes its links up again.
    </p>
  </Confirm>
);
