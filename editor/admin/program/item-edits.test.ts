/** What the form shows while its changes are written, whatever is answered when. */
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../dsl/ast.ts';
import { createSourceFile, parse } from '../../../dsl/index.ts';
import { name, text, withSwitch } from '../../form/nodes.ts';
import type { ItemPlace, Problem } from '../../monaco/protocol.ts';
import { createItemEdits, followingName } from './item-edits.ts';
import type { Said } from './working-copy.ts';

const itemOf = (id: string): Item =>
  parse(createSourceFile('a.bridge', `item ${id} "Cases" {\n  sync one-way\n}\n`)).program.declarations[0] as Item;
const cases = itemOf('cases');
const withFiles = withSwitch(cases, 'attachments', true);
const withBoth = withSwitch(withFiles, 'associations', true);
const place = (id: string): ItemPlace => ({ path: 'a.bridge', id });
const named = (item: Item, to: string): Item => ({ ...item, name: text(to) });
const problem = { code: 'second-writer' } as Problem;

interface Written {
  readonly what: string;
  /** The text that it was changed on. */
  readonly was: string;
  readonly item: Item;
  answer(said: boolean): Promise<void>;
  fail(): Promise<void>;
}

/** Texts that are written, and checked, when the test says so. */
function stage() {
  const writes: Written[] = [];
  const renamed: string[] = [];
  const texts = new Map<string, Said>();
  let written = 0;
  const settled = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  const edits = createItemEdits({
    said: ({ id }) => texts.get(id),
    write: ({ id }, was, item) =>
      new Promise((done, failed) =>
        writes.push({
          what: id,
          was,
          item,
          answer(said) {
            // It is another text, and not checked yet.
            if (said) texts.delete(id);
            done(said ? `${was}, then ${++written}` : undefined);
            return settled();
          },
          fail() {
            failed(new Error('not there'));
            return settled();
          },
        }),
      ),
    rename: (was, id) => {
      renamed.push(`${was.id} ${id}`);
      return { path: `${id}.bridge`, id };
    },
  });
  return {
    edits,
    writes,
    renamed,
    settled,
    item: () => edits.shown().item,
    check(id: string, item: Item | undefined, problems: readonly Problem[] = [], text = 'the text') {
      texts.set(id, { text, item, problems });
      edits.hear();
    },
  };
}

function opened() {
  const on = stage();
  on.edits.look(place('cases'));
  on.check('cases', cases, [problem]);
  return { ...on, form: on.edits.shown().form };
}

describe('the item that the form shows', () => {
  it('A-2 is what was chosen, though a check ends while it is written', async () => {
    const { edits, writes, check, item, form, settled } = opened();
    edits.change(form, withFiles);
    expect(item()).toBe(withFiles);
    await settled();
    check('cases', cases);
    expect(item()).toBe(withFiles);
    await writes[0]!.answer(true);
    expect(item()).toBe(withFiles);
    check('cases', withFiles);
    expect(item()).toBe(withFiles);
  });

  it('A-2 comes with what was found in it, which stays with it until both are told anew', async () => {
    const { edits, writes, check, form, settled } = opened();
    expect(edits.shown()).toMatchObject({ item: cases, problems: [problem] });
    edits.change(form, withFiles);
    await settled();
    check('cases', cases, []);
    expect(edits.shown()).toMatchObject({ item: withFiles, problems: [problem] });
    await writes[0]!.answer(true);
    expect(edits.shown()).toMatchObject({ item: withFiles, problems: [problem] });
    check('cases', withFiles, []);
    expect(edits.shown()).toMatchObject({ item: withFiles, problems: [] });
  });

  it('A-2 has the last of several choices; they are written in their order', async () => {
    const { edits, writes, check, item, form, settled } = opened();
    edits.change(form, withFiles);
    edits.change(form, withBoth);
    await settled();
    expect(writes).toHaveLength(1);
    await writes[0]!.answer(true);
    check('cases', withFiles);
    expect(item()).toBe(withBoth);
    await writes[1]!.answer(true);
    expect(item()).toBe(withBoth);
    check('cases', withBoth);
    expect(item()).toBe(withBoth);
  });

  it('A-2 is changed as the text had it that the form shows, whatever the text is by now', async () => {
    const { edits, writes, check, form, settled } = opened();
    edits.change(form, withFiles);
    edits.change(form, withBoth);
    await settled();
    // Somebody types, and it is checked: what is wanted was chosen before.
    check('cases', cases, [], 'another');
    await writes[0]!.answer(true);
    expect(writes.map(({ was }) => was)).toEqual(['the text', 'the text, then 1']);
    check('cases', withFiles, [], 'another, checked');
    await writes[1]!.answer(false);
    edits.change(form, withBoth);
    await settled();
    expect(writes.at(-1)!.was).toBe('another, checked');
  });

  it('A-2 goes back to what the text says where the last choice cannot be said in it, and says so', async () => {
    const { edits, writes, item, form, settled } = opened();
    edits.change(form, withFiles);
    edits.change(form, withBoth);
    await settled();
    await writes[0]!.answer(false);
    expect(item()).toBe(withBoth);
    await writes[1]!.answer(false);
    expect(edits.shown()).toEqual({ item: cases, problems: [problem], form, refused: true });
    edits.change(form, withFiles);
    await settled();
    await writes[2]!.answer(true);
    expect(edits.shown()).toMatchObject({ item: withFiles, refused: false });
  });

  it('A-2 keeps a second choice of the same moment, also when the first one alone could not be said', async () => {
    const { edits, writes, item, form, settled } = opened();
    edits.change(form, withFiles);
    edits.change(form, withBoth);
    await settled();
    await writes[0]!.answer(false);
    await writes[1]!.answer(true);
    expect(item()).toBe(withBoth);
    expect(edits.shown().refused).toBe(false);
  });

  it('A-2 goes back without a word of its own where nothing could be tried, and the next choice is written', async () => {
    const { edits, writes, item, form, settled } = opened();
    edits.change(form, withFiles);
    await settled();
    await writes[0]!.fail();
    expect(edits.shown()).toEqual({ item: cases, problems: [problem], form, refused: false });
    edits.change(form, withFiles);
    await settled();
    await writes[1]!.answer(true);
    expect(item()).toBe(withFiles);
  });

  it('A-2 writes what was chosen of an item that the check does not know for a moment', async () => {
    const { edits, writes, check, item, form, settled } = opened();
    edits.look(undefined);
    expect(item()).toBeUndefined();
    edits.change(form, withFiles);
    await settled();
    expect(writes[0]).toMatchObject({ what: 'cases', item: withFiles });
    await writes[0]!.answer(true);
    edits.look(place('cases'));
    expect(item()).toBe(withFiles);
    check('cases', withFiles);
    expect(edits.shown().form).toBe(form);
  });

  it('A-2 is never that of another place, and a change goes to the item that it was made on', async () => {
    const { edits, writes, check, item, form, settled } = opened();
    const others = itemOf('others');
    edits.look(place('others'));
    expect(item()).toBeUndefined();
    edits.change(form, withFiles);
    await settled();
    expect(writes[0]!.what).toBe('cases');
    check('others', others);
    await writes[0]!.answer(true);
    expect(item()).toBe(others);
  });

  it('A-2 is the same form under another name, and what was chosen meanwhile finds it there', async () => {
    const { edits, writes, renamed, item, form, settled } = opened();
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
