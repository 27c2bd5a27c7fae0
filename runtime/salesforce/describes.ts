/** What the org says of its objects: which there are, their fields, and what a record type offers. */
import { PortError, type SalesforcePort } from '../ports.ts';
import { failure, type HttpAnswer } from './http.ts';
import type { Request } from './transport.ts';

type Describes = Pick<SalesforcePort, 'describe' | 'describeGlobal' | 'offered'>;

/** Names and ids that cannot lead to another path. */
const isName = (text: string): boolean => /^\w{1,80}$/.test(text);

/** What an object says that the User Interface API does not know, or a type that is gone. */
const unsaid: ReadonlySet<string> = new Set(['refused', 'forbidden', 'gone']);

export function createDescribes(ok: (request: Request) => Promise<HttpAnswer>, base: string): Describes {
  return {
    async describe(object) {
      if (!isName(object)) throw failure('refused', 'INVALID_TYPE', 'This is not the name of an object.');
      return (await ok({ method: 'GET', path: `${base}/sobjects/${object}/describe` })).json;
    },
    async describeGlobal() {
      return (await ok({ method: 'GET', path: `${base}/sobjects` })).json;
    },
    /** Describes give the union over all record types; only the User Interface API tells them apart. */
    async offered(object, recordType, field) {
      if (![object, recordType, field].every(isName)) return undefined;
      const path = `${base}/ui-api/object-info/${object}/picklist-values/${recordType}/${field}`;
      try {
        const { values } = (await ok({ method: 'GET', path })).json as { readonly values?: unknown };
        if (!Array.isArray(values)) return undefined;
        return new Set((values as { readonly value?: unknown }[]).map(({ value }) => String(value)));
      } catch (problem) {
        if (problem instanceof PortError && unsaid.has(problem.failure.kind)) return undefined;
        throw problem;
      }
    },
  };
}
