/**
 * The catalogue against describes that were captured from real orgs: fields, types, flags, picklists. Where the two
 * differ on purpose the table below says why; anything else fails and is printed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeGlobal, describeObject } from '../describe.ts';
import { demoCatalogue } from './index.ts';

type Json = Record<string, unknown>;
interface Captured extends Json {
  readonly name: string;
  readonly fields: readonly (Json & { readonly name: string; readonly custom: boolean })[];
}

const folder = process.env.BRIDGE_REFERENCE ? join(process.env.BRIDGE_REFERENCE, 'salesforce-describe') : undefined;
const present = folder !== undefined && existsSync(folder);
if (!present) console.error('captured describes are not compared: BRIDGE_REFERENCE names no folder that has them');

const context = { version: '67.0', base: 'https://sandbox.my.salesforce.com' };

/** What is compared of a field besides its picklist; labels too. */
const compared = (
  'aggregatable autoNumber calculated caseSensitive compoundFieldName createable defaultValue defaultedOnCreate externalId ' +
  'extraTypeInfo filterable groupable htmlFormatted idLookup label length nameField namePointing nillable permissionable ' +
  'polymorphicForeignKey precision relationshipName restrictedPicklist scale searchPrefilterable soapType sortable type unique updateable'
).split(' ');

/** Differences that are meant, by `Object.Field` or by field. */
const meant: readonly (readonly [RegExp, string])[] = [
  [/^(Account|Case|Contact)\.RecordTypeId missing/, 'an org without record types has no such field'],
  [/^Account\.(IsPartner|IsCustomerPortal|ChannelProgram\w+) missing/, 'partner and customer portals are off'],
  [/^Account\.(Primary_Contact__c|ns__\w+|History__c) missing/, 'custom fields of the captured org'],
  [/^Account\.Name compoundFieldName/, 'the captured org has person accounts'],
  [/GeocodeAccuracy picklist|Salutation picklist/, 'the captures of two versions differ; ours are those of the newer'],
  [
    /^(Asset|Campaign|EmailMessage|Organization|ContentVersion|ContentDocument|FeedItem|Product2)\.\w+ missing/,
    'read by no client of ours',
  ],
  [/^User\.\w+ missing/, 'preferences and permissions of users, read by no client of ours'],
  [/^User\.(MiddleName|Suffix|StartDay|EndDay) extra/, 'switched on in ours'],
  [/^Order\.(OpportunityId|QuoteId) extra/, 'quotes are on in ours'],
  [/^Event\.ServiceAppointmentId missing/, 'field service is off'],
  [/^FeedItem\.\w+ aggregatable/, 'the capture has no aggregates of posts; ours reads by the type'],
  [
    /^(FeedItem\.Type|User\.EmailEncodingKey|Group\.Type|FeedComment\.CommentType|Organization\.OrganizationType) picklist/,
    'the tail of a long list, or labels that the capture has lost',
  ],
  [/(SidKey|LocaleKey|SobjectType|Locale\w*) picklist/, 'lists of zones, locales and objects are cut short'],
  [/^ContentVersion\.IsLatest defaultValue/, 'computed'],
  [
    /^(ContentDocument\.ParentId|Product2\.ExternalDataSourceId|RecordType\.BusinessProcessId) relationshipName/,
    'leads to objects that ours lacks',
  ],
  [/^Opportunity\.Fiscal/, 'a compound that counts bytes'],
];

function differences(captured: Captured, whole: boolean): readonly string[] {
  const object = demoCatalogue.object(captured.name);
  if (!object) return [];
  const ours = new Map(
    (describeObject(object, context).fields as Captured['fields']).map(field => [field.name, field]),
  );
  const found: string[] = [];
  for (const field of captured.fields) {
    const own = ours.get(field.name);
    if (!own) {
      if (!field.custom) found.push(`${captured.name}.${field.name} missing`);
      continue;
    }
    for (const key of compared)
      if (key in field && JSON.stringify(field[key]) !== JSON.stringify(own[key]))
        found.push(
          `${captured.name}.${field.name} ${key}: captured ${JSON.stringify(field[key])}, ours ${JSON.stringify(own[key])}`,
        );
    if (values(field) !== values(own))
      found.push(`${captured.name}.${field.name} picklist: captured ${values(field)}, ours ${values(own)}`);
    if (whole) expect(Object.keys(own), `keys of ${field.name}`).toEqual(Object.keys(field));
  }
  for (const [name, own] of ours)
    if (!own.custom && !captured.fields.some(field => field.name === name))
      found.push(`${captured.name}.${name} extra`);
  return found;
}

const values = (field: Json): string =>
  (field.picklistValues as { value: string; label: string | null; active?: boolean; defaultValue: boolean }[])
    .map(entry => `${entry.value}=${entry.label}${entry.defaultValue ? '*' : ''}`)
    .join('|');

/** A file that mixes older versions says less than the newer trimmed one; later fields are no difference there. */
const laterFields = /\.(IsPriorityRecord|ContactSource|PushCount|SourceId|OperatingHoursId|DandbCompanyId) extra/;

describe.skipIf(!present)('the catalogue is consistent with captured describes', () => {
  for (const kind of ['full', 'trimmed'])
    for (const file of present ? readdirSync(join(folder as string, kind)) : []) {
      if (file.startsWith('_') || file.includes('person-accounts') || file === 'Custom__c.json') continue;
      test(`${kind} ${file}`, () => {
        const captured = JSON.parse(readFileSync(join(folder as string, kind, file), 'utf8')) as Captured;
        const unexplained = differences(captured, kind === 'full').filter(
          text => !meant.some(([pattern]) => pattern.test(text)) && !(kind === 'full' && laterFields.test(text)),
        );
        expect(unexplained).toEqual([]);
      });
    }

  test('the list of all objects has the captured keys and prefixes', () => {
    const captured = JSON.parse(readFileSync(join(folder as string, 'full', '_global.json'), 'utf8')) as {
      sobjects: Captured[];
    };
    const own = new Map(
      (describeGlobal(demoCatalogue, context).sobjects as Captured[]).map(object => [object.name, object]),
    );
    const wrong: string[] = [];
    for (const object of captured.sobjects) {
      const ours = own.get(object.name);
      if (!ours) continue;
      expect(Object.keys(ours)).toEqual(Object.keys(object));
      // The capture has lost the prefixes of Event and Lead.
      for (const key of [
        'createable',
        'deletable',
        'label',
        'labelPlural',
        'queryable',
        'retrieveable',
        'updateable',
        'searchable',
      ])
        if (JSON.stringify(object[key]) !== JSON.stringify(ours[key])) wrong.push(`${object.name} ${key}`);
      if (object.keyPrefix !== null && object.keyPrefix !== ours.keyPrefix) wrong.push(`${object.name} keyPrefix`);
    }
    expect(wrong).toEqual([]);
  });
});

test('every reference leads to an object, and every controlling field exists', () => {
  for (const object of demoCatalogue.objects) {
    expect(object.fields.filter(field => field.nameField).length, object.name).toBeLessThanOrEqual(1);
    for (const field of object.fields) {
      if (field.controller) expect(object.field(field.controller), `${object.name}.${field.name}`).toBeDefined();
      if (field.type === 'reference')
        expect(field.referenceTo.length, `${object.name}.${field.name}`).toBeGreaterThan(0);
    }
  }
});
