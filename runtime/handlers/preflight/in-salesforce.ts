/** What the Run As user may see and change of an item's object, its fields, and where comments and files are kept. */
import type { ObjectMetadata } from '../../../compiler/metadata/model.ts';
import type { ItemPlan } from '../../../compiler/plan/ir.ts';
import type { Look, Missing } from './look.ts';

const give = (what: string): string =>
  `Give ${what} to the Run As user of the connected app, in its profile or a permission set, then try again here.`;

export async function inSalesforce(look: Look, item: ItemPlan): Promise<readonly Missing[]> {
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
