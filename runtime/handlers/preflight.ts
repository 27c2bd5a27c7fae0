/**
 * C-8: before an item goes to work and once a day, whether both systems let it: the app's permissions in Jira,
 * and what the Run As user may see and change in Salesforce. What is missing needs attention by its name, with
 * where to give it; what has been given since needs none any more.
 */
import type { ObjectMetadata } from '../../compiler/metadata/model.ts';
import type { ItemPlan, MappingPlan, Plan } from '../../compiler/plan/ir.ts';
import { permissionsIn } from '../jira/index.ts';
import { PortError } from '../ports.ts';
import type { AppDeps } from './deps.ts';
import { describedObject, hour, objectNames } from './live-metadata.ts';

export interface Lack {
  readonly item: string;
  /** A permission, an object or a field. */
  readonly what: string;
  readonly cause: string;
  readonly remedy: string;
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
  const stamp = (await store.cached('jira', stampName, day)) as { readonly version?: unknown } | undefined;
  const current = (await store.programVersions())[0]?.version;
  if (current === undefined || stamp?.version === current) return;
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

interface Look {
  described(object: string): Promise<ObjectMetadata | undefined>;
  named(all: 'all'): Promise<readonly ObjectMetadata[]>;
  /** The app's permissions in a project, of those that any item needs. */
  held(projectKey: string): Promise<ReadonlySet<string>>;
}

function once<T>(ask: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return name => {
    const known = asked.get(name) ?? ask(name);
    asked.set(name, known);
    return known;
  };
}

type Missing = Omit<Lack, 'item'>;

// ── Jira ────────────────────────────────────────────────────────────────────────────────────────

const writesJira = ({ owner }: MappingPlan): boolean => owner !== 'jira';
const maps = (item: ItemPlan, field: string): boolean =>
  item.mappings.some(mapping => writesJira(mapping) && mapping.target.id === field);

/** What an item needs in each of its projects, and what for. */
const needs: readonly {
  readonly key: string;
  readonly name: string;
  readonly wanted: (item: ItemPlan) => boolean;
  readonly purpose: string;
}[] = [
  { key: 'BROWSE_PROJECTS', name: 'Browse Projects', wanted: () => true, purpose: 'see its issues' },
  {
    key: 'CREATE_ISSUES',
    name: 'Create Issues',
    wanted: ({ create }) => create.records !== 'off',
    purpose: 'make issues for new records',
  },
  {
    key: 'EDIT_ISSUES',
    name: 'Edit Issues',
    wanted: ({ mappings }) => mappings.some(writesJira),
    purpose: 'write the fields that come from Salesforce',
  },
  {
    key: 'TRANSITION_ISSUES',
    name: 'Transition Issues',
    wanted: ({ status, rules }) => status !== undefined || rules !== undefined,
    purpose: 'move issues to another status',
  },
  {
    key: 'ASSIGN_ISSUES',
    name: 'Assign Issues',
    wanted: item => maps(item, 'assignee'),
    purpose: 'set the assignee',
  },
  {
    key: 'MODIFY_REPORTER',
    name: 'Modify Reporter',
    wanted: item => maps(item, 'reporter'),
    purpose: 'set the reporter',
  },
  {
    key: 'SCHEDULE_ISSUES',
    name: 'Schedule Issues',
    wanted: item => maps(item, 'duedate'),
    purpose: 'set the due date',
  },
  {
    key: 'ADD_COMMENTS',
    name: 'Add Comments',
    wanted: ({ comments, attachments }) => comments.on || attachments,
    purpose: 'write the comments that come from Salesforce',
  },
  {
    key: 'CREATE_ATTACHMENTS',
    name: 'Create Attachments',
    wanted: ({ attachments }) => attachments,
    purpose: 'attach the files that come from Salesforce',
  },
];

async function inJira(look: Look, item: ItemPlan): Promise<readonly Missing[]> {
  const wanted = needs.filter(need => need.wanted(item));
  const found = await Promise.all(
    item.jira.projects.map(async ({ key }) => {
      const held = await look.held(key);
      return wanted
        .filter(need => !held.has(need.key))
        .map(({ name, key: permission, purpose }) => ({
          what: `${key}:${permission}`,
          cause: `the app lacks the permission “${name}” in the project ${key}, which it needs to ${purpose}`,
          remedy: `Give “${name}” to the role “atlassian-addons-project-access” in the permission scheme of ${key}, then try again here.`,
        }));
    }),
  );
  return found.flat();
}

// ── Salesforce ──────────────────────────────────────────────────────────────────────────────────

const give = (what: string): string =>
  `Give ${what} to the Run As user of the connected app, in its profile or a permission set, then try again here.`;

async function inSalesforce(look: Look, item: ItemPlan): Promise<readonly Missing[]> {
  const { object, label, reads } = item.salesforce;
  const described = await look.described(object);
  if (described === undefined || !described.queryable)
    return [
      {
        what: object,
        cause: `the Run As user may not see the object ${label} (${object})`,
        remedy: give(`read access to ${object}`),
      },
    ];
  const missing: Missing[] = [];
  for (const { path, label: name } of reads) {
    const lost = await lostAt(look, described, path);
    if (lost === undefined) continue;
    missing.push({
      what: `${object}.${path.join('.')}`,
      cause: `the Run As user may not see ${lost}, so “${name}” (${path.join('.')}) cannot be read; it may be deleted`,
      remedy: give(`read access to ${lost}`),
    });
  }
  const written = new Map(writtenFields(item).map(field => [field.path.join('.'), field]));
  if (written.size > 0 && !described.updateable)
    missing.push({
      what: `${object}:edit`,
      cause: `the Run As user may not change ${label} records (${object})`,
      remedy: give(`edit access to ${object}`),
    });
  for (const [name, { label: shown }] of written) {
    const field = described.fields?.find(one => one.name === name);
    if (field === undefined || field.updateable) continue;
    missing.push({
      what: `${object}.${name}:edit`,
      cause: `the Run As user may not change the field “${shown}” (${object}.${name})`,
      remedy: give(`edit access to the field ${object}.${name}`),
    });
  }
  return [...missing, ...(await besideFields(look, item))];
}

function writtenFields(item: ItemPlan) {
  const mapped = item.mappings.flatMap(({ owner, source }) =>
    owner === 'salesforce' || source.kind !== 'field' ? [] : [source.field],
  );
  // A rule switches the sync of the status off.
  const { status, rules } = item;
  return status === undefined || rules !== undefined || status.toSalesforce.length === 0
    ? mapped
    : [...mapped, status.field];
}

/** The first step of a path that the describe does not show. */
async function lostAt(
  look: Look,
  object: ObjectMetadata,
  [step, ...rest]: readonly string[],
): Promise<string | undefined> {
  if (rest.length === 0)
    return object.fields?.some(({ name }) => name === step) ? undefined : `the field ${object.name}.${step}`;
  const lookup = object.fields?.find(({ relationship }) => relationship === step);
  if (lookup === undefined) return `the field behind ${object.name}.${step}`;
  const targets = lookup.referenceTo ?? [];
  // Of what may be one of several objects, a query reads the common names only.
  if (targets.length !== 1) return undefined;
  const parent = await look.described(targets[0]!);
  return parent === undefined ? `the object ${targets[0]}` : lostAt(look, parent, rest);
}

/** Comments and files are records of objects of their own. */
async function besideFields(look: Look, item: ItemPlan): Promise<readonly Missing[]> {
  if (item.mode === 'display-only') return [];
  const { object } = item.salesforce;
  const wanted = [
    ...(item.comments.on ? [{ name: object === 'Case' ? 'CaseComment' : 'FeedItem', purpose: 'comments' }] : []),
    ...(item.attachments ? [{ name: 'ContentVersion', purpose: 'files' }] : []),
  ];
  if (wanted.length === 0) return [];
  const names = await look.named('all');
  return wanted.flatMap(({ name, purpose }) => {
    const found = names.find(one => one.name === name);
    if (found?.queryable && found.createable) return [];
    return [
      {
        what: name,
        cause: `the Run As user may not ${found?.queryable ? 'create' : 'see'} ${name}, which ${purpose} are kept in`,
        remedy: give(`access to ${name}`),
      },
    ];
  });
}
