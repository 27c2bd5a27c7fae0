/**
 * Reads every import of every room and holds the direction in which they may look: dsl ← compiler ←
 * runtime and editor ← sandbox. Tests may look further, but nothing looks at the command line. No file leads back to
 * itself, and none grows too long to be read at one sitting.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const rooms = ['dsl', 'compiler', 'runtime', 'editor', 'sandbox'];

/** What the files under a path may import of ours, beside what lies under it; the longest path decides. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  dsl: [],
  compiler: ['dsl'],
  'compiler/conversion': ['compiler/plan/ir.ts', 'compiler/metadata/model.ts'],
  'compiler/plan/ir.ts': ['dsl/source.ts', 'dsl/ast.ts'],
  'compiler/cli': ['dsl', 'compiler', 'runtime', 'editor', 'sandbox', 'tools'],
  'runtime/ports.ts': ['runtime/ports'],
  'runtime/ports': ['compiler/plan/ir.ts', 'runtime/conversation.ts'],
  'runtime/conversation.ts': ['runtime/ports/failure.ts'],
  'runtime/engine': [
    'runtime/ports.ts',
    'runtime/conversation.ts',
    'compiler/plan/ir.ts',
    'compiler/conversion',
    'compiler/catalogue',
  ],
  // Adapters, runs and whatever else stands between the engine and the handlers.
  runtime: ['compiler/plan', 'compiler/conversion', 'compiler/catalogue', 'compiler/metadata'],
  // Only saving recompiles, so only here is the compiler itself needed.
  'runtime/handlers': ['runtime', 'compiler', 'dsl'],
  'editor/language': ['compiler', 'dsl'],
  'editor/form': ['dsl', 'compiler'],
  'editor/monaco': ['editor/language', 'editor/form', 'compiler', 'dsl'],
  // The login URL is checked as it is typed, by the check that the app makes.
  'editor/admin': ['editor', 'compiler', 'dsl', 'runtime/salesforce/hosts.ts'],
  'editor/panel': ['editor', 'compiler', 'dsl'],
  // What the pages and the resolvers tell each other: also what is remembered as it is.
  'editor/bridge/contract.ts': ['compiler/metadata/model.ts', 'runtime/ports/memory.ts'],
  editor: ['compiler', 'dsl'],
  sandbox: ['runtime/handlers/index.ts'],
  'sandbox/jira': ['sandbox/clock.ts', 'sandbox/data-file.ts'],
  'sandbox/salesforce': ['sandbox/clock.ts', 'sandbox/data-file.ts', 'sandbox/text-http.ts'],
  // A page of its own, which colours programs as the editor does and is told of runs as the app's pages are.
  'sandbox/shell': ['editor/language', 'editor/bridge/contract.ts', 'dsl'],
};

const under = (file: string, path: string): boolean => file === path || file.startsWith(`${path}/`);
const ruleOf = (file: string): string =>
  Object.keys(mayImport)
    .filter(path => under(file, path))
    .sort((a, b) => b.length - a.length)[0]!;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
  /** Only loaded when it is needed. */
  readonly late: boolean;
}

const isTest = (file: string): boolean => /\.(test|bench)\.tsx?$|(^|\/)(test-)?kit\//.test(file);

function* sourcesUnder(folder: string): Generator<string> {
  for (const entry of existsSync(join(root, folder)) ? readdirSync(join(root, folder), { withFileTypes: true }) : []) {
    const path = `${folder}/${entry.name}`;
    if (entry.name === 'node_modules') continue;
    if (entry.isDirectory()) yield* sourcesUnder(path);
    else if (/\.(tsx?|js)$/.test(entry.name)) yield path;
  }
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s)?\s*'(\.[^']+)'|import\(\s*'(\.[^']+)'\s*\)/g;

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(statement)].map(([, typeOnly, fixed, dynamic]) => {
    const target = (fixed ?? dynamic!).replace(/\?.*$/, '');
    return {
      from: file,
      to: relative(root, normalize(join(root, dirname(file), target))),
      typeOnly: typeOnly !== undefined,
      late: dynamic !== undefined,
    };
  });
}

const sources = rooms.flatMap(room => [...sourcesUnder(room)]);
const imports = sources.flatMap(importsOf);
const ours = imports.filter(({ from }) => !isTest(from));
const say = ({ from, to }: Import): string => `${from} imports ${to}`;

describe('the direction between rooms', () => {
  it('is read from real imports', () => {
    expect(sources.length).toBeGreaterThan(30);
    expect(imports.length).toBeGreaterThan(sources.length);
  });

  it('holds for every import', () => {
    const wrong = ours.filter(({ from, to }) => {
      if (!rooms.some(room => under(to, room))) return !under(to, 'build') && !to.endsWith('.json');
      const rule = ruleOf(from);
      return !under(to, rule) && !mayImport[rule]!.some(path => under(to, path));
    });
    expect(wrong.map(say)).toEqual([]);
  });

  it('lets nobody import the command line', () => {
    expect(
      imports.filter(({ from, to }) => under(to, 'compiler/cli') && !under(from, 'compiler/cli')).map(say),
    ).toEqual([]);
  });

  it('lets nothing that is delivered import a test', () => {
    expect(ours.filter(({ to }) => isTest(to) || under(to, 'test')).map(say)).toEqual([]);
  });

  it('lets the contract between pages and resolvers name shapes only', () => {
    const contract = 'editor/bridge/contract.ts';
    const runs = ours.filter(({ from, to, typeOnly }) => (from === contract || to === contract) && !typeOnly);
    expect(runs.map(say)).toEqual([]);
  });

  it('has no circle between rooms', () => {
    const part = (file: string) => file.split('/').slice(0, 2).join('/');
    // Types of one room may be named by another; what runs may not go round.
    const edges = new Map<string, Set<string>>();
    for (const { from, to, typeOnly } of ours) {
      if (typeOnly || part(from) === part(to)) continue;
      edges.set(part(from), (edges.get(part(from)) ?? new Set()).add(part(to)));
    }
    const circles: string[] = [];
    const walk = (node: string, path: readonly string[]): void => {
      if (path.includes(node)) {
        circles.push([...path.slice(path.indexOf(node)), node].join(' → '));
        return;
      }
      for (const next of edges.get(node) ?? []) walk(next, [...path, node]);
    };
    for (const node of edges.keys()) if (rooms.includes(node.split('/')[0]!)) walk(node, []);
    const betweenRooms = circles.filter(circle => new Set(circle.split(' → ').map(one => one.split('/')[0])).size > 1);
    expect(betweenRooms).toEqual([]);
  });

  it.each(rooms)('has no circle between files of the room %s, not even of types', room => {
    const next = Map.groupBy(
      ours.filter(({ from, to, late }) => under(from, room) && under(to, room) && !late),
      ({ from }) => from,
    );
    // A file is done with once all that it leads to is; what is left leads back to itself.
    const open = new Set(next.keys());
    const isDone = (file: string): boolean => !next.get(file)!.some(({ to }) => open.has(to));
    for (let before = -1; before !== open.size; ) {
      before = open.size;
      for (const file of open) if (isDone(file)) open.delete(file);
    }
    expect([...open]).toEqual([]);
  });
});

describe('a file', () => {
  /** What is longer today, and may only grow shorter. */
  const longer: Readonly<Record<string, number>> = {
    'dsl/ast.ts': 460,
  };
  it('has one purpose, which 450 lines are enough to tell', () => {
    const lines = (file: string) => readFileSync(join(root, file), 'utf8').split('\n').length - 1;
    const grown = [...sources, ...['test', 'tools', 'bench'].flatMap(folder => [...sourcesUnder(folder)])]
      .map(file => ({ file, lines: lines(file) }))
      .filter(({ file, lines }) => lines > (longer[file] ?? 450));
    expect(grown).toEqual([]);
  });
});

describe('what decides', () => {
  const deciding = sources.filter(
    file =>
      (under(file, 'runtime/engine') || under(file, 'runtime/run')) && !isTest(file) && !file.endsWith('/deps.ts'),
  );

  it.each([
    ['reads no clock', /\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(/],
    ['throws no dice', /\bMath\.random\(|\brandomUUID\(|\bgetRandomValues\(/],
    ['does no I/O of its own', /\bfetch\(|from 'node:(fs|http|https|net)/],
    ['waits for nothing but what it is given', /\bsetTimeout\(|\bsetInterval\(/],
  ])('%s', (_, pattern) => {
    expect(deciding.length).toBeGreaterThan(0);
    const found = deciding.filter(file => pattern.test(readFileSync(join(root, file), 'utf8')));
    expect(found).toEqual([]);
  });

  it('keeps what the engine imports free of packages, so that it can run anywhere', () => {
    const packages = deciding
      .filter(file => under(file, 'runtime/engine'))
      .flatMap(file => {
        const text = readFileSync(join(root, file), 'utf8');
        return [...text.matchAll(/from '([^'.][^']*)'/g)].map(([, name]) => `${file} imports ${name}`);
      });
    expect(packages).toEqual([]);
  });
});
