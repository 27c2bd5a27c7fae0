/** What people can do on both sides, each with its entry in the ledger, by random people and by scenes alike. */
import type { World } from '../../sandbox/world.ts';
import { linesOf, paragraphs } from '../kit/scenario.ts';
import { type AdminDeeds, createAdminDeeds, refusals } from './admin-deeds.ts';
import type { Doors } from './doors.ts';
import type { Filed, Ledger, Said, Side } from './ledger.ts';
import { businessOf, covers, itemAt, itemsOf, meetsRule, type Place, placeOf, type SimProgram } from './program.ts';
import { plain, type Relation, type Value } from './relations.ts';

export interface CaseFields {
  readonly Subject: string;
  readonly Origin: string;
  readonly Priority: string;
  readonly Description: string | null;
  readonly AccountId: string;
}

export interface Deeds extends AdminDeeds {
  accounts(): Promise<void>;
  readonly accountIds: readonly string[];
  newCase(fields: CaseFields): Promise<string>;
  /** False where there is nothing to edit: nobody edits what is not committed yet. */
  editCase(id: string, relation: Relation, value: Value): Promise<boolean>;
  editIssue(id: string, relation: Relation, value: Value): Promise<void>;
  editAccount(id: string, fields: object): Promise<void>;
  moveCase(id: string, to: string): Promise<boolean>;
  /** `choose` among what the workflow offers. */
  moveIssue(id: string, choose: (to: readonly string[]) => string): Promise<string>;
  commentOnCase(id: string, token: string, hidden: boolean): Promise<boolean>;
  commentOnIssue(id: string, token: string, hidden: boolean): Promise<void>;
  /** The words where they were first said, or in the copy; false where there is none (yet). */
  rephrase(said: Said, token: string, where: 'original' | 'copy'): Promise<boolean>;
  deleteComment(said: Said, where: 'original' | 'copy'): Promise<boolean>;
  fileOnCase(id: string, name: string): Promise<boolean>;
  fileOnIssue(id: string, name: string): Promise<void>;
  deleteFileCopy(filed: Filed): Promise<boolean>;
  deleteCase(id: string): Promise<boolean>;
  mergeCases(winner: string, loser: string): Promise<boolean>;
  deleteIssue(id: string): Promise<void>;
  newIssue(summary: string): Promise<string>;
  /** From the panel, by the agent; what is refused is refused. The item is the one whose records this one is of, unless named. */
  link(issueKey: string, issueId: string, record: string, place?: Place): Promise<boolean>;
  unlink(issueKey: string, issueId: string): Promise<boolean>;
  /** Whether a person linked this issue by another item. */
  isOther(issueId: string, record: string, place?: Place): boolean;
  refresh(issueKey: string): Promise<void>;
  lookAtCard(role: string, issueKey: string): Promise<boolean>;
  /** At what surrounds the record of an issue: how much of it is shown. */
  lookAround(role: string, issueKey: string): Promise<number>;
  /** Looks who meets the rule now: for a while, or for good. */
  look(): Promise<void>;
}

/** A group of what surrounds a record. */
interface Around {
  readonly records: readonly { readonly recordId: string }[];
}

export function createDeeds(world: World, doors: Doors, ledger: Ledger, program: () => SimProgram): Deeds {
  const { jiraAs, salesforce, create, query, record, records, markerOf } = doors;
  const accountIds: string[] = [];
  const now = () => world.clock.now();

  /** Whoever meets the `where` now was covered, and with the rule wanted, from now on. */
  async function wish(ids: readonly string[]): Promise<void> {
    const items = itemsOf(program()).filter(({ where, create }) => where !== undefined || create === 'matching');
    if (items.length === 0) return;
    for (const [id, facts] of await records(ids)) {
      for (const item of items.filter(one => covers(one, facts))) {
        const business = businessOf(placeOf(item.id), id);
        ledger.covered.add(business);
        if (item.create === 'matching' && meetsRule(item, facts)) ledger.wanted.add(business);
      }
    }
  }

  async function saveCase(id: string, fields: object): Promise<void> {
    await salesforce('PATCH', `/sobjects/Case/${id}`, fields);
    ledger.saved.push({ at: now(), thing: id });
  }

  /** Saving what is there already is no edit; in another form, such as two paragraphs for two lines, it may be. */
  function note(side: Side, thing: string, { name }: Relation, before: Value, value: Value): void {
    const edits = before === plain(value) ? ledger.restated : ledger.edits;
    edits.push({ at: now(), side, thing, relation: name, value });
  }

  const panel = (role: string, name: string, issueKey: string, payload: unknown) =>
    world.invoke({ module: 'panel', function: name, payload, accountId: doors.account(role), issueKey });
  /** Whose business a record is, as its origin says, if nobody else's. */
  const usual = (recordId: string): Place =>
    itemAt(program(), 'beside') !== undefined && ledger.web.has(recordId) ? 'beside' : 'own';
  /** The card that people use: of the item that says that it is linked. */
  const cardOf = async (
    issueKey: string,
  ): Promise<{ readonly itemId: string; readonly record: string | undefined }> => {
    const { links } = (await world.state()) as { links: readonly { item: string; issueKey: string; record: string }[] };
    const all = links.filter(one => one.issueKey === issueKey);
    const link = all.find(({ item }) => placeOf(item) !== 'own') ?? all[0];
    return {
      itemId: link === undefined || placeOf(link.item) === 'own' ? program().id : link.item,
      record: link?.record,
    };
  };
  const onCard = async (name: string, issueKey: string) =>
    panel('agent', name, issueKey, { itemId: (await cardOf(issueKey)).itemId });

  const browses = (role: string, issueKey: string): Promise<boolean> =>
    jiraAs(role, 'GET', `/issue/${issueKey}?fields=summary`).then(
      () => true,
      () => false,
    );
  /** What is shown around a record, and is not its account: cases have nothing else here. All, where nothing may be shown. */
  async function strangersAmong(shown: readonly string[], recordId: string | undefined): Promise<readonly string[]> {
    if (recordId === undefined || shown.length === 0) return shown;
    const [own] = await query<{ AccountId: string }>(`SELECT AccountId FROM Case WHERE Id = '${recordId}'`);
    return shown.filter(id => id !== own?.AccountId);
  }

  const caseComments = (word: string) =>
    query<{ Id: string; CommentBody: string }>('SELECT Id, CommentBody FROM CaseComment LIMIT 2000').then(found =>
      found.filter(({ CommentBody }) => CommentBody.includes(word)),
    );
  async function issueComments(word: string): Promise<readonly { readonly issue: string; readonly id: string }[]> {
    const found: { issue: string; id: string }[] = [];
    for (const { id } of await doors.issues()) {
      const { comments } = await jiraAs<{ comments: { id: string; body: unknown }[] }>(
        'admin',
        'GET',
        `/issue/${id}/comment`,
      );
      for (const one of comments) if (linesOf(one.body).includes(word)) found.push({ issue: id, id: one.id });
    }
    return found;
  }

  /** Where a comment stands: as it was said, or its copy on the other side. */
  async function standing({ side, id, thing, token }: Said, where: 'original' | 'copy') {
    if (where === 'original') return { side, id, issue: thing };
    const there = side === 'jira' ? 'salesforce' : 'jira';
    const copies =
      there === 'jira'
        ? // What is erased takes with it whose copies they were: new words there are no copy's.
          (await issueComments(token)).filter(({ issue }) => !ledger.erased.has(issue))
        : (await caseComments(token)).map(({ Id }) => ({ id: Id, issue: '' }));
    return copies[0] && { side: there, ...copies[0] };
  }

  return {
    ...createAdminDeeds(world, doors, ledger),
    accountIds,
    async accounts() {
      for (const [Name, Rating] of [
        ['Korvex', 'Hot'],
        ['Ammerland', 'Cold'],
      ]) {
        accountIds.push(await create('Account', { Name, Rating, Type: 'Customer - Direct' }));
      }
    },
    look: () => wish(ledger.records),

    async newCase(fields) {
      const id = await create('Case', fields);
      ledger.records.push(id);
      if (fields.Origin === 'Web') ledger.web.add(id);
      const given: Partial<Record<Relation['name'], Value>> = {
        subject: fields.Subject,
        priority: fields.Priority,
        description: fields.Description,
      };
      for (const [relation, value] of Object.entries(given)) {
        ledger.edits.push({ at: now(), side: 'salesforce', thing: id, relation, value: value as Value });
      }
      await wish([id]);
      return id;
    },
    async editCase(id, relation, value) {
      const before = relation.field === undefined ? undefined : await record(id);
      if (before === undefined) return false;
      await saveCase(id, { [relation.field!]: value });
      note('salesforce', id, relation, plain(before[relation.field!]), value);
      await wish([id]);
      return true;
    },
    async editIssue(id, relation, value) {
      const path = `/issue/${id}?fields=${relation.target}`;
      const { fields } = await jiraAs<{ fields: Record<string, unknown> }>('agent', 'GET', path);
      await jiraAs('agent', 'PUT', `/issue/${id}`, { fields: { [relation.target]: relation.toRaw(value) } });
      note('jira', id, relation, relation.fromRaw(fields[relation.target] ?? null), value);
    },
    async editAccount(id, fields) {
      await salesforce('PATCH', `/sobjects/Account/${id}`, fields);
      await wish(ledger.records);
    },
    async moveCase(id, to) {
      if ((await record(id)) === undefined) return false;
      await saveCase(id, { Status: to });
      ledger.moved.push({ at: now(), side: 'salesforce', thing: id, to });
      return true;
    },
    async moveIssue(issue, choose) {
      const { transitions } = await jiraAs<{ transitions: { id: string; to: { name: string } }[] }>(
        'agent',
        'GET',
        `/issue/${issue}/transitions`,
      );
      const to = choose(transitions.map(one => one.to.name));
      const { id } = transitions.find(one => one.to.name === to)!;
      await jiraAs('agent', 'POST', `/issue/${issue}/transitions`, { transition: { id } });
      ledger.moved.push({ at: now(), side: 'jira', thing: issue, to });
      return to;
    },

    async commentOnCase(id, token, hidden) {
      if ((await record(id)) === undefined) return false;
      const comment = await create('CaseComment', { ParentId: id, CommentBody: token, IsPublished: !hidden });
      ledger.said.push({ at: now(), token, id: comment, side: 'salesforce', thing: id, hidden, copiesGone: new Set() });
      return true;
    },
    async commentOnIssue(issue, token, hidden) {
      const properties = hidden ? [{ key: 'sd.public.comment', value: { internal: true } }] : undefined;
      const body = paragraphs(token);
      const { id } = await jiraAs<{ id: string }>('agent', 'POST', `/issue/${issue}/comment`, { body, properties });
      ledger.said.push({ at: now(), token, id, side: 'jira', thing: issue, hidden, copiesGone: new Set() });
    },
    async rephrase(said, token, where) {
      const place = await standing(said, where);
      if (place === undefined) return false;
      if (place.side === 'jira') {
        const path = `/issue/${place.issue}/comment/${place.id}`;
        const { body } = await jiraAs<{ body: unknown }>('admin', 'GET', path);
        await jiraAs('admin', 'PUT', path, { body: JSON.parse(JSON.stringify(body).replaceAll(said.token, token)) });
      } else {
        const [found] = (await caseComments(said.token)).filter(({ Id }) => Id === place.id);
        if (found === undefined) return false;
        const CommentBody = found.CommentBody.replaceAll(said.token, token);
        await salesforce('PATCH', `/sobjects/CaseComment/${place.id}`, { CommentBody });
      }
      Object.assign(said, { token, edited: true, rephrased: where, rephrasedAt: now() });
      return true;
    },
    async deleteComment(said, where) {
      const place = await standing(said, where);
      if (place === undefined) return false;
      if (place.side === 'jira') await jiraAs('admin', 'DELETE', `/issue/${place.issue}/comment/${place.id}`);
      else await salesforce('DELETE', `/sobjects/CaseComment/${place.id}`);
      if (where === 'copy') {
        said.copiesGone.add(place.side === 'jira' ? place.issue : 'record');
        said.copyGoneAt = now();
      } else said.gone = true;
      return true;
    },

    async fileOnCase(id, name) {
      if ((await record(id)) === undefined) return false;
      const VersionData = Buffer.from(name).toString('base64');
      await create('ContentVersion', { PathOnClient: name, VersionData, FirstPublishLocationId: id });
      ledger.filed.push({ at: now(), name, side: 'salesforce', thing: id, copiesGone: new Set() });
      return true;
    },
    async fileOnIssue(issue, name) {
      const form = new FormData();
      form.append('file', new Blob([name]), name);
      await jiraAs('agent', 'POST', `/issue/${issue}/attachments`, form);
      ledger.filed.push({ at: now(), name, side: 'jira', thing: issue, copiesGone: new Set() });
    },
    async deleteFileCopy(filed) {
      if (filed.side === 'salesforce') {
        for (const { id } of await doors.issues()) {
          const { fields } = await jiraAs<{ fields: { attachment: { id: string; filename: string }[] } }>(
            'admin',
            'GET',
            `/issue/${id}?fields=attachment`,
          );
          const copy = fields.attachment.find(({ filename }) => filename === filed.name);
          if (copy === undefined) continue;
          await jiraAs('admin', 'DELETE', `/attachment/${copy.id}`);
          filed.copiesGone.add(id);
          return true;
        }
        return false;
      }
      const [copy] = await query<{ ContentDocumentId: string }>(
        `SELECT ContentDocumentId FROM ContentVersion WHERE PathOnClient = '${filed.name}'`,
      );
      if (copy === undefined) return false;
      await salesforce('DELETE', `/sobjects/ContentDocument/${copy.ContentDocumentId}`);
      filed.copiesGone.add('record');
      return true;
    },

    async deleteCase(id) {
      if ((await record(id)) === undefined) return false;
      await salesforce('DELETE', `/sobjects/Case/${id}`);
      ledger.deleted.add(id);
      return true;
    },
    async mergeCases(winner, loser) {
      if (winner === loser || (await record(winner)) === undefined || (await record(loser)) === undefined) return false;
      try {
        world.salesforce.merge(winner, [loser]);
      } catch {
        // What a transaction that is still open holds cannot be merged.
        return false;
      }
      ledger.saved.push({ at: now(), thing: winner });
      ledger.deleted.add(loser);
      ledger.merged.set(loser, winner);
      return true;
    },
    async deleteIssue(id) {
      const { links } = (await world.state()) as {
        links: readonly { item: string; record: string; issueId: string }[];
      };
      // What was linked just now may not be in the list yet; its marker says so, or who linked it.
      const made = await markerOf(id);
      const meant = ledger.linked.get(id);
      if (meant !== undefined) ledger.unlinked.add(businessOf(meant.place, meant.record));
      if (made !== undefined) ledger.unlinked.add(businessOf(placeOf(made.item), made.record));
      await jiraAs('admin', 'DELETE', `/issue/${id}`);
      ledger.deletedIssues.add(id);
      for (const { item, record, issueId } of links)
        if (issueId === id) ledger.unlinked.add(businessOf(placeOf(item), record));
    },
    async newIssue(summary) {
      const fields = { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary };
      const { id } = await jiraAs<{ id: string }>('agent', 'POST', '/issue', { fields });
      ledger.ownIssues.set(id, summary);
      return id;
    },
    async link(issueKey, issueId, recordId, place = usual(recordId)) {
      const answer = await panel('agent', 'link', issueKey, { itemId: itemAt(program(), place)!.id, recordId });
      // A fault may have come when the link was made already.
      if (!answer.ok && refusals.has(answer.error.code)) return false;
      ledger.tried.add(businessOf(place, recordId));
      if (answer.ok || !ledger.linked.get(issueId)?.sure)
        ledger.linked.set(issueId, { record: recordId, place, at: now(), sure: answer.ok });
      // In doubt it was not linked, and what was taken off or deleted before still counts.
      if (answer.ok) ledger.unlinked.delete(businessOf(place, recordId));
      return true;
    },
    isOther(issueId, recordId, place = usual(recordId)) {
      const link = ledger.linked.get(issueId);
      return link !== undefined && link.place !== place;
    },
    async unlink(issueKey, issueId) {
      // Of two links in doubt the first may be the one that was made.
      const shown = (await cardOf(issueKey)).record;
      const answer = await onCard('unlink', issueKey);
      const link = ledger.linked.get(issueId);
      if (link === undefined || (!answer.ok && refusals.has(answer.error.code))) return false;
      if (answer.ok) ledger.linked.delete(issueId);
      ledger.unlinked.add(businessOf(link.place, shown ?? link.record));
      return answer.ok;
    },
    async refresh(issueKey) {
      await onCard('refresh', issueKey);
    },
    async lookAtCard(role, issueKey) {
      const mayBrowse = await browses(role, issueKey);
      const { ok } = await panel(role, 'cards', issueKey, {});
      ledger.looks.push({ role, issueKey, mayBrowse, shown: ok, strangers: [] });
      return ok;
    },
    async lookAround(role, issueKey) {
      const mayBrowse = await browses(role, issueKey);
      const { itemId, record: linked } = await cardOf(issueKey);
      const answer = await panel(role, 'associations', issueKey, { itemId });
      const groups = answer.ok ? (answer.result as readonly Around[]) : [];
      const shown = groups.flatMap(({ records }) => records.map(one => one.recordId));
      const isOn = itemAt(program(), placeOf(itemId))?.associations === true;
      const own = linked ?? (await markerOf(issueKey))?.record;
      const strangers = await strangersAmong(shown, isOn ? own : undefined);
      ledger.looks.push({ role, issueKey, mayBrowse, shown: answer.ok, strangers });
      return shown.length;
    },
  };
}
