/**
 * The values that a field can hold: the ones that a picklist lists, an order of numbers or moments, texts. A
 * picklist counts as closed even where the API could write other values into it, since no other value can be
 * named in a program either; values that were switched off count, because old records still hold them.
 */
import { kindOf } from '../bind/literal.ts';
import { foldText } from '../conversion/index.ts';
import type { FieldMetadata } from '../metadata/model.ts';
import type { SalesforceField, SalesforceType, Scalar } from '../plan/ir.ts';

/** What a field of a record holds; null is empty. */
export type Value = Scalar | null;

interface Common {
  readonly nillable: boolean;
  /** The parent record that is not there when the field is empty, as the path to it. */
  readonly parent?: readonly string[];
  /** Equal for values that no comparison tells apart. */
  keyOf(value: Scalar): Scalar;
  /** A comparison with this value makes sense. */
  holds(value: Scalar): boolean;
}
export type Domain =
  /** All values, those in use first, null last. `whole`: there are no others. */
  | (Common & { readonly kind: 'listed'; readonly values: readonly Value[]; readonly whole: boolean })
  | (Common & {
      readonly kind: 'ordered';
      /** Whole numbers only: of days, of milliseconds, of what is counted. */
      readonly discrete: boolean;
      /** Far enough from a limit to look like another value to people. */
      readonly stride: number;
      read(value: Scalar): number | undefined;
      write(number: number): Scalar;
    })
  | (Common & { readonly kind: 'text'; readonly length?: number; readonly usual: readonly string[] })
  /** Addresses and files: empty or not is all that can be asked. */
  | (Common & { readonly kind: 'anything' });

export function domainOf(field: SalesforceField, metadata: FieldMetadata | undefined): Domain {
  const domain = valuesOf(field, metadata);
  const parent = parentOf(field, metadata);
  return parent === undefined ? domain : { ...domain, parent };
}

function parentOf({ path }: SalesforceField, metadata: FieldMetadata | undefined): readonly string[] | undefined {
  const above = path.slice(0, -1);
  if (typeof metadata?.relationship === 'string') return [...above, metadata.relationship];
  return above.length > 0 && metadata?.nillable === false ? above : undefined;
}

function valuesOf(field: SalesforceField, metadata: FieldMetadata | undefined): Domain {
  const { type, nillable } = field;
  if (compound.has(type)) return { kind: 'anything', nillable, keyOf: same, holds: () => false };
  if (type === 'multipicklist') return severalOf(metadata, nillable);
  if (type === 'picklist' && metadata?.values !== undefined && metadata.values.length > 0) {
    return listed(namesOf(metadata), nillable);
  }
  switch (kindOf(type)) {
    case 'boolean':
      return nillable ? truthOrEmpty : truth;
    case 'number':
      return { ...numbers, discrete: type === 'int', nillable };
    case 'date':
      return { ...days, nillable };
    case 'datetime':
      return { ...moments, nillable };
    case 'text':
      return {
        kind: 'text',
        nillable,
        usual: usual[type] ?? [],
        keyOf: fold,
        holds: () => true,
        ...(field.length === undefined || type === 'reference' || type === 'id' ? {} : { length: field.length }),
      };
  }
}

const compound: ReadonlySet<SalesforceType> = new Set(['address', 'location', 'base64', 'anytype']);
const same = (value: Scalar): Scalar => value;
const fold = (value: Scalar): string => foldText(String(value));

function namesOf({ values = [] }: FieldMetadata): readonly string[] {
  const active = values.filter(value => value.active).map(({ value }) => value);
  return [...active, ...values.filter(value => !value.active).map(({ value }) => value)];
}

function listed(values: readonly string[], nillable: boolean): Domain {
  const known = new Set(values.map(fold));
  return {
    kind: 'listed',
    values: nillable ? [...values, null] : values,
    whole: true,
    nillable,
    keyOf: fold,
    holds: value => known.has(fold(value)),
  };
}

/** So many parts have at most 256 combinations. */
const MOST_PARTS = 8;

/** A picklist of several values holds any of its combinations; of a long one only the short ones are tried. */
function severalOf(metadata: FieldMetadata | undefined, nillable: boolean): Domain {
  const names = metadata === undefined ? [] : namesOf(metadata);
  const known = new Set(names.map(fold));
  const whole = names.length <= MOST_PARTS;
  let combinations: string[] = [];
  if (whole) {
    let sets: string[][] = [[]];
    for (const name of names) sets = [...sets, ...sets.map(set => [...set, name])];
    combinations = sets.filter(set => set.length > 0).map(set => set.join(';'));
  } else combinations = [...names, names.join(';')];
  const parts = (value: Scalar) =>
    fold(value)
      .split(';')
      .map(part => part.trim());
  return {
    kind: 'listed',
    values: nillable ? [...combinations, null] : combinations,
    whole,
    nillable,
    keyOf: value => parts(value).sort().join(';'),
    holds: value => whole && parts(value).every(part => known.has(part)),
  };
}

const truth: Domain = {
  kind: 'listed',
  values: [true, false],
  whole: true,
  nillable: false,
  keyOf: same,
  holds: value => typeof value === 'boolean',
};
const truthOrEmpty: Domain = { ...truth, values: [true, false, null], nillable: true };

const MS_PER_DAY = 86_400_000;

const numbers = {
  kind: 'ordered',
  discrete: false,
  stride: 1,
  keyOf: same,
  holds: (value: Scalar) => typeof value === 'number',
  read: (value: Scalar) => (typeof value === 'number' ? value : undefined),
  write: (number: number): Scalar => number,
} as const;

const instant = (value: Scalar): number | undefined => {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
};
const days = {
  kind: 'ordered',
  discrete: true,
  stride: 1,
  keyOf: same,
  holds: (value: Scalar) => instant(value) !== undefined,
  read: (value: Scalar) => {
    const time = instant(value);
    return time === undefined ? undefined : Math.floor(time / MS_PER_DAY);
  },
  write: (day: number): Scalar => new Date(day * MS_PER_DAY).toISOString().slice(0, 10),
} as const;
const moments = {
  kind: 'ordered',
  discrete: true,
  stride: MS_PER_DAY,
  keyOf: (value: Scalar): Scalar => instant(value) ?? value,
  holds: (value: Scalar) => instant(value) !== undefined,
  read: instant,
  write: (time: number): Scalar => new Date(time).toISOString(),
} as const;

/** What a text of the type looks like, for a record that people are to believe. */
const usual: Partial<Record<SalesforceType, readonly string[]>> = {
  email: ['ada@example.com'],
  phone: ['+1 555 0100'],
  url: ['https://example.com'],
  id: ['001000000000001AAA'],
  reference: ['001000000000001AAA'],
  time: ['09:00:00.000Z'],
  string: ['a text'],
  textarea: ['a text'],
  'rich-textarea': ['a text'],
};
