/** What the org offers: versions, resources, limits, describes. */
import type { CatalogueObject } from '../catalogue/index.ts';
import { briefly, describeGlobal, describeObject } from '../describe.ts';
import { notFound, SalesforceError } from '../errors.ts';
import { recordTypes } from '../record-types.ts';
import { type Answer, type Call, conditionalDate, ok, type Route } from './route.ts';

const seasons = ['Spring', 'Summer', 'Winter'];
/** Versions that the stand-in answers, and the release that each belongs to: three a year, 58.0 is Summer '23. */
export const oldestVersion = 31;
export const newestVersion = 67;

export function versions(): readonly { label: string; url: string; version: string }[] {
  const list = [];
  for (let version = oldestVersion; version <= newestVersion; version++) {
    const since = version - 57;
    const season = seasons[((since % 3) + 3) % 3] as string;
    const year = 23 + Math.floor(since / 3) + (season === 'Winter' ? 1 : 0);
    list.push({
      label: `${season} '${String(year).padStart(2, '0')}`,
      url: `/services/data/v${version}.0`,
      version: `${version}.0`,
    });
  }
  return list;
}

export function objectNamed(call: Call): CatalogueObject {
  const object = call.org.catalogue.object(call.params.object ?? '');
  if (!object) throw notFound();
  return object;
}

const typesOf = (call: Call, object: CatalogueObject) => recordTypes(call.org.state, call.org.view, object.name);

function unlessUnmodified(call: Call, body: () => unknown): Answer {
  const since = conditionalDate(call.headers, 'If-Modified-Since');
  const headers = { 'Last-Modified': new Date(call.org.describedAt).toUTCString() };
  if (since !== undefined && call.org.describedAt <= since) return { status: 304, headers };
  return ok(body(), headers);
}

export const metadataRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/',
    handle: call => {
      const root = `/services/data/v${call.version}`;
      return ok({
        ...Object.fromEntries(
          ['composite', 'limits', 'parameterizedSearch', 'query', 'queryAll', 'search', 'sobjects'].map(name => [
            name,
            `${root}/${name}`,
          ]),
        ),
        identity: `${call.base}/id/${call.org.orgId}/${call.userId}`,
      });
    },
  },
  {
    method: 'GET',
    path: '/limits',
    handle: ({ org }) => {
      const { calls, max } = org.usage;
      return ok({
        DailyApiRequests: { Max: max, Remaining: Math.max(0, max - calls) },
        DailyBulkApiBatches: { Max: 15000, Remaining: 15000 },
        DailyAsyncApexExecutions: { Max: 250000, Remaining: 250000 },
        DataStorageMB: { Max: 5, Remaining: 5 },
        FileStorageMB: { Max: 20, Remaining: 20 },
        SingleEmail: { Max: 15, Remaining: 15 },
      });
    },
  },
  {
    method: 'GET',
    path: '/limits/recordCount',
    handle: ({ org, query }) => {
      const asked = query
        .get('sObjects')
        ?.split(',')
        .map(name => name.trim());
      const counts = org.catalogue.objects
        .filter(object => !asked || asked.some(name => name.toLowerCase() === object.name.toLowerCase()))
        .map(object => ({
          count: [...org.state.scan(object.name)].filter(row => !row.deleted).length,
          name: object.name,
        }));
      return ok({ sObjects: counts.filter(entry => entry.count > 0) });
    },
  },
  {
    method: 'GET',
    path: '/sobjects',
    handle: call => unlessUnmodified(call, () => describeGlobal(call.org.catalogue, call)),
  },
  {
    method: 'GET',
    path: '/sobjects/:object/describe',
    handle: call => {
      const object = objectNamed(call);
      return unlessUnmodified(call, () => describeObject(object, call, typesOf(call, object)));
    },
  },
  {
    method: 'GET',
    path: '/sobjects/:object',
    handle: call => {
      const object = objectNamed(call);
      const recent = [...call.org.state.scan(object.name)]
        .filter(row => !row.deleted)
        .slice(-5)
        .reverse();
      return ok({
        objectDescribe: briefly(object, call),
        recentItems: recent.map(row => ({
          attributes: { type: object.name, url: `/services/data/v${call.version}/sobjects/${object.name}/${row.id}` },
          Id: row.id,
          ...(object.nameField ? { [object.nameField.name]: row.values[object.nameField.name] ?? null } : {}),
        })),
      });
    },
  },
];

/** `v67.0` of an address to `67.0`, or the refusal of a version that is not served. */
export function servedVersion(segment: string): string {
  const number = /^v(\d+)\.0$/.exec(segment)?.[1];
  if (number === undefined || Number(number) > newestVersion) throw notFound();
  if (Number(number) < oldestVersion)
    throw new SalesforceError('UNSUPPORTED_API_VERSION', 'API version is retired or unsupported.', { status: 410 });
  return `${number}.0`;
}
