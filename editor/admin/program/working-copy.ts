/**
 * The program while somebody edits it: texts by path against the version that they started from. The worker is told every
 * change at once; of checks one runs at a time, and the last text is always the one that is checked. What is typed is told
 * to the page together with what the check says of it, so that a letter costs one drawing of the page. No React.
 */
import type { Metadata } from '../../../compiler/metadata/model.ts';
import type { Item, Values } from '../../../dsl/ast.ts';
import type { Files } from '../../bridge/contract.ts';
import type { AppError } from '../../bridge/invoke.ts';
import { carryOver } from '../../form/merge-texts.ts';
import type { LanguageClient } from '../../monaco/client.ts';
import type { ItemHead, ItemPlace, Problem } from '../../monaco/protocol.ts';
import type { MetadataStore } from './metadata.ts';

export interface Base {
  readonly version: number;
  readonly files: Files;
}

export interface Copy {
  readonly files: Files;
  readonly base: Base;
  readonly dirty: boolean;
  readonly problems: readonly Problem[];
  /** The texts that the problems are of, and have their places in. */
  readonly judged: Files;
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
  /** A part of the editor could not be loaded, so that the last change is not taken over or not checked. */
  readonly broken: boolean;
  /** Why nothing can be picked from. */
  readonly failure: AppError | undefined;
  /** There is a change of the form to take back. */
  readonly undoable: boolean;
}

/** An item and what is found in it, of one and the same text. */
export interface Said {
  /** Of its whole file. */
  readonly text: string;
  readonly item: Item | undefined;
  readonly problems: readonly Problem[];
}

export interface WorkingCopy {
  /** The same object until something of it is another. */
  state(): Copy;
  subscribe(heard: () => void): () => void;
  /** Every text as it is now, also what is not told yet. */
  texts(): Files;
  setText(path: string, text: string | undefined): void;
  /** The same for what a person types: told with what is found in it. */
  type(path: string, text: string): void;
  /** A text that was made of an earlier one; whatever came into the file since stays in it. */
  carryOver(path: string, was: string, text: string): void;
  setFiles(files: Files): void;
  setBase(base: Base): void;
  /** Which item's tree comes with each check from now on. */
  look(place: ItemPlace | undefined): void;
  /** What the file says of that item; nothing while it is not checked as it is now. */
  said(place: ItemPlace): Said | undefined;
  /**
   * Turns an item or a table into another as `was` has it, the text of the file that it was changed on, and carries that
   * over into the text as it is by now. Answers what became of `was`, or nothing where the notation cannot say it. Rejects
   * where a part of the editor is not there, which `broken` says.
   */
  edit(place: ItemPlace, was: string, next: Item | Values): Promise<string | undefined>;
  /** A file that holds one item alone, and is called by its old id, is called by its new one; answers the path. */
  renameFile(path: string, was: string, id: string): string;
  /** Takes the last change of the form back. */
  undo(): void;
  /** Tells a worker that knows nothing yet everything. */
  tellAll(): void;
  /** What is known of the org and the site is another. */
  learn(): void;
}

interface Surroundings {
  readonly client: Pick<LanguageClient, 'ask'>;
  readonly store: Pick<MetadataStore, 'current' | 'lacking' | 'failure' | 'want'>;
  /** Nothing moves on the page while somebody presses a button. */
  released(): Promise<void>;
}

/** A check that takes longer than this is not waited for to say that there is another text. */
const patienceMs = 50;
/** A part that did not load is asked for again. */
const againMs = 5000;
const mostUndone = 50;

export function createWorkingCopy(base: Base, begin: Files, { client, store, released }: Surroundings): WorkingCopy {
  const heard = new Set<() => void>();
  let files = begin;
  let past: readonly Files[] = [];
  let turn = 0;
  let learned = 0;
  let busy = false;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let partial = true;
  let shown: ItemPlace | undefined;
  let said: (Said & { readonly place: ItemPlace }) | undefined;
  let copy: Copy = {
    files,
    base,
    dirty: !sameFiles(files, base.files),
    problems: [],
    judged: begin,
    items: [],
    tables: [],
    turn: -1,
    checked: false,
    complete: false,
    metadata: store.current(),
    known: 0,
    broken: false,
    failure: store.failure(),
    undoable: false,
  };

  const tell = (what: Partial<Copy> = {}) => {
    clearTimeout(soon);
    soon = undefined;
    const next = { ...copy, ...what, files, undoable: past.length > 0 };
    const checked = next.turn === turn;
    copy = {
      ...next,
      dirty: !sameFiles(files, next.base.files),
      checked,
      complete: checked && next.metadata !== undefined && !partial,
    };
    for (const each of heard) each();
  };

  const check = async () => {
    turn += 1;
    if (busy) return;
    busy = true;
    try {
      for (let mine = -1; mine !== turn; ) {
        mine = turn;
        const known = learned;
        const place = shown;
        const judged = files;
        const text = place && files[place.path];
        const found = await client.ask('check', place);
        store.want(found.wanted.objects, found.wanted.projects);
        await released();
        partial = found.partial;
        // The page reads the metadata itself and says when it cannot.
        const problems = found.problems.filter(({ code }) => code !== 'no-metadata');
        const own = problems.filter(({ path, item }) => path === place?.path && item === place.id);
        said = text === undefined ? undefined : { place: place!, text, item: found.item, problems: own };
        tell({ problems, judged, items: found.items, tables: found.tables, turn: mine, known, broken: false });
      }
    } catch {
      // The next change asks again, and where there is none it is asked all the same.
      tell({ broken: true });
      clearTimeout(again);
      again = setTimeout(() => void check(), againMs);
    } finally {
      busy = false;
    }
  };

  const put = (path: string, text: string | undefined): boolean => {
    const { [path]: old, ...rest } = files;
    if (old === text) return false;
    files = text === undefined ? rest : { ...files, [path]: text };
    void client.ask('text', path, text);
    void check();
    return true;
  };
  const setText = (path: string, text: string | undefined) => {
    if (put(path, text)) tell();
  };
  const carry = (path: string, was: string, text: string) => {
    const now = files[path];
    if (now !== undefined) setText(path, carryOver(was, text, now));
  };
  const setFiles = (next: Files) => {
    files = next;
    void client.ask('files', next);
    void check();
    tell();
  };

  return {
    state: () => copy,
    subscribe(listener) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    texts: () => files,
    setText,
    type(path, text) {
      if (put(path, text)) soon ??= setTimeout(tell, patienceMs);
    },
    setFiles,
    setBase: next => tell({ base: next }),
    look(place) {
      if (place?.path === shown?.path && place?.id === shown?.id) return;
      shown = place;
      if (place !== undefined) void check();
    },
    said: ({ path, id }) =>
      said?.place.path === path && said.place.id === id && said.text === files[path] ? said : undefined,
    carryOver: carry,
    async edit({ path, id }, was, next) {
      const text = await client.ask('edit', path, was, id, next).catch((error: unknown) => {
        tell({ broken: true });
        throw error;
      });
      if (copy.broken) tell({ broken: false });
      if (text !== undefined && text !== was) {
        past = [...past.slice(1 - mostUndone), files];
        carry(path, was, text);
      }
      return text;
    },
    renameFile(path, was, id) {
      const { [path]: text, ...others } = files;
      const renamed = `${id}.bridge`;
      const alone = copy.items.filter(each => each.path === path).length <= 1;
      if (path !== `${was}.bridge` || text === undefined || !alone || others[renamed] !== undefined) return path;
      setFiles({ ...others, [renamed]: text });
      return renamed;
    },
    undo() {
      const before = past.at(-1);
      if (before === undefined) return;
      past = past.slice(0, -1);
      setFiles(before);
    },
    tellAll() {
      void client.ask('files', files);
      void client.ask('metadata', store.current(), store.lacking());
    },
    learn() {
      learned += 1;
      void client.ask('metadata', store.current(), store.lacking());
      void check();
      void released().then(() => tell({ metadata: store.current(), failure: store.failure() }));
    },
  };
}

export const sameFiles = (a: Files, b: Files): boolean => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every(name => a[name] === b[name]);
};
