/**
 * P-6: what surrounds the linked record, read only: the records that it points to and those that point to
 * it, the most useful relationships first, each with a compact preview. Nothing of it becomes a link or a
 * target. Five questions travel in a call, and when the time is over, what was found by then is the answer.
 */
import { associationOrder, labelText, previewFields, recordLabel } from '../../../compiler/catalogue/index.ts';
import { salesforceText } from '../../../compiler/conversion/index.ts';
import type { FieldMetadata, ObjectMetadata } from '../../../compiler/metadata/model.ts';
import type { Link, QueryAnswer } from '../../ports.ts';
import type { AppDeps } from '../deps.ts';
import { describedObject, objectNames } from '../live-metadata.ts';
import { Refused } from '../reply.ts';

/** Well inside the 25 seconds that Forge gives a resolver, and short enough to wait for. */
const budgetMs = 6_000;
const perGroup = 5;
const perCall = 5;
const mostGroups = 60;

type Row = Readonly<Record<string, unknown>>;

export interface AssociatedGroup {
  /** Not looked at, since the time was over or there are too many; to be asked for by its object. */
  readonly leftOut?: true;
  readonly object: string;
  readonly label: string;
  readonly records: readonly {
    readonly recordId: string;
    readonly label: string;
    readonly url: string;
    readonly preview: readonly { readonly field: string; readonly label: string; readonly value: string }[];
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
  { itemId, object: only }: { readonly itemId: string; readonly object?: string },
  issueId: string,
): Promise<readonly AssociatedGroup[]> {
  const { store, clock, salesforce } = deps;
  const until = clock.now() + budgetMs;
  const [program, links] = await Promise.all([store.program(), store.linksOfIssue(issueId)]);
  const item = program?.plan.items.find(({ id }) => id === itemId);
  if (item === undefined) throw new Refused('gone', 'This item does not exist any more. Reload the page.');
  if (!item.associations) return [];
  const link = links.find(({ value }) => value.item === itemId)?.value;
  if (link === undefined)
    throw new Refused('not-found', 'This issue has no linked record yet. Link one to see what belongs to it.');

  const all = await relationsOf(deps, link);
  const relations = all.filter(({ object }) => only === undefined || object === only);
  const most = only === undefined ? mostGroups : relations.length;
  const baseUrl = await salesforce.instanceUrl();
  const groups: AssociatedGroup[] = [];
  let at = 0;
  for (; at < Math.min(relations.length, most) && clock.now() < until; at += perCall) {
    const some = relations.slice(at, at + perCall);
    const described = await Promise.all(some.map(({ object }) => describedObject(deps, object)));
    const readable = some.flatMap((relation, index) => {
      const object = described[index];
      return object === undefined || !object.queryable ? [] : [{ relation, object }];
    });
    if (readable.length === 0) continue;
    if (clock.now() >= until) break;
    const { answers } = await salesforce.query(
      // What the Run As user may not read is that one group's business.
      readable.map(({ relation, object }) => ({ soql: queryFor(relation, object), optional: true })),
    );
    for (const [index, { relation, object }] of readable.entries()) {
      const records = rowsOf(answers[index]).map(row => shown(row, object, baseUrl));
      if (records.length > 0) groups.push({ object: object.name, label: relation.label, records });
    }
  }
  const left = relations.slice(at).map(({ object, label }) => ({ object, label, records: [], leftOut: true as const }));
  return [...groups, ...left];
}

const rowsOf = (answer: QueryAnswer | undefined): readonly Row[] => answer?.rows ?? [];

/** The record's parents and children, most useful first; history, shares and the like are nobody's context. */
async function relationsOf(deps: AppDeps, link: Link): Promise<readonly Relation[]> {
  const [object, all] = await Promise.all([describedObject(deps, link.object), objectNames(deps)]);
  if (object === undefined)
    throw new Refused(
      'gone',
      `Salesforce does not show the object \`${link.object}\` any more. Check what the Run As user may read.`,
    );
  const useful = new Map(
    all.filter(one => one.queryable && rankOf(one.name, one.custom) !== undefined).map(one => [one.name, one]),
  );
  const parents = await parentsOf(deps, object, link.record, useful);
  const children = (object.children ?? []).flatMap(({ object: child, field, relationship }): Relation[] =>
    useful.has(child) ? [{ object: child, label: wordsOf(relationship), where: `${field} = '${link.record}'` }] : [],
  );
  const rank = ({ object: name }: Relation) => rankOf(name, useful.get(name)?.custom ?? false) ?? Infinity;
  return [...parents, ...children].sort(
    (a, b) => rank(a) - rank(b) || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0),
  );
}

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
  const lookups = (object.fields ?? []).filter(
    ({ type, referenceTo = [] }) => type === 'reference' && referenceTo.some(name => useful.has(name)),
  );
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
  return `SELECT ${columnsOf(object).join(', ')} FROM ${object.name} WHERE ${where} ORDER BY ${newest} LIMIT ${perGroup}`;
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
    return field === undefined ? [] : [{ field: field.name, label: field.label, value: text(name) }];
  });
  return { recordId: id, label: labelText(text(title), text(detail), id), url: `${baseUrl}/${id}`, preview };
}
