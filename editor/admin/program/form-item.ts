/**
 * The item that the form shows: what the text says of it, or what the form wants of it until that is written. A new
 * item is called by its name until it is saved, and takes its file with it.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Item } from '../../../dsl/ast.ts';
import { name, slug } from '../../form/nodes.ts';
import type { ItemHead } from '../../monaco/protocol.ts';
import type { Draft } from './draft.ts';
import { same } from './same.ts';

export interface FormItem {
  readonly item: Item | undefined;
  /** Stays while the item's name gives it another id, and with it what is half filled in. */
  readonly form: string;
  /** Why the last change was not written. */
  readonly refused: string | undefined;
  change(next: Item): void;
}

interface Shown {
  readonly draft: Draft;
  readonly path: string;
  readonly head: ItemHead | undefined;
  /** Nobody knows it by its id yet. */
  readonly fresh: boolean;
  /** It is another one, in another file, from now on. */
  onRenamed(head: ItemHead): void;
}

export function useFormItem(shown: Shown): FormItem {
  const { draft, path, head } = shown;
  const { client, turn } = draft;
  const id = head?.id;
  const [item, setItem] = useState<Item>();
  const [refused, setRefused] = useState<string>();
  const changes = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  const forms = useRef(new Map<string, string>());
  const place = useRef({ path, id });
  place.current = { path, id };
  const latest = useRef({ ...shown, item });
  latest.current = { ...shown, item };

  useEffect(() => {
    let gone = false;
    if (id === undefined) setItem(undefined);
    else
      void client.ask('item', path, id).then(found => {
        // What the form wants is newer than what the text says, until all of it is written.
        if (!gone && waiting.current === 0) setItem(before => same(before, found));
      });
    return () => {
      gone = true;
    };
  }, [client, path, id, turn]);

  const change = useCallback((next: Item) => {
    const { head, item, fresh, draft } = latest.current;
    if (head === undefined || item === undefined) return;
    const follows = fresh && (head.id === slug(head.name) || head.id.startsWith('new-item'));
    const named = next.name.kind === 'text' && next.name !== item.name ? slug(next.name.value) : undefined;
    const taken = draft.items.some(each => each.id !== head.id && each.id === named);
    const renamed = follows && named !== undefined && named !== head.id && !taken ? named : undefined;
    const wanted = renamed === undefined ? next : { ...next, id: name(renamed) };
    setItem(wanted);
    // The next change of the same moment is of this one.
    latest.current = { ...latest.current, item: wanted };
    // One after the other: the next one may find the item under another name.
    waiting.current += 1;
    changes.current = changes.current.then(() => write(wanted, item, renamed)).finally(() => (waiting.current -= 1));
  }, []);

  async function write(wanted: Item, before: Item, renamed: string | undefined): Promise<void> {
    const { path: at, id: was } = place.current;
    const { draft, onRenamed } = latest.current;
    if (was === undefined) return;
    const text = await draft.editItem(at, was, wanted);
    if (text === undefined) {
      setItem(before);
      setRefused('This cannot be written into the text as it stands. Mend what the check says in the code first.');
      scrollTo(0, 0);
      return;
    }
    setRefused(undefined);
    if (renamed === undefined) return;
    const to = draft.renameFile(at, was, renamed);
    forms.current.set(`${to} ${renamed}`, forms.current.get(`${at} ${was}`) ?? `${at} ${was}`);
    place.current = { path: to, id: renamed };
    onRenamed({
      path: to,
      id: renamed,
      name: wanted.name.kind === 'text' ? wanted.name.value : renamed,
      span: wanted.span,
      line: 1,
    });
  }

  const key = `${path} ${id}`;
  return { item, form: forms.current.get(key) ?? key, refused, change };
}
