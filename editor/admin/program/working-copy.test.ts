/** The program while somebody edits it, on the very service that the page's worker has. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withSwitch } from '../../form/nodes.ts';
import type { LanguageClient } from '../../monaco/client.ts';
import { roomsOnDemand, withRooms } from '../../monaco/rooms/index.ts';
import { createService } from '../../monaco/service.ts';
import { createWorkingCopy, type WorkingCopy } from './working-copy.ts';

const path = 'cases.bridge';
const text = 'item cases "Cases" {\n  sync one-way\n}\n';

let asked: string[];
/** Questions wait here while it is a promise. */
let held: Promise<void> | undefined;
let lost: boolean;
let copy: WorkingCopy;
let client: Pick<LanguageClient, 'ask'>;

beforeEach(async () => {
  asked = [];
  held = undefined;
  lost = false;
  const service = createService(roomsOnDemand()) as unknown as Record<string, (...given: readonly unknown[]) => never>;
  // One after the other, as the worker does.
  let before: Promise<unknown> = Promise.resolve();
  client = {
    ask: (question, ...given) => {
      asked.push(question);
      const answer = before.then(async () => {
        await held;
        if (lost) throw new Error('not loaded');
        return withRooms(() => service[question]!(...given));
      });
      before = answer.catch(() => {});
      void answer.catch(() => {});
      return answer;
    },
  };
  const store = {
    current: () => undefined,
    lacking: () => ({ objects: [], projects: [] }),
    failure: () => undefined,
    want: () => {},
  };
  copy = createWorkingCopy(
    { version: 1, files: { [path]: text } },
    { [path]: text },
    {
      client,
      store,
      released: () => Promise.resolve(),
    },
  );
  copy.tellAll();
  copy.learn();
  await vi.waitFor(() => expect(copy.state().checked).toBe(true));
});

afterEach(() => {
  vi.useRealTimers();
});

const cases = { path, id: 'cases' };
const item = async () => (await client.ask('check', cases)).item!;
const settled = () => vi.waitFor(() => expect(copy.state().checked).toBe(true));

describe('the working copy', () => {
  it('A-2 has every one of several changes of the form that are made at once', async () => {
    const before = await item();
    const first = withSwitch(before, 'attachments', true);
    const said = await copy.edit(cases, text, first);
    await copy.edit(cases, said!, withSwitch(first, 'associations', true));
    for (const word of ['attachments on', 'associations on'])
      expect(copy.texts()[path]!.replaceAll(/ +/g, ' ')).toContain(word);
    await settled();
    copy.undo();
    expect(copy.texts()[path]!.replaceAll(/ +/g, ' ')).not.toContain('associations');
    copy.undo();
    expect(copy.state()).toMatchObject({ files: { [path]: text }, dirty: false, undoable: false });
  });

  it('A-2 keeps what is typed while a change of the form is worked out, and the change too', async () => {
    const edited = copy.edit(cases, text, withSwitch(await item(), 'attachments', true));
    copy.type(path, `# mine\n${copy.texts()[path]}`);
    await edited;
    expect(copy.texts()[path]).toMatch(/^# mine\n/);
    expect(copy.texts()[path]).toContain('attachments');
  });

  it('A-2 keeps what came into the item since the form showed it: a line that was typed, another admin’s change', async () => {
    const next = withSwitch(await item(), 'attachments', true);
    copy.setFiles({ [path]: text.replace('one-way', 'two-way').replace('}', '  associations on\n}') });
    await copy.edit(cases, text, next);
    expect(copy.texts()[path]!.replaceAll(/ +/g, ' ')).toBe(
      'item cases "Cases" {\n sync two-way\n associations on\n attachments on\n}\n',
    );
    await settled();
    copy.undo();
    expect(copy.texts()[path]).not.toContain('attachments');
  });

  it('A-2 mends what was found in an earlier text where it stands by now', async () => {
    copy.setText(path, text.replace('sync', 'xsync'));
    await settled();
    const { judged } = copy.state();
    copy.type(path, `# mine\n${judged[path]}`);
    copy.carryOver(path, judged[path]!, judged[path]!.replace('xsync', 'sync'));
    expect(copy.texts()[path]).toBe(`# mine\n${text}`);
  });

  it('A-2 tells of a letter once, with what is found in it', async () => {
    await settled();
    // However long the check takes here.
    const really = setTimeout;
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const told: (readonly [text: string, checked: boolean, found: string])[] = [];
    copy.subscribe(() => {
      const { files, checked, problems } = copy.state();
      told.push([files[path]!, checked, problems.map(({ message }) => message).join('\n')]);
    });
    const typed = text.replace('sync', 'xsync');
    copy.type(path, typed);
    expect(told).toEqual([]);
    expect(copy.texts()[path]).toBe(typed);
    while (told.length === 0) await new Promise(done => really(done, 1));
    expect(told).toHaveLength(1);
    expect(told[0]!.slice(0, 2)).toEqual([typed, true]);
    expect(told[0]![2]).toContain('`xsync`');
    expect(copy.state().dirty).toBe(true);
  });

  it('A-2 gives the item of the form and what is found in it of one and the same text, or nothing', async () => {
    const place = { path, id: 'cases' };
    copy.look(place);
    await vi.waitFor(() => expect(copy.said(place)?.item?.id).toMatchObject({ text: 'cases' }));
    const told: (readonly [at: number, found: number] | undefined)[] = [];
    copy.subscribe(() => {
      const said = copy.said(place);
      told.push(said && [said.item!.span.start, said.problems[0]!.span.start - said.item!.span.start]);
    });
    const found = copy.said(place)!.problems[0]!.span.start;
    copy.setText(path, `# one\n${text}`);
    expect(told).toEqual([undefined]);
    await settled();
    expect(told).toEqual([undefined, [6, found]]);
    expect(copy.said({ path, id: 'others' })).toBeUndefined();
    copy.look({ path, id: 'others' });
    await vi.waitFor(() =>
      expect(copy.said({ path, id: 'others' })).toEqual(expect.objectContaining({ problems: [] })),
    );
  });

  it('A-3 says soon that what is typed is not checked, where a check takes long', async () => {
    let go = () => {};
    held = new Promise(done => (go = done));
    copy.type(path, text.replace('sync', 'xsync'));
    await vi.waitFor(() => expect(copy.state()).toMatchObject({ checked: false, complete: false, dirty: true }));
    go();
    await settled();
  });

  it('A-2 says that a part did not load, keeps the texts, and goes on with the next change', async () => {
    const next = withSwitch(await item(), 'attachments', true);
    lost = true;
    await expect(copy.edit(cases, text, next)).rejects.toThrow();
    expect(copy.state().broken).toBe(true);
    expect(copy.texts()[path]).toBe(text);
    lost = false;
    await copy.edit(cases, text, next);
    expect(copy.state().broken).toBe(false);
    expect(copy.texts()[path]).toContain('attachments');
  });

  it('A-2 checks again by itself what could not be checked for a part that did not load', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    lost = true;
    copy.type(path, text.replace('sync', 'xsync'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(copy.state()).toMatchObject({ broken: true, checked: false });
    // Another worker has begun.
    lost = false;
    copy.tellAll();
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    await settled();
    expect(copy.state().broken).toBe(false);
    expect(
      copy
        .state()
        .problems.map(({ message }) => message)
        .join(),
    ).toContain('`xsync`');
  });

  it('A-2 calls a file by the new id of the one item that it holds', async () => {
    await settled();
    expect(copy.renameFile(path, 'cases', 'web-cases')).toBe('web-cases.bridge');
    expect(copy.state().files).toEqual({ 'web-cases.bridge': text });
    copy.setText('other.bridge', 'item other "Other" {\n}\n');
    expect(copy.renameFile('web-cases.bridge', 'web-cases', 'other')).toBe('web-cases.bridge');
  });
});
