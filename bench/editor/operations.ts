/** What an editor's worker does at a keystroke: a new text of one file, and everything that is found in the program. */
import { roomsOnDemand, withRooms } from '../../editor/monaco/rooms/index.ts';
import { createService } from '../../editor/monaco/service.ts';
import { bridgeProgram, yamlProgram } from '../corpus/bridge.ts';
import { worldFor } from '../corpus/world.ts';
import type { Prepared } from '../prepared.ts';

type Notation = 'bridge' | 'yaml';

/** Four mappings an item are 14 lines, as in the tables of the compiler; in YAML an item of ten takes 17. */
const programOf = (notation: Notation, items: number): readonly [path: string, text: string] =>
  notation === 'yaml' ? ['items.bridge.yaml', yamlProgram(items)] : ['items.bridge', bridgeProgram(items, 4)];

/** Texts one after the other, as somebody types in the middle of a program. */
interface Typed {
  /** A longer name, a field that nobody knows, and back. */
  readonly sound: readonly string[];
  /** A mapping without its arrow or its owner, one letter after the other. */
  readonly broken: readonly string[];
}

function texts(text: string, notation: Notation): Typed {
  const middle = text.indexOf(notation === 'yaml' ? '    name: ' : ' "Entity', text.length / 2);
  const mapping = text.indexOf('Text_1__c', middle);
  const put = (at: number, what: string, length = 0) => text.slice(0, at) + what + text.slice(at + length);
  const named = middle + (notation === 'yaml' ? 10 : 2);
  const arrow = notation === 'yaml' ? text.indexOf('owner: ', mapping) : text.indexOf('>', mapping);
  return {
    sound: [put(named, 'A'), put(named, 'Ab'), put(mapping + 4, 'x'), text],
    broken: [put(arrow, '', 1), put(arrow, '<', 1), put(arrow, '', notation === 'yaml' ? 6 : 2)],
  };
}

async function begun(notation: Notation, items: number) {
  const service = createService(roomsOnDemand());
  const [path, text] = programOf(notation, items);
  service.metadata(worldFor(items));
  service.files({ [path]: text });
  const { problems } = await withRooms(() => service.check());
  if (problems.length > 0) throw new Error(problems[0]!.message);
  const all = texts(text, notation);
  // Everything that is loaded on demand is there before anything is timed.
  for (const each of [...all.broken, ...all.sound]) {
    service.text(path, each);
    await withRooms(() => service.check());
    await withRooms(() => service.complete(path, text.indexOf('Text_1__c', text.length / 2)));
  }
  return { service, path, text, all };
}

export async function keystroke(notation: Notation, items: number, typed: keyof Typed): Promise<Prepared> {
  const { service, path, text, all } = await begun(notation, items);
  const turns = all[typed];
  let turn = 0;
  return {
    lines: text.split('\n').length - 1,
    bytes: Buffer.byteLength(text),
    run() {
      turn++;
      service.text(path, turns[turn % turns.length]!);
      return service.check();
    },
  };
}

/** Of a text that is checked already, as the list of suggestions opens while the check of the last letter is done. */
export async function completion(notation: Notation, items: number): Promise<Prepared> {
  const { service, path, text } = await begun(notation, items);
  const at = text.indexOf('Text_1__c', text.length / 2);
  let turn = 0;
  const run = () => {
    turn++;
    // Another letter each time, so that nothing is remembered from the last one.
    service.text(path, `${text.slice(0, at)}T${text.slice(at + 'Text_1__c'.length)}${'\n'.repeat(turn % 7)}`);
    return service.complete(path, at + 1);
  };
  if (!run().some(({ label }) => label.includes('Text 1') || label.includes('Text_1__c')))
    throw new Error('the field is not offered');
  return { lines: text.split('\n').length - 1, bytes: Buffer.byteLength(text), run };
}
