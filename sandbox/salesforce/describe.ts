/**
 * Whole describe answers out of the compact catalogue: 57 keys a field, in the order in which Salesforce answers them.
 * Facts that follow from a type (SOAP type, digits, byte length) live here, everything else in the catalogue.
 */
import type { Catalogue, CatalogueObject, FieldDefinition, PicklistEntry } from './catalogue/index.ts';
import { developerName } from './catalogue/view.ts';
import type { RecordType } from './record-types.ts';

type Json = Readonly<Record<string, unknown>>;

const soapTypes: Readonly<Record<string, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  address: 'urn:address',
  location: 'urn:location',
  base64: 'xsd:base64Binary',
};

/** What an object of a trait can do; all others are false. */
const abilities: Readonly<Record<string, string>> = {
  business:
    'createable updateable deletable undeletable queryable replicateable retrieveable layoutable triggerable mruEnabled compactLayoutable searchLayoutable',
  child: 'createable updateable deletable queryable replicateable retrieveable triggerable',
  setup: 'createable updateable queryable replicateable retrieveable',
  status: 'queryable replicateable retrieveable',
  org: 'updateable queryable replicateable retrieveable',
  file: 'createable updateable queryable replicateable retrieveable triggerable layoutable',
  document: 'updateable deletable undeletable queryable replicateable retrieveable triggerable layoutable',
  link: 'createable updateable deletable queryable replicateable retrieveable triggerable',
  feed: 'feedEnabled',
  search: 'searchable',
  merge: 'mergeable',
  clone: 'deepCloneable',
  person: 'layoutable mruEnabled triggerable',
  bin: 'deletable',
  page: 'layoutable compactLayoutable',
};

export function can(object: CatalogueObject, ability: string): boolean {
  for (const trait of object.traits) if (abilities[trait]?.split(' ').includes(ability)) return true;
  return false;
}

export const masterRecordType = '012000000000000AAA';

export interface DescribeContext {
  /** `67.0`. */
  readonly version: string;
  /** `https://sandbox.my.salesforce.com`, no slash at the end. */
  readonly base: string;
}

export function describeGlobal(catalogue: Catalogue, context: DescribeContext): Json {
  return {
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: catalogue.objects.map(object => briefly(object, context)),
  };
}

/** What the list of all objects says of each; also `objectDescribe` of `GET /sobjects/{object}`. */
export function briefly(object: CatalogueObject, { version }: DescribeContext): Json {
  const url = `/services/data/v${version}/sobjects/${object.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: can(object, 'createable'),
    custom: object.custom,
    customSetting: false,
    deepCloneable: can(object, 'deepCloneable'),
    deletable: can(object, 'deletable'),
    deprecatedAndHidden: false,
    feedEnabled: can(object, 'feedEnabled'),
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: can(object, 'layoutable'),
    mergeable: can(object, 'mergeable'),
    mruEnabled: can(object, 'mruEnabled'),
    name: object.name,
    queryable: can(object, 'queryable'),
    replicateable: can(object, 'replicateable'),
    retrieveable: can(object, 'retrieveable'),
    searchable: can(object, 'searchable'),
    triggerable: can(object, 'triggerable'),
    undeletable: can(object, 'undeletable'),
    updateable: can(object, 'updateable'),
    urls: can(object, 'layoutable')
      ? {
          compactLayouts: `${url}/describe/compactLayouts`,
          rowTemplate: `${url}/{ID}`,
          approvalLayouts: `${url}/describe/approvalLayouts`,
          listviews: `${url}/listviews`,
          describe: `${url}/describe`,
          quickActions: `${url}/quickActions`,
          layouts: `${url}/describe/layouts`,
          sobject: url,
        }
      : { rowTemplate: `${url}/{ID}`, describe: `${url}/describe`, sobject: url },
  };
}

export function describeObject(
  object: CatalogueObject,
  context: DescribeContext,
  types: readonly RecordType[] = [],
): Json {
  const { version, base } = context;
  const url = `/services/data/v${version}/sobjects/${object.name}`;
  const brief = briefly(object, context);
  const layoutOf = (id: string) => (can(object, 'layoutable') ? { layout: `${url}/describe/layouts/${id}` } : {});
  return {
    actionOverrides: [],
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    childRelationships: object.children.map(({ object: child, field, name }) => ({
      cascadeDelete: field.onParentDelete === 'cascade',
      childSObject: child.name,
      deprecatedAndHidden: false,
      field: field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: name,
      restrictedDelete: field.onParentDelete === 'restrict',
    })),
    compactLayoutable: can(object, 'compactLayoutable'),
    createable: brief.createable,
    custom: object.custom,
    customSetting: false,
    deepCloneable: can(object, 'deepCloneable'),
    defaultImplementation: null,
    deletable: brief.deletable,
    deprecatedAndHidden: false,
    extendedBy: null,
    extendsInterfaces: null,
    feedEnabled: brief.feedEnabled,
    fields: object.fields.map(field => describeField(object, field)),
    hasSubtypes: false,
    implementedBy: null,
    implementsInterfaces: null,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: brief.layoutable,
    listviewable: null,
    lookupLayoutable: null,
    mergeable: brief.mergeable,
    mruEnabled: brief.mruEnabled,
    name: object.name,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    queryable: brief.queryable,
    recordTypeInfos: [
      ...types.map(({ id, name, default: usual }) => ({
        active: true,
        available: true,
        defaultRecordTypeMapping: usual,
        developerName: developerName(name),
        master: false,
        name,
        recordTypeId: id,
        urls: layoutOf(id),
      })),
      {
        active: true,
        available: true,
        defaultRecordTypeMapping: types.length === 0,
        developerName: 'Master',
        master: true,
        name: 'Master',
        recordTypeId: masterRecordType,
        urls: layoutOf(masterRecordType),
      },
    ],
    replicateable: brief.replicateable,
    retrieveable: brief.retrieveable,
    searchLayoutable: can(object, 'searchLayoutable'),
    searchable: brief.searchable,
    sobjectDescribeOption: 'FULL',
    supportedScopes: object.field('OwnerId')
      ? [
          { label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' },
          { label: `My ${object.labelPlural.toLowerCase()}`, name: 'mine' },
        ]
      : [],
    triggerable: brief.triggerable,
    undeletable: brief.undeletable,
    updateable: brief.updateable,
    urls: {
      ...(brief.urls as Json),
      ...(can(object, 'layoutable')
        ? {
            uiDetailTemplate: `${base}/{ID}`,
            uiEditTemplate: `${base}/{ID}/e`,
            defaultValues: `${url}/defaultValues?recordTypeId&fields`,
            uiNewRecord: `${base}/${object.keyPrefix}/e`,
          }
        : {}),
    },
  };
}

function describeField(object: CatalogueObject, field: FieldDefinition): Json {
  const isText = field.length > 0 && field.type !== 'id' && field.type !== 'reference';
  const polymorphic = field.referenceTo.length > 1;
  return {
    aggregatable: field.aggregatable,
    aiPredictionField: false,
    autoNumber: field.autoNumber,
    byteLength: isText ? field.length * 3 : field.length,
    calculated: field.calculated,
    calculatedFormula: field.formula,
    cascadeDelete: field.masterDetail,
    caseSensitive: field.caseSensitive,
    compoundFieldName: field.compound,
    controllerName: field.controller,
    createable: field.createable,
    custom: field.custom,
    defaultValue: field.defaultValue,
    defaultValueFormula:
      field.custom && field.type !== 'picklist' && typeof field.defaultValue === 'string' ? field.defaultValue : null,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: field.controller !== null,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? (field.name.startsWith('Recurrence') ? 9 : 8) : 0,
    displayLocationInDecimal: field.type === 'location',
    encrypted: field.encrypted,
    externalId: field.externalId,
    extraTypeInfo: field.extraTypeInfo,
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: field.groupable,
    highScaleNumber: false,
    htmlFormatted: field.richText,
    idLookup: field.idLookup,
    inlineHelpText: null,
    label: field.label,
    length: field.length,
    mask: field.encrypted ? '*' : null,
    maskType: field.encrypted ? 'lastFour' : null,
    name: field.name,
    nameField: field.nameField,
    namePointing: polymorphic,
    nillable: field.nillable,
    permissionable: field.permissionable,
    picklistValues: field.values.map(entry => describeValue(object, field, entry)),
    polymorphicForeignKey: polymorphic,
    precision: field.type === 'multipicklist' ? 4 : field.precision,
    queryByDistance: field.type === 'address' || field.type === 'location',
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationship,
    relationshipOrder: field.masterDetail ? 0 : null,
    restrictedDelete: field.custom && field.onParentDelete === 'restrict',
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: field.searchPrefilterable,
    soapType: soapTypes[field.type] ?? 'xsd:string',
    sortable: field.sortable,
    type: field.type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
  };
}

function describeValue(object: CatalogueObject, field: FieldDefinition, entry: PicklistEntry): Json {
  const controllers = field.controller ? object.field(field.controller)?.values.length : undefined;
  return {
    active: entry.active,
    defaultValue: entry.default,
    label: entry.label,
    validFor: controllers === undefined ? null : bitmap(entry.validFor ?? [], controllers),
    value: entry.value,
  };
}

/** Base64 of a bit per controlling value, most significant first. */
function bitmap(indexes: readonly number[], size: number): string {
  const bytes = new Uint8Array(Math.ceil(size / 8));
  for (const at of indexes) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (0x80 >> (at & 7));
  return Buffer.from(bytes).toString('base64');
}
