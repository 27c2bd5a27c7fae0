/**
 * C-8: before an item goes to work and once a day, whether both systems let it: the app's permissions in Jira,
 * and what the Run As user may see and change in Salesforce. What is missing needs attention by its name, with
 * where to give it; what has been given since needs none any more.
 */
import type { Plan } from '../../compiler/plan/ir.ts';
import { permissionsIn } from '../jira/index.ts';
import { PortError } from '../ports.ts';
import type { AppDeps } from './deps.ts';
import { describedObject, hour, objectNames } from './live-metadata.ts';
import { inJira, needs } from './preflight/in-jira.ts';
import { inSalesforce } from './preflight/in-salesforce.ts';
import type { Look, Missing } from './preflight/look.ts';

export interface Lack extends Missing {
  readonly item: string;
}

const day = 24 * hour;
const mark = '#access:';

/** Looks, and keeps what was found as attention. */
export async function preflight(deps: AppDeps, plan: Plan, version: number, maxAgeMs = hour): Promise<readonly Lack[]> {
  const { store, clock } = deps;
  const lacks = await lacksOf(deps, plan, maxAgeMs);
  const open = (await store.attention()).filter(({ id }) => id.includes(mark));
  const wanted = new Map(lacks.map(lack => [`${lack.item}${mark}${lack.what}`, lack]));
  for (const { id } of open) if (!wanted.has(id)) await store.dropAttention(id);
  for (const [id, { item, cause, remedy }] of wanted) {
    const known = open.find(one => one.id === id);
    if (known?.cause !== cause)
      await store.saveAttention({ id, item, since: known?.since ?? clock.now(), cause, remedy });
  }
  await store.saveCached('jira', stampName, { version });
  return lacks;
}

const stampName = 'preflight';

/** Once a day, and after a program was saved without it. */
export async function preflightWhenDue(deps: AppDeps): Promise<void> {
  const { store, log } = deps;
  const [stamp, versions] = await Promise.all([store.cached('jira', stampName, day), store.programVersions()]);
  const current = versions[0]?.version;
  if (current === undefined || (stamp as { readonly version?: unknown } | undefined)?.version === current) return;
  const [program, connection] = await Promise.all([store.program(), store.connection()]);
  if (program === undefined || connection === undefined) return;
  try {
    await preflight(deps, program.plan, program.version, 0);
  } catch (problem) {
    if (!(problem instanceof PortError)) throw problem;
    // The next cycle asks again; it has the same trouble, and says so.
    log.warn('permissions were not checked', { system: problem.failure.system, code: problem.failure.code });
  }
}

/** Whether a point of attention is of this kind, so that trying it again means looking again. */
export const isAccess = (id: string): boolean => id.includes(mark);

/** What is missing, by item; looks only, and at each project and object once, however many items there are. */
export async function lacksOf(deps: AppDeps, plan: Plan, maxAgeMs = hour): Promise<readonly Lack[]> {
  const look: Look = {
    described: once(name => describedObject(deps, name, maxAgeMs)),
    named: once(() => objectNames(deps, maxAgeMs)),
    held: once(key =>
      permissionsIn(
        deps.asApp,
        key,
        needs.filter(need => plan.items.some(need.wanted)).map(need => need.key),
      ),
    ),
  };
  const lacks: Lack[] = [];
  for (const item of plan.items) {
    const found = [...(await inJira(look, item)), ...(await inSalesforce(look, item))];
    for (const { what, cause, remedy } of found) lacks.push({ item: item.id, what, cause, remedy });
  }
  return lacks;
}

function once<T>(ask: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return name => {
    const known = asked.get(name) ?? ask(name);
    asked.set(name, known);
    return known;
  };
}
