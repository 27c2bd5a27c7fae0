/** The item that the form shows, in the page: as each check tells it, its changes written into the draft. */
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Item } from '../../../dsl/ast.ts';
import type { ItemHead } from '../../monaco/protocol.ts';
import type { Draft } from './draft.ts';
import { createItemEdits, followingName, type ShownItem } from './item-edits.ts';

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
  const { copy } = draft;
  const id = head?.id;
  const latest = useRef(given);
  latest.current = given;
  const edits = useMemo(
    () =>
      createItemEdits({
        said: copy.said,
        write: copy.edit,
        rename(place, to, { name, span }) {
          const now = { path: copy.renameFile(place.path, place.id, to), id: to };
          latest.current.onRenamed({ ...now, name: name.kind === 'text' ? name.value : to, span, line: 1 });
          return now;
        },
      }),
    [copy],
  );
  // Both are told in one drawing: the item, and the rest of what the same check says.
  const shown = useSyncExternalStore(edits.subscribe, edits.shown);
  useEffect(() => copy.subscribe(edits.hear), [copy, edits]);
  useEffect(() => {
    const place = id === undefined ? undefined : { path, id };
    copy.look(place);
    edits.look(place);
  }, [copy, edits, path, id]);
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
