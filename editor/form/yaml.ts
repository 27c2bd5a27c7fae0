/**
 * Edits of a YAML text that turn one item or table into another. The wanted tree and the present one are both
 * printed and read as YAML; where the two differ, and only there, the text itself is changed, key by key and
 * entry by entry, each in the layout (block or flow) that it has.
 */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Item, Program, Values } from '../../dsl/ast.ts';
import { print } from '../../dsl/printer/index.ts';
import type { Span } from '../../dsl/source.ts';
import { align } from './align.ts';
import { type Change, endsLine, lineBreak, lineEnd, lineStart, nextLine, reindented } from './text.ts';

/** A node with the text that it stands in. */
interface Placed {
  readonly text: string;
  readonly node: Node | null;
}

const read = (text: string): Node | null =>
  parseDocument(text, { schema: 'failsafe', uniqueKeys: false, keepSourceTokens: false }).contents as Node | null;

const keyText = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : '');
const pairOf = (map: YAMLMap, key: string): Pair | undefined => map.items.find(pair => keyText(pair) === key);
const at = (node: unknown, ...path: readonly string[]): Node | null =>
  path.reduce<Node | null>(
    (found, key) => (isMap(found) ? ((pairOf(found, key)?.value ?? null) as Node | null) : null),
    node as Node | null,
  );

/** Whether the keys that both have come in one order. */
function keepsOrder(a: YAMLMap, b: YAMLMap): boolean {
  const keys = b.items.map(keyText);
  const places = a.items.map(pair => keys.indexOf(keyText(pair))).filter(place => place >= 0);
  return places.every((place, index) => index === 0 || places[index - 1]! < place);
}

const startOf = (node: Node): number => node.range![0];
/** Where a value really ends: a collection's own range runs on over blanks and comments. */
function endOf(node: Node, text: string): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true && node.items.length > 0) {
    const last = node.items.at(-1)!;
    const inner = (isMap(node) ? ((last as Pair).value ?? (last as Pair).key) : last) as Node | null;
    if (inner !== null && inner.range != null && inner.range[1] > inner.range[0]) return endOf(inner, text);
    if (isMap(node)) return colonAfter(text, endOf((last as Pair).key as Node, text)) + 1;
  }
  let end = node.range![1];
  while (end > node.range![0] && /\s/.test(text[end - 1]!)) end--;
  return end;
}
const colonAfter = (text: string, from: number): number => text.indexOf(':', from);

/** A node on one line, in its own spelling. */
function flow({ text, node }: Placed): string {
  if (node === null) return 'null';
  const inner = (each: unknown) => flow({ text, node: each as Node | null });
  if (isMap(node)) {
    const members = node.items.map(pair => `${inner(pair.key)}: ${inner(pair.value)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  if (isSeq(node)) return `[${node.items.map(inner).join(', ')}]`;
  return text.slice(startOf(node), endOf(node, text));
}
const plain = ({ text, node }: Placed): string => flow({ text, node });

export function editYaml(program: Program, old: Item | Values, next: Item | Values): readonly Change[] {
  const { text } = program.file;
  const idOf = (node: Item | Values) => (node.id.kind === 'name' ? node.id.text : '');
  const section = old.kind === 'item' ? 'items' : 'values';
  const printed = (node: Item | Values): Placed => {
    const all = print({ ...program, declarations: [node], comments: [] }, 'yaml');
    return { text: all, node: at(read(all), section, idOf(node)) };
  };
  const before = printed(old);
  const root = read(text);
  const end = lineBreak(text);
  const changes: Change[] = [];
  const put = (start: number, stop: number, what: string) => changes.push({ span: { start, end: stop }, text: what });

  /** Below the line of a place: there the lines above may go without a quarrel. */
  function addLine(above: number, what: string): void {
    const line = nextLine(text, above);
    const whole = lineEnd(text, above) < text.length;
    put(line, line, whole ? what + end : end + what);
  }

  const columnOf = (of: string, offset: number): string => ' '.repeat(offset - lineStart(of, offset));
  const isBlock = (node: unknown): boolean =>
    (isMap(node) || isSeq(node)) && node.flow !== true && node.items.length > 0;

  /** `key: value` of the wanted text, as it stands in a block map whose keys begin at `indent`. */
  function pairText(pair: Pair, wanted: Placed, indent: string): string {
    const key = pair.key as Node;
    const value = pair.value as Node | null;
    if (!isBlock(value)) return `${plain({ ...wanted, node: key })}: ${plain({ ...wanted, node: value })}`;
    return reindented(
      wanted.text.slice(startOf(key), endOf(value!, wanted.text)),
      columnOf(wanted.text, startOf(key)),
      indent,
      end,
    );
  }
  const entryText = (node: Node, wanted: Placed, indent: string): string =>
    isBlock(node)
      ? reindented(
          wanted.text.slice(startOf(node), endOf(node, wanted.text)),
          columnOf(wanted.text, startOf(node)),
          `${indent}  `,
          end,
        )
      : plain({ ...wanted, node });

  /** A value takes the place of another under its key. */
  function setValue(pair: Pair, wanted: Placed, inFlow: boolean): void {
    const key = pair.key as Node;
    const value = pair.value as Node | null;
    const colon = colonAfter(text, endOf(key, text));
    const indent = columnOf(text, startOf(key));
    const stop = value === null || value.range![1] === value.range![0] ? colon + 1 : endOf(value, text);
    const node = wanted.node;
    if (!inFlow && isBlock(node)) {
      const step = `${indent}  `;
      const slice = wanted.text.slice(startOf(node!), endOf(node!, wanted.text));
      put(colon + 1, stop, `${end}${step}${reindented(slice, columnOf(wanted.text, startOf(node!)), step, end)}`);
    } else if (value !== null && !isBlock(value) && value.range![1] > value.range![0])
      put(startOf(value), stop, plain(wanted));
    else put(colon + 1, stop, ` ${plain(wanted)}`);
  }

  /** Takes members away; one at least stays. Neighbours go together, so that a comma is left where one is due. */
  function removeMembers(members: readonly Span[], gone: ReadonlySet<number>, inFlow: boolean, dash: boolean): void {
    for (let first = 0; first < members.length; first++) {
      if (!gone.has(first)) continue;
      let last = first;
      while (gone.has(last + 1)) last++;
      const [before, after] = [members[first - 1], members[last + 1]];
      const [start, stop] = [members[first]!.start, members[last]!.end];
      if (inFlow) {
        if (after !== undefined) put(start, after.start, '');
        else put(before!.end, stop, '');
      } else {
        const line = lineStart(text, start);
        const head = text.slice(line, start);
        const whole = dash ? /^\s*-\s*$/.test(head) : head.trim() === '';
        // The first key behind a list's dash: the next one moves up.
        if (whole && endsLine(text, stop)) {
          for (let each = first; each <= last; each++) {
            const from = lineStart(text, members[each]!.start);
            put(from, nextLine(text, members[each]!.end), '');
          }
        } else put(start, after?.start ?? stop, '');
      }
      first = last;
    }
  }

  function map(has: YAMLMap, was: YAMLMap, wants: YAMLMap, wanted: Placed): void {
    const inFlow = has.flow === true;
    const members = has.items.map(pair => ({
      start: startOf(pair.key as Node),
      end:
        pair.value == null || (pair.value as Node).range![1] === (pair.value as Node).range![0]
          ? Math.max(endOf(pair.key as Node, text), colonAfter(text, endOf(pair.key as Node, text)) + 1)
          : endOf(pair.value as Node, text),
    }));
    const away = new Set(
      has.items.flatMap((pair, index) => (pairOf(wants, keyText(pair)) === undefined ? [index] : [])),
    );
    const firstKept = members.findIndex((_, index) => !away.has(index));
    let anchor = -1;
    for (const pair of wants.items) {
      const key = keyText(pair);
      const index = has.items.findIndex(each => keyText(each) === key);
      const value = { ...wanted, node: pair.value as Node | null };
      if (index >= 0) {
        anchor = index;
        const present = pairOf(was, key);
        if (present === undefined) setValue(has.items[index]!, value, inFlow);
        else merge(has.items[index]!, { ...before, node: present.value as Node | null }, value, inFlow);
      } else if (inFlow) {
        const what = `${plain({ ...wanted, node: pair.key as Node })}: ${plain(value)}`;
        if (anchor >= 0) put(members[anchor]!.end, members[anchor]!.end, `, ${what}`);
        else put(members[firstKept]!.start, members[firstKept]!.start, `${what}, `);
      } else {
        const indent = columnOf(text, members[0]!.start);
        const what = pairText(pair, wanted, indent);
        if (anchor >= 0) {
          addLine(members[anchor]!.end, indent + what);
        } else put(members[firstKept]!.start, members[firstKept]!.start, `${what}${end}${indent}`);
      }
    }
    removeMembers(members, away, inFlow, false);
  }

  function seq(has: YAMLSeq, was: YAMLSeq, wants: YAMLSeq, wanted: Placed): void {
    const inFlow = has.flow === true;
    const members = (has.items as Node[]).map(node => ({ start: startOf(node), end: endOf(node, text) }));
    const steps = align(
      was.items as Node[],
      wants.items as Node[],
      (a, b) => plain({ ...before, node: a }) === plain({ ...wanted, node: b }),
    );
    const gone = new Set(steps.flatMap(step => (step.kind === 'delete' ? [step.old] : [])));
    const firstKept = members.findIndex((_, index) => !gone.has(index));
    removeMembers(members, gone, inFlow, true);
    for (const step of steps) {
      if (step.kind === 'change') {
        const [node, from, to] = [
          has.items[step.old] as Node,
          was.items[step.old] as Node,
          wants.items[step.next] as Node,
        ];
        if (!inside(node, { ...before, node: from }, { ...wanted, node: to }))
          put(
            startOf(node),
            endOf(node, text),
            inFlow ? plain({ ...wanted, node: to }) : entryText(to, wanted, columnOf(text, dashOf(node))),
          );
      } else if (step.kind === 'insert') {
        const node = wants.items[step.next] as Node;
        let after = step.after;
        while (after >= 0 && gone.has(after)) after--;
        if (inFlow) {
          if (after >= 0) put(members[after]!.end, members[after]!.end, `, ${plain({ ...wanted, node })}`);
          else put(members[firstKept]!.start, members[firstKept]!.start, `${plain({ ...wanted, node })}, `);
        } else {
          const dash = columnOf(text, dashOf(has.items[Math.max(after, 0)] as Node));
          const what = `- ${entryText(node, wanted, dash)}`;
          if (after >= 0) {
            addLine(members[after]!.end, dash + what);
          } else {
            const first = dashOf(has.items[firstKept] as Node);
            put(first, first, `${what}${end}${dash}`);
          }
        }
      }
    }
  }
  const dashOf = (node: Node): number => text.lastIndexOf('-', startOf(node) - 1);

  /** Changes a collection from within; answers whether that was possible. */
  function inside(has: Node | null, was: Placed, wants: Placed): boolean {
    if (plain(was) === plain(wants)) return true;
    if (isMap(has) && isMap(was.node) && isMap(wants.node)) {
      const known = was.node;
      const all = wants.node;
      if (has.anchor !== undefined || !has.items.some(pair => pairOf(all, keyText(pair)) !== undefined)) return false;
      // Keys that merge in or that no printing knows would be misread: then the whole is written anew.
      if (
        has.items.some(
          pair =>
            isAlias(pair.value) ||
            (pairOf(known, keyText(pair)) === undefined && pairOf(all, keyText(pair)) === undefined),
        )
      )
        return false;
      // The clauses of an item come in any order; elsewhere a tree has the order of the text.
      if (was.node !== before.node && !keepsOrder(known, all)) return false;
      map(has, known, all, wants);
      return true;
    }
    if (isSeq(has) && isSeq(was.node) && isSeq(wants.node)) {
      const apart =
        has.items.length !== was.node.items.length || has.items.length === 0 || wants.node.items.length === 0;
      if (apart || has.items.some(isAlias)) return false;
      seq(has, was.node, wants.node, wants);
      return true;
    }
    return false;
  }
  function merge(pair: Pair, was: Placed, wants: Placed, inFlow: boolean): void {
    if (!inside(pair.value as Node | null, was, wants)) setValue(pair, wants, inFlow);
  }

  const owner = at(root, section);
  const pair = isMap(owner) ? pairOf(owner, idOf(old)) : undefined;
  if (pair === undefined) return [];
  if (idOf(old) !== idOf(next)) {
    const key = pair.key as Node;
    put(startOf(key), endOf(key, text), idOf(next));
  }
  merge(pair, before, printed(next), (owner as YAMLMap).flow === true);
  return changes;
}
