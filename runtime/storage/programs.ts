/**
 * Saved programs. One small row lists the versions, newest first, and changes by compare-and-set; each
 * version's texts and plan stand beside it under a name of their own, written before the row names it,
 * so two people who save at once cannot mix their files.
 */
import { OlderPlan } from '../../compiler/plan/encode.ts';
import type { Plan } from '../../compiler/plan/ir.ts';
import type { SavedProgram, Store } from '../ports.ts';
import { entities, keys } from './keys.ts';
import type { Large } from './large.ts';
import type { Kvs } from './platform.ts';
import type { Reads } from './reads.ts';
import { changeRow, type Row } from './rows.ts';
import { storedProgram, storedProgramHead } from './shapes.ts';
import { unreadable } from './stored.ts';

/** The plan's own text form, which knows its version. */
export interface PlanCodec {
  encode(plan: Plan): string;
  /** Throws `OlderPlan` for one that only an older engine runs. */
  decode(text: string): Plan;
  /** The plan of these texts, compiled anew; nothing when they do not compile. */
  renew(files: SavedProgram['files']): Promise<Plan | undefined>;
}

/** Older ones go, so that the row and the storage stay bounded. */
export const keptVersions = 200;

export interface Authors {
  /** Versions that this person saved name somebody else from now on. */
  renameAuthor(accountId: string, to: string): Promise<void>;
}

export interface Texts {
  /** What a program says, also when no plan of it can be run: the active one, or an older one. */
  programTexts(version?: number): Promise<Omit<SavedProgram, 'plan'> | undefined>;
}

type Programs = Pick<Store, 'program' | 'saveProgram' | 'programVersions' | 'programVersion'> & Authors & Texts;

/**
 * Every run reads the whole program, by far the largest of what it reads, and mostly the one that the run before it in
 * this process did: the very same text is not checked again. A program is never changed in place.
 */
const lastRead = new WeakMap<PlanCodec['decode'], { readonly json: string; readonly program: SavedProgram }>();

function decoded(json: string) {
  const found = storedProgram.decode(JSON.parse(json));
  if (found === undefined) throw unreadable('program', 'its content is missing');
  return found;
}

export function createPrograms(kvs: Kvs, reads: Reads, large: Large, codec: PlanCodec, newId: () => string): Programs {
  const versions = async () => {
    const row = await reads.row<Row>(entities.page, keys.programHead());
    return storedProgramHead.decode(row?.body) ?? [];
  };
  const jsonOf = async (content: string) => {
    const json = await large.text(keys.program(content));
    if (json === undefined) throw unreadable('program', 'its content is missing');
    return json;
  };
  const textOf = async (content: string) => decoded(await jsonOf(content));
  const load = async (content: string): Promise<SavedProgram> => {
    const json = await jsonOf(content);
    const last = lastRead.get(codec.decode);
    if (last?.json === json) return last.program;
    const found = decoded(json);
    try {
      const program = { ...found, plan: codec.decode(found.plan) };
      lastRead.set(codec.decode, { json, program });
      return program;
    } catch (problem) {
      if (problem instanceof OlderPlan) return renewed(content, found);
      throw unreadable('plan', problem instanceof Error ? problem.message : 'it is damaged');
    }
  };
  /** After an upgrade of the app: the same texts, by the compiler of now. */
  const renewed = async (content: string, found: Awaited<ReturnType<typeof textOf>>): Promise<SavedProgram> => {
    const plan = await codec.renew(found.files);
    if (plan === undefined)
      throw unreadable(
        'plan',
        'an older version of the app made it, and its program does not compile as it is. Open the program on the admin page, mend what it shows, and save it',
      );
    await large.set(keys.program(content), storedProgram.encode({ ...found, plan: codec.encode(plan) }), newId());
    return { ...found, plan };
  };

  return {
    async program() {
      const active = (await versions())[0];
      return active === undefined ? undefined : load(active.content);
    },

    async saveProgram(program, base) {
      const content = newId();
      const text = storedProgram.encode({ ...program, plan: codec.encode(program.plan) });
      await large.set(keys.program(content), text, content);
      const { version, savedAt, savedBy } = program;
      let dropped: readonly { readonly content: string }[] = [];
      const head = await changeRow(kvs, keys.programHead(), storedProgramHead, (list = []) => {
        if ((list[0]?.version ?? 0) !== base) return undefined;
        dropped = list.slice(keptVersions - 1);
        return [{ version, savedAt, savedBy, content }, ...list.slice(0, keptVersions - 1)];
      });
      const saved = head?.[0]?.content === content;
      for (const old of saved ? dropped : [{ content }]) await large.delete(keys.program(old.content));
      return saved;
    },

    async renameAuthor(accountId, to) {
      const theirs = (await versions()).filter(({ savedBy }) => savedBy === accountId);
      for (const { content } of theirs) {
        const found = storedProgram.decode(await large.get(keys.program(content)));
        if (found !== undefined)
          await large.set(keys.program(content), storedProgram.encode({ ...found, savedBy: to }), newId());
      }
      if (theirs.length === 0) return;
      await changeRow(kvs, keys.programHead(), storedProgramHead, (list = []) =>
        list.map(one => (one.savedBy === accountId ? { ...one, savedBy: to } : one)),
      );
    },

    async programVersions() {
      return (await versions()).map(({ version, savedAt, savedBy }) => ({ version, savedAt, savedBy }));
    },
    async programVersion(version) {
      const found = (await versions()).find(one => one.version === version);
      return found === undefined ? undefined : load(found.content);
    },
    async programTexts(version) {
      const all = await versions();
      const found = version === undefined ? all[0] : all.find(one => one.version === version);
      if (found === undefined) return undefined;
      const { plan: _, ...texts } = await textOf(found.content);
      return texts;
    },
  };
}
