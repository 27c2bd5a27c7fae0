/**
 * The item that the form shows, and what the form wants of it. What is wanted is shown at once and written one change after
 * the other; what was read of the text counts only where nothing was wanted since it was asked for. A change goes to the
 * item that it was made on, also when that has another name by then or is not the one that is open any more. No React.
 */
import type { Item, Name } from '../../../dsl/ast.ts';
import { name, slug } from '../../form/nodes.ts';

export interface ItemPlace {
  readonly path: string;
  readonly id: string;
}

/** The texts, as far as one item goes. */
export interface ItemText {
  read(place: ItemPlace): Promise<Item | undefined>;
  /** Whether it could be said in the text. Rejects where nothing could be tried, which somebody else tells. */
  write(place: ItemPlace, next: Item): Promise<boolean>;
  /** What follows from another id of it; answers where it stands from now on. */
  rename(place: ItemPlace, id: string, written: Item): ItemPlace;
}

export interface ShownItem {
  readonly item: Item | undefined;
  /** Stays while the item's name gives it another id, and with it what is half filled in. */
  readonly form: string;
  /** The last change could not be said in the text. */
  readonly refused: boolean;
}

export interface ItemEdits {
  /** Opens an item, or reads it again where it is open. */
  look(place: ItemPlace | undefined): void;
  /** Of the item that is shown as this form, whether or not it is open still; `id` is what it is called by once this is written. */
  change(form: string, next: Item, id?: string): void;
  /** As the form would show it now: the next change of the same moment is of this one. */
  shown(): ShownItem;
}

interface Form {
  readonly key: string;
  place: ItemPlace;
  /** What the text said last. */
  said: Item | undefined;
  item: Item | undefined;
  refused: boolean;
  /** Counts what was wanted, and how much of that is not written yet. */
  wanted: number;
  open: number;
}

export const noItem: ShownItem = { item: undefined, form: '', refused: false };

export function createItemEdits(text: ItemText, heard: (shown: ShownItem) => void): ItemEdits {
  const forms: Form[] = [];
  let here: Form | undefined;
  let writing: Promise<void> = Promise.resolve();

  const shown = (): ShownItem =>
    here === undefined ? noItem : { item: here.item, form: here.key, refused: here.refused };
  const tell = (form: Form) => form === here && heard(shown());

  const read = async (form: Form): Promise<void> => {
    // All that is wanted will be in the text then.
    if (form.open > 0) return;
    const { wanted } = form;
    const found = await text.read(form.place).catch(() => form.said);
    if (form.wanted !== wanted) return;
    form.said = found;
    form.item = found;
    tell(form);
  };

  const write = async (form: Form, next: Item, id: string | undefined): Promise<void> => {
    try {
      form.refused = !(await text.write(form.place, next));
      if (!form.refused) form.said = next;
      if (!form.refused && id !== undefined) form.place = text.rename(form.place, id, next);
      if (form.refused && form.open === 1) form.item = form.said;
    } catch {
      if (form.open === 1) form.item = form.said;
    }
    form.open -= 1;
    tell(form);
    await read(form);
  };

  return {
    shown,
    look(place) {
      const before = here;
      here = place && forms.find(form => form.place.path === place.path && form.place.id === place.id);
      if (place !== undefined && here === undefined) {
        const key = `item ${forms.length + 1}`;
        here = { key, place, said: undefined, item: undefined, refused: false, wanted: 0, open: 0 };
        forms.push(here);
      }
      if (here !== before) heard(shown());
      if (here !== undefined) void read(here);
    },
    change(key, next, id) {
      // A field that is left as its form goes away still says what was filled in.
      const form = forms.find(each => each.key === key);
      if (form === undefined) return;
      form.wanted += 1;
      form.open += 1;
      form.item = next;
      tell(form);
      writing = writing.then(() => write(form, next, id));
    },
  };
}

interface Naming {
  /** What it is called by now, and its name. */
  readonly head: { readonly id: string; readonly name: string };
  /** Ids of the others. */
  readonly taken: readonly string[];
}

/** What is wanted, under the id that its new name gives it; an item that was never saved is called by its name. */
export function followingName(before: Item, next: Item, { head, taken }: Naming): readonly [Item, Name['text']?] {
  const follows = head.id === slug(head.name) || head.id.startsWith('new-item');
  if (!follows || next.name.kind !== 'text' || next.name === before.name) return [next];
  const id = slug(next.name.value);
  return id === head.id || taken.includes(id) ? [next] : [{ ...next, id: name(id) }, id];
}
