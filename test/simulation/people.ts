/** People at random: each action of a story drawn by its own dice, and done through `deeds`. */
import type { World } from '../../sandbox/world.ts';
import type { Held } from './admin-deeds.ts';
import { createDeeds, type Deeds } from './deeds.ts';
import type { Dice } from './dice.ts';
import { type Doors, openDoors } from './doors.ts';
import { reviseProgram } from './draw-program.ts';
import { emptyLedger, type Ledger, type Side } from './ledger.ts';
import { type Did, type OfficeKind, officeKinds } from './office.ts';
import { covers, itemAt, itemsOf, type Mapped, mappingsOf, placeOf, type SimProgram } from './program.ts';
import { plain, type RecordFacts, type Relation } from './relations.ts';
import { createRights, type Rights, rights } from './rights.ts';

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
  'new case': 40,
  'edit case': 70,
  'edit account': 20,
  'edit issue': 70,
  'move issue': 30,
  'move case': 20,
  'comment on issue': 25,
  'comment on case': 25,
  'edit a comment': 10,
  'delete a comment': 6,
  'file on issue': 12,
  'file on case': 12,
  'delete the copy of a file': 4,
  refresh: 10,
  'choose in a conflict': 8,
  'put a conflict away': 6,
  'look at the panel': 5,
  'look at what surrounds a record': 5,
  'overlapping cycle': 10,
} as const;
/** What turns a world over: in the profile `upheaval` only. */
export const upheavals = {
  'change the program': 40,
  'let an item rest': 12,
  'let an item go on': 20,
  'take a right away': 30,
  'give the rights back': 30,
  'delete a case': 15,
  'merge two cases': 20,
  'delete an issue': 12,
  'make an issue': 20,
  'link by hand': 35,
  'unlink by hand': 15,
} as const;
type Kind = keyof typeof actionWeights | keyof typeof upheavals | OfficeKind;
export type ActionKind = Kind | 'first of a duel' | 'second of a duel';

export interface People {
  readonly ledger: Ledger;
  readonly deeds: Deeds;
  readonly doors: Doors;
  readonly program: () => SimProgram;
  /** Makes it the active one; false where a fault kept it out. */
  activate(program: SimProgram): Promise<boolean>;
  /** Does it, and says so in words; nothing where there is nothing to do it to. */
  act(action: Action): Promise<string | undefined>;
  /** Somebody edits this very thing. */
  touch(side: Side, thing: string, dice: Dice): Promise<string | undefined>;
  /** Connects the org, starts over where it is another one, and lets all items go on that rest. */
  resumeAll(): Promise<void>;
  /** Whoever put conflicts away edits what is held anew, and has to be asked again; how many edits there were. */
  thinkAgain(): Promise<number>;
  /** Chooses in every conflict that is held; how many there were. */
  chooseAll(): Promise<number>;
  readonly rights: Rights;
}

const subjects = ['alpha', 'beta', 'gamma'];
export function createPeople(world: World, dice: Dice): People {
  const doors = openDoors(world);
  const ledger = emptyLedger();
  const program = () => ledger.programs.at(-1)!.program;
  const deeds = createDeeds(world, doors, ledger, program);
  const held = createRights(world);

  const nameOf = (id: string) => ledger.records.indexOf(id) + 1;
  const { issues } = doors;

  /** Whoever gets no answer looks what is active now. */
  async function activate(next: SimProgram): Promise<boolean> {
    const saved = await world.saveProgram({ 'cases.bridge': next.text });
    if (!saved.ok && saved.diagnostics.length > 0)
      throw new Error(`${JSON.stringify(saved.diagnostics)}\n${next.text}`);
    if (!saved.ok && (await world.program()).files['cases.bridge'] !== next.text) return false;
    ledger.programs.push({ at: world.clock.now(), program: next });
    return true;
  }

  async function editCase(id: string, { relation }: Mapped, own: Dice): Promise<string | undefined> {
    if (relation.field === undefined) return undefined;
    const value = own.pick('value', relation.salesforceValues);
    const did = await deeds.editCase(id, relation, value);
    return did ? `sets ${relation.field} of case ${nameOf(id)} to ${JSON.stringify(value)}` : undefined;
  }
  async function editIssue(id: string, { relation }: Mapped, own: Dice): Promise<string> {
    const value = own.pick('value', relation.jiraValues);
    await deeds.editIssue(id, relation, value);
    return `sets ${relation.label} of issue ${id} to ${JSON.stringify(value)}`;
  }

  async function choose(held: Held, own: Dice): Promise<string | undefined> {
    const keep = own.pick('keep', ['salesforce', 'jira'] as const);
    return (await deeds.choose(held, keep)) ? `chooses ${keep}’s value for case ${nameOf(held.record)}` : undefined;
  }

  const kinds: Readonly<Record<Kind, Did>> = {
    async 'new case'(own) {
      if (ledger.records.length >= 6) return undefined;
      const fields = {
        Subject: own.pick('subject', subjects),
        Origin: own.chance('web', 0.25) ? 'Web' : 'Phone',
        Priority: own.pick('priority', ['High', 'Medium', 'Low']),
        Description: own.pick('description', ['alpha', null]),
        AccountId: own.pick('account', deeds.accountIds),
      };
      const id = await deeds.newCase(fields);
      return `makes case ${nameOf(id)}: ${fields.Subject}, ${fields.Priority}, ${fields.Origin}`;
    },
    async 'edit case'(own, pick) {
      const id = pick(ledger.records);
      return id && editCase(id, own.pick('mapping', mappingsOf(program())), own);
    },
    async 'edit account'(own) {
      const id = own.pick('account', deeds.accountIds);
      const fields = own.chance('rename', 0.2)
        ? { Name: own.pick('name', ['Korvex', 'Korvex & Sons']) }
        : { Rating: own.pick('rating', ['Hot', 'Warm', 'Cold']) };
      await deeds.editAccount(id, fields);
      return `sets ${JSON.stringify(fields)} on account ${deeds.accountIds.indexOf(id) + 1}`;
    },
    async 'edit issue'(own, pick) {
      const issue = pick(await issues());
      return issue && editIssue(issue.id, own.pick('mapping', mappingsOf(program())), own);
    },
    async 'move issue'(own, pick) {
      const issue = pick(await issues());
      if (issue === undefined) return undefined;
      const to = await deeds.moveIssue(issue.id, offered => own.pick('transition', offered));
      return `moves issue ${issue.key} to ${to}`;
    },
    async 'move case'(own, pick) {
      const id = pick(ledger.records);
      if (id === undefined) return undefined;
      const to = own.pick('status', ['New', 'Working', 'Escalated', 'Closed']);
      return (await deeds.moveCase(id, to)) ? `sets the status of case ${nameOf(id)} to ${to}` : undefined;
    },
    async 'comment on issue'(own, pick) {
      const issue = pick(await issues());
      if (issue === undefined) return undefined;
      const [token, hidden] = [tokenOf(own), own.chance('internal', 0.4)];
      await deeds.commentOnIssue(issue.id, token, hidden);
      return `says ${token}${hidden ? ' internally' : ''} on issue ${issue.key}`;
    },
    async 'comment on case'(own, pick) {
      const id = pick(ledger.records);
      const [token, hidden] = [tokenOf(own), own.chance('unpublished', 0.4)];
      if (id === undefined || !(await deeds.commentOnCase(id, token, hidden))) return undefined;
      return `says ${token}${hidden ? ' unpublished' : ''} on case ${nameOf(id)}`;
    },
    async 'edit a comment'(own, pick) {
      const said = pick(
        ledger.said.filter(({ edited, gone, copiesGone }) => !edited && !gone && copiesGone.size === 0),
      );
      const where = own.chance('its copy', 0.3) ? 'copy' : 'original';
      const before = said?.token;
      if (said === undefined || !(await deeds.rephrase(said, tokenOf(own), where))) return undefined;
      return `makes ${before} ${said.token} in the ${where}`;
    },
    async 'delete a comment'(own, pick) {
      const said = pick(ledger.said.filter(({ gone, copiesGone }) => !gone && copiesGone.size === 0));
      const where = own.chance('its copy', 0.7) ? 'copy' : 'original';
      return said && (await deeds.deleteComment(said, where)) ? `deletes the ${where} of ${said.token}` : undefined;
    },
    async 'file on issue'(own, pick) {
      const issue = pick(await issues());
      if (issue === undefined) return undefined;
      const name = `${tokenOf(own)}.txt`;
      await deeds.fileOnIssue(issue.id, name);
      return `attaches ${name} to issue ${issue.key}`;
    },
    async 'file on case'(own, pick) {
      const id = pick(ledger.records);
      const name = `${tokenOf(own)}.txt`;
      return id && (await deeds.fileOnCase(id, name)) ? `attaches ${name} to case ${nameOf(id)}` : undefined;
    },
    async 'delete the copy of a file'(_, pick) {
      const filed = pick(ledger.filed.filter(({ copiesGone }) => copiesGone.size === 0));
      return filed && (await deeds.deleteFileCopy(filed)) ? `deletes the copy of ${filed.name}` : undefined;
    },
    async refresh(_, pick) {
      const issue = pick(await issues());
      if (issue === undefined) return undefined;
      await deeds.refresh(issue.key);
      return `refreshes issue ${issue.key}`;
    },
    async 'choose in a conflict'(own, pick) {
      const held = pick(await deeds.held());
      return held && choose(held, own);
    },
    async 'put a conflict away'(_, pick) {
      const held = pick(await deeds.held());
      return held && (await deeds.putAway(held)) ? `puts away what is held of case ${nameOf(held.record)}` : undefined;
    },
    async 'look at the panel'(own, pick) {
      const issue = pick(await issues());
      const role = own.pick('role', ['agent', 'viewer', 'outsider']);
      return issue && `as ${role} looks at issue ${issue.key}: ${await deeds.lookAtCard(role, issue.key)}`;
    },
    async 'look at what surrounds a record'(own, pick) {
      const issue = pick(await issues());
      const role = own.pick('role', ['agent', 'viewer', 'outsider']);
      return issue && `as ${role} looks around issue ${issue.key}: ${await deeds.lookAround(role, issue.key)}`;
    },
    async 'overlapping cycle'() {
      await Promise.all([world.forge.fireSchedule(), world.forge.fireSchedule()]);
      return 'the schedule fires twice';
    },

    async 'change the program'(own) {
      if (!(await activate(reviseProgram(own, program())))) return 'tries to change the program, in vain';
      return `changes the program:\n${program().text.trimEnd()}`;
    },
    async 'let an item rest'(own) {
      const { id } = own.pick('item', itemsOf(program()));
      return (await deeds.pause(id)) ? `lets ${id} rest` : undefined;
    },
    async 'let an item go on'(_, pick) {
      const id = pick(await deeds.resting());
      return id && (await deeds.resume(id)) ? `lets ${id} go on` : undefined;
    },
    ...officeKinds(deeds, doors, ledger, world.clock),
    async 'take a right away'(own) {
      const right = own.pick('right', rights);
      held.take(right);
      return `takes away ${JSON.stringify(right)}`;
    },
    async 'give the rights back'() {
      return held.giveBack() ? 'gives back all rights' : undefined;
    },
    async 'delete a case'(_, pick) {
      const id = pick(ledger.records);
      return id && (await deeds.deleteCase(id)) ? `deletes case ${nameOf(id)}` : undefined;
    },
    async 'merge two cases'(own) {
      if (ledger.records.length < 2) return undefined;
      const [winner, loser] = [own.pick('winner', ledger.records), own.pick('loser', ledger.records)];
      return (await deeds.mergeCases(winner, loser))
        ? `merges case ${nameOf(loser)} into case ${nameOf(winner)}`
        : undefined;
    },
    async 'delete an issue'(_, pick) {
      const issue = pick(await issues());
      if (issue === undefined) return undefined;
      await deeds.deleteIssue(issue.id);
      return `deletes issue ${issue.key}`;
    },
    async 'make an issue'(own) {
      return `makes issue ${await deeds.newIssue(own.pick('summary', subjects))}`;
    },
    async 'link by hand'(own) {
      if (ledger.records.length === 0) return undefined;
      const id = own.pick('case', ledger.records);
      const place = itemAt(program(), 'across') !== undefined && own.chance('across', 0.4) ? 'across' : undefined;
      // An issue that is linked by two items may be two records' at once, who owns it cannot be said.
      const free = (await issues()).filter(
        ({ id: issue }) => ledger.ownIssues.has(issue) && !deeds.isOther(issue, id, place),
      );
      if (free.length === 0) return undefined;
      const issue = own.pick('issue', free);
      const did = await deeds.link(issue.key, issue.id, id, place);
      return `${did ? 'links' : 'tries to link'} case ${nameOf(id)} to issue ${issue.key}`;
    },
    async 'unlink by hand'(_, pick) {
      const issue = pick((await issues()).filter(({ id }) => ledger.linked.has(id)));
      if (issue === undefined) return undefined;
      return `${(await deeds.unlink(issue.key, issue.id)) ? 'unlinks' : 'tries to unlink'} issue ${issue.key}`;
    },
  };

  /** One of two who edit one field of one record: what it is about is the duel's, the value is the person's own. */
  async function duel(isFirst: boolean, common: Dice, own: Dice): Promise<string | undefined> {
    const { links } = (await world.state()) as { links: readonly { item: string; record: string; issueId: string }[] };
    const linked = ledger.records.flatMap(id => links.filter(({ record }) => record === id));
    if (linked.length === 0) return undefined;
    const { item, record, issueId } = common.pick('which', linked);
    const shared = itemAt(program(), placeOf(item))?.mappings.filter(({ owner }) => owner === 'both') ?? [];
    if (shared.length === 0) return undefined;
    const mapped = common.pick('mapping', shared);
    return common.chance('Jira first', 0.5) === isFirst
      ? editIssue(issueId, mapped, own)
      : editCase(record, mapped, own);
  }

  return {
    ledger,
    deeds,
    doors,
    program,
    activate,
    async act({ kind, index, first = index }) {
      const own = dice.of('action', index);
      try {
        if (kind === 'first of a duel' || kind === 'second of a duel')
          return await duel(kind === 'first of a duel', dice.of('action', first), own);
        return await kinds[kind](own, from => (from.length === 0 ? undefined : own.pick('which', from)));
      } catch (error) {
        // What is read-only for the app is so for those who work as the same user; a list may show what is gone; and
        // what somebody else's open transaction holds cannot be saved.
        if (held.restricted() || /: 404 |UNABLE_TO_LOCK_ROW/.test(String(error))) return undefined;
        throw error;
      }
    },
    async touch(side, thing, own) {
      const mapped = own.pick('mapping', mappingsOf(program()));
      return side === 'jira' ? editIssue(thing, mapped, own) : editCase(thing, mapped, own);
    },
    async resumeAll() {
      await deeds.connect();
      // A cycle that died is waited for as long as one that lives.
      for (let tries = 0; tries < 5 && (await deeds.isElsewhere()); tries++)
        if (!(await deeds.startOver())) world.clock.advance(5 * 60_000);
      for (const id of await deeds.resting()) await deeds.resume(id);
    },
    async thinkAgain() {
      let edits = 0;
      const facts = await doors.records([...ledger.putAway]);
      ledger.putAway.clear();
      for (const [id, record] of facts)
        for (const relation of heldIn(program(), record)) {
          if (relation.field === undefined) continue;
          const own = dice.of('think again', nameOf(id)).of(relation.name);
          const others = relation.salesforceValues.filter(value => plain(value) !== plain(record[relation.field!]));
          if (await deeds.editCase(id, relation, own.pick('value', others))) edits++;
        }
      return edits;
    },
    async chooseAll() {
      const all = await deeds.held();
      for (const one of all) await choose(one, dice.of('at last', nameOf(one.record)));
      return all.length;
    },
    rights: held,
  };
}

/** What the items of a record hold, each once. */
function heldIn(program: SimProgram, record: RecordFacts): ReadonlySet<Relation> {
  const all = itemsOf(program).filter(item => covers(item, record));
  const held = all.flatMap(({ mappings }) => mappings.filter(({ onConflict }) => onConflict === 'hold'));
  return new Set(held.map(({ relation }) => relation));
}

/** A word that nobody else says. */
const tokenOf = (own: Dice): string => `said-${Math.floor(own.unit('token') * 2 ** 32).toString(36)}`;
