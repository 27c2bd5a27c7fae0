/**
 * Circumstances that last, unlike faults, which strike once: searches and queries that lag behind, smaller allowances,
 * permissions and fields that somebody took away. A list replaces the one before it; `{}` is as after the start.
 */
import { durationMs } from './duration.ts';
import type { ForgeHost } from './forge/host.ts';
import { defaultLimits, documentedIssueWrites, type JiraStandIn } from './jira/index.ts';
import { permissions } from './jira/permissions.ts';
import type { OrgConditions, SalesforceStandIn } from './salesforce/index.ts';

export interface Conditions {
  /** What is wrong with the list, in a sentence; nothing where it holds from now on. */
  put(value: unknown): string | undefined;
  /** As it was put. */
  get(): unknown;
}

type Fields = Readonly<Record<string, unknown>>;

interface Key {
  readonly takes: string;
  fits(value: unknown): boolean;
}
const duration: Key = { takes: 'a duration such as "30s"', fits: value => durationMs(value) !== undefined };
const count: Key = { takes: 'a whole number', fits: value => Number.isInteger(value) && (value as number) >= 0 };
const flag: Key = { takes: 'true or false', fits: value => typeof value === 'boolean' };
const text: Key = { takes: 'a text', fits: value => typeof value === 'string' && value !== '' };
const list = (of: string, fits: (item: unknown) => boolean): Key => ({
  takes: `a list of ${of}`,
  fits: value => Array.isArray(value) && value.every(fits),
});
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const shaped = (needed: Readonly<Record<string, Key>>, more: Readonly<Record<string, Key>> = {}) => {
  const keys = Object.keys(needed);
  return {
    words: `{${[...keys, ...Object.keys(more).map(key => `${key}?`)].join(', ')}}`,
    fits: (item: unknown): boolean =>
      isFields(item) &&
      keys.every(key => key in item) &&
      Object.entries(item).every(([key, value]) => (needed[key] ?? more[key])?.fits(value) === true),
  };
};

const permission = shaped({ role: text, permission: text, allowed: flag }, { project: text });
const recordType = shaped(
  { object: text, name: text },
  {
    default: flag,
    values: { takes: '', fits: value => isFields(value) && Object.values(value).every(list('texts', text.fits).fits) },
  },
);
const unshared = shaped({ object: text, when: text });
const rule = shaped({ object: text, when: text, message: text }, { field: text });

/** Every circumstance there is. */
const known: Readonly<Record<string, Readonly<Record<string, Key>>>> = {
  jira: {
    searchDelay: duration,
    hourlyPoints: count,
    issueWrites: flag,
    burst: flag,
    htmlRefusals: flag,
    permissions: list(permission.words, permission.fits),
  },
  salesforce: {
    hidden: list('"Object.Field"', text.fits),
    readOnly: list('"Object.Field"', text.fits),
    recordTypes: list(recordType.words, recordType.fits),
    rules: list(rule.words, rule.fits),
    unshared: list(unshared.words, unshared.fits),
    dailyCalls: count,
  },
  forge: { eventDelay: duration, queryDelay: duration, rates: flag, licensed: flag },
};

/** `jira.searchDelay` and its like. */
export const conditionNames = Object.entries(known).flatMap(([system, keys]) =>
  Object.keys(keys).map(name => `${system}.${name}`),
);

function problemOf(value: unknown): string | undefined {
  if (!isFields(value)) return 'Send an object with "jira", "salesforce" and "forge", each optional.';
  for (const [system, given] of Object.entries(value)) {
    const keys = known[system];
    if (!keys) return `"${system}" is none of ${Object.keys(known).join(', ')}.`;
    if (!isFields(given)) return `"${system}" is an object with ${Object.keys(keys).join(', ')}, each optional.`;
    for (const [name, wanted] of Object.entries(given)) {
      const key = keys[name];
      if (!key) return `"${system}" has no condition "${name}"; it has ${Object.keys(keys).join(', ')}.`;
      if (!key.fits(wanted)) return `"${system}.${name}" takes ${key.takes}.`;
    }
  }
  return undefined;
}

interface PermissionGiven {
  readonly role: string;
  readonly permission: string;
  readonly allowed: boolean;
  readonly project?: string;
}

const permissionsOf = (wanted: Readonly<Record<string, Fields>>) =>
  (wanted.jira?.permissions ?? []) as readonly PermissionGiven[];

export function createConditions(sides: {
  readonly jira: JiraStandIn;
  readonly salesforce: SalesforceStandIn;
  readonly forge: ForgeHost;
  /** Whether rates of the platform hold unless a condition says so. */
  readonly rates: boolean;
}): Conditions {
  const { jira, salesforce, forge } = sides;
  let current: unknown = {};

  const accountOf = (role: string): string | undefined =>
    role === 'app' ? jira.appAccountId : jira.users.find(user => user.role === role)?.accountId;

  function setJira(given: Fields): void {
    jira.setSearchDelay(durationMs(given.searchDelay) ?? 0);
    jira.setLimits({
      ...defaultLimits,
      ...(typeof given.hourlyPoints === 'number' ? { hourlyPoints: given.hourlyPoints } : {}),
      ...(given.issueWrites === true ? { issueWrites: documentedIssueWrites } : {}),
      burst: given.burst === true,
      htmlBody: given.htmlRefusals === true,
    });
    jira.clearPermissions();
    for (const { role, permission: key, allowed, project } of (given.permissions ?? []) as readonly PermissionGiven[])
      jira.setPermission(accountOf(role)!, key, allowed, project);
  }

  return {
    get: () => current,
    put(value) {
      const wrong = problemOf(value);
      if (wrong !== undefined) return wrong;
      const wanted = value as Readonly<Record<string, Fields>>;
      const roles = permissionsOf(wanted).map(each => each.role);
      const unknown = permissionsOf(wanted).find(each => !permissions.some(one => one.key === each.permission));
      if (unknown) return `Jira has no permission "${unknown.permission}".`;
      const stranger = roles.find(role => accountOf(role) === undefined);
      if (stranger !== undefined)
        return `There is no "${stranger}"; roles are ${[...jira.users.map(user => user.role), 'app'].join(', ')}.`;
      try {
        salesforce.setUp((wanted.salesforce ?? {}) as OrgConditions);
      } catch (error) {
        return (error as Error).message;
      }
      setJira(wanted.jira ?? {});
      forge.setEventDelay(durationMs(wanted.forge?.eventDelay) ?? 0);
      forge.kvs.setQueryDelay(durationMs(wanted.forge?.queryDelay) ?? 0);
      forge.setLicence(wanted.forge?.licensed as boolean | undefined);
      forge.holdRates((wanted.forge?.rates as boolean | undefined) ?? sides.rates);
      current = value;
      return undefined;
    },
  };
}
