import { describe, expect, it } from 'vitest';
import { describedField, describedObject, lookupField } from '../../test/kit/metadata.ts';
import { objectFromDescribe, objectFromGlobal } from './salesforce.ts';

const fieldFrom = (field: Record<string, unknown>) =>
  objectFromDescribe(describedObject('X', [field])).fields?.find(({ name }) => name === field.name);

describe('a describe', () => {
  it.each([
    ['a rich text area by htmlFormatted', { type: 'textarea', htmlFormatted: true }, 'rich-textarea'],
    ['a rich text area by extraTypeInfo', { type: 'textarea', extraTypeInfo: 'richtextarea' }, 'rich-textarea'],
    ['a plain text area', { type: 'textarea', extraTypeInfo: 'plaintextarea' }, 'textarea'],
    ['a formula with a link in it', { type: 'string', htmlFormatted: true }, 'string'],
    ['anyType', { type: 'anyType' }, 'anytype'],
    ['a type that is new', { type: 'hologram' }, 'anytype'],
  ])('O-2 knows %s', (_, more, type) => {
    expect(fieldFrom(describedField('F', 'string', more))?.type).toBe(type);
  });
  it('keeps lengths of texts only', () => {
    expect(fieldFrom(describedField('F', 'string', { length: 80 }))?.length).toBe(80);
    expect(fieldFrom(lookupField('F', 'R', ['Account']))).toMatchObject({
      relationship: 'R',
      referenceTo: ['Account'],
    });
    expect(fieldFrom(lookupField('F', 'R', ['Account']))).not.toHaveProperty('length');
  });
  it('S-5 marks closed values, and lists active ones first', () => {
    const picklistValues = [
      { value: 'Old', label: 'Old', active: false },
      { value: 'Closed', label: 'Zu', active: true },
      { value: 'New', label: 'Neu', active: true },
    ];
    const status = describedField('Status', 'picklist', { picklistValues, restrictedPicklist: true });
    const [field] = objectFromDescribe(describedObject('X', [status]), ['Closed']).fields!.filter(
      f => f.name === 'Status',
    );
    expect(field).toMatchObject({ restricted: true });
    expect(field?.values).toEqual([
      { value: 'Closed', label: 'Zu', active: true, closed: true },
      { value: 'New', label: 'Neu', active: true },
      { value: 'Old', label: 'Old', active: false },
    ]);
  });
  it('that is none is refused', () =>
    expect(() => objectFromDescribe({ errorCode: 'NOT_FOUND' })).toThrow(/no `name`/));
  it('of the whole org names objects without fields', () => {
    expect(objectFromGlobal({ name: 'Lead', label: 'Lead', keyPrefix: '00Q', queryable: true })).not.toHaveProperty(
      'fields',
    );
  });
});
