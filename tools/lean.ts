/**
 * What a bundle does not need of what it holds. The grammar is analysed when it is written, not when it is used
 * (`dsl/grammar/lookahead.ts`), and the lexer is our own, so Chevrotain's analysis, its lexer, its checks of both, its
 * recovery and its trees are never run; of `yaml` a text's tree is taken, whose scalars all stay text, so what makes
 * values of it, changes it or writes it is never run; and the examples of a diagnostic are for its page of
 * documentation. Bodies that are never run are emptied, and the bundler drops what nothing refers to any more. A test
 * reads programs, sound and broken, with what is left, and holds it to what the whole would have said.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { parseAst } from 'vite';

const yaml = fileURLToPath(new URL('../node_modules/yaml/browser/dist/index.js', import.meta.url));

/** By the end of a module's path: the functions and methods that stay. */
const kept: Readonly<Record<string, readonly string[]>> = {
  'chevrotain/lib/src/parse/grammar/checks.js': [],
  'chevrotain/lib/src/parse/grammar/first.js': [],
  'chevrotain/lib/src/parse/grammar/follow.js': [],
  'chevrotain/lib/src/parse/grammar/interpreter.js': [],
  'chevrotain/lib/src/parse/grammar/llk_lookahead.js': ['constructor'],
  'chevrotain/lib/src/parse/grammar/lookahead.js': [],
  'chevrotain/lib/src/parse/grammar/resolver.js': [],
  'chevrotain/lib/src/parse/grammar/rest.js': [],
  'chevrotain/lib/src/parse/grammar/gast/gast_resolver_public.js': [],
  'chevrotain/lib/src/parse/cst/cst.js': [],
  'chevrotain/lib/src/parse/cst/cst_visitor.js': [],
  'chevrotain/lib/src/parse/parser/traits/gast_recorder.js': ['initGastRecorder'],
  'chevrotain/lib/src/parse/parser/traits/looksahead.js': ['constructor', 'initLooksAhead'],
  'chevrotain/lib/src/parse/parser/traits/recoverable.js': [
    'constructor',
    'initRecoverable',
    'attemptInRepetitionRecovery',
    'getHumanReadableRuleStack',
  ],
  'chevrotain/lib/src/parse/parser/traits/tree_builder.js': ['initTreeBuilder'],
  'chevrotain/lib/src/scan/lexer.js': [],
  'chevrotain/lib/src/scan/lexer_public.js': [],
  'chevrotain/lib/src/scan/reg_exp.js': [],
  'chevrotain/lib/src/scan/reg_exp_parser.js': [],
  '@chevrotain/gast/lib/src/helpers.js': [],
  '@chevrotain/gast/lib/src/model.js': [],
  '@chevrotain/gast/lib/src/visitor.js': [],
  '@chevrotain/regexp-to-ast/lib/src/base-regexp-visitor.js': [],
  '@chevrotain/regexp-to-ast/lib/src/regexp-parser.js': ['constructor'],
};
/** The same of `yaml`, where a text's tree is all that is asked of it. */
const keptOfYaml: Readonly<Record<string, readonly string[]>> = {
  'yaml/browser/dist/doc/Document.js': ['constructor', 'setSchema'],
  'yaml/browser/dist/doc/anchors.js': ['anchorIsValid'],
  'yaml/browser/dist/doc/applyReviver.js': [],
  'yaml/browser/dist/doc/createNode.js': [],
  'yaml/browser/dist/log.js': [],
  'yaml/browser/dist/nodes/Alias.js': ['constructor'],
  'yaml/browser/dist/nodes/Collection.js': ['constructor'],
  'yaml/browser/dist/nodes/Node.js': ['constructor'],
  'yaml/browser/dist/nodes/Pair.js': ['constructor'],
  'yaml/browser/dist/nodes/Scalar.js': ['constructor'],
  'yaml/browser/dist/nodes/YAMLMap.js': ['constructor', 'tagName'],
  'yaml/browser/dist/nodes/YAMLSeq.js': ['constructor', 'tagName'],
  'yaml/browser/dist/nodes/addPairToJSMap.js': [],
  'yaml/browser/dist/nodes/toJS.js': [],
  'yaml/browser/dist/parse/cst-scalar.js': [],
  'yaml/browser/dist/parse/cst-stringify.js': [],
  'yaml/browser/dist/parse/cst-visit.js': [],
  'yaml/browser/dist/public-api.js': [],
  'yaml/browser/dist/schema/Schema.js': ['constructor'],
  'yaml/browser/dist/stringify/foldFlowLines.js': [],
  'yaml/browser/dist/stringify/stringify.js': [],
  'yaml/browser/dist/stringify/stringifyCollection.js': [],
  'yaml/browser/dist/stringify/stringifyComment.js': [],
  'yaml/browser/dist/stringify/stringifyDocument.js': [],
  'yaml/browser/dist/stringify/stringifyNumber.js': [],
  'yaml/browser/dist/stringify/stringifyPair.js': [],
  'yaml/browser/dist/stringify/stringifyString.js': [],
  'yaml/browser/dist/visit.js': [],
};
/** The other way round: what goes, of modules that are needed for the most part. */
const dropped: Readonly<Record<string, readonly string[]>> = {
  'chevrotain/lib/src/parse/parser/parser.js': ['performSelfAnalysis'],
  'chevrotain/lib/src/parse/parser/traits/error_handler.js': ['raiseEarlyExitException', 'raiseNoAltException'],
  'chevrotain/lib/src/parse/parser/traits/recognizer_api.js': ['OVERRIDE_RULE', 'getSerializedGastProductions'],
};
/** Modules of which another does. Documents are read by the schema that knows no types but text. */
const replaced: Readonly<Record<string, string>> = {
  'yaml/browser/dist/schema/tags.js': `
    import { map } from './common/map.js';
    import { seq } from './common/seq.js';
    import { string } from './common/string.js';
    export const coreKnownTags = {};
    export const getTags = () => [map, seq, string];
  `,
};
/** Of a diagnostic, what only its documentation shows. */
const documentation: ReadonlySet<string> = new Set(['example', 'summary']);
const diagnostics = /\/(?:compiler\/messages\/[\w-]+|dsl\/messages)\.ts$/;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [child: string]: unknown;
}

/** The module with those bodies emptied; nothing where it is none of these. */
export function lean(path: string, code: string): string | undefined {
  const at = path.replaceAll('\\', '/').replace(/\?.*$/, '');
  const other = Object.entries(replaced).find(([end]) => at.endsWith(end))?.[1];
  if (other !== undefined) return other;
  const whole = Object.entries({ ...kept, ...keptOfYaml }).find(([end]) => at.endsWith(end))?.[1];
  const part = Object.entries(dropped).find(([end]) => at.endsWith(end))?.[1];
  const goes: readonly (readonly [start: number, end: number, put: string])[] =
    whole !== undefined
      ? bodiesOf(code, name => !whole.includes(name))
      : part !== undefined
        ? bodiesOf(code, name => part.includes(name))
        : diagnostics.test(at)
          ? documentationOf(code)
          : [];
  if (goes.length === 0) return undefined;
  let text = code;
  for (const [start, end, put] of [...goes].sort((a, b) => b[0] - a[0]))
    text = text.slice(0, start) + put + text.slice(end);
  return text;
}

function bodiesOf(code: string, goes: (name: string) => boolean) {
  const found: (readonly [number, number, string])[] = [];
  walk(parseAst(code) as unknown as Node, node => {
    const body =
      node.type === 'FunctionDeclaration'
        ? goes((node.id as { name: string }).name) && (node.body as Node)
        : (node.type === 'MethodDefinition' || (node.type === 'Property' && node.method === true)) &&
          goes((node.key as { name: string }).name) &&
          ((node.value as Node).body as Node);
    if (typeof body !== 'object' || body === null) return true;
    found.push([body.start, body.end, '{ throw Error("left out"); }']);
    return false;
  });
  return found;
}

function documentationOf(code: string) {
  const found: (readonly [number, number, string])[] = [];
  walk(parseAst(code, { lang: 'ts' }) as unknown as Node, node => {
    if (node.type !== 'Property' || !documentation.has((node.key as { name?: string }).name ?? '')) return true;
    found.push([node.start, node.end, '']);
    const [start, end] = [node.end, /^\s*,?/.exec(code.slice(node.end))![0].length];
    found.push([start, start + end, '']);
    return false;
  });
  return found;
}

/** Goes on into what `look` answers true for. */
function walk(node: unknown, look: (node: Node) => boolean): void {
  if (Array.isArray(node)) for (const each of node) walk(each, look);
  else if (typeof node === 'object' && node !== null && (!('type' in node) || look(node as Node)))
    for (const child of Object.values(node)) walk(child, look);
}

/** For Vite. */
export const leanPlugin = () => ({
  name: 'lean',
  enforce: 'post' as const,
  transform: (code: string, id: string) => {
    // A page's form and completion ask more of it.
    const text = /[\\/]yaml[\\/]browser/.test(id) ? undefined : lean(id, code);
    return text === undefined ? undefined : { code: text, map: null };
  },
});

/** For esbuild. The command line explains a diagnostic and completes YAML, and keeps what that takes. */
export const leanEsbuild = ({ documented = false } = {}): Plugin => ({
  name: 'lean',
  setup(it) {
    // Its modules for browsers are the same, and can be taken apart.
    if (!documented) it.onResolve({ filter: /^yaml$/ }, () => ({ path: yaml, sideEffects: false }));
    const filter = documented ? /chevrotain.*\.js$/ : /chevrotain.*\.js$|yaml.browser.*\.js$|messages.*\.ts$/;
    it.onLoad({ filter }, ({ path }) => {
      const contents = lean(path, readFileSync(path, 'utf8'));
      return contents === undefined ? undefined : { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
});
