/** The real @forge/kvs over the sandbox's storage, without the rest of a host: for tests of the store. */
import { createKvs } from '../../sandbox/forge/kvs.ts';
import { readManifest } from '../../sandbox/forge/manifest.ts';
import { installPlatform } from '../../sandbox/forge/platform.ts';
import type { StoredRow } from '../../sandbox/forge/stored-row.ts';

export interface Storage {
  /** Requests so far, by path. */
  readonly calls: string[];
  /** Runs inside an invocation, where the package finds its storage. */
  run<T>(body: () => Promise<T>): Promise<T>;
  /** Called before each request; may throw, or answer instead. */
  before: (path: string) => Response | undefined;
  /** Called after each request that was applied; may throw, so that its answer is lost. */
  after: (path: string) => void;
  /** To be loaded into another storage. */
  rows(): readonly StoredRow[];
  load(rows: readonly StoredRow[]): void;
  /** Every stored value as text, secrets apart. */
  dump(): { readonly plain: string; readonly secret: string };
}

/** `runtime` is what `getAppContext` reads. */
export function createStorage(clock: { now(): number }, runtime: object = {}): Storage {
  const platform = installPlatform();
  const kvs = createKvs({ now: clock.now, entities: readManifest().app.storage?.entities ?? [] });
  const storage: Storage = {
    calls: [],
    before: () => undefined,
    after: () => {},
    run: body =>
      platform.run(
        {
          runtime,
          log: () => {},
          async platformFetch(_call, path, init) {
            storage.calls.push(path);
            // Others get their turn between any two requests, as over a network.
            await new Promise(resolve => setImmediate(resolve));
            const instead = storage.before(path);
            if (instead !== undefined) return instead;
            const { status, body: answer } = kvs.handle(path, JSON.parse(String(init?.body)));
            storage.after(path);
            return new Response(status === 204 || answer === undefined ? null : JSON.stringify(answer), { status });
          },
          egressFetch: () => Promise.reject(new Error('storage needs no egress')),
          unhandled: reason => {
            throw reason;
          },
        },
        body,
      ),
    rows: () => kvs.dump(),
    load: rows => kvs.load(rows),
    dump() {
      const rows = kvs.dump();
      const text = (secret: boolean) =>
        rows
          .filter(row => (row.space === 'secret') === secret)
          .map(row => `${row.key} ${row.json}`)
          .join('\n');
      return { plain: text(false), secret: text(true) };
    },
  };
  return storage;
}
