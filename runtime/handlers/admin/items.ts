/**
 * Items: the table of them, their texts, checking, saving and going back. Whatever a page sends is compiled
 * here again; what does not compile, or was written over somebody else's save, is not saved.
 */
import type { ItemPlan, Plan } from '../../../compiler/plan/ir.ts';
import { type Attention, PortError, type SavedProgram } from '../../ports.ts';
import { createdUnasked, issuesToCreate, previewPlan, previewRecord, withNamesBack } from '../../run/index.ts';
import { boolean, number, object, optional, text } from '../../shape.ts';
import type { Pauses } from '../../storage/index.ts';
import type { AppDeps } from '../deps.ts';
import { type Files, filesShape } from '../files.ts';
import { requireId } from '../panel/record-id.ts';
import { recordsLike } from '../panel/search.ts';
import { itemId, nothing, oneItem } from '../payloads.ts';
import { type Lack, lacksOf, preflight } from '../preflight.ts';
import { changing, type Endpoints, endpoint, problemOf, Refused } from '../reply.ts';
import { withLabels } from './preview-labels.ts';
import { describeItems } from './table.ts';

const files = object({ files: filesShape });
const trying = object({ files: filesShape, itemId, recordId: text(500) });
const looking = object({ files: filesShape, itemId, query: text(500) });
/** `baseVersion`: what the person looked at; absent, whatever is active counts. */
const restoring = object({ itemId, version: number, confirm: optional(boolean), baseVersion: optional(number) });
const deleting = object({ itemId, baseVersion: optional(number) });
const saving = object({ files: filesShape, baseVersion: number, confirm: optional(boolean) });

export const itemEndpoints: Endpoints = {
  'items.list': endpoint(nothing, async ({ deps }) => {
    try {
      return await describeItems(deps, await deps.store.program());
    } catch (problem) {
      // What no version of the app runs any more can still be opened, mended and saved.
      const texts =
        problem instanceof PortError && problem.failure.code === 'UNREADABLE' ? await textsOf(deps) : undefined;
      if (texts === undefined) throw problem;
      const { version, files: all } = texts;
      return { version, files: all, items: [], allPaused: false, unreadable: (problem as PortError).failure.message };
    }
  }),

  /** The whole program: every file, and the version that the next save is based on. */
  'program.get': endpoint(nothing, async ({ deps }) => {
    const program = await deps.store.programTexts();
    if (program === undefined) return { version: 0, files: {} };
    const { version, savedAt, savedBy, files: texts } = program;
    return { version, savedAt, savedBy, files: texts };
  }),

  'items.source': endpoint(oneItem, async ({ deps, payload }) => {
    const program = await active(deps);
    const path = fileOf(program, payload.itemId);
    return { version: program.version, path, text: program.files[path], files: program.files };
  }),

  'items.check': endpoint(files, async ({ deps, payload }) => {
    const { check } = await import('../compile.ts');
    const { diagnostics, plan } = await check(deps, payload.files);
    return { ok: plan !== undefined, diagnostics };
  }),

  /** what these texts would do to links and records, looked at and not done. */
  'items.preview': endpoint(files, async ({ deps, payload }) => {
    if ((await deps.store.connection()) === undefined) throw notConnected();
    const { compile } = await import('../compile.ts');
    const { plan: compiled, diagnostics } = await compile(deps, payload.files);
    if (compiled === undefined) return { ok: false, diagnostics, items: [], removed: [], missing: [] };
    const plan = await withNamesBack(deps.store, compiled);
    const [preview, lacks] = await Promise.all([previewPlan(deps, plan), lacksOf(deps, plan)]);
    const items = await withLabels(deps, plan, preview.items);
    return { ok: true, diagnostics, ...preview, items, missing: lacks.map(shownLack) };
  }),

  /** What one item of these texts would do with one chosen record. */
  'items.try': endpoint(trying, async ({ deps, payload }) => {
    const item = await triedItem(deps, payload);
    if (item.mode === 'display-only')
      throw new Refused('invalid', 'A display-only item writes nothing, so there is nothing to try.');
    const record = await requireId(deps, item, payload.recordId);
    return { recordId: record, entries: await previewRecord(deps, item, record) };
  }),

  /** Records to try it on, as somebody types: of the item's object, also those that it does not cover. */
  'items.records': endpoint(looking, async ({ deps, payload }) =>
    recordsLike(deps, await triedItem(deps, payload), payload.query, 'any'),
  ),

  'items.save': changing(
    saving,
    ({ baseVersion }, { version, changed }: { readonly version: number; readonly changed: readonly string[] }) => ({
      files: changed.join(', ').slice(0, 500),
      baseVersion: String(baseVersion),
      version: String(version),
    }),
    async ({ deps, caller, payload }) => save(deps, { ...payload, by: caller.accountId }),
  ),

  'program.versions': endpoint(nothing, ({ deps }) => deps.store.programVersions()),

  /** The texts of one version, to compare and to take up again. */
  'program.version': endpoint(object({ version: number }), async ({ deps, payload }) => {
    const found = await deps.store.programTexts(payload.version);
    if (found === undefined) throw noVersion(payload.version);
    const { version, savedAt, savedBy, files: texts } = found;
    return { version, savedAt, savedBy, files: texts };
  }),

  'items.versions': endpoint(oneItem, async ({ deps }) => deps.store.programVersions()),

  /** Puts the item's file back as it was; what is in other files now stays there. */
  'items.restore': changing(
    restoring,
    ({ itemId: item, version }) => ({ item, version: String(version) }),
    async ({ deps, caller, payload }) => {
      const [now, old] = await Promise.all([active(deps), deps.store.programVersion(payload.version)]);
      if (old === undefined) throw noVersion(payload.version);
      const path = fileOf(old, payload.itemId);
      const { withItemBack } = await import('../edit.ts');
      const restored = withItemBack(now.files, payload.itemId, path, old.files[path]!);
      const { confirm } = payload;
      return save(deps, {
        files: restored,
        baseVersion: payload.baseVersion ?? now.version,
        by: caller.accountId,
        ...(confirm === undefined ? {} : { confirm }),
      });
    },
  ),

  'items.delete': changing(
    deleting,
    ({ itemId: item }) => ({ item }),
    async ({ deps, caller, payload }) => {
      const now = await active(deps);
      fileOf(now, payload.itemId);
      const { withoutItem } = await import('../edit.ts');
      const left = withoutItem(now.files, payload.itemId);
      const { baseVersion = now.version } = payload;
      return save(deps, { files: left, baseVersion, by: caller.accountId });
    },
  ),
};

/** An item as these texts have it, saved or not. */
async function triedItem(
  deps: AppDeps,
  { files: texts, itemId: wanted }: { readonly files: Files; readonly itemId: string },
): Promise<ItemPlan> {
  if ((await deps.store.connection()) === undefined) throw notConnected();
  const { compile } = await import('../compile.ts');
  const { plan } = await compile(deps, texts);
  const item = plan?.items.find(({ id }) => id === wanted);
  if (item === undefined) throw new Refused('does-not-compile', 'Mend the errors first; then a record can be tried.');
  return item;
}

/** Nothing when these cannot be read either; what is said then is what was wrong first. */
const textsOf = ({ store }: AppDeps) => store.programTexts().catch(() => undefined);

const noVersion = (version: number) =>
  new Refused('gone', `There is no version ${version}, or it is too old to be kept. Choose another one.`);

interface Save {
  readonly files: Files;
  readonly baseVersion: number;
  readonly confirm?: boolean;
  readonly by: string;
}

async function save(deps: AppDeps, { files, baseVersion, by, confirm }: Save) {
  const { store, clock } = deps;
  const current = (await store.programVersions())[0]?.version ?? 0;
  if (current !== baseVersion) throw conflict(current);
  if ((await store.connection()) === undefined) throw notConnected();
  const { compile } = await import('../compile.ts');
  const { plan: compiled, diagnostics } = await compile(deps, files);
  if (compiled === undefined)
    throw new Refused(
      'does-not-compile',
      'The items have errors, so nothing was saved. Mend what the list shows, then save again.',
      { diagnostics },
    );
  const plan = await withNamesBack(store, compiled);
  if (confirm !== true) {
    const issues = await issuesToCreate(deps, plan);
    if (issues > createdUnasked(plan))
      throw new Refused(
        'confirm-required',
        `This may create up to ${issues} issues in Jira. Look at what would be created, and confirm to save it.`,
        { issues },
      );
  }

  const version = current + 1;
  const changed = pathsThatDiffer(files, (await textsOf(deps))?.files ?? {});
  const resting = await renamedResting(deps, plan);
  // Before, so that no cycle in between runs what rests; a save that fails leaves a pause of nothing.
  if (resting.length > 0)
    await changeResting(deps, items => ({
      ...items,
      ...Object.fromEntries(resting.map(([was, id]) => [id, items[was]!])),
    }));
  const saved = await store.saveProgram({ version, savedAt: clock.now(), savedBy: by, files, plan }, current);
  if (!saved) throw conflict((await store.programVersions())[0]?.version ?? 0);
  const before = new Set(resting.map(([was]) => was));
  if (before.size > 0)
    await changeResting(deps, items => Object.fromEntries(Object.entries(items).filter(([id]) => !before.has(id))));
  await forgetTrouble(deps, plan);
  return { version, changed, diagnostics, missing: await missingFor(deps, plan, version) };
}

const pathsThatDiffer = (a: Files, b: Files): readonly string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(path => a[path] !== b[path]).sort();

/** What is open of items that are no more concerns nobody; should one come back, it is looked at as a whole. */
async function forgetTrouble({ store }: AppDeps, plan: Plan): Promise<void> {
  for (const { id } of ofNobody(await store.attention(), plan)) await store.dropAttention(id);
}

/** Trouble of items that the program does not have. */
export function ofNobody(trouble: readonly Attention[], { items }: Plan): readonly Attention[] {
  const kept = new Set(items.flatMap(({ id, was = id }) => [id, was]));
  return trouble.filter(({ item }) => !kept.has(item));
}

/** Items that get another id and rest under the one that they had. */
async function renamedResting(
  { store }: AppDeps,
  plan: Plan,
): Promise<readonly (readonly [was: string, id: string])[]> {
  const { items } = await store.pauses();
  return plan.items.flatMap(({ id, was }) =>
    was !== undefined && was in items && !(id in items) ? [[was, id] as const] : [],
  );
}

async function changeResting({ store }: AppDeps, change: (items: Pauses['items']) => Pauses['items']): Promise<void> {
  await store.changePauses(now => ({ ...now, items: change(now.items) }));
}

const shownLack = ({ item, cause, remedy }: Lack) => ({ itemId: item, cause, remedy });

/** C-8: what keeps the program from its work; it is active all the same, and the list of attention says it too. */
async function missingFor(deps: AppDeps, plan: Plan, version: number) {
  try {
    return (await preflight(deps, plan, version)).map(shownLack);
  } catch (problem) {
    // Saved is saved; the next cycle asks again.
    deps.log.warn('permissions were not checked', { code: problemOf(problem).code });
    return [];
  }
}

const notConnected = () =>
  new Refused('not-connected', 'Connect Salesforce first: an item is checked against the org before it is saved.');

const conflict = (version: number) =>
  new Refused('conflict', 'Somebody else saved meanwhile. Load their version, then save again.', { version });

export async function active({ store }: AppDeps): Promise<SavedProgram> {
  const program = await store.program();
  if (program === undefined) throw new Refused('gone', 'No items are saved yet. Save a program first.');
  return program;
}

function fileOf({ plan, files }: SavedProgram, id: string): string {
  const path = plan.items.find(item => item.id === id)?.origin.file;
  if (path === undefined || files[path] === undefined)
    throw new Refused(
      'gone',
      `There is no item \`${id}\` in this version. Choose another version, or reload the list.`,
    );
  return path;
}
