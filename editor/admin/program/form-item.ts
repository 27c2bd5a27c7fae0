/** The item that the form shows, in the page: read again after each check, its changes written into the draft. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Item } from '../../../dsl/ast.ts';
import type { ItemHead } from '../../monaco/protocol.ts';
import type { Draft } from './draft.ts';
import { createItemEdits, followingName, noItem, type ShownItem } from './item-edits.ts';
import { same } from './same.ts';

interface Shown {
  readonly draft: Draft;
  readonly path: string;
  readonly head: ItemHead | undefined;
  /** Nobody knows it by its id yet. */
  readonly fresh: boolean;
  /** It is another one, in another file, from now on. */
  onRenamed(head: ItemHead): void;
}

export interface FormItem extends ShownItem {
  change(next: Item): void;
}

export function useFormItem(given: Shown): FormItem {
  const { draft, path, head } = given;
  const { client, copy, turn } = draft;
  const id = head?.id;
  const [shown, setShown] = useState(noItem);
  const latest = useRef(given);
  latest.current = given;
  const edits = useMemo(
    () =>
      createItemEdits(
        {
          read: place => client.ask('item', place.path, place.id),
          write: async (place, next) => (await copy.editItem(place.path, place.id, next)) !== undefined,
          rename(place, to, { name, span }) {
            const now = { path: copy.renameFile(place.path, place.id, to), id: to };
            latest.current.onRenamed({ ...now, name: name.kind === 'text' ? name.value : to, span, line: 1 });
            return now;
          },
        },
        now => setShown(before => ({ ...now, item: same(before.item, now.item) })),
      ),
    [client, copy],
  );

  // After each check the text may say another thing.
  useEffect(() => edits.look(id === undefined ? undefined : { path, id }), [edits, path, id, turn]);
  useEffect(() => {
    if (shown.refused) scrollTo(0, 0);
  }, [shown.refused]);

  const change = useCallback(
    (next: Item) => {
      const { head, fresh, draft } = latest.current;
      const { item } = edits.shown();
      if (!fresh || head === undefined || item === undefined) return edits.change(shown.form, next);
      const taken = draft.items.flatMap(each => (each.id === head.id ? [] : [each.id]));
      edits.change(shown.form, ...followingName(item, next, { head, taken }));
    },
    [edits, shown.form],
  );
  return { ...shown, change };
}
