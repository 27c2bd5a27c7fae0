/**
 * P-6: what surrounds the linked record, read only: the records that it points to and those that point to
 * it, the most useful relationships first, each with a compact preview. Nothing of it becomes a link or a
 * target. Five questions travel in a call, and when the time is over, what was found by then is the answer; the
 * rest is named, to be asked for by its objects.
 */
import { associationOrder, labelText, previewFields, recordLabel } from '../../../compiler/catalogue/index.ts';
import { salesforceText } from '../../../compiler/conversion/index.ts';
import type { FieldMetadata, ObjectMetadata } from '../../../compiler/metadata/model.ts';
import type { Clock, Link, QueryAnswer } from '../../ports.ts';
import type { AppDeps } from '../deps.ts';
import { describedObject, objectNames } from '../live-metadata.ts';
import { Refused } from '../reply.ts';

/** Short enough to wait for. */
const budgetMs = 6_000;
/**
 * Forge ends a resolver after 25 seconds. The most useful groups are asked for also when the time to wait for is over,
 * as long as another step like the longest one ends before this.
 */
const latestMs = 24_000;
const perGroup = 5;
const perCall = 5;
const mostGroups = 60;
/** What an object looks like changes rarely, and nobody waits for a describe: however old, it will do. */
const atHand = Number.POSITIVE_INFINITY;
const freshMs = 60_000;

type Row = Readonly<Record<string, unknown>>;

export interface AssociatedGroup {
  /** Not looked at, since the time was over or there are too many; to be asked for by its object. */
  readonly leftOut?: true;
  /** There are more than were read. */
  readonly more?: true;
  readonly object: string;
  readonly label: string;
  readonly records: readonly {
    readonly recordId: string;
    readonly label: string;
    readonly url: string;
    readonly preview: readonly {
      readonly field: string;
      readonly label: string;
      /** Of the field in Salesforce: `date`, `currency`, … */
      readonly type: string;
      readonly value: string;
    }[];
  }[];
}

/** One relationship of the record, by the object at its other end. */
interface Relation {
  readonly object: string;
  readonly label: string;
  /** A condition that the other end meets. */
  readonly where: string;
}

export async function associationsOf(
  deps: AppDeps,
  { itemId, objects: only }: { readonly itemId: string; readonly objects?: readonly string[] },
  issueId: string,
): Promise<readonly AssociatedGroup[]> {
  const { store, salesforce } = deps;
  const time = stopwatch(deps.clock);
  const [program, links] = await Promise.all([store.program(), store.linksOfIssue(issueId)]);
  const item = program?.plan.items.find(({ id }) => id === itemId);
  if (item === undefined) throw new Refused('gone', 'This item does not exist any more. Reload the page.');
  if (!item.associations) return [];
  const link = links.find(({ value }) => value.item === itemId)?.value;
  if (link === undefined)
    throw new Refused('not-found', 'This issue has no linked record yet. Link one to see what belongs to it.');

  const describe = describer(deps);
  const all = await time.step(() => relationsOf(deps, describe, link));
  const relations = all.filter(({ object }) => only === undefined || only.includes(object));
  const most = Math.min(relations.length, mostGroups);
  const baseUrl = await salesforce.instanceUrl();
  const groups: AssociatedGroup[] = [];
  let at = 0;
  const mayGoOn = () => (groups.length > 0 ? time.spent() < budgetMs : time.spent() + time.longest() <= latestMs);
  for (; at < most && mayGoOn(); at += perCall) {
    const some = relations.slice(at, at + perCall);
    const described = await time.step(() => Promise.all(some.map(({ object }) => describe(object))));
    if (!mayGoOn()) break;
    const readable = some.flatMap((relation, index) => {
      const object = described[index];
      return object === undefined || !object.queryable ? [] : [{ relation, object }];
    });
    if (readable.length > 0) groups.push(...(await time.step(() => readGroups(deps, readable, baseUrl))));
  }
  const left = relations.slice(at).map(({ object, label }) => ({ object, label, records: [], leftOut: true as const }));
  // Of what somebody asks for by name, that there is none is the answer too.
  return [...groups.filter(({ records }) => only !== undefined || records.length > 0), ...left];
}

type Describe = (object: string) => Promise<ObjectMetadata | undefined>;

/** Each object once. */
function describer(deps: AppDeps): Describe {
  const asked = new Map<string, Promise<ObjectMetadata | undefined>>();
  return object => {
    const known = asked.get(object) ?? describedObject(deps, object, atHand);
    asked.set(object, known);
    return known;
  };
}

/** How long the whole has taken, and its longest step. */
function stopwatch(clock: Clock) {
  const from = clock.now();
  let longest = 0;
  return {
    spent: () => clock.now() - from,
    longest: () => longest,
    async step<T>(work: () => Promise<T>): Promise<T> {
      const before = clock.now();
      const value = await work();
      longest = Math.max(longest, clock.now() - before);
      return value;
    },
  };
}

interface Readable {
  readonly relation: Relation;
  readonly object: ObjectMetadata;
}

async function readGroups(
  deps: AppDeps,
  readable: readonly Readable[],
  baseUrl: string,
): Promise<readonly AssociatedGroup[]> {
  const ask = async (some: readonly Readable[]) =>
    some.length === 0
      ? []
      : (
          await deps.salesforce.query(
            // What the Run As user may not read is that one group's business.
            some.map(({ relation, object }) => ({ soql: queryFor(relation, object), optional: true })),
          )
        ).answers;
  const answers = [...(await ask(readable))];
  // A describe is used however old it is; one that the org has left behind is read anew.
  const refused = [...readable.keys()].filter(at => answers[at]?.failure !== undefined);
  const renewed = await Promise.all(refused.map(at => describedObject(deps, readable[at]!.object.name, freshMs)));
  const again = refused.flatMap((at, index) => {
    const object = renewed[index];
    const { relation, object: old } = readable[at]!;
    return object === undefined || !object.queryable || queryFor(relation, object) === queryFor(relation, old)
      ? []
      : [{ at, relation, object }];
  });
  for (const [index, answer] of (await ask(again)).entries()) answers[again[index]!.at] = answer;
  return readable.map(({ relation, object }, index) => {
    const rows = answers[index]?.rows ?? [];
    return {
      object: object.name,
      label: relation.label,
      records: rows.slice(0, perGroup).map(row => shown(row, object, baseUrl)),
      ...(rows.length > perGroup && { more: true as const }),
    };
  });
}

const rowsOf = (answer: QueryAnswer | undefined): readonly Row[] => answer?.rows ?? [];

/** The record's parents and children, most useful first; history, shares and the like are nobody's context. */
async function relationsOf(deps: AppDeps, describe: Describe, link: Link): Promise<readonly Relation[]> {
  const [object, all] = await Promise.all([describe(link.object), objectNames(deps, atHand)]);
  if (object === undefined)
    throw new Refused(
      'gone',
      `Salesforce does not show the object \`${link.object}\` any more. Check what the Run As user may read.`,
    );
  const useful = new Map(
    all.filter(one => one.queryable && rankOf(one.name, one.custom) !== undefined).map(one => [one.name, one]),
  );
  const rank = (name: string) => rankOf(name, useful.get(name)?.custom ?? false) ?? Infinity;
  const children = (object.children ?? []).flatMap(({ object: child, field, relationship }): Relation[] =>
    useful.has(child) ? [{ object: child, label: wordsOf(relationship), where: `${field} = '${link.record}'` }] : [],
  );
  // Where nothing is known of them yet, the first ones are described while the lookups are read.
  const around = new Set([
    ...lookupsOf(object).flatMap(({ referenceTo = [] }) => referenceTo),
    ...children.map(child => child.object),
  ]);
  const first = [...around]
    .filter(name => useful.has(name))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, perCall);
  const [parents] = await Promise.all([parentsOf(deps, object, link.record, useful), Promise.all(first.map(describe))]);
  return [...parents, ...children].sort((a, b) => rank(a.object) - rank(b.object) || byLabel.compare(a.label, b.label));
}

const lookupsOf = ({ fields = [] }: ObjectMetadata): readonly FieldMetadata[] =>
  fields.filter(({ type }) => type === 'reference');

/** As people count: `Contact 2` before `Contact 10`. */
const byLabel = new Intl.Collator('en', { numeric: true });

/** Standard objects in the catalogue's order, custom ones after them; nothing for the rest. */
function rankOf(name: string, custom: boolean): number | undefined {
  const at = associationOrder.indexOf(name);
  if (at >= 0) return at;
  return custom && name.endsWith('__c') ? associationOrder.length : undefined;
}

/** Where the record's own lookups lead. */
async function parentsOf(
  deps: AppDeps,
  object: ObjectMetadata,
  record: string,
  useful: ReadonlyMap<string, ObjectMetadata>,
): Promise<readonly Relation[]> {
  const lookups = lookupsOf(object).filter(({ referenceTo = [] }) => referenceTo.some(name => useful.has(name)));
  if (lookups.length === 0) return [];
  const columns = lookups.map(({ name }) => name).join(', ');
  const { answers } = await deps.salesforce.query([
    { soql: `SELECT Id, ${columns} FROM ${object.name} WHERE Id = '${record}'`, optional: true },
  ]);
  const [row] = rowsOf(answers[0]);
  return lookups.flatMap((field): Relation[] => {
    const id = row?.[field.name];
    if (typeof id !== 'string' || !/^[A-Za-z0-9]{18}$/.test(id)) return [];
    const target = (field.referenceTo ?? []).find(name => useful.get(name)?.keyPrefix === id.slice(0, 3));
    return target === undefined ? [] : [{ object: target, label: labelOf(field), where: `Id = '${id}'` }];
  });
}

/** `Account ID` is the account. */
const labelOf = ({ label }: FieldMetadata): string => label.replace(/\s+ID$/i, '');

/** `CaseComments` and `Site_Visits__r`, as people read them. */
const wordsOf = (relationship: string): string =>
  relationship
    .replace(/__r$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2');

// ── one group ───────────────────────────────────────────────────────────────────────────────────

/** Only what the describe shows is asked for: a field that the Run As user may not see would cost the whole group. */
const columnsOf = (object: ObjectMetadata): readonly string[] => {
  const { title, detail } = recordLabel(object);
  const seen = new Set(object.fields?.map(({ name }) => name));
  const wanted = [title, ...(detail === undefined ? [] : [detail]), ...previewFields(object)];
  return [...new Set(['Id', ...wanted.filter(name => seen.has(name))])];
};

function queryFor({ where }: Relation, object: ObjectMetadata): string {
  const newest = object.fields?.some(({ name }) => name === 'LastModifiedDate') ? 'LastModifiedDate DESC, Id' : 'Id';
  return `SELECT ${columnsOf(object).join(', ')} FROM ${object.name} WHERE ${where} ORDER BY ${newest} LIMIT ${perGroup + 1}`;
}

function shown(row: Row, object: ObjectMetadata, baseUrl: string): AssociatedGroup['records'][number] {
  const id = String(row.Id);
  const text = (name: string | undefined) => {
    const field = object.fields?.find(one => one.name === name);
    return field === undefined ? '' : salesforceText(field.type, row[field.name] ?? null);
  };
  const { title, detail } = recordLabel(object);
  const preview = previewFields(object).flatMap(name => {
    const field = object.fields?.find(one => one.name === name);
    return field === undefined ? [] : [{ field: field.name, label: field.label, type: field.type, value: text(name) }];
  });
  return { recordId: id, label: labelText(text(title), text(detail), id), url: `${baseUrl}/${id}`, preview };
}
