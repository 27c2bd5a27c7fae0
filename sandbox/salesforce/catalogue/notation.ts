/**
 * The catalogue's table notation: one line an object, one line a field, from which whole describe answers
 * are expanded. An object line stands at the margin, its fields are indented below it:
 *
 *   Name | prefix | label | plural | traits
 *     Name | label | type | flags | picklist values
 *
 * Type: `string(80)`, `currency(18,2)`, `reference(Group, User)`, … Flags, separated by blanks:
 *   rw c u      createable and updateable, createable only, updateable only; none: read-only
 *   *           not nillable                       =value   default (also: defaulted on create)
 *   d           defaulted on create                p -p     permissionable, or not, against the rule below
 *   +f -f +s -s +g -g +a -a   filterable, sortable, groupable, aggregatable against the type's habit
 *   id ext uniq cs name auto rp pre -pre rich encrypted    idLookup, externalId, unique, caseSensitive, nameField,
 *               autoNumber, restrictedPicklist, searchPrefilterable, rich text area, encrypted
 *   in:X        part of the compound field X       rel:X    relationship name, where not the usual one
 *   kids:X      the parents' child relationship    cascade restrict master   what deleting the parent does
 *   by:X        dependent on the controlling field X
 *   info:X      extraTypeInfo                      calc     calculated; formula{…} gives a custom field's formula
 * Values: `New*; Working; ~Old; API=Label`: `*` the default, `~` inactive; `[0,2]` after a value: indexes of the
 * controlling values it is valid for.
 */

export interface PicklistEntry {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly default: boolean;
  readonly validFor?: readonly number[];
  /** Of a status: the org counts it as closed. Where no value of the field says it, the demo's names do. */
  readonly closed?: boolean;
}

export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly nillable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly defaultValue: string | boolean | null;
  readonly permissionable: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  readonly aggregatable: boolean;
  readonly idLookup: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly nameField: boolean;
  readonly autoNumber: boolean;
  readonly restrictedPicklist: boolean;
  readonly searchPrefilterable: boolean;
  readonly richText: boolean;
  readonly encrypted: boolean;
  readonly calculated: boolean;
  readonly formula: string | null;
  readonly compound: string | null;
  readonly extraTypeInfo: string | null;
  readonly controller: string | null;
  readonly referenceTo: readonly string[];
  readonly relationship: string | null;
  readonly children: string | null;
  readonly onParentDelete: 'clear' | 'cascade' | 'restrict';
  readonly masterDetail: boolean;
  readonly custom: boolean;
  readonly values: readonly PicklistEntry[];
}

export interface ObjectDefinition {
  readonly name: string;
  readonly keyPrefix: string | null;
  readonly label: string;
  readonly labelPlural: string;
  readonly custom: boolean;
  readonly traits: ReadonlySet<string>;
  readonly fields: readonly FieldDefinition[];
}

/** Lines that stand for several fields: what nearly every object begins and ends with. */
const macros: Readonly<Record<string, (object: string) => string>> = {
  '+id': object => `Id | ${object} ID | id | * d`,
  '+deleted': () => 'IsDeleted | Deleted | boolean |',
  '+created': () =>
    'CreatedDate | Created Date | datetime | * d\nCreatedById | Created By ID | reference(User) | * d rel:CreatedBy',
  '+modified': () =>
    'LastModifiedDate | Last Modified Date | datetime | * d\nLastModifiedById | Last Modified By ID | reference(User) | * d rel:LastModifiedBy',
  '+stamp': () => 'SystemModstamp | System Modstamp | datetime | * d',
  '+viewed': () =>
    'LastViewedDate | Last Viewed Date | datetime |\nLastReferencedDate | Last Referenced Date | datetime |',
};
const address = (prefix: string, label: string): string =>
  [
    `${prefix}Street | ${label}Street | textarea(255) | rw in:${prefix}Address`,
    `${prefix}City | ${label}City | string(40) | rw in:${prefix}Address`,
    `${prefix}State | ${label}State/Province | string(80) | rw in:${prefix}Address`,
    `${prefix}PostalCode | ${label}Zip/Postal Code | string(20) | rw in:${prefix}Address`,
    `${prefix}Country | ${label}Country | string(80) | rw in:${prefix}Address`,
    `${prefix}Latitude | ${label}Latitude | double(18,15) | rw in:${prefix}Address`,
    `${prefix}Longitude | ${label}Longitude | double(18,15) | rw in:${prefix}Address`,
    `${prefix}GeocodeAccuracy | ${label}Geocode Accuracy | picklist(40) | rw rp in:${prefix}Address | Address; NearAddress=Near Address; Block; Street; ExtendedZip=Extended Zip; Zip; Neighborhood; City; County; State; Unknown`,
    `${prefix}Address | ${label}Address | address | p`,
  ].join('\n');

/** Reads a table of objects; throws where a line cannot be read, since the catalogue is ours. */
export function readObjects(table: string): readonly ObjectDefinition[] {
  const objects: { definition: Omit<ObjectDefinition, 'fields'>; fields: FieldDefinition[] }[] = [];
  for (const line of table.split('\n')) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    if (!line.startsWith(' ')) {
      const [name = '', prefix = '', label = '', plural = '', traits = ''] = line.split('|').map(part => part.trim());
      objects.push({
        definition: {
          name,
          keyPrefix: prefix === '' ? null : prefix,
          label,
          labelPlural: plural,
          custom: name.endsWith('__c'),
          traits: new Set(traits.split(/\s+/).filter(Boolean)),
        },
        fields: [],
      });
      continue;
    }
    const current = objects.at(-1);
    if (!current) throw new Error(`a field stands before any object: ${line}`);
    for (const expanded of expandMacro(line.trim(), current.definition.label)) current.fields.push(readField(expanded));
  }
  return objects.map(({ definition, fields }) => ({ ...definition, fields }));
}

function expandMacro(line: string, label: string): readonly string[] {
  if (!line.startsWith('+')) return [line];
  if (line.startsWith('+address')) {
    const [, prefix = '', words = ''] = line.split('|').map(part => part.trim());
    return address(prefix, words === '' ? '' : `${words} `).split('\n');
  }
  return line.split(/\s+/).flatMap(word => {
    const macro = macros[word];
    if (!macro) throw new Error(`no such macro: ${word}`);
    return macro(label).split('\n');
  });
}

/** Which of filterable, sortable, groupable, aggregatable a type has by habit. */
const habits: Readonly<Record<string, string>> = {
  id: 'fsga',
  reference: 'fsga',
  string: 'fsga',
  picklist: 'fsga',
  multipicklist: 'f',
  combobox: 'fsa',
  textarea: 'fsga',
  phone: 'fsga',
  email: 'fsga',
  url: 'fsga',
  boolean: 'fsg',
  int: 'fsga',
  double: 'fsa',
  currency: 'fsa',
  percent: 'fsa',
  date: 'fsga',
  datetime: 'fsa',
  time: 'fsa',
  address: 'f',
  location: 'f',
  base64: '',
  encryptedstring: '',
};
const lengths: Readonly<Record<string, number>> = {
  id: 18,
  reference: 18,
  email: 80,
  phone: 40,
  url: 255,
  picklist: 255,
};

/** One line of fields. */
export function readField(line: string): FieldDefinition {
  const formula = /formula\{([^}]*)\}/.exec(line)?.[1] ?? null;
  const [name = '', label = '', typeText = '', flagText = '', valueText = ''] = line
    .replace(/formula\{[^}]*\}/, 'calc')
    .split('|')
    .map(part => part.trim());
  const typed = /^([a-z0-9]+)(?:\(([^)]*)\))?$/.exec(typeText);
  if (!typed) throw new Error(`cannot read the type of \`${line}\``);
  const type = typed[1] as string;
  const inside = (typed[2] ?? '').split(',').map(part => part.trim());
  const flags = new Set<string>();
  const named = new Map<string, string>();
  for (const word of flagText.match(/=[^ ]*|\S+/g) ?? []) {
    const pair = /^(in|rel|kids|by|info):(.*)$/.exec(word);
    if (pair) named.set(pair[1] as string, pair[2] as string);
    else if (word.startsWith('=')) named.set('default', word.slice(1));
    else flags.add(word);
  }
  const custom = name.endsWith('__c');
  const numeric = type === 'double' || type === 'currency' || type === 'percent';
  const length = numeric || type === 'reference' ? (lengths[type] ?? 0) : Number(inside[0] || (lengths[type] ?? 0));
  const habit = habitOf(type, length);
  const can = (letter: string): boolean =>
    (habit.includes(letter) || flags.has(`+${letter}`)) && !flags.has(`-${letter}`);
  const createable = flags.has('rw') || flags.has('c');
  const updateable = flags.has('rw') || flags.has('u');
  const values = readValues(valueText);
  const listedDefault = values.find(entry => entry.default)?.value;
  const defaultValue =
    type === 'boolean' ? named.get('default') === 'true' : (named.get('default') ?? listedDefault ?? null);
  const nillable = !flags.has('*') && type !== 'boolean';
  const referenceTo = type === 'reference' ? inside.filter(Boolean) : [];
  const isReference = type === 'reference';
  const permissionable = flags.has('-p')
    ? false
    : flags.has('p') || (flags.has('rw') && nillable) || (custom && !flags.has('*'));
  return {
    name,
    label,
    type,
    length: type === 'int' ? 0 : length,
    precision: numeric ? Number(inside[0] || 18) : 0,
    scale: numeric ? Number(inside[1] || 0) : 0,
    createable,
    updateable,
    nillable,
    defaultedOnCreate: flags.has('d') || type === 'boolean' || defaultValue !== null,
    defaultValue,
    permissionable,
    filterable: can('f'),
    sortable: can('s'),
    groupable: can('g'),
    aggregatable: can('a'),
    idLookup: flags.has('id') || type === 'id',
    externalId: flags.has('ext'),
    unique: flags.has('uniq'),
    caseSensitive: flags.has('cs'),
    nameField: flags.has('name'),
    autoNumber: flags.has('auto'),
    restrictedPicklist: flags.has('rp'),
    searchPrefilterable: flags.has('pre') || (isReference && flags.has('rw') && permissionable && !flags.has('-pre')),
    richText: flags.has('rich'),
    encrypted: flags.has('encrypted'),
    calculated: flags.has('calc'),
    formula,
    compound: named.get('in') ?? null,
    extraTypeInfo:
      named.get('info') ?? (type === 'textarea' ? (flags.has('rich') ? 'richtextarea' : 'plaintextarea') : null),
    controller: named.get('by') ?? null,
    referenceTo,
    relationship: isReference ? relationshipOf(name, named.get('rel')) : (named.get('rel') ?? null),
    children: named.get('kids') ?? null,
    onParentDelete:
      flags.has('cascade') || flags.has('master') ? 'cascade' : flags.has('restrict') ? 'restrict' : 'clear',
    masterDetail: flags.has('master'),
    custom,
    values,
  };
}

/** Texts too long for a grouping key; long text areas cannot be compared at all. */
function habitOf(type: string, length: number): string {
  if (type === 'textarea' && length > 4000) return '';
  const habit = habits[type] ?? '';
  return length > 255 && /^(string|textarea|url|email)$/.test(type) ? habit.replace('g', '') : habit;
}

function relationshipOf(name: string, given: string | undefined): string | null {
  if (given !== undefined) return given === '' ? null : given;
  return name.endsWith('__c') ? `${name.slice(0, -1)}r` : name.replace(/Id$/, '');
}

function readValues(text: string): readonly PicklistEntry[] {
  if (text === '') return [];
  return text.split(';').map(part => {
    let word = part.trim();
    const inactive = word.startsWith('~');
    if (inactive) word = word.slice(1);
    const validFor = /\[([\d,]*)\]$/.exec(word);
    if (validFor) word = word.slice(0, validFor.index).trim();
    const isDefault = word.endsWith('*');
    if (isDefault) word = word.slice(0, -1).trim();
    const [value = '', label = value] = word.split('=');
    return {
      value,
      label,
      active: !inactive,
      default: isDefault,
      ...(validFor ? { validFor: (validFor[1] as string).split(',').filter(Boolean).map(Number) } : {}),
    };
  });
}
