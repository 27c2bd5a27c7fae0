/**
 * The program while somebody edits it: texts by path against the version that they started from. The worker is
 * told every change at once; of checks one runs at a time, and the last text is always the one that is checked.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Metadata } from '../../../compiler/metadata/model.ts';
import type { Item } from '../../../dsl/ast.ts';
import type { Files } from '../../bridge/contract.ts';
import { AppError } from '../../bridge/invoke.ts';
import { type LanguageClient, startLanguageClient } from '../../monaco/client.ts';
import type { ItemHead, Problem } from '../../monaco/protocol.ts';
import { released } from '../../parts/press.ts';
import { createMetadataStore, type MetadataStore } from './metadata.ts';

export interface Base {
  readonly version: number;
  readonly files: Files;
}

export interface Draft {
  readonly files: Files;
  readonly base: Base;
  readonly problems: readonly Problem[];
  readonly items: readonly ItemHead[];
  /** Ids of the value tables. */
  readonly tables: readonly string[];
  /** Counts the checks, for whatever is asked anew after each. */
  readonly turn: number;
  /** The problems are those of the present texts. */
  readonly checked: boolean;
  /** And everything that the texts name was there to check them against. */
  readonly complete: boolean;
  readonly metadata: Metadata | undefined;
  /** Counts what came to be known of the org and the site, and was checked against. */
  readonly known: number;
  /** Why nothing is checked any more: a part of the editor could not be loaded. */
  readonly broken: AppError | undefined;
  /** Why nothing can be picked from. */
  readonly failure: AppError | undefined;
  readonly store: MetadataStore;
  readonly client: LanguageClient;
  readonly dirty: boolean;
  setText(path: string, text: string | undefined): void;
  /** Turns an item into another in its text; answers the text, or nothing where the notation cannot say it. */
  editItem(path: string, id: string, next: Item): Promise<string | undefined>;
  setFiles(files: Files): void;
  /** A file that holds one item alone, and is called by its old id, is called by its new one; answers the path. */
  renameFile(path: string, was: string, id: string): string;
  setBase(base: Base): void;
  /** Takes the last change of the form back; absent where there is none. */
  readonly undo: (() => void) | undefined;
}

export function useDraft(base: Base, begin: Files): Draft {
  const store = useMemo(createMetadataStore, []);
  const client: LanguageClient = useMemo(
    () =>
      startLanguageClient(() => {
        void client.ask('files', now.current);
        void client.ask('metadata', store.current(), store.lacking());
      }),
    [],
  );
  const [files, setAll] = useState(begin);
  const [from, setBase] = useState(base);
  const [metadata, setMetadata] = useState(store.current);
  const [failure, setFailure] = useState(store.failure);
  const [result, setResult] = useState<
    Pick<Draft, 'problems' | 'items' | 'tables' | 'turn' | 'known'> & { readonly partial: boolean }
  >(nothingYet);
  const [broken, setBroken] = useState<AppError>();
  const [past, setPast] = useState<readonly Files[]>([]);
  const now = useRef(files);
  const turn = useRef(0);
  const learned = useRef(0);
  const busy = useRef(false);

  const check = useCallback(async () => {
    turn.current += 1;
    if (busy.current) return;
    busy.current = true;
    try {
      for (let mine = -1; mine !== turn.current; ) {
        mine = turn.current;
        const known = learned.current;
        const { problems, wanted, partial, items, tables } = await client.ask('check');
        store.want(wanted.objects, wanted.projects);
        await released();
        // The page reads the metadata itself and says when it cannot.
        const found = problems.filter(({ code }) => code !== 'no-metadata');
        setResult({ problems: found, items, tables, turn: mine, known, partial });
        setBroken(undefined);
      }
    } catch {
      // The next change asks again.
      setBroken(notLoaded());
    } finally {
      busy.current = false;
    }
  }, [client, store]);

  useEffect(() => {
    void client.ask('files', now.current);
    const learn = () => {
      learned.current += 1;
      void client.ask('metadata', store.current(), store.lacking());
      void check();
      void released().then(() => {
        setMetadata(store.current());
        setFailure(store.failure());
      });
    };
    const stop = store.subscribe(learn);
    // It began to read when the page was drawn, and may have read everything by now.
    learn();
    return () => {
      stop();
      client.stop();
    };
  }, [client, store, check]);

  const setFiles = useCallback(
    (next: Files) => {
      now.current = next;
      setAll(next);
      void client.ask('files', next);
      void check();
    },
    [client, check],
  );
  const setText = useCallback(
    (path: string, text: string | undefined) => {
      const { [path]: old, ...rest } = now.current;
      if (old === text) return;
      now.current = text === undefined ? rest : { ...now.current, [path]: text };
      setAll(now.current);
      void client.ask('text', path, text);
      void check();
    },
    [client, check],
  );

  const editItem = useCallback(
    async (path: string, id: string, next: Item) => {
      for (;;) {
        const before = now.current[path];
        const text = await client.ask('edit', path, id, next).catch(() => {
          setBroken(notLoaded());
          return undefined;
        });
        // Somebody typed meanwhile: the worker has that text by now, and is asked again.
        if (now.current[path] !== before) continue;
        if (text !== undefined) setBroken(undefined);
        if (text !== undefined && text !== before) {
          setPast(past => [...past.slice(1 - mostUndone), now.current]);
          setText(path, text);
        }
        return text;
      }
    },
    [client, setText],
  );

  const renameFile = (path: string, was: string, id: string): string => {
    const { [path]: text, ...others } = now.current;
    const renamed = `${id}.bridge`;
    const alone = result.items.filter(each => each.path === path).length <= 1;
    if (path !== `${was}.bridge` || text === undefined || !alone || others[renamed] !== undefined) return path;
    setFiles({ ...others, [renamed]: text });
    return renamed;
  };

  const undo = () => {
    setFiles(past.at(-1)!);
    setPast(past.slice(0, -1));
  };

  return {
    files,
    base: from,
    ...result,
    checked: result.turn === turn.current,
    complete: result.turn === turn.current && metadata !== undefined && !result.partial,
    metadata,
    broken,
    failure,
    store,
    client,
    dirty: !sameFiles(files, from.files),
    setText,
    setFiles,
    renameFile,
    setBase,
    editItem,
    undo: past.length === 0 ? undefined : undo,
  };
}

const notLoaded = () =>
  new AppError(
    'unreachable',
    'A part of the editor could not be loaded, so the last change is not taken over. Look at your network and make it again; the rest of what you did stays here meanwhile.',
  );

const mostUndone = 50;
const nothingYet = { problems: [], items: [], tables: [], turn: -1, known: 0, partial: true } as const;

export const sameFiles = (a: Files, b: Files): boolean => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every(name => a[name] === b[name]);
};
