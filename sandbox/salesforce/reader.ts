/**
 * Reading one field of one row: what is stored, or what Salesforce computes as it reads (compound addresses and
 * locations, mirrors of a contact's address on its cases). Every answer and every query goes through here.
 */
import type { Catalogue, CatalogueObject, FieldDefinition } from './catalogue/index.ts';
import type { Row, State } from './state.ts';

export interface Reader {
  /** As the reader's catalogue shows it. */
  objectOf(row: Row): CatalogueObject;
  read(row: Row, field: FieldDefinition): unknown;
}

/** `Object.Field`: the reference that leads to the mirrored record, and its field. */
const mirrors: Readonly<Record<string, readonly [string, string]>> = {
  'Case.ContactPhone': ['ContactId', 'Phone'],
  'Case.ContactMobile': ['ContactId', 'MobilePhone'],
  'Case.ContactEmail': ['ContactId', 'Email'],
  'Case.ContactFax': ['ContactId', 'Fax'],
  'Quote.AccountId': ['OpportunityId', 'AccountId'],
};

export function createReader(state: State, catalogue: () => Catalogue): Reader {
  const reader: Reader = {
    objectOf: row => catalogue().object(row.object) as CatalogueObject,
    read(row, field) {
      if (field.type === 'address' || field.type === 'location') return compound(row, reader.objectOf(row), field);
      const mirror = mirrors[`${row.object}.${field.name}`];
      if (mirror) {
        const source = state.get(row.values[mirror[0]] as string | null);
        return source?.values[mirror[1]] ?? null;
      }
      // A write-through that only makes a comment.
      if (row.object === 'Case' && field.name === 'Comments') return null;
      return row.values[field.name] ?? null;
    },
  };
  return reader;
}

function compound(row: Row, object: CatalogueObject, field: FieldDefinition): unknown {
  const part = (suffix: string): unknown => {
    const found = object.fields.find(
      candidate => candidate.compound === field.name && candidate.name.replace(/__s$/, '').endsWith(suffix),
    );
    return found ? (row.values[found.name] ?? null) : null;
  };
  const whole =
    field.type === 'location'
      ? { latitude: part('Latitude'), longitude: part('Longitude') }
      : {
          city: part('City'),
          country: part('Country'),
          geocodeAccuracy: part('GeocodeAccuracy'),
          latitude: part('Latitude'),
          longitude: part('Longitude'),
          postalCode: part('PostalCode'),
          state: part('State'),
          street: part('Street'),
        };
  return Object.values(whole).every(value => value === null) ? null : whole;
}
