/**
 * The item that the form shows, and what the form wants of it. What is wanted is shown at once and written one change after
 * the other; what the text says counts again once all that is wanted is in it. A change goes to the item that it was made
 * on, also when that has another name by then or is not the one that is open any more. No React.
 */
import type { Item, Name } from '../../../dsl/ast.ts';
import { name, slug } from '../../form/nodes.ts';
import type { ItemPlace, Problem } from '../../monaco/protocol.ts';
import { same } from './same.ts';
import type { Said } from './working-copy.ts';

/** The texts, as far as one item goes. */
export interface ItemText {
  /** Nothing while the text is not checked as it is now: `hear` is called when it is. */
  said(place: ItemPlace): Said | undefined;
  /**
   * What becomes of `was`, the text that the item was changed on, once it is said there; nothing where it cannot be said.
   * Rejects where nothing could be tried, which somebody else tells.
   */
  write(place: ItemPlace, was: string, next: Item): Promise<string | undefined>;
  /** What follows from another id of it; answers where it stands from now on. */
  rename(place: ItemPlace, id: string, written: Item): ItemPlace;
}

export interface ShownItem {
  readonly item: Item | undefined;
  /** What the text was found to say in the places that the item has in it. */
  readonly problems: readonly Problem[];
  /** Stays while the item's name gives it another id, and with it what is half filled in. */
  readonly form: string;
  /** The last change could not be said in the text. */
  readonly refused: boolean;
}

export interface ItemEdits {
  look(place: ItemPlace | undefined): void;
  /** The texts were checked. */
  hear(): void;
  /** Of the item that is shown as this form, whether or not it is open still; `id` is what it is called by once this is written. */
  change(form: string, next: Item, id?: string): void;
  /** As the form would show it now, the same object until it is another: the next change of the same moment is of this one. */
  shown(): ShownItem;
  subscribe(heard: () => void): () => void;
}

interface Form {
  readonly key: string;
  place: ItemPlace;
  item: Item | undefined;
  /** The text that says `item`, or will say it once all that is wanted is written. */
  text: string;
  problems: readonly Problem[];
  refused: boolean;
  /** How much of what was wanted is not written yet. */
  open: number;
}

const noItem: ShownItem = { item: undefined, problems: [], form: '', refused: false };

export function createItemEdits(text: ItemText): ItemEdits {
  const heard = new Set<() => void>();
  const forms: Form[] = [];
  let here: Form | undefined;
  let shown = noItem;
  let writing: Promise<void> = Promise.resolve();

  const tell = () => {
    shown =
      here === undefined ? noItem : { item: here.item, problems: here.problems, form: here.key, refused: here.refused };
    for (const each of heard) each();
  };

  const take = (form: Form): void => {
    // All that is wanted will be in the text then.
    const said = form.open > 0 ? undefined : text.said(form.place);
    if (said === undefined) return;
    form.item = same(form.item, said.item);
    form.text = said.text;
    form.problems = same(form.problems, said.problems);
  };

  const write = async (form: Form, next: Item, id: string | undefined): Promise<void> => {
    try {
      const written = await text.write(form.place, form.text, next);
      form.refused = written === undefined;
      form.text = written ?? form.text;
      if (!form.refused && id !== undefined) form.place = text.rename(form.place, id, next);
    } catch {
      // The text says what it said.
    }
    form.open -= 1;
    take(form);
    tell();
  };

  return {
    shown: () => shown,
    subscribe(listener) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    look(place) {
      here = place && forms.find(form => form.place.path === place.path && form.place.id === place.id);
      if (place !== undefined && here === undefined) {
        here = {
          key: `item ${forms.length + 1}`,
          place,
          item: undefined,
          text: '',
          problems: [],
          refused: false,
          open: 0,
        };
        forms.push(here);
      }
      if (here !== undefined) take(here);
      tell();
    },
    hear() {
      if (here === undefined) return;
      take(here);
      tell();
    },
    change(key, next, id) {
      // A field that is left as its form goes away still says what was filled in.
      const form = forms.find(each => each.key === key);
      if (form === undefined) return;
      form.open += 1;
      form.item = next;
      tell();
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
