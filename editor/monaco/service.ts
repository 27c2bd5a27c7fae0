/**
 * The program as the worker holds it: files and metadata in, answers out. Unchanged files keep their source,
 * so that whatever remembers a file by its identity goes on remembering it. No Monaco, no DOM: tests call it.
 */

import type { Analysis } from '../../compiler/analysis-of.ts';
import type { BoundItem, BoundProgram } from '../../compiler/bind/bound.ts';
import type { Metadata } from '../../compiler/metadata/model.ts';
import type { Item } from '../../dsl/ast.ts';
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import { readBridge } from '../../dsl/read-bridge.ts';
import { createSourceFile, type SourceFile } from '../../dsl/source.ts';
import { applyChanges } from '../form/text.ts';
import { createAnalyserOf } from '../language/analyser-of.ts';
import { completeBy } from '../language/complete/complete-by.ts';
import type { ItemHead, Problem, Questions, Wanted } from './protocol.ts';
import type { Rooms } from './rooms/index.ts';

export function createService(rooms: Rooms): Questions {
  const sources = new Map<string, SourceFile>();
  let metadata: Metadata | undefined;
  let lacking: Wanted = nothing;
  let analysis: Analysis | undefined;
  const analyser = createAnalyserOf({
    bridge: file => readBridge(file, (...given) => rooms.broken().readTolerantly(...given)),
    yaml: () => rooms.yaml().createPieces(),
    readConfig: file => rooms.yaml().readConfig(file),
  });
  const completers = {
    bridge: () => rooms.looking().completeBridge,
    yaml: () => rooms.yaml().completeYaml,
  };

  const now = (): Analysis => {
    analysis ??= analyser(
      [...sources.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
      metadata,
    );
    return analysis;
  };
  const put = (path: string, text: string | undefined) => {
    if (sources.get(path)?.text === text) return;
    analysis = undefined;
    if (text === undefined) sources.delete(path);
    else sources.set(path, createSourceFile(path, text));
  };

  /** Whoever names what is not read yet has made no mistake: of such items only that is told which needs no metadata. */
  const withoutNames = (diagnostics: readonly Diagnostic[], waiting: readonly BoundItem[]): readonly Diagnostic[] => {
    const there = (found: Diagnostic) => waiting.some(item => stands(found, item));
    return [
      ...diagnostics.filter(found => !there(found)),
      ...analyser(now().files, undefined).diagnostics.filter(there),
    ].sort((a, b) => (a.file === b.file ? a.span.start - b.span.start : a.file.path < b.file.path ? -1 : 1));
  };

  return {
    metadata(given, without = nothing) {
      metadata = given;
      lacking = without;
      analysis = undefined;
    },
    files(files) {
      for (const path of [...sources.keys()]) if (files[path] === undefined) put(path, undefined);
      for (const [path, text] of Object.entries(files)) put(path, text);
    },
    text: put,
    check(shown) {
      const began = performance.now();
      const { diagnostics, bound } = now();
      const wants = bound.items.map(item => wantedBy(item, bound, metadata));
      const waiting = bound.items.filter((_, at) => isToCome(wants[at]!, lacking));
      const found = waiting.length === 0 ? diagnostics : withoutNames(diagnostics, waiting);
      const item = shown && itemAt(now().bound, shown.path, shown.id);
      return {
        problems: found.map(each => problemOf(each, bound)),
        wanted: together(wants),
        partial: waiting.length > 0,
        items: bound.items.flatMap(headOf),
        tables: [...bound.tablesById.keys()],
        ...(item === undefined ? {} : { item }),
        took: performance.now() - began,
      };
    },
    edit(path, text, id, next) {
      const current = sources.get(path);
      // What was changed on an earlier text is said in that one, alone.
      const file = current?.text === text ? current : createSourceFile(path, text);
      const { bound } = file === current ? now() : analyser([file], undefined);
      const old = next.kind === 'item' ? itemAt(bound, path, id) : tableAt(bound, id)?.node;
      const edited = old && rooms.writing().editDeclaration(file, old, next);
      return edited && applyChanges(file.text, edited.changes);
    },
    complete: (path, offset) => completeBy(completers, now(), path, offset),
    isReading(path, offset) {
      const { bound } = now();
      const inside = bound.items.find(
        ({ file, node: { span } }) => file.path === path && span.start <= offset && offset <= span.end,
      );
      return metadata === undefined || (inside !== undefined && isToCome(wantedBy(inside, bound, metadata), lacking));
    },
    table: id => tableAt(now().bound, id),
    hover: (path, offset) => rooms.looking().hover(now(), path, offset),
    define: (path, offset) => rooms.looking().define(now(), path, offset),
    references: (path, offset) => rooms.looking().references(now(), path, offset),
    renameable: (path, offset) => rooms.looking().renameable(now(), path, offset),
    rename: (path, offset, name) => rooms.looking().rename(now(), path, offset, name),
    format: path => rooms.writing().format(now(), path),
    quickFixes: (path, start, end) => rooms.looking().quickFixes(now(), path, start, end),
    outline: path => rooms.looking().outline(now(), path),
    fold: path => rooms.looking().fold(now(), path),
    hints: (path, start, end) =>
      rooms
        .looking()
        .hints(now(), path)
        .filter(({ offset }) => start <= offset && offset <= end),
    lenses(path) {
      const { bound } = now();
      const waiting = (id: string) =>
        bound.items.some(item => item.id === id && isToCome(wantedBy(item, bound, metadata), lacking));
      const found = rooms.looking().lenses(now(), path);
      if (metadata === undefined) return found.map(lens => ({ ...lens, partial: true }));
      return found.map(lens => (lens.cost === undefined && waiting(lens.item) ? { ...lens, partial: true } : lens));
    },
  };
}

const itemAt = (bound: BoundProgram, path: string, id: string): Item | undefined =>
  bound.items.find(item => item.file.path === path && item.id === id)?.node;

function tableAt(bound: BoundProgram, id: string) {
  const found = bound.tablesById.get(id);
  return found?.node && { path: found.file.path, text: found.file.text, node: found.node };
}

function headOf({ file, id, node }: BoundItem): readonly ItemHead[] {
  if (id === undefined) return [];
  const name = node.name.kind === 'text' && node.name.value !== '' ? node.name.value : id;
  return [{ path: file.path, id, name, span: node.span, line: file.position(node.span.start).line }];
}

const stands = ({ file, span }: Diagnostic, { file: own, node }: BoundItem): boolean =>
  own === file && node.span.start <= span.start && span.end <= node.span.end;

/** Instead of a command, of which a page has none. */
const helpHere: Readonly<Record<string, string>> = {
  'transitions-not-known':
    'look at the workflow in Jira: where no transition leads to the status, an issue stays, and is shown as blocked',
  'object-not-described': 'see that the Run As user may see the object, then open the editor again',
};

function problemOf(found: Diagnostic, { items }: BoundProgram): Problem {
  const { code, severity, message, reason, file, span } = found;
  const help = helpHere[code] ?? found.help;
  const item = items.find(each => stands(found, each))?.id;
  return {
    code,
    severity,
    message,
    path: file.path,
    span,
    line: file.position(span.start).line,
    ...(reason === undefined ? {} : { reason }),
    ...(help === undefined ? {} : { help }),
    ...(item === undefined ? {} : { item }),
    related: found.related.map(each => ({ path: each.file.path, span: each.span, message: each.message })),
    fixes: found.fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map(edit => ({ path: edit.file.path, span: edit.span, text: edit.text })),
    })),
  };
}

const nothing: Wanted = { objects: [], projects: [] };

/** Objects that an item names and that are only known to exist, and projects whose screens were not read. */
function wantedBy(item: BoundItem, { lookup }: BoundProgram, metadata: Metadata | undefined): Wanted {
  if (lookup === undefined || metadata === undefined) return nothing;
  const objects = new Set<string>();
  const want = (name: string) => {
    const known = lookup.object(name);
    if (known !== undefined && known.fields === undefined) objects.add(known.name);
  };
  for (const { object } of item.clauses.salesforce) if (object.kind === 'name') want(object.text);
  for (const { result } of item.paths) if (result.kind === 'object-not-described') want(result.object);
  const projects = item.projects.flatMap(({ project }) =>
    project?.issueTypes.every(({ fields }) => fields.length === 0) ? [project.key] : [],
  );
  return { objects: [...objects], projects };
}

const isToCome = ({ objects, projects }: Wanted, lacking: Wanted): boolean =>
  objects.some(name => !lacking.objects.includes(name)) || projects.some(key => !lacking.projects.includes(key));

const together = (all: readonly Wanted[]): Wanted => ({
  objects: [...new Set(all.flatMap(({ objects }) => objects))],
  projects: [...new Set(all.flatMap(({ projects }) => projects))],
});
