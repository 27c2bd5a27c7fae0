/**
 * The Salesforce of a snapshot: its objects, fields, picklists and relationships as the user's own org has
 * them, for the stand-in to run. What every org has beside (users, comments, feeds, files) comes from the
 * stand-in's own catalogue, and so does what a snapshot does not say of a standard field.
 */
import { buildCatalogue, type Catalogue, demoCatalogue } from '../../../sandbox/salesforce/catalogue/index.ts';
import type {
  FieldDefinition,
  ObjectDefinition,
  PicklistEntry,
} from '../../../sandbox/salesforce/catalogue/notation.ts';
import type { FieldMetadata, ObjectMetadata, SalesforceMetadata } from '../../metadata/model.ts';

export function orgOf({ objects }: SalesforceMetadata): Catalogue {
  const described = objects.filter(object => object.fields !== undefined);
  const names = new Set(described.map(({ name }) => name));
  const kids = new Map(
    described.flatMap(({ children = [] }) =>
      children.map(({ object, field, relationship }) => [`${object}.${field}`, relationship] as const),
    ),
  );
  const own = described.map(object => objectOf(object, kids));
  const common = demoCatalogue.objects.filter(object => !object.custom && !names.has(object.name));
  return buildCatalogue([...own, ...common]);
}

function objectOf(object: ObjectMetadata, kids: ReadonlyMap<string, string>): ObjectDefinition {
  const known = demoCatalogue.object(object.name);
  const { name, label, keyPrefix, custom, fields = [] } = object;
  const traits = new Set(known?.traits ?? ['business', ...(object.searchable ? ['search'] : [])]);
  if (object.feedEnabled) traits.add('feed');
  const taken = new Set(fields.map(field => field.name));
  // A snapshot may stem from somebody who does not see what the platform itself relies on.
  const platform = (known ?? demoCatalogue.object('Site_Visit__c'))!.fields.filter(
    field => platformFields.has(field.name) && !taken.has(field.name),
  );
  return {
    name,
    label,
    labelPlural: known?.labelPlural ?? `${label}s`,
    keyPrefix: known?.keyPrefix ?? keyPrefix,
    custom,
    traits,
    fields: [
      ...fields.map(field => fieldOf(field, known?.field(field.name), kids.get(`${name}.${field.name}`))),
      ...platform,
    ],
  };
}

const platformFields: ReadonlySet<string> = new Set([
  'Id',
  'IsDeleted',
  'MasterRecordId',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
]);

const longTexts: ReadonlySet<string> = new Set(['textarea', 'rich-textarea', 'base64', 'address', 'location']);

function fieldOf(field: FieldMetadata, known: FieldDefinition | undefined, kids: string | undefined): FieldDefinition {
  const numeric = ['double', 'currency', 'percent'].includes(field.type);
  const rich = field.type === 'rich-textarea';
  const kept = field.values?.some(value => value.default !== undefined) ?? false;
  const values = (field.values ?? []).map((value): PicklistEntry => {
    const same = known?.values.find(one => one.value === value.value);
    // A snapshot from before they were kept says nothing of defaults.
    return { ...value, default: value.default ?? (kept ? false : (same?.default ?? false)) };
  });
  return {
    name: field.name,
    label: field.label,
    type: rich ? 'textarea' : field.type === 'anytype' ? 'string' : field.type,
    length: field.length ?? known?.length ?? 0,
    precision: known?.precision ?? (numeric ? 18 : 0),
    scale: known?.scale ?? (numeric ? 4 : 0),
    createable: field.createable,
    updateable: field.updateable,
    nillable: field.nillable,
    defaultedOnCreate: field.defaultedOnCreate,
    defaultValue: defaultOf(field, known, values),
    permissionable: known?.permissionable ?? field.name.endsWith('__c'),
    filterable: field.filterable,
    sortable: known?.sortable ?? !longTexts.has(field.type),
    groupable: known?.groupable ?? !(longTexts.has(field.type) || numeric),
    aggregatable: known?.aggregatable ?? !longTexts.has(field.type),
    idLookup: known?.idLookup ?? (field.type === 'id' || field.externalId),
    externalId: field.externalId,
    unique: field.unique,
    caseSensitive: known?.caseSensitive ?? false,
    nameField: field.nameField,
    autoNumber: known?.autoNumber ?? false,
    restrictedPicklist: field.restricted ?? false,
    searchPrefilterable: known?.searchPrefilterable ?? false,
    richText: rich,
    encrypted: known?.encrypted ?? field.type === 'encryptedstring',
    calculated: field.calculated,
    // The snapshot does not hold formulas: a test gives such a field its value.
    formula: null,
    compound: known?.compound ?? null,
    extraTypeInfo: rich ? 'richtextarea' : field.type === 'textarea' ? 'plaintextarea' : null,
    // Which values go together is not in a snapshot either.
    controller: null,
    referenceTo: field.referenceTo ?? [],
    relationship: field.relationship ?? null,
    children: kids ?? known?.children ?? null,
    onParentDelete: known?.onParentDelete ?? 'clear',
    masterDetail: known?.masterDetail ?? false,
    custom: field.name.endsWith('__c'),
    values,
  };
}

/** The org's own default, where the catalogue knows it and the org still has it; a status always has one. */
function defaultOf(
  field: FieldMetadata,
  known: FieldDefinition | undefined,
  values: readonly PicklistEntry[],
): string | boolean | null {
  if (field.type === 'boolean') return known?.defaultValue === true;
  if (values.length === 0) return null;
  const chosen = values.find(value => value.active && value.default)?.value;
  if (chosen !== undefined) return chosen;
  const statusLike = values.some(value => value.closed !== undefined) || /^(Status|StageName)$/.test(field.name);
  return statusLike ? (values.find(value => value.active)?.value ?? null) : null;
}
