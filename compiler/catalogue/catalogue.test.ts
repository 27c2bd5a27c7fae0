import { describe, expect, it } from 'vitest';
import type { FieldMetadata, ObjectMetadata } from '../metadata/model.ts';
import type { SalesforceType } from '../plan/ir.ts';
import {
  curatedObjects,
  fieldLabel,
  labelText,
  moduleOf,
  modules,
  recordLabel,
  searchFields,
  statusField,
} from './index.ts';

const field = (name: string, type: SalesforceType = 'string', nameField = false): FieldMetadata => ({
  name,
  label: name,
  type,
  nillable: true,
  createable: true,
  updateable: true,
  defaultedOnCreate: false,
  filterable: true,
  calculated: false,
  nameField,
  unique: false,
  externalId: false,
});
const object = (name: string, fields?: readonly FieldMetadata[]): ObjectMetadata => ({
  name,
  label: name,
  keyPrefix: null,
  custom: name.endsWith('__c'),
  queryable: true,
  createable: true,
  updateable: true,
  searchable: true,
  feedEnabled: false,
  ...(fields === undefined ? {} : { fields }),
});

describe('the curated catalogue', () => {
  it('O-1 holds the ten standard objects by module; everything else is a custom object', () => {
    const byModule = modules.map(name => [
      name,
      curatedObjects.filter(row => row.module === name).map(row => row.name),
    ]);
    expect(byModule).toEqual([
      ['Service Cloud', ['Case']],
      ['CRM', ['Account', 'Contact', 'Lead', 'Opportunity']],
      ['Activities', ['Task', 'Event']],
      ['Revenue', ['Quote', 'Order', 'Contract']],
    ]);
    expect(moduleOf('case')).toBe('Service Cloud');
    expect(moduleOf('Machine__c')).toBe('Custom objects');
  });

  it.each([
    ['Case', 'Status'],
    ['Lead', 'Status'],
    ['Opportunity', 'StageName'],
    ['Task', 'Status'],
    ['Event', 'ShowAs'],
    ['Quote', 'Status'],
    ['Order', 'Status'],
    ['Contract', 'Status'],
  ])('O-3 %s has the status-like field %s', (name, status) => {
    expect(statusField(object(name, [field('Other__c', 'picklist'), field(status, 'picklist')]))).toBe(status);
    expect(statusField(object(name))).toBe(status);
  });

  it('O-3 Account and Contact have none, even with a picklist that looks like one', () => {
    expect(statusField(object('Account', [field('Status__c', 'picklist')]))).toBeUndefined();
    expect(statusField(object('Contact'))).toBeUndefined();
  });

  it('O-3 a custom object has one when a picklist is called like one', () => {
    expect(statusField(object('Machine__c', [field('Stage__c', 'picklist'), field('Status__c', 'string')]))).toBe(
      'Stage__c',
    );
    expect(statusField(object('Machine__c', [field('Status__c', 'string')]))).toBeUndefined();
  });

  it('P-2 a search looks in the fields that the org has', () => {
    expect(searchFields(object('Case', [field('CaseNumber'), field('Subject')]))).toEqual(['CaseNumber', 'Subject']);
    expect(searchFields(object('Machine__c', [field('Mail__c', 'email'), field('Name', 'string', true)]))).toEqual([
      'Name',
      'Mail__c',
    ]);
  });

  it.each([
    ['Case', { title: 'CaseNumber', detail: 'Subject' }],
    ['Contact', { title: 'Name', detail: 'Email' }],
    ['Contract', { title: 'ContractNumber', detail: 'Status' }],
  ])('P-3 a %s is called by %j', (name, label) => {
    expect(recordLabel(object(name))).toEqual(label);
  });

  it('P-3 labels read `title [detail]`, without brackets when the detail is empty', () => {
    expect(labelText('00001026', 'Printer on fire', '500x')).toBe('00001026 [Printer on fire]');
    expect(labelText('00001026', ' ', '500x')).toBe('00001026');
    expect(labelText('', '', '500x')).toBe('500x');
    expect(recordLabel(object('Machine__c', [field('Name', 'string', true), field('Status__c', 'picklist')]))).toEqual({
      title: 'Name',
      detail: 'Status__c',
    });
  });

  it('O-2 generic labels are widened by the object', () => {
    expect(fieldLabel({ label: 'Account' }, { label: 'Name' })).toBe('Account Name');
    expect(fieldLabel({ label: 'Case' }, { label: 'Case Number' })).toBe('Case Number');
  });
});
