/**
 * Forge's rule for apps that keep account ids: once a week they are reported, and those of closed accounts are
 * erased. They stand in the audit list, with the versions of the program, and as values of user fields.
 */
import { privacy } from '@forge/api';
import type { Plan } from '../../compiler/plan/ir.ts';
import type { Link } from '../ports.ts';
import type { AppStore } from '../storage/index.ts';
import type { AppDeps } from './deps.ts';
import { hour } from './live-metadata.ts';
import { problemOf } from './reply.ts';

const week = 7 * 24 * hour;
const stampName = 'people-reported';
/** More than a store ever holds. */
const everything = 1_000_000;
const nobody = 'erased';

export async function reportPeopleWhenDue({ store, clock, log }: AppDeps): Promise<void> {
  if ((await store.cached('jira', stampName, week)) !== undefined) return;
  try {
    const people = await peopleIn(store);
    const updatedAt = new Date(clock.now()).toISOString();
    const answers = await privacy.reportPersonalData(people.map(accountId => ({ accountId, updatedAt })));
    const closed = answers.filter(({ status }) => status === 'closed');
    for (const { accountId } of closed) await erasePerson(store, accountId);
    await store.saveCached('jira', stampName, { people: people.length });
    log.info('people were reported', { people: people.length, closed: closed.length });
  } catch (problem) {
    // The next cycle asks again.
    log.warn('people were not reported', { code: problemOf(problem).code });
  }
}

async function peopleIn(store: AppStore): Promise<readonly string[]> {
  const people = new Set<string>();
  for (const { by } of await store.audit(everything)) people.add(by);
  for (const { savedBy } of await store.programVersions()) people.add(savedBy);
  for await (const { accounts } of linksOfPeople(store)) for (const account of accounts) people.add(account);
  people.delete(nobody);
  return [...people].sort();
}

/** Everything in which the person's account id stands. */
export async function keptOfPerson(store: AppStore, accountId: string): Promise<Readonly<Record<string, unknown>>> {
  const [journal, audit, versions] = await Promise.all([
    store.journal(everything),
    store.audit(everything),
    store.programVersions(),
  ]);
  const links: Link[] = [];
  for await (const { link, accounts } of linksOfPeople(store)) if (accounts.includes(accountId)) links.push(link);
  return {
    audit: audit.filter(({ by }) => by === accountId),
    programVersions: versions.filter(({ savedBy }) => savedBy === accountId),
    journal: journal.filter(entry => isNamed(entry, accountId)),
    links,
  };
}

/** What was done stays, by nobody in particular. What a link agreed on for a field with this person is agreed anew. */
export async function erasePerson(store: AppStore, accountId: string): Promise<Readonly<Record<string, unknown>>> {
  await store.rewriteHistory({
    entry: entry => (isNamed(entry, accountId) ? without(entry, accountId) : entry),
    act: act => (act.by === accountId ? { ...act, by: nobody } : act),
  });
  await store.renameAuthor(accountId, nobody);
  let links = 0;
  for await (const { link, fields, accounts } of linksOfPeople(store)) {
    if (!accounts.includes(accountId)) continue;
    links++;
    await forget(store, link, fields, accountId);
  }
  return { links };
}

async function forget(store: AppStore, key: Link, fields: readonly string[], accountId: string): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const found = [...(await store.links([key])).values()][0];
    if (found === undefined) return;
    const bases = Object.entries(found.value.bases).filter(
      ([field, base]) => !fields.includes(field) || !isNamed(base, accountId),
    );
    if (await store.putLink({ ...found.value, bases: Object.fromEntries(bases) }, found.revision)) return;
  }
}

interface LinkOfPeople {
  readonly link: Link;
  /** Ids of mappings with user fields. */
  readonly fields: readonly string[];
  readonly accounts: readonly string[];
}

/** Read only where the program maps a user field at all. */
async function* linksOfPeople(store: AppStore): AsyncGenerator<LinkOfPeople> {
  const mapped = userMappings((await store.program())?.plan);
  if (mapped.size === 0) return;
  for await (const link of store.allLinks()) {
    const fields = mapped.get(link.item) ?? [];
    const accounts = fields.flatMap(field => [link.bases[field]?.jira].flat());
    const named = accounts.filter(account => typeof account === 'string');
    if (named.length > 0) yield { link, fields, accounts: named };
  }
}

function userMappings(plan: Plan | undefined): ReadonlyMap<string, readonly string[]> {
  const mapped = (plan?.items ?? []).map(({ id, mappings }) => {
    const fields = mappings.filter(({ target }) => target.type === 'user' || target.type === 'users');
    return [id, fields.map(mapping => mapping.id)] as const;
  });
  return new Map(mapped.filter(([, fields]) => fields.length > 0));
}

const isNamed = (value: unknown, accountId: string): boolean =>
  JSON.stringify(value).includes(JSON.stringify(accountId).slice(1, -1));
const without = <T>(value: T, accountId: string): T =>
  JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(accountId).slice(1, -1), nobody)) as T;
