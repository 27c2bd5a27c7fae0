/**
 * Lays out YAML: maps and lists in flow style where they are short and have no comments, else a line for
 * each entry. Knows nothing of the language; `write.ts` says what the entries are.
 */
import { type Around, createLines, nothingAround, type OwnLine, WIDTH } from '../../printer/lines.ts';

export type YamlValue = YamlScalar | YamlMap | YamlList;

/** As it is to stand in the text, quotes included. */
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly text: string;
}
export interface YamlEntry {
  /** As it is to stand in the text; none in a list. */
  readonly key?: string;
  readonly value: YamlValue;
  readonly around: Around;
  /** A comment can stand behind its key when the value is on the lines below. */
  readonly room: boolean;
  /** A blank line goes above the entry and its comments. */
  readonly blank: boolean;
  /** A blank line goes between the comments and the entry. */
  readonly blankBelowComments: boolean;
}
interface Collection {
  readonly entries: readonly YamlEntry[];
  /** Comments below the last entry. */
  readonly dangling: readonly OwnLine[];
  readonly style: Style;
}
/**
 * `either` goes on one line if it is short, `inner` only together with what it stands in, `block` never.
 */
export type Style = 'block' | 'either' | 'inner';
export interface YamlMap extends Collection {
  readonly kind: 'map';
}
export interface YamlList extends Collection {
  readonly kind: 'list';
}

export const scalar = (text: string): YamlScalar => ({ kind: 'scalar', text });
export const entry = (key: string | undefined, value: YamlValue, around: Around = nothingAround): YamlEntry => ({
  ...(key === undefined ? {} : { key }),
  value,
  around,
  room: true,
  blank: false,
  blankBelowComments: false,
});
export const map = (entries: readonly YamlEntry[], style: Style = 'either'): YamlMap => ({
  kind: 'map',
  entries,
  dangling: [],
  style,
});
export const list = (entries: readonly YamlEntry[], style: Style = 'either'): YamlList => ({
  kind: 'list',
  entries,
  dangling: [],
  style,
});

const hasComments = ({ around }: YamlEntry): boolean =>
  around !== nothingAround &&
  (around.section.length > 0 ||
    around.sectionLine.length > 0 ||
    around.above.length > 0 ||
    around.lifted.length > 0 ||
    around.below.length > 0 ||
    around.open !== undefined ||
    around.trailing !== undefined);

/** The value in flow style, if it can be. */
function flow(value: YamlValue): string | undefined {
  if (value.kind === 'scalar') return value.text;
  if (value.dangling.length > 0) return undefined;
  if (value.entries.length === 0) return value.kind === 'map' ? '{}' : '[]';
  if (value.style === 'block') return undefined;
  const parts: string[] = [];
  for (const each of value.entries) {
    const text = hasComments(each) ? undefined : flow(each.value);
    if (text === undefined) return undefined;
    parts.push(each.key === undefined ? text : `${each.key}: ${text}`);
  }
  return value.kind === 'map' ? `{ ${parts.join(', ')} }` : `[${parts.join(', ')}]`;
}

const STEP = '  ';

/** The document of a map. `head` and `tail` are the comments of the file itself. */
export function layoutYaml(document: YamlMap, head: readonly OwnLine[], tail: readonly OwnLine[]): string {
  const out = createLines();

  function ownLines(lines: readonly OwnLine[], indent: string): void {
    for (const { text, blank } of lines) {
      if (blank) out.blank();
      out.add(indent + text);
    }
  }

  function entries({ entries: all, dangling }: Collection, indent: string): void {
    for (const each of all) write(each, indent, indent);
    ownLines(dangling, indent);
  }

  /** On the line of its key, with nothing behind it. `start` is what stands in front. */
  function flat({ around, value }: YamlEntry, start: string): string | undefined {
    if (value.kind === 'scalar') return value.text;
    if (value.entries.length + value.dangling.length === 0) return flow(value);
    const text = around.open !== undefined || value.style === 'inner' ? undefined : flow(value);
    return text !== undefined && start.length + 1 + text.length <= WIDTH ? text : undefined;
  }

  /** `first` is what stands in front of the key on its line: the indent, or the indent and a `-`. */
  function write(each: YamlEntry, indent: string, first: string): void {
    const { around, value, key } = each;
    const start = key === undefined ? `${first}-` : `${first}${key}:`;
    const text = flat(each, start);
    if (each.blank) out.blank();
    if (first === indent) above(each, indent, text);
    const trailing = around.trailing === undefined || isCrowded(each, text) ? '' : ` ${around.trailing}`;
    const open = around.open === undefined ? '' : ` ${around.open}`;
    if (text !== undefined) out.add(`${start} ${text}${open}${trailing}`);
    else if (key === undefined && value.kind === 'map' && value.entries.length > 0) {
      item(value, indent + STEP, `${start} `, around.trailing);
    } else {
      out.add(start + (open === '' ? trailing : open));
      out.begin();
      if (value.kind !== 'scalar') entries(value, indent + STEP);
    }
    ownLines(around.below, indent);
  }

  /** What stands behind the entry has to go above it: its key and its end are on different lines. */
  const isCrowded = ({ room, key }: YamlEntry, text: string | undefined): boolean =>
    text === undefined && key !== undefined && !room;

  function above(each: YamlEntry, indent: string, text: string | undefined): void {
    const { around, blankBelowComments } = each;
    ownLines(around.section, indent);
    ownLines(around.above, indent);
    if (blankBelowComments) out.blank();
    for (const comment of around.lifted) out.add(indent + comment);
    if (around.trailing !== undefined && isCrowded(each, text)) out.add(indent + around.trailing);
  }

  /**
   * A map in a list: its first entry stands behind the `-`, and has its comments above that. What stands
   * behind the whole map goes behind its last entry, if that has room.
   */
  function item(
    { entries: all, dangling }: YamlMap,
    indent: string,
    first: string,
    trailing: string | undefined,
  ): void {
    const last = all.at(-1)!;
    const start = `${all.length === 1 ? first : indent}${last.key}:`;
    const hasRoom = last.around.trailing === undefined && last.around.below.length === 0 && dangling.length === 0;
    const behind = trailing !== undefined && hasRoom && flat(last, start) !== undefined;
    if (trailing !== undefined && !behind) out.add(first.slice(0, -2) + trailing);
    all.forEach((each, index) => {
      const entry = behind && each === last ? { ...each, around: { ...each.around, trailing } } : each;
      if (index === 0) {
        above(entry, first.slice(0, -2), flat(entry, `${first}${entry.key}:`));
        write({ ...entry, blank: false }, indent, first);
      } else write(entry, indent, indent);
    });
    ownLines(dangling, indent);
  }

  ownLines(head, '');
  if (head.length > 0 && document.entries.length > 0) out.blank();
  for (const each of document.entries) write(each, '', '');
  ownLines(tail, '');
  const { text, count } = out.take();
  return count === 0 ? '' : `${text}\n`;
}
