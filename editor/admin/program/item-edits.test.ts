/** What the form shows while its changes are written, whatever is answered when. */
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../dsl/ast.ts';
import { createSourceFile, parse } from '../../../dsl/index.ts';
import { name, text, withSwitch } from '../../form/nodes.ts';
import { createItemEdits, followingName, type ItemPlace, type ShownItem } from './item-edits.ts';

const itemOf = (id: string): Item =>
  parse(createSourceFile('a.bridge', `item ${id} "Cases" {\n  sync one-way\n}\n`)).program.declarations[0] as Item;
const cases = itemOf('cases');
const withFiles = withSwitch(cases, 'attachments', true);
const withBoth = withSwitch(withFiles, 'associations', true);
const place = (id: string): ItemPlace => ({ path: 'a.bridge', id });
const named = (item: Item, to: string): Item => ({ ...item, name: text(to) });

interface Asked<T> {
  readonly what: string;
  readonly item?: Item;
  answer(value: T): Promise<void>;
  fail(): Promise<void>;
}

/** Texts that answer when the test says so. */
function stage() {
  const asked: { reads: Asked<Item | undefined>[]; writes: Asked<boolean>[]; renamed: string[] } = {
    reads: [],
    writes: [],
    renamed: [],
  };
  const told: ShownItem[] = [];
  const settled = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  const later = <T>(all: Asked<T>[], what: string, item?: Item) =>
    new Promise<T>((done, failed) =>
      all.push({
        what,
        ...(item === undefined ? {} : { item }),
        answer: value => {
          done(value);
          return settled();
        },
        fail: () => {
          failed(new Error('not there'));
          return settled();
        },
      }),
    );
  const edits = createItemEdits(
    {
      read: ({ id }) => later(asked.reads, id),
      write: ({ id }, next) => later(asked.writes, id, next),
      rename: (was, id) => {
        asked.renamed.push(`${was.id} ${id}`);
        return { path: `${id}.bridge`, id };
      },
    },
    shown => told.push(shown),
  );
  return { edits, ...asked, told, settled, item: () => edits.shown().item };
}

async function opened() {
  const on = stage();
  on.edits.look(place('cases'));
  await on.reads[0]!.answer(cases);
  return { ...on, form: on.edits.shown().form };
}

describe('the item that the form shows', () => {
  it('A-2 is what was chosen, though a read that began before comes after it', async () => {
    const { edits, reads, writes, item, form, settled } = await opened();
    edits.look(place('cases'));
    edits.change(form, withFiles);
    expect(item()).toBe(withFiles);
    await settled();
    await writes[0]!.answer(true);
    await reads[1]!.answer(cases);
    expect(item()).toBe(withFiles);
    await reads[2]!.answer(withFiles);
    expect(item()).toBe(withFiles);
  });

  it('A-2 is what was chosen, though a check ends while it is written', async () => {
    const { edits, reads, writes, item, form, settled } = await opened();
    edits.change(form, withFiles);
    await settled();
    edits.look(place('cases'));
    expect(reads).toHaveLength(1);
    await writes[0]!.answer(true);
    expect(item()).toBe(withFiles);
    expect(reads).toHaveLength(2);
  });

  it('A-2 has the last of several choices; they are written in their order', async () => {
    const { edits, reads, writes, item, form, settled } = await opened();
    edits.change(form, withFiles);
    edits.change(form, withBoth);
    await settled();
    expect(writes).toHaveLength(1);
    await writes[0]!.answer(true);
    expect(item()).toBe(withBoth);
    expect(reads).toHaveLength(1);
    await writes[1]!.answer(true);
    await reads[1]!.answer(withBoth);
    expect(item()).toBe(withBoth);
  });

  it('A-2 goes back to what the text says where the last choice cannot be said in it, and says so', async () => {
    const { edits, reads, writes, told, item, form, settled } = await opened();
    edits.change(form, withFiles);
    edits.change(form, withBoth);
    await settled();
    await writes[0]!.answer(false);
    expect(item()).toBe(withBoth);
    await writes[1]!.answer(false);
    expect(item()).toBe(cases);
    await reads[1]!.answer(cases);
    expect(told.at(-1)).toEqual({ item: cases, form, refused: true });
    edits.change(form, withFiles);
    await settled();
    await writes[2]!.answer(true);
    expect(told.at(-1)).toMatchObject({ item: withFiles, refused: false });
  });

  it('A-2 keeps a second choice of the same moment, also when the first one alone could not be said', async () => {
    const { edits, writes, told, item, form, settled } = await opened();
    edits.change(form, withFiles);
    edits.change(form, withBoth);
    await settled();
    await writes[0]!.answer(false);
    await writes[1]!.answer(true);
    expect(item()).toBe(withBoth);
    expect(told.at(-1)!.refused).toBe(false);
  });

  it('A-2 goes back without a word of its own where nothing could be tried, and the next choice is written', async () => {
    const { edits, reads, writes, told, item, form, settled } = await opened();
    edits.change(form, withFiles);
    await settled();
    await writes[0]!.fail();
    expect(item()).toBe(cases);
    await reads[1]!.fail();
    expect(told.at(-1)).toEqual({ item: cases, form, refused: false });
    edits.change(form, withFiles);
    await settled();
    await writes[1]!.answer(true);
    expect(item()).toBe(withFiles);
  });

  it('A-2 writes what was chosen of an item that the check does not know for a moment', async () => {
    const { edits, reads, writes, item, form, settled } = await opened();
    edits.look(undefined);
    expect(item()).toBeUndefined();
    edits.change(form, withFiles);
    await settled();
    expect(writes[0]).toMatchObject({ what: 'cases', item: withFiles });
    await writes[0]!.answer(true);
    edits.look(place('cases'));
    expect(item()).toBe(withFiles);
    await reads.at(-1)!.answer(withFiles);
    expect(edits.shown().form).toBe(form);
  });

  it('A-2 is never that of another place, and a change goes to the item that it was made on', async () => {
    const { edits, reads, writes, item, form, settled } = await opened();
    const others = itemOf('others');
    edits.look(place('others'));
    expect(item()).toBeUndefined();
    edits.change(form, withFiles);
    await settled();
    expect(writes[0]!.what).toBe('cases');
    await reads[1]!.answer(others);
    await writes[0]!.answer(true);
    expect(item()).toBe(others);
  });

  it('A-2 is the same form under another name, and what was chosen meanwhile finds it there', async () => {
    const { edits, writes, renamed, item, form, settled } = await opened();
    const web = { ...named(cases, 'Web cases'), id: name('web-cases') };
    edits.change(form, web, 'web-cases');
    edits.change(form, withSwitch(web, 'attachments', true));
    await settled();
    await writes[0]!.answer(true);
    expect(renamed).toEqual(['cases web-cases']);
    expect(writes[1]!.what).toBe('web-cases');
    edits.look({ path: 'web-cases.bridge', id: 'web-cases' });
    expect(edits.shown().form).toBe(form);
    expect(item()).toEqual(withSwitch(web, 'attachments', true));
  });
});

describe('the id of an item that was never saved', () => {
  const head = { id: 'new-item', name: 'New item' };
  const fresh = { ...cases, id: name('new-item'), name: text('New item') };
  it('A-2 follows its name, and nothing else', () => {
    const next = named(fresh, 'Web cases');
    expect(followingName(fresh, next, { head, taken: [] })).toEqual([{ ...next, id: name('web-cases') }, 'web-cases']);
    const files = withSwitch(fresh, 'attachments', true);
    expect(followingName(fresh, files, { head, taken: [] })).toEqual([files]);
  });
  it('A-2 stays where another item is called so, or where somebody chose it', () => {
    const next = named(fresh, 'Web cases');
    expect(followingName(fresh, next, { head, taken: ['web-cases'] })).toEqual([next]);
    expect(followingName(fresh, next, { head: { id: 'mine', name: 'New item' }, taken: [] })).toEqual([next]);
  });
});
