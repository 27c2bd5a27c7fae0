/**
 * Exchanges that were recorded with a real org, played again with the stand-in: each request has to get an answer of
 * the same status and shape. The recordings are not ours to ship; BRIDGE_REFERENCE names the folder that has them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Running, root, startOnSocket } from './testing.ts';

interface Recorded {
  readonly request: { readonly method: string; readonly uri: string; readonly body: unknown };
  readonly response: { readonly status: number; readonly body: unknown };
}

const reference = process.env.BRIDGE_REFERENCE;
const folder = reference === undefined ? undefined : join(reference, 'salesforce-describe', 'wire');
const recordings = folder !== undefined && existsSync(folder) ? readdirSync(folder).filter(isJson) : [];
if (recordings.length === 0)
  console.error('recorded exchanges are not played again: BRIDGE_REFERENCE names no folder that has them');

function isJson(name: string): boolean {
  return name.endsWith('.json');
}

/** What is not played, and why. */
const left: readonly { readonly request: RegExp; readonly reason: string }[] = [
  { request: /\/connect\/communities$/, reason: 'communities are not modelled' },
];

/** What may differ, and why. */
const allowed: readonly { readonly finding: RegExp; readonly reason: string }[] = [
  {
    finding: /sobjects\/Organization\/\w+: \$ has no (Preferences|Default|Delegated|Compliance|Signup|NumKnowledge)/,
    reason: 'settings of an org that no client of records asks for',
  },
];

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const recordId = /\b[0-9a-zA-Z]{3}[0-9a-zA-Z]{12}(?:[0-9a-zA-Z]{3})?\b/g;

/** Keys whose values are words of the platform rather than data. */
const words = new Set(['success', 'errorCode', 'statusCode', 'httpStatusCode', 'done', 'type', 'created', 'message']);

/** Where the answers differ in more than data; `null` stands for a value of any kind. */
function differences(recorded: unknown, ours: unknown, at = '$', key = ''): readonly string[] {
  if (Array.isArray(recorded) && Array.isArray(ours)) {
    return recorded.slice(0, ours.length).flatMap((item, place) => differences(item, ours[place], `${at}[${place}]`));
  }
  if (isFields(recorded) && isFields(ours)) {
    const missing = Object.keys(recorded).filter(name => !(name in ours));
    const extra = Object.keys(ours).filter(name => !(name in recorded));
    return [
      ...missing.map(name => `${at} has no ${name}`),
      ...extra.map(name => `${at} has a ${name} too`),
      ...Object.keys(recorded)
        .filter(name => name in ours)
        .flatMap(name => differences(recorded[name], ours[name], `${at}.${name}`, name)),
    ];
  }
  if (recorded === null || ours === null) return [];
  const kind = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value);
  if (kind(recorded) !== kind(ours)) return [`${at} is ${JSON.stringify(ours)} for ${JSON.stringify(recorded)}`];
  if (words.has(key) && recorded !== ours) return [`${at} is ${JSON.stringify(ours)} for ${JSON.stringify(recorded)}`];
  return [];
}

/** Plays one recording into an empty org; ids of the one become ids of the other as they come up. */
async function play(exchanges: readonly Recorded[], org: Running): Promise<readonly string[]> {
  const ours = new Map<string, string>([['00D0xORGID00000000', org.standIn.orgId]]);
  const translated = (text: string): string =>
    text.replaceAll('vxx.0', 'v67.0').replace(recordId, id => ours.get(id) ?? id);
  const found: string[] = [];
  for (const { request, response } of exchanges) {
    const url = new URL(request.uri.replace('vxx.0', 'v67.0'));
    if (left.some(item => item.request.test(url.pathname + url.search))) continue;
    // What the org had before the recording began has to be there before it is asked for.
    for (const record of recordsIn(response.body)) await seed(org, record, ours);
    const body = request.body === null ? undefined : JSON.parse(translated(JSON.stringify(request.body)));
    const answer = await org.call(request.method, translated(url.pathname + url.search), body);
    const where = `${request.method} ${url.pathname}`;
    if (answer.status !== response.status) found.push(`${where} answers ${answer.status} for ${response.status}`);
    pairIds(response.body, answer.body, ours);
    const recorded: unknown = JSON.parse(translated(JSON.stringify(response.body)));
    found.push(...differences(recorded, answer.body).map(text => `${where}: ${text}`));
  }
  return found.filter(text => !allowed.some(({ finding }) => finding.test(text)));
}

function recordsIn(answer: unknown): readonly Fields[] {
  if (!isFields(answer)) return [];
  if (Array.isArray(answer.compositeResponse))
    return answer.compositeResponse.flatMap(part => (isFields(part) ? recordsIn(part.body) : []));
  return Array.isArray(answer.records) ? answer.records.filter(isFields) : [];
}

/** As the recorded org has them. */
const recordTypes = ['Account', 'Campaign', 'Case', 'Contact', 'Lead', 'Opportunity', 'Solution'].map(object => ({
  object,
  name: 'Recorded',
}));

const required: Readonly<Record<string, Fields>> = {
  Account: { Name: 'Recorded' },
  Contact: { LastName: 'Recorded' },
  Opportunity: { Name: 'Recorded', StageName: 'Prospecting', CloseDate: '2026-12-31' },
};

async function seed(org: Running, record: Fields, ours: Map<string, string>): Promise<void> {
  const { type, url } = (record.attributes ?? {}) as { type?: string; url?: string };
  const id = url?.split('/').at(-1) ?? '';
  const fields = type === undefined ? undefined : required[type];
  if (!fields || ours.has(id)) return;
  const named = Object.entries(record).filter(([name, value]) => typeof value === 'string' && !/Id$/.test(name));
  const writable = named.filter(([name]) => ['Name', 'FirstName', 'LastName', 'AccountNumber'].includes(name));
  const { status, body } = await org.call('POST', `${root}/sobjects/${type}`, {
    ...fields,
    ...Object.fromEntries(writable),
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  ours.set(id, body.id);
}

/** Ids at the same place of both answers of a write mean the same record. */
function pairIds(recorded: unknown, answered: unknown, ours: Map<string, string>): void {
  const [one, other] = [recorded, answered];
  if (Array.isArray(one) && Array.isArray(other))
    for (const [place, item] of one.entries()) pairIds(item, other[place], ours);
  else if (isFields(one) && isFields(other) && typeof one.id === 'string' && typeof other.id === 'string')
    ours.set(one.id, other.id);
}

describe.skipIf(recordings.length === 0)(
  'a recorded exchange has an answer of the same shape (BRIDGE_REFERENCE)',
  () => {
    it.each(recordings)('%s', async name => {
      const { interactions } = JSON.parse(readFileSync(join(folder ?? '', name), 'utf8')) as {
        interactions: readonly Recorded[];
      };
      const org = await startOnSocket({ empty: true }, true);
      org.standIn.setUp({ recordTypes });
      try {
        expect(await play(interactions, org)).toEqual([]);
      } finally {
        await org.stop();
      }
    });
  },
);
