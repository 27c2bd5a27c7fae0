/**
 * manifest.yml against what Atlassian publishes for it: the JSON schema, the validators of its command
 * line, its list of events; and against our own code: every handler that it names is built and is the
 * one that the sandbox runs. The validators look for built files: `npm test` builds first.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifestPackage from '@forge/manifest';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtFunctions, sourceHandlers } from '../sandbox/forge/handlers.ts';
import { exportOf, readManifest } from '../sandbox/forge/manifest.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const require = createRequire(import.meta.url);
const manifest = readManifest();
const { permissions, modules } = manifest;

/** Nearly each validator compiles the same schema for itself, which takes seconds. */
function compileOnce(): () => void {
  type Compile = (schema: unknown) => unknown;
  const { default: ajv } = createRequire(require.resolve('@forge/manifest'))('ajv') as {
    readonly default: { readonly prototype: { compile: Compile } };
  };
  const { compile } = ajv.prototype;
  const compiled = new Map<string, unknown>();
  ajv.prototype.compile = function (this: unknown, schema: unknown): unknown {
    const key = JSON.stringify(schema);
    if (!compiled.has(key)) compiled.set(key, compile.call(this, schema));
    return compiled.get(key);
  };
  return () => {
    ajv.prototype.compile = compile;
  };
}

describe('Atlassian’s own checks', () => {
  const { ProcessorBuilder, ValidationTypes } = manifestPackage;
  const kinds = Object.values(ValidationTypes);
  let before: string;
  beforeAll(() => {
    before = process.cwd();
    process.chdir(root); // the validators read the folder that they stand in
    const giveBack = compileOnce();
    return () => {
      process.chdir(before);
      giveBack();
    };
  });

  it('knows the validators that the command line runs', () => {
    expect(kinds.length).toBeGreaterThanOrEqual(7);
  });

  it.each(kinds)(
    'the validator `%s` finds nothing',
    async kind => {
      const processor = await ProcessorBuilder.instance()
        .withValidation(kind)
        .withOptions({ deprecatedRuntimes: [] } as never)
        .build();
      const { errors = [] } = (await processor.process()) as { errors?: readonly { level: string; message: string }[] };
      expect(errors.map(error => `${error.level}: ${error.message}`)).toEqual([]);
    },
    120_000,
  );

  it('every event that a trigger asks for exists, and its scope is granted', () => {
    // The package does not export the list, but it is what its own validators read.
    const file = join(root, 'node_modules/@forge/manifest/out/mapping/product-event-to-scope-mapping.json');
    const { mapping } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly mapping: readonly {
        readonly productEvent: string;
        readonly oAuthScopes: { readonly current: readonly string[] };
      }[];
    };
    const events = (modules.trigger ?? []).flatMap(trigger => trigger.events);
    expect(events).not.toEqual([]);
    for (const event of events) {
      const known = mapping.find(entry => entry.productEvent === event);
      expect(known?.oAuthScopes.current, event).toBeDefined();
      expect(
        known!.oAuthScopes.current.filter(scope => permissions.scopes.includes(scope)),
        event,
      ).not.toEqual([]);
    }
  });
});

describe('what the app asks for', () => {
  it('C-6 is exactly these scopes', () => {
    expect([...permissions.scopes].sort()).toEqual(
      [
        'storage:app',
        'read:jira-work',
        'write:jira-work',
        'read:jira-user',
        'read:issue:jira',
        'write:issue:jira',
      ].sort(),
    );
  });

  it('C-6 is exactly these addresses, from the functions only', () => {
    expect(permissions.external).toEqual({
      fetch: {
        backend: [
          'login.salesforce.com',
          'test.salesforce.com',
          '*.salesforce.com',
          '*.my.salesforce.com',
          '*.force.com',
        ].map(address => ({ address })),
      },
    });
  });

  it('lets no script run that is not a file of the app', () => {
    expect(permissions.content).toEqual({ styles: ['unsafe-inline'] });
  });
});

describe('the functions', () => {
  const named = modules.function.map(exportOf);

  it('each have a handler in the sources, which is the one that the sandbox runs', async () => {
    const handlers = await sourceHandlers();
    expect(named.filter(name => typeof handlers[name] !== 'function')).toEqual([]);
  });

  it('are all exported by what is deployed, and nothing else is', () => {
    expect(existsSync(builtFunctions), 'run `npm run build` first').toBe(true);
    const bundle = require(builtFunctions) as Record<string, unknown>;
    expect(Object.keys(bundle).sort()).toEqual([...named].sort());
  });

  it('each belong to one kind of module, so that none inherits a shorter limit', () => {
    const users = new Map<string, Set<string>>();
    const use = (fn: string, kind: string) => users.set(fn, (users.get(fn) ?? new Set()).add(kind));
    for (const one of modules.trigger ?? []) use(one.function, 'trigger');
    for (const one of modules.scheduledTrigger ?? []) use(one.function, 'schedule');
    for (const one of modules.consumer ?? []) use(one.function, 'consumer');
    for (const one of modules['jira:adminPage'] ?? []) use(one.resolver.function, 'admin');
    for (const one of modules['jira:issuePanel'] ?? []) use(one.resolver.function, 'panel');
    expect([...users].filter(([, kinds]) => kinds.size > 1)).toEqual([]);
    expect([...users.keys()].sort()).toEqual(modules.function.map(fn => fn.key).sort());
  });
});
