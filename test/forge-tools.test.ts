/**
 * What `forge deploy` does before anything leaves the machine, without the network: Atlassian's linter over every
 * call to Jira and every host of the app, and its bundler over what was built. The linter learns Jira's scopes from
 * a document; Atlassian's own where `BRIDGE_REFERENCE` has it, otherwise one drawn from `sandbox/forge/scopes.ts`.
 */
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { scopeOf } from '../sandbox/forge/scopes.ts';
import { createJira } from '../sandbox/jira/index.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const require = createRequire(import.meta.url);
const manifestText = readFileSync(join(root, 'manifest.yml'), 'utf8');
const documented = join(process.env.BRIDGE_REFERENCE ?? '', 'jira-openapi', 'swagger-v3.json');

/** The folder in which the tools run. This repository's `tsconfig.json` would keep the linter from reading anything. */
let folder: string;
let before: string;
beforeAll(() => {
  before = process.cwd();
  folder = mkdtempSync(join(tmpdir(), 'bridge-forge-'));
  symlinkSync(join(root, 'build'), join(folder, 'build'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}
interface Call {
  readonly method: string;
  /** As the linter reads it: what is filled in is `\S*`. */
  readonly path: string;
}

/** Every call to Jira in the sources of the app: the address stands in a `route`, the method beside it. */
const calls: Call[] = [];

/**
 * The linter knows `requestJira(route`…`, { method: 'PUT' })` only. The app has one place that calls it, and hands it
 * addresses; so each of them is shown to the linter where it stands, as the call that it becomes.
 */
function withCalls(tree: Node): void {
  const found: { path: Node; method: string }[] = [];
  walk(tree, undefined, (node, body) => {
    const tag = node.tag as Node | undefined;
    if (node.type === 'TaggedTemplateExpression' && tag?.name === 'route')
      found.push({ path: node, method: methodIn(body ?? tree) });
  });
  for (const { path, method } of found) {
    const literal = { type: 'Literal', value: method, loc: path.loc };
    const key = { type: 'Identifier', name: 'method', loc: path.loc };
    const options = {
      type: 'ObjectExpression',
      properties: [{ type: 'Property', key, value: literal, loc: path.loc }],
      loc: path.loc,
    };
    const callee = { type: 'Identifier', name: 'requestJira', loc: path.loc };
    (tree.body as Node[]).push({
      type: 'ExpressionStatement',
      expression: { type: 'CallExpression', callee, arguments: [path, options], loc: path.loc },
      loc: path.loc,
    });
    const { quasis } = path.quasi as { quasis: readonly { value: { cooked: string } }[] };
    calls.push({ method, path: quasis.map(({ value }) => value.cooked).join('x') });
  }
}

function walk(node: unknown, body: Node | undefined, visit: (node: Node, body: Node | undefined) => void): void {
  if (Array.isArray(node)) for (const one of node) walk(one, body, visit);
  if (typeof node !== 'object' || node === null || typeof (node as Node).type !== 'string') return;
  const one = node as Node;
  visit(one, body);
  const inner =
    /Function/.test(one.type) && (one.body as Node | null)?.type === 'BlockStatement' ? (one.body as Node) : body;
  for (const [key, value] of Object.entries(one)) if (key !== 'parent') walk(value, inner, visit);
}

/** A function of the client asks one thing. */
function methodIn(body: Node): string {
  let method = 'GET';
  walk(body, undefined, node => {
    const { key, value } = node as unknown as { key?: { name?: string }; value?: { value?: unknown } };
    if (node.type === 'Property' && key?.name === 'method' && typeof value?.value === 'string') method = value.value;
  });
  return method;
}

const document = (): string => {
  if (existsSync(documented)) return readFileSync(documented, 'utf8');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { method, path } of calls) {
    const plain = path.replace(/\?.*/, '');
    const scope = scopeOf(method, plain);
    const scopes = [{ state: 'Current', scheme: 'OAuth2', scopes: scope === undefined ? [] : [scope] }];
    const template = plain.replace(/(?<=\/)x(?=\/|$)/g, '{any}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: { 'x-atlassian-oauth2-scopes': scopes } };
  }
  return JSON.stringify({ paths });
};

interface Result {
  readonly errors: readonly { readonly message: string }[];
  readonly warnings: readonly { readonly message: string }[];
}
interface Linter {
  getClientSideLintersOnly(
    manifest: unknown,
    environment: string,
    logger: object,
    features: object,
  ): Promise<readonly object[]>;
  tsParser(code: string, file: string): Promise<{ readonly parsed: Node }>;
  lint(
    files: readonly string[],
    manifest: unknown,
    environment: string,
    logger: object,
    features: object,
    config: object,
  ): Promise<readonly Result[]>;
}
const quiet = { info() {}, warn() {}, error() {}, debug() {}, trace() {} };
/** What Atlassian switches on from afar: nothing. */
const features = new Proxy({}, { get: (_, name) => async () => (name === 'getDeprecatedRuntimes' ? [] : false) });

/** Parsed once. */
const trees = new Map<string, { readonly parsed: Node }>();

/** All that the linter has to say. */
async function linted(files: readonly string[], change: (manifest: Manifest) => void = () => {}) {
  const { lint, tsParser, getClientSideLintersOnly } = require('@forge/lint') as Linter;
  const manifest = parse(manifestText) as Manifest;
  change(manifest);
  writeFileSync(join(folder, 'manifest.yml'), stringify(manifest));
  for (const file of files) {
    if (trees.has(file)) continue;
    const tree = await tsParser(readFileSync(file, 'utf8'), file);
    withCalls(tree.parsed);
    trees.set(file, tree);
  }
  writeFileSync(join(folder, 'none.json'), '{"paths":{}}');
  writeFileSync(join(folder, 'jira.json'), document());
  process.env.USE_LOCAL_SWAGGER = '1';
  for (const product of ['JIRA', 'JSM', 'JSW', 'CONF', 'CONF_V2', 'BB'])
    process.env[`LOCAL_${product}_SWAGGER`] = join(folder, product === 'JIRA' ? 'jira.json' : 'none.json');
  // Those of the manifest alone are the validators that `manifest.test.ts` runs, at half a minute more.
  const all = await getClientSideLintersOnly(manifest, 'DEVELOPMENT', quiet, features);
  const linters = all.filter(one => !/ManifestLinter$/.test(one.constructor.name));
  const results = await lint(files, manifest, 'DEVELOPMENT', quiet, features, {
    linters,
    parseFunction: async (file: string) => ({ ast: trees.get(file), filepath: file }),
  });
  return [...new Set(results.flatMap(({ errors, warnings }) => [...errors, ...warnings].map(one => one.message)))];
}

interface Manifest {
  readonly permissions: {
    scopes: string[];
    readonly external: { readonly fetch: { backend: readonly { readonly address: string }[] } };
  };
  readonly modules: { readonly function: { readonly key: string; timeoutSeconds?: number }[] };
}

describe('Atlassian’s linter', () => {
  const sources = globSync('runtime/**/*.ts', { cwd: root })
    .filter(file => !/\.test\.ts$/.test(file))
    .map(file => join(root, file))
    // The others ask nobody for anything.
    .filter(file => /\broute`|\bfetch\(|@forge\//.test(readFileSync(file, 'utf8')));
  const without = (scope: string) => (manifest: Manifest) => {
    const { permissions } = manifest;
    permissions.scopes = permissions.scopes.filter(one => one !== scope && !/:issue:jira$/.test(one));
  };

  it('C-6 finds every scope granted that the app’s calls to Jira need, and every host declared', async () => {
    expect(await linted(sources)).toEqual([]);
    // Read as they are meant: each is one that the local Jira has.
    const { operations } = createJira({ clock: { now: () => 0 }, empty: true });
    const known = new Set(operations.map(one => one.replace(/:\w+(\{[^}]*\})?/g, 'x')));
    const read = calls.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);
    expect(read.filter(one => !known.has(one))).toEqual([]);
    expect(read.length).toBeGreaterThan(20);
  });

  it.each(['read:jira-work', 'write:jira-work', 'read:jira-user'])(
    'C-6 misses `%s` when it is not granted',
    async scope => {
      expect((await linted(sources, without(scope))).join('\n')).toContain(scope);
    },
  );

  it('C-6 misses a host that is not declared', async () => {
    const asking = (host: string): string => {
      const file = join(folder, `${host}.ts`);
      writeFileSync(file, `await fetch('https://${host}/services/oauth2/token');`);
      return file;
    };
    const hosts = ['acme.my.salesforce.com', 'acme--test.sandbox.my.salesforce.com', 'test.salesforce.com'];
    expect(await linted(hosts.map(asking))).toEqual([]);
    expect((await linted([asking('example.com')])).join('\n')).toContain('example.com');
  });

  it('refuses a resolver that asks for more time than Forge gives it', async () => {
    const slow = (manifest: Manifest) => {
      manifest.modules.function.find(({ key }) => key === 'resolver-panel')!.timeoutSeconds = 60;
    };
    expect(await linted([], slow)).not.toEqual([]);
  });
}, 120_000);

describe('Atlassian’s bundler', () => {
  interface Bundler {
    getNodeBundler(
      logger: object,
      wrapper: object,
      config: object,
    ): { bundle(args: object): Promise<{ outputDir: string; additionalOutputs: Map<string, unknown> }> };
    readonly LocalWrapperProvider: new (reader: object, path: string) => object;
  }

  it('takes the built functions as they are, and adds the loader of its runtime', async () => {
    const { getNodeBundler, LocalWrapperProvider } = require('@forge/bundler') as Bundler;
    // The real ones come from Atlassian's network at deployment.
    const runtime = join(folder, 'runtime');
    mkdirSync(join(runtime, 'dist'), { recursive: true });
    for (const name of ['wrapper', 'loader']) writeFileSync(join(runtime, 'dist', `${name}.js`), '');
    const read = async (path: string) => readFileSync(path, 'utf8') || '// stands in for the real one';
    const config = { readConfig: async () => parse(manifestText) as unknown };
    const bundler = getNodeBundler(quiet, new LocalWrapperProvider({ readFileAsync: read }, runtime), config);
    const { outputDir, additionalOutputs } = await bundler.bundle({ appDirectory: root, entryPoints: [] });
    expect(outputDir).toBe(join(root, 'build/functions'));
    const names = globSync('*', { cwd: outputDir });
    expect(names).toContain('index.js');
    expect(names.filter(name => name.startsWith('__') || additionalOutputs.has(name))).toEqual([]);
    expect([...additionalOutputs.keys()]).toContain('__forge__.cjs');
  }, 60_000);
});
