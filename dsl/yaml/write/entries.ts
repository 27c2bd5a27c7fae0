/** Entries of the YAML that is written, each with the comments and the blank line of the node that it stands for. */
import type * as ast from '../../ast.ts';
import { type Comments, isBlock } from '../../comments.ts';
import {
  commentsAround,
  commentsInside,
  isBlankAbove,
  isOnOneLine,
  keepsBlank,
  nothingAround,
} from '../../printer/lines.ts';
import { unprintable } from '../../printer/unprintable.ts';
import { entry, list, map, type Style, type YamlEntry, type YamlValue } from './layout.ts';

export type Entries = ReturnType<typeof createEntries>;

export function createEntries(program: ast.Program, comments: Comments) {
  const { file } = program;
  const asWritten = file.notation === 'yaml';
  const hasComments = program.comments.length > 0;

  /** Nodes that are entries of their own, each once. Comments of the others go above what they are in. */
  const written = new Set<ast.Node>();

  /** An entry that stands for `node`. Call it after the entries of its parts are made. */
  function of(node: ast.Node, key: string | undefined, value: YamlValue): YamlEntry {
    written.add(node);
    const blank = keepsBlank(node) && isBlankAbove(file, node.span.start);
    if (!hasComments) return { ...entry(key, value), blank, blankBelowComments: false };
    const isList = key === undefined;
    const inside = commentsInside(comments, node, part => written.has(part));
    const found = commentsAround(file, comments.of(node), inside, hasRoom(node));
    const { dangling, section, sectionLine } = found;
    const lifted = [...found.lifted];
    let { open, trailing } = found;
    // Behind a list's `-` there is no room, and a map or list ends on no line of its own.
    if (isList && open !== undefined) {
      lifted.push(open);
      open = undefined;
    }
    if (open !== undefined && trailing !== undefined) {
      lifted.push(trailing);
      trailing = undefined;
    }
    const around = { ...found, section, sectionLine, lifted, open, trailing, dangling: [] };
    const [first] = comments.of(node);
    const above = first?.place === 'leading';
    return {
      ...entry(key, value.kind === 'scalar' || dangling.length === 0 ? value : { ...value, dangling }, around),
      room: hasRoom(node),
      blank: above ? isBlankAbove(file, first.comment.span.start) : blank,
      blankBelowComments: found.above.length > 0 && blank,
    };
  }

  /** Whether comments can stand behind its key, and below what is in it. */
  const hasRoom = (node: ast.Node): boolean => isBlock(node) || node.kind === 'show' || node.kind === 'where';

  /** Each key once, as a map has it. */
  function once(entries: readonly YamlEntry[], node: ast.Node): readonly YamlEntry[] {
    const seen = new Set<string>();
    for (const { key } of entries) {
      const bare = key!.startsWith('"') ? (JSON.parse(key!) as string) : key!;
      if (seen.has(bare)) unprintable(node, `\`${bare}\` stands twice, and a map holds each key once`);
      seen.add(bare);
    }
    return entries;
  }

  /** What was written over several lines stays so. */
  const style = (node: Pick<ast.Node, 'span'>): Style => (asWritten && !isOnOneLine(file, node) ? 'block' : 'either');

  /** The entries of a section under its key, which has the comments and the blank line of the first. */
  function section(key: string, first: ast.Node, entries: readonly YamlEntry[], kind: 'map' | 'list', how: Style) {
    const [head, ...rest] = entries;
    const { section: above, sectionLine, ...around } = head!.around;
    const [open, ...more] = sectionLine;
    const begin = comments.begin(first);
    const blank = keepsBlank(first) && (begin === first.span.start ? head!.blank : isBlankAbove(file, begin));
    const under = [{ ...head!, blank: false, around: { ...around, section: [], sectionLine: [] } }, ...rest];
    const value = (kind === 'map' ? map : list)(under, how);
    const bare = above.length === 0 && open === undefined;
    return {
      ...entry(key, value, bare ? nothingAround : { ...nothingAround, above, lifted: more, open, trailing: undefined }),
      blank: above.length > 0 ? above[0]!.blank : blank,
      blankBelowComments: above.length > 0 && blank,
    };
  }

  /** Where a node begins, with the comments above it. */
  const begin = (node: ast.Node): number => comments.begin(node);

  return { of, once, style, section, begin };
}
