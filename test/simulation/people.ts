/**
 * What people do on both sides, through the doors that people use, and a ledger of it: the only memory of what
 * anybody wanted that does not come from the bridge.
 */
import type { World } from '../../sandbox/world.ts';
import { paragraphs } from '../kit/scenario.ts';
import type { Dice } from './dice.ts';
import { type Mapped, meetsRule, type SimProgram } from './program.ts';
import { plain, type RecordFacts, type Relation, type Value } from './relations.ts';

export type Side = 'salesforce' | 'jira';

export interface Edit {
  readonly at: number;
  readonly side: Side;
  /** The record's or the issue's id. */
  readonly thing: string;
  readonly relation: string;
  readonly value: Value;
}
export interface Said {
  readonly token: string;
  readonly side: Side;
  readonly thing: string;
  /** Internal in Jira, unpublished in Salesforce. */
  readonly hidden: boolean;
}
export interface Filed {
  readonly name: string;
  readonly side: Side;
  readonly thing: string;
}
export interface Moved {
  readonly at: number;
  readonly side: Side;
  readonly thing: string;
  readonly to: string;
}

export interface Ledger {
  readonly records: string[];
  readonly edits: Edit[];
  /** What was there already, said once more. */
  readonly restated: Edit[];
  readonly said: Said[];
  readonly filed: Filed[];
  readonly moved: Moved[];
  /** When people saved a record, whatever they changed: its stamp is of the last time. */
  readonly saved: { readonly at: number; readonly thing: string }[];
  /** Records that at some time met the condition that makes issues. */
  readonly wanted: Set<string>;
}

export interface Action {
  readonly kind: ActionKind;
  /** Its number in the story, by which its dice are known. */
  readonly index: number;
  /** Milliseconds after the beginning. */
  readonly at: number;
  /** Of the second of a duel: the number of the first, whose record and field it is about. */
  readonly first?: number;
}

export const actionWeights = {
  'new case': 4,
  'edit case': 7,
  'edit account': 2,
  'edit issue': 7,
  'move issue': 3,
  'move case': 2,
  'comment on issue': 2,
  'comment on case': 2,
  'file on issue': 1,
  'file on case': 1,
  refresh: 1,
  'overlapping cycle': 1,
} as const;
type Kind = keyof typeof actionWeights;
export type ActionKind = Kind | 'first of a duel' | 'second of a duel';

export interface People {
  readonly ledger: Ledger;
  /** Does it, and says so in words; nothing where there is nothing to do it to. */
  act(action: Action): Promise<string | undefined>;
  /** Somebody edits this very thing. */
  touch(side: Side, thing: string, dice: Dice): Promise<string | undefined>;
  accounts(): Promise<void>;
  /** Looks who meets the rule now: for a while, or for good. */
  look(): Promise<void>;
  record(id: string): Promise<RecordFacts | undefined>;
  query<T>(soql: string): Promise<readonly T[]>;
  jira<T>(method: string, path: string, body?: unknown): Promise<T>;
}

const subjects = ['alpha', 'beta', 'gamma'];
const api = '/services/data/v67.0';

export function createPeople(world: World, program: () => SimProgram, dice: Dice): People {
  const admin = world.users.find(({ role }) => role === 'admin')!;
  const agent = world.users.find(({ role }) => role === 'agent')!;
  const ledger: Ledger = {
    records: [],
    edits: [],
    restated: [],
    said: [],
    filed: [],
    moved: [],
    saved: [],
    wanted: new Set(),
  };
  const accountIds: string[] = [];
  let token: string | undefined;

  // ── the doors ─────────────────────────────────────────────────────────────────────────────────

  async function jiraAs<T>(accountId: string, method: string, path: string, body?: unknown): Promise<T> {
    const form = body instanceof FormData;
    const request = new Request(`https://sandbox.atlassian.net/rest/api/3${path}`, {
      method,
      headers: form ? { 'x-atlassian-token': 'no-check' } : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    const response = await world.jira.fetch(request, { kind: 'user', accountId });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async function salesforce<T>(method: string, path: string, body?: unknown, again = true): Promise<T> {
    token ??= await signIn();
    const response = await world.salesforce.fetch(
      new Request(`https://sandbox.my.salesforce.com${api}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    if (response.status === 401 && again) {
      token = undefined;
      return salesforce(method, path, body, false);
    }
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async function signIn(): Promise<string> {
    const { id, secret } = world.client;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
    const url = 'https://sandbox.my.salesforce.com/services/oauth2/token';
    const answer = await world.salesforce.fetch(new Request(url, { method: 'POST', body }));
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  const create = async (object: string, fields: object) =>
    (await salesforce<{ id: string }>('POST', `/sobjects/${object}`, fields)).id;
  const query = async <T>(soql: string) =>
    (await salesforce<{ records: T[] }>('GET', `/query?q=${encodeURIComponent(soql)}`)).records;

  async function record(id: string): Promise<RecordFacts | undefined> {
    const fields = 'CaseNumber, Subject, Description, Priority, Origin, Status, SuppliedName, Resolution_Notes__c';
    const parents = 'Account.Name, Account.Rating, Account.Type';
    return (await query<RecordFacts>(`SELECT ${fields}, ${parents} FROM Case WHERE Id = '${id}'`))[0];
  }

  /** Whoever meets the rule now is wanted from now on. */
  async function wish(ids: readonly string[]): Promise<void> {
    if (program().create !== 'matching') return;
    for (const id of ids) {
      if (ledger.wanted.has(id)) continue;
      const now = await record(id);
      if (now !== undefined && meetsRule(program(), now)) ledger.wanted.add(id);
    }
  }

  const issues = async () =>
    (
      await jiraAs<{ issues: { id: string; key: string }[] }>(admin.accountId, 'POST', '/search/jql', {
        jql: 'project = SUP ORDER BY created ASC',
        fields: ['summary'],
        maxResults: 100,
        reconcileIssues: [],
      })
    ).issues;

  // ── what they do ──────────────────────────────────────────────────────────────────────────────

  async function editCase(id: string, { relation }: Mapped, own: Dice): Promise<string | undefined> {
    if (relation.field === undefined) return undefined;
    const now = await record(id);
    // Nobody edits what is not committed yet.
    if (now === undefined) return undefined;
    const value = own.pick('value', relation.salesforceValues);
    const before = plain(now[relation.field]);
    await saveCase(id, { [relation.field]: value });
    note('salesforce', id, relation, before, value);
    await wish([id]);
    return `sets ${relation.field} of case ${nameOf(id)} to ${JSON.stringify(value)}`;
  }

  async function saveCase(id: string, fields: object): Promise<void> {
    await salesforce('PATCH', `/sobjects/Case/${id}`, fields);
    ledger.saved.push({ at: world.clock.now(), thing: id });
  }

  async function editIssue(id: string, { relation }: Mapped, own: Dice): Promise<string> {
    const value = own.pick('value', relation.jiraValues);
    const { fields } = await jiraAs<{ fields: Record<string, unknown> }>(
      agent.accountId,
      'GET',
      `/issue/${id}?fields=${relation.target}`,
    );
    await jiraAs(agent.accountId, 'PUT', `/issue/${id}`, { fields: { [relation.target]: relation.toRaw(value) } });
    note('jira', id, relation, relation.fromRaw(fields[relation.target] ?? null), value);
    return `sets ${relation.label} of issue ${id} to ${JSON.stringify(value)}`;
  }

  /** Saving what is there already is no edit; in another form, such as two paragraphs for two lines, it may be. */
  function note(side: Side, thing: string, { name }: Relation, before: Value, value: Value): void {
    const edits = before === plain(value) ? ledger.restated : ledger.edits;
    edits.push({ at: world.clock.now(), side, thing, relation: name, value });
  }

  const nameOf = (id: string) => ledger.records.indexOf(id) + 1;

  const kinds: Readonly<
    Record<Kind, (own: Dice, pick: <T>(from: readonly T[]) => T | undefined) => Promise<string | undefined>>
  > = {
    async 'new case'(own) {
      if (ledger.records.length >= 6) return undefined;
      const fields = {
        Subject: own.pick('subject', subjects),
        Origin: own.chance('web', 0.2) ? 'Web' : 'Phone',
        Priority: own.pick('priority', ['High', 'Medium', 'Low']),
        Description: own.pick('description', ['alpha', null]),
        AccountId: own.pick('account', accountIds),
      };
      const id = await create('Case', fields);
      ledger.records.push(id);
      const at = world.clock.now();
      const given: Partial<Record<Relation['name'], Value>> = {
        subject: fields.Subject,
        'shared subject': fields.Subject,
        priority: fields.Priority,
        description: fields.Description,
      };
      for (const [relation, value] of Object.entries(given)) {
        ledger.edits.push({ at, side: 'salesforce', thing: id, relation, value: value as Value });
      }
      await wish([id]);
      return `makes case ${nameOf(id)}: ${fields.Subject}, ${fields.Priority}, ${fields.Origin}`;
    },
    async 'edit case'(own, pick) {
      const id = pick(ledger.records);
      return id && editCase(id, own.pick('mapping', program().mappings), own);
    },
    async 'edit account'(own) {
      const id = own.pick('account', accountIds);
      const fields = own.chance('rename', 0.2)
        ? { Name: own.pick('name', ['Korvex', 'Korvex & Sons']) }
        : { Rating: own.pick('rating', ['Hot', 'Warm', 'Cold']) };
      await salesforce('PATCH', `/sobjects/Account/${id}`, fields);
      await wish(ledger.records);
      return `sets ${JSON.stringify(fields)} on account ${accountIds.indexOf(id) + 1}`;
    },
    async 'edit issue'(own, pick) {
      const issue = pick(await issues());
      return issue && editIssue(issue.id, own.pick('mapping', program().mappings), own);
    },
    async 'move issue'(own, pick) {
      const issue = pick(await issues());
      if (issue === undefined) return undefined;
      const { transitions } = await jiraAs<{ transitions: { id: string; to: { name: string } }[] }>(
        agent.accountId,
        'GET',
        `/issue/${issue.id}/transitions`,
      );
      const { id, to } = own.pick('transition', transitions);
      await jiraAs(agent.accountId, 'POST', `/issue/${issue.id}/transitions`, { transition: { id } });
      ledger.moved.push({ at: world.clock.now(), side: 'jira', thing: issue.id, to: to.name });
      return `moves issue ${issue.key} to ${to.name}`;
    },
    async 'move case'(own, pick) {
      const id = pick(ledger.records);
      if (id === undefined || (await record(id)) === undefined) return undefined;
      const to = own.pick('status', ['New', 'Working', 'Escalated', 'Closed']);
      await saveCase(id, { Status: to });
      ledger.moved.push({ at: world.clock.now(), side: 'salesforce', thing: id, to });
      return `sets the status of case ${nameOf(id)} to ${to}`;
    },
    async 'comment on issue'(own, pick) {
      const issue = pick(await issues());
      if (issue === undefined) return undefined;
      const token = tokenOf(own);
      const hidden = own.chance('internal', 0.3);
      const properties = hidden ? [{ key: 'sd.public.comment', value: { internal: true } }] : undefined;
      await jiraAs(agent.accountId, 'POST', `/issue/${issue.id}/comment`, { body: paragraphs(token), properties });
      ledger.said.push({ token, side: 'jira', thing: issue.id, hidden });
      return `says ${token}${hidden ? ' internally' : ''} on issue ${issue.key}`;
    },
    async 'comment on case'(own, pick) {
      const id = pick(ledger.records);
      if (id === undefined || (await record(id)) === undefined) return undefined;
      const token = tokenOf(own);
      const hidden = own.chance('unpublished', 0.3);
      await create('CaseComment', { ParentId: id, CommentBody: token, IsPublished: !hidden });
      ledger.said.push({ token, side: 'salesforce', thing: id, hidden });
      return `says ${token}${hidden ? ' unpublished' : ''} on case ${nameOf(id)}`;
    },
    async 'file on issue'(own, pick) {
      const issue = pick(await issues());
      if (issue === undefined) return undefined;
      const name = `${tokenOf(own)}.txt`;
      const form = new FormData();
      form.append('file', new Blob([name]), name);
      await jiraAs(agent.accountId, 'POST', `/issue/${issue.id}/attachments`, form);
      ledger.filed.push({ name, side: 'jira', thing: issue.id });
      return `attaches ${name} to issue ${issue.key}`;
    },
    async 'file on case'(own, pick) {
      const id = pick(ledger.records);
      if (id === undefined || (await record(id)) === undefined) return undefined;
      const name = `${tokenOf(own)}.txt`;
      const VersionData = Buffer.from(name).toString('base64');
      await create('ContentVersion', { PathOnClient: name, VersionData, FirstPublishLocationId: id });
      ledger.filed.push({ name, side: 'salesforce', thing: id });
      return `attaches ${name} to case ${nameOf(id)}`;
    },
    async refresh(_, pick) {
      const issue = pick(await issues());
      if (issue === undefined) return undefined;
      await world.invoke({
        module: 'panel',
        function: 'refresh',
        payload: { itemId: 'cases' },
        accountId: agent.accountId,
        issueKey: issue.key,
      });
      return `refreshes issue ${issue.key}`;
    },
    async 'overlapping cycle'() {
      await Promise.all([world.forge.fireSchedule(), world.forge.fireSchedule()]);
      return 'the schedule fires twice';
    },
  };

  /** One of two who edit one field of one record: what it is about is the duel's, the value is the person's own. */
  async function duel(isFirst: boolean, common: Dice, own: Dice): Promise<string | undefined> {
    const { links } = (await world.state()) as { links: readonly { record: string; issueId: string }[] };
    const shared = program().mappings.filter(({ owner }) => owner === 'both');
    const linked = ledger.records.flatMap(id => links.find(({ record }) => record === id) ?? []);
    if (linked.length === 0 || shared.length === 0) return undefined;
    const { record, issueId } = common.pick('which', linked);
    const mapped = common.pick('mapping', shared);
    return common.chance('Jira first', 0.5) === isFirst
      ? editIssue(issueId, mapped, own)
      : editCase(record, mapped, own);
  }

  return {
    ledger,
    record,
    query,
    jira: (method, path, body) => jiraAs(admin.accountId, method, path, body),
    async accounts() {
      for (const [Name, Rating] of [
        ['Korvex', 'Hot'],
        ['Ammerland', 'Cold'],
      ]) {
        accountIds.push(await create('Account', { Name, Rating, Type: 'Customer - Direct' }));
      }
    },
    look: () => wish(ledger.records),
    async act({ kind, index, first = index }) {
      const own = dice.of('action', index);
      if (kind === 'first of a duel' || kind === 'second of a duel') {
        return duel(kind === 'first of a duel', dice.of('action', first), own);
      }
      return kinds[kind](own, from => (from.length === 0 ? undefined : own.pick('which', from)));
    },
    async touch(side, thing, own) {
      const mapped = own.pick('mapping', program().mappings);
      return side === 'jira' ? editIssue(thing, mapped, own) : editCase(thing, mapped, own);
    },
  };
}

/** A word that nobody else says. */
const tokenOf = (own: Dice): string => `said-${Math.floor(own.unit('token') * 2 ** 32).toString(36)}`;
