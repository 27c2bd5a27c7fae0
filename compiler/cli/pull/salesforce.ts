/** Reads an org's metadata over REST: the token, the list of objects, the describes that are wanted. */
import { checkHost } from '../../../runtime/salesforce/hosts.ts';
import { curatedObjects } from '../../catalogue/index.ts';
import { objectOf, objectsOf, textOf } from '../../metadata/json.ts';
import type { ObjectMetadata, SalesforceMetadata } from '../../metadata/model.ts';
import { objectFromDescribe, objectFromGlobal } from '../../metadata/salesforce.ts';
import { failure } from '../command.ts';
import type { Host } from '../host.ts';
import { type Api, baseOf, call, isLocal, Refusal } from './http.ts';
import type { Progress } from './progress.ts';
import type { Scope } from './scope.ts';

/** The version that the app itself speaks. */
export const apiVersion = '67.0';
const data = `/services/data/v${apiVersion}`;

export interface SalesforceLogin {
  readonly url: string;
  readonly clientId: string;
  readonly secret: string;
}

/** A host of Salesforce, or this machine, as the sandbox has it. */
export function salesforceBase(value: string): string {
  if (isLocal(value)) return baseOf('salesforce', value);
  const check = checkHost(value);
  if (!check.ok) throw failure(`--salesforce cannot be ${value}.`, check.reason);
  return check.origin;
}

/** Where the org says that it is; the token goes nowhere but to Salesforce. */
function instanceBase(instance: string, login: string): string {
  if (isLocal(instance) && isLocal(login)) return baseOf('salesforce', instance);
  const check = checkHost(instance);
  if (check.ok) return check.origin;
  throw failure(`the org says that its address is ${instance}, which is no host of Salesforce.`);
}

export async function signIn(login: SalesforceLogin, host: Host): Promise<Api> {
  const anonymous: Api = { name: 'Salesforce', base: login.url, headers: {} };
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: login.clientId,
    client_secret: login.secret,
  });
  try {
    const answer = objectOf(await call(anonymous, '/services/oauth2/token', host, { method: 'POST', body: form }));
    const base = instanceBase(textOf(answer.instance_url) || login.url, login.url);
    return { name: 'Salesforce', base, headers: { authorization: `Bearer ${textOf(answer.access_token)}` } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw failure(
      `Salesforce refused the sign-in: ${error.message}.`,
      "Use the org's My Domain address, and check the client id, BRIDGE_SALESFORCE_CLIENT_SECRET and that the client credentials flow has a Run As user.",
    );
  }
}

export async function readSalesforce(
  api: Api,
  scope: Scope | 'all',
  host: Host,
  progress: Progress,
): Promise<SalesforceMetadata> {
  const read = (path: string) => call(api, `${data}${path}`, host);
  const known = objectsOf(objectOf(await read('/sobjects')).sobjects).map(objectFromGlobal);
  const canonical = new Map(known.map(object => [object.name.toLowerCase(), object.name]));

  const described = new Map<string, ObjectMetadata>();
  /** In the org's spelling; an object that the user cannot see is left to the checks, which say it best. */
  const describe = async (name: string): Promise<ObjectMetadata | undefined> => {
    const own = canonical.get(name.toLowerCase());
    if (own === undefined) return undefined;
    const before = described.get(own);
    if (before) return before;
    progress.say(`Salesforce: ${own}`);
    const closed = await closedValues(own, read);
    const object = objectFromDescribe(await read(`/sobjects/${encodeURIComponent(own)}/describe`), closed);
    described.set(own, object);
    return object;
  };

  if (scope === 'all') {
    const wanted = known.filter(object => object.custom || curatedObjects.some(row => row.name === object.name));
    const roots = [];
    for (const object of wanted) roots.push(await describe(object.name));
    // Their parents too, since a path may lead there.
    for (const parent of new Set(roots.flatMap(object => (object ? parentsOf(object) : [])))) await describe(parent);
  } else {
    for (const [name, paths] of scope.objects) {
      await describe(name);
      for (const path of paths) await follow(name, path, describe);
    }
  }

  const limit = objectOf(objectOf(await optional(read('/limits'))).DailyApiRequests).Max;
  return {
    apiVersion,
    ...(typeof limit === 'number' ? { dailyApiRequests: limit } : {}),
    objects: known.map(object => described.get(object.name) ?? object),
  };
}

const parentsOf = (object: ObjectMetadata): readonly string[] =>
  (object.fields ?? []).flatMap(field => field.referenceTo ?? []);

/** Describes every object on the way of `Account.Owner.Email`. */
async function follow(
  object: string,
  path: readonly string[],
  describe: (name: string) => Promise<ObjectMetadata | undefined>,
): Promise<void> {
  const [step, ...rest] = path;
  if (step === undefined || rest.length === 0) return;
  const here = await describe(object);
  const field = here?.fields?.find(one => one.relationship?.toLowerCase() === step.toLowerCase());
  for (const parent of field?.referenceTo ?? []) {
    await describe(parent);
    await follow(parent, rest, describe);
  }
}

/** Where an org says which values of a status field count as closed. */
const closedQueries: Readonly<Record<string, string>> = {
  Case: 'SELECT ApiName FROM CaseStatus WHERE IsClosed = true',
  Task: 'SELECT ApiName FROM TaskStatus WHERE IsClosed = true',
  Opportunity: 'SELECT ApiName FROM OpportunityStage WHERE IsClosed = true',
};

async function closedValues(object: string, read: (path: string) => Promise<unknown>): Promise<readonly string[]> {
  const soql = Object.hasOwn(closedQueries, object) ? closedQueries[object] : undefined;
  if (soql === undefined) return [];
  const answer = objectOf(await optional(read(`/query?q=${encodeURIComponent(soql)}`)));
  return objectsOf(answer.records)
    .map(row => textOf(row.ApiName))
    .filter(Boolean)
    .sort();
}

/** What a user may lack the right to read, and a check can do without. */
async function optional(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
