/** How the values of each type are spelled, read by people, and written: single values, where a law says too little. */
import { describe, expect, it } from 'vitest';
import type { JiraType, SalesforceType } from '../plan/ir.ts';
import { context } from './arbitrary.ts';
import type { ConversionContext } from './index.ts';
import {
  conversionNamed,
  emptyJira,
  jiraText,
  normalJira,
  normalSalesforce,
  salesforceText,
  sameValue,
  writeScalar,
} from './index.ts';
import { jiraTypes } from './types.ts';

const document = (...texts: readonly string[]) => ({
  type: 'doc',
  version: 1,
  content: texts.map(text => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
});

const bold = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text, marks: [{ type: 'strong' }] }] }],
});

describe('S-11 in normal form', () => {
  it.each<[SalesforceType, unknown, unknown]>([
    ['id', ' 5003000000D8cuI ', '5003000000D8cuIAAR'],
    ['id', '5003000000D8cuIAAR', '5003000000D8cuIAAR'],
    ['id', '5003000000D8cuIaar', '5003000000D8cuIAAR'],
    ['id', '5003000000D8cuIAAA', '5003000000D8cuIAAA'],
    ['id', '5003000000D8cuIAARX', '5003000000D8cuIAARX'],
    ['id', '5003000000D8cu-', '5003000000D8cu-'],
    ['id', ' 500 ', '500'],
    ['id', ' ', null],
    ['id', 500, 500],
    ['reference', '5003000000D8cuI', '5003000000D8cuIAAR'],
    ['string', ' a\r\nb ', 'a\nb'],
    ['string', 7, '7'],
    ['string', true, 'true'],
    ['string', { a: 1 }, { a: 1 }],
    ['textarea', ' a\r\nb \n', ' a\nb'],
    ['rich-textarea', '<b>a</b>', '<p><b>a</b></p>'],
    ['picklist', ' a\r\nb ', 'a b'],
    ['combobox', ' a ', 'a'],
    ['multipicklist', 'b; a;;b', ['a', 'b']],
    ['multipicklist', ['b', 'a'], ['a', 'b']],
    ['multipicklist', { value: 'a' }, ['a']],
    ['multipicklist', { name: 'a' }, ['a']],
    ['multipicklist', ';', null],
    ['boolean', ' TRUE ', true],
    ['boolean', 'False', false],
    ['boolean', ' perhaps ', 'perhaps'],
    ['boolean', true, true],
    ['boolean', 1, 1],
    ['int', ' 12 ', 12],
    ['double', '-1.50', -1.5],
    ['double', '+.5', 0.5],
    ['double', '1e3', 1000],
    ['double', '1E+3', 1000],
    ['double', '2.', 2],
    ['double', -0, 0],
    ['double', '1e999', 'Infinity'],
    ['double', '12 apples', '12 apples'],
    ['double', 'no 12', 'no 12'],
    ['double', '', null],
    ['currency', '2.5', 2.5],
    ['percent', '2.5', 2.5],
    ['date', ' 2026-01-05 ', '2026-01-05'],
    ['date', 5, 5],
    ['datetime', ' 2026-01-05T11:05:06.789+0000 ', '2026-01-05T11:05:06.000Z'],
    ['datetime', '2026-01-05 11:05', '2026-01-05T11:05:00.000Z'],
    ['datetime', '2026-01-05T11:05:06 UTC', '2026-01-05T11:05:06.000Z'],
    ['datetime', '2026-01-05T11:05:06-01:30', '2026-01-05T12:35:06.000Z'],
    ['datetime', '2026-01-05T11:05:06+0130', '2026-01-05T09:35:06.000Z'],
    ['datetime', '2026-01-05T23:59:59Z', '2026-01-05T23:59:59.000Z'],
    ['datetime', '2026-01-05T11:60:06Z', '2026-01-05T11:60:06Z'],
    ['datetime', '2026-01-05T11:05:60Z', '2026-01-05T11:05:60Z'],
    ['datetime', '1900-02-29T00:00:00Z', '1900-02-29T00:00:00Z'],
    ['datetime', '2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['datetime', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['datetime', '2023-02-29T00:00:00Z', '2023-02-29T00:00:00Z'],
    ['datetime', '0000-01-01T00:00:00+0001', '0000-01-01T00:00:00+0001'],
    ['datetime', 5, 5],
    ['time', ' 09:05 ', '09:05:00.000Z'],
    ['time', '23:59:59.1234Z', '23:59:59.123Z'],
    ['time', '09:05:06.7', '09:05:06.700Z'],
    ['time', '24:00', '24:00'],
    ['time', '09:60', '09:60'],
    ['time', '09:05:60', '09:05:60'],
    ['time', ' noon ', 'noon'],
    ['time', 9, 9],
    ['phone', ' 1 ', '1'],
    ['email', ' a@b.c ', 'a@b.c'],
    ['url', ' a ', 'a'],
    ['encryptedstring', ' a ', 'a'],
    ['address', { city: 'Bonn', street: null }, { city: 'Bonn', street: null }],
    ['address', { city: null, street: null }, null],
    ['location', { longitude: 2, latitude: 1 }, { latitude: 1, longitude: 2 }],
    ['base64', 'a', 'a'],
    ['anytype', 'a', 'a'],
    ['anytype', ' ', null],
    ['anytype', [], null],
    ['anytype', undefined, null],
  ])('Salesforce’s %s %j is %j', (type, raw, normal) => {
    expect(normalSalesforce(type, raw)).toEqual(normal);
  });

  it.each<[JiraType, unknown, unknown]>([
    ['text', ' a\nb ', 'a b'],
    ['rich-text', 'a\r\n\r\nb ', document('a', 'b')],
    ['rich-text', document('a'), document('a')],
    ['number', '5', 5],
    ['date', '2026-01-05', '2026-01-05'],
    ['datetime', '2026-01-05T11:05:06.000+0100', '2026-01-05T10:05:06.000Z'],
    ['option', { value: ' a ', name: 'b', id: '1' }, 'a'],
    ['option', { name: 'b', id: '1' }, 'b'],
    ['option', { id: 1 }, '1'],
    ['option', { value: '' }, null],
    ['option', { value: { a: 1 }, name: 'b' }, 'b'],
    ['option', 'a', 'a'],
    ['option', '', null],
    ['option', 3, '3'],
    ['option', false, 'false'],
    ['option', {}, null],
    ['options', [{ value: 'b' }, { name: 'a' }, { id: '1' }, {}], ['1', 'a', 'b']],
    ['options', { value: 'a' }, ['a']],
    ['cascading-option', { value: 'a', child: { value: 'b' } }, 'a / b'],
    ['cascading-option', { value: 'a', child: { id: '2' } }, 'a / 2'],
    ['cascading-option', { value: 'a', child: null }, 'a'],
    ['cascading-option', { id: '1' }, '1'],
    ['cascading-option', { child: { value: 'b' } }, null],
    ['cascading-option', 'a', 'a'],
    ['priority', { name: 'High', value: 'x', id: '1' }, 'High'],
    ['priority', { value: 'x', id: '1' }, 'x'],
    ['priority', { id: '1' }, '1'],
    ['user', { accountId: 'a', id: 'b' }, 'a'],
    ['user', { id: 'b' }, 'b'],
    ['users', [{ accountId: 'b' }, { id: 'a' }], ['a', 'b']],
    ['group', { name: 'g', groupId: '1' }, 'g'],
    ['group', { groupId: '1' }, '1'],
    ['groups', [{ name: 'b' }, { groupId: 'a' }], ['a', 'b']],
    ['labels', ['b', 'a'], ['a', 'b']],
    ['components', [{ name: 'b' }, { id: '1' }], ['1', 'b']],
    ['versions', [{ name: 'b' }, { id: '1' }], ['1', 'b']],
    ['version', { name: 'b', id: '1' }, 'b'],
    ['version', { id: '1' }, '1'],
    ['url', ' https://a ', 'https://a'],
    ['project', { key: 'SUP', id: '1' }, 'SUP'],
    ['project', { id: '1' }, '1'],
    ['parent', { key: 'SUP-1', id: '1' }, 'SUP-1'],
    ['parent', { id: '1' }, '1'],
    ['named', { name: 'a', id: '1' }, 'a'],
    ['named', { id: '1' }, '1'],
    ['other', { b: 1, a: [2] }, { a: [2], b: 1 }],
  ])('Jira’s %s %j is %j', (type, raw, normal) => {
    expect(normalJira(type, raw)).toEqual(normal);
  });

  it.each<[unknown, unknown, boolean]>([
    ['a', 'a', true],
    ['a', 'A', false],
    [0, -0, true],
    [Number.NaN, Number.NaN, true],
    [null, {}, false],
    [{}, null, false],
    [[], {}, false],
    [{}, [], false],
    ['[]', [], false],
    [[], '[]', false],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 2 }, false],
    [['a', 'b'], ['b', 'a'], false],
  ])('%j and %j', (a, b, same) => {
    expect(sameValue(a, b)).toBe(same);
  });
});

describe('S-11 people read', () => {
  it.each<[SalesforceType, unknown, string]>([
    ['string', null, ''],
    ['string', 'a', 'a'],
    ['string', '1 < 2 &amp; <b>c</b>', '1 < 2 &amp; <b>c</b>'],
    ['rich-textarea', '<p>a</p><p>b</p>', 'a\n\nb'],
    ['multipicklist', 'b;a', 'a; b'],
    ['double', 2.5, '2.5'],
    ['boolean', true, 'true'],
    [
      'address',
      { street: 'Way 1\r\n2nd floor ', city: ' Bonn', postalCode: '53', state: 'NW', country: 'DE', geocode: 1 },
      'Way 1, 2nd floor, 53 Bonn, NW, DE',
    ],
    ['address', { street: 'Way 1 \r\n\r\n  Back', city: 'Bonn' }, 'Way 1, Back, Bonn'],
    ['address', { street: 'Way 1\nBack', city: 'Bonn' }, 'Way 1, Back, Bonn'],
    ['address', { city: 'Bonn', state: 5 }, 'Bonn'],
    ['address', 'Bonn', 'Bonn'],
    ['location', { latitude: 1.5, longitude: -2 }, '1.5, -2'],
    ['location', { latitude: 1.5, longitude: null }, '1.5'],
    ['location', 'here', 'here'],
    ['anytype', { a: 1 }, '{"a":1}'],
    ['anytype', ['a', 1], '["a",1]'],
  ])('Salesforce’s %s %j as %j', (type, raw, text) => {
    expect(salesforceText(type, raw)).toBe(text);
  });

  it.each<[JiraType, unknown, string]>([
    ['text', null, ''],
    ['text', 'a', 'a'],
    ['rich-text', document('a', 'b'), 'a\n\nb'],
    ['user', { accountId: '7', displayName: 'Ann' }, 'Ann'],
    ['user', { accountId: '7', displayName: '' }, '7'],
    ['user', { accountId: '7', displayName: 7 }, '7'],
    ['user', '7', '7'],
    ['user', null, ''],
    ['users', [{ accountId: '8', displayName: 'Bob' }, {}, { accountId: '7' }], 'Bob; 7'],
    ['users', { accountId: '7', displayName: 'Ann' }, '7'],
    ['labels', ['b', 'a'], 'a; b'],
    ['other', { a: 1 }, '{"a":1}'],
  ])('Jira’s %s %j as %j', (type, raw, text) => {
    expect(jiraText(type, raw)).toBe(text);
  });
});

describe('S-11 what is written', () => {
  const convert = (name: string, value: unknown, more: Partial<ConversionContext> = {}) =>
    conversionNamed(name).convert(value, { ...context, ...more });

  it.each<[string, unknown, unknown]>([
    ['boolean <- text', ' Yes ', true],
    ['boolean <- text', 'ON', true],
    ['boolean <- text', 'true', true],
    ['boolean <- text', 'No', false],
    ['boolean <- text', 'off', false],
    ['boolean <- text', 'false', false],
    ['string -> date', '2026-01-05', '2026-01-05'],
    ['string -> date', '2026-01-05T23:30:00-0100', '2026-01-06'],
    ['string -> datetime', '2026-01-05T11:05:06Z', '2026-01-05T11:05:06.000+0000'],
    ['string -> datetime', '2026-01-05', '2026-01-05T00:00:00.000+0000'],
    ['datetime <- text', '2026-01-05', '2026-01-05T00:00:00.000Z'],
    ['time <- text', '09:05', '09:05:00.000Z'],
    ['reference <- text', ' 5003000000D8cuI ', '5003000000D8cuIAAR'],
    ['string -> number', '-0', 0],
    ['int <- number', 3, 3],
    ['picklist -> option', 'a', { value: 'a' }],
    ['picklist -> priority', 'a', { name: 'a' }],
    ['picklist -> project', 'SUP', { key: 'SUP' }],
    ['picklist -> cascading-option', 'a / b / c', { value: 'a', child: { value: 'b / c' } }],
    ['picklist -> cascading-option', 'a/b', { value: 'a/b' }],
    ['multipicklist -> options', 'b;a', [{ value: 'a' }, { value: 'b' }]],
    ['multipicklist -> components', 'b;a', [{ name: 'a' }, { name: 'b' }]],
    ['multipicklist -> labels', 'b;a', ['a', 'b']],
    ['picklist <- options', [{ value: 'a' }], 'a'],
    ['multipicklist <- options', [{ value: 'b' }, { value: 'a' }], 'a;b'],
    ['multipicklist <- text', 'b; a', 'a;b'],
    ['email -> user', 'ann@example.com', { accountId: 'acc-ann' }],
    ['string -> user', 'acc-ann', { accountId: 'acc-ann' }],
    ['string -> users', 'ann@example.com; acc-bob', [{ accountId: 'acc-bob' }, { accountId: 'acc-ann' }]],
    ['email <- user', { accountId: 'acc-ann' }, 'ann@example.com'],
    ['string <- users', [{ accountId: 'acc-bob' }, { accountId: 'acc-ann' }], 'ann@example.com; bob@example.com'],
    ['url -> url', 'HTTP://a.example/b', 'HTTP://a.example/b'],
    ['textarea <- text', 'a', 'a'],
    ['rich-textarea <- text', 'a < b', '<p>a &lt; b</p>'],
    ['rich-textarea <- rich-text', document('a'), '<p>a</p>'],
    ['rich-textarea -> rich-text', '<p>a</p>', document('a')],
    ['rich-textarea -> text', '<p>a</p><p>b</p>', 'a b'],
    ['email <- text', ' a@b.example ', 'a@b.example'],
    ['string <- option', { value: 'a' }, 'a'],
    ['anytype -> text', { a: 1 }, '{"a":1}'],
    ['string -> text', '', null],
    ['string -> labels', '', []],
    ['string <- text', '', null],
  ])('%s writes %j as %j', (name, value, written) => {
    expect(convert(name, value)).toEqual({ ok: true, value: written });
  });

  it.each<[string, unknown, Partial<ConversionContext>, unknown]>([
    ['string -> text', 'ab c', { cutAt: 3 }, 'ab'],
    ['string -> text', 'ab c', { cutAt: 4 }, 'ab c'],
    ['string -> text', 'ab', { cutAt: 0 }, null],
    ['string -> text', 'a😀', { cutAt: 2 }, 'a'],
    ['string -> text', 'a😀', { cutAt: 3 }, 'a😀'],
    ['string -> text', 'a\u{10000}b', { cutAt: 2 }, 'a'],
    ['string -> text', 'a\u{10fc00}b', { cutAt: 2 }, 'a'],
    ['string -> text', 'a😀b', { cutAt: 3 }, 'a😀'],
    ['string -> text', 'Ａ１Ｂ', { cutAt: 2 }, 'Ａ１'],
    ['string -> text', 'x'.repeat(255), {}, 'x'.repeat(255)],
    ['string -> text', 'x'.repeat(300), { maxLength: 300 }, 'x'.repeat(300)],
    ['string <- text', 'x'.repeat(300), {}, 'x'.repeat(300)],
    ['textarea -> rich-text', 'ab c', { cutAt: 3 }, document('ab')],
    ['textarea -> rich-text', 'ab', { cutAt: 2 }, document('ab')],
    ['rich-textarea -> rich-text', '<p>ab <b>c</b></p>', { cutAt: 3 }, document('ab')],
    ['rich-textarea -> rich-text', '<p><b>abc</b></p>', { cutAt: 3 }, bold('abc')],
    ['rich-textarea -> rich-text', '<p><b>abc</b></p>', { cutAt: 30 }, bold('abc')],
    ['rich-textarea <- rich-text', bold('abc'), { cutAt: 3 }, '<p><b>abc</b></p>'],
    ['rich-textarea <- rich-text', bold('abc'), { cutAt: 30 }, '<p><b>abc</b></p>'],
    ['rich-textarea <- rich-text', bold('abc'), { cutAt: 2 }, '<p>ab</p>'],
    ['rich-textarea <- rich-text', document('  ab c'), { cutAt: 5 }, '<p>  ab</p>'],
    ['double -> number', -0, {}, 0],
    ['textarea <- text', 'ab c', { cutAt: 3 }, 'ab'],
    ['rich-textarea <- rich-text', document('ab c'), { cutAt: 3 }, '<p>ab</p>'],
    ['rich-textarea <- rich-text', document('abc'), { cutAt: 3 }, '<p>abc</p>'],
    ['rich-textarea <- rich-text', document('a'), { maxLength: 8 }, '<p>a</p>'],
    ['string <- users', [{ accountId: 'acc-ann' }], { cutAt: 3 }, 'ann'],
  ])('%s writes %j within %j as %j', (name, value, limits, written) => {
    expect(convert(name, value, limits)).toEqual({ ok: true, value: written });
  });

  it.each<[string, unknown, Partial<ConversionContext>, string]>([
    ['time <- text', '24:00', {}, '“24:00” is not a time of day'],
    ['time <- text', 'at 09:05:00.000Z', {}, '“at 09:05:00.000Z” is not a time of day'],
    ['time <- text', '09:05:00.000Z sharp', {}, '“09:05:00.000Z sharp” is not a time of day'],
    ['datetime <- text', 'soon', {}, '“soon” is not a date with a time'],
    ['string -> date', '2026-13-01', {}, '“2026-13-01” is not a date'],
    ['string -> date', '2026-01-00', {}, '“2026-01-00” is not a date'],
    ['string -> date', 'a  b\n c', {}, '“a b c” is not a date'],
    ['string -> date', 'x'.repeat(60), {}, `“${'x'.repeat(60)}” is not a date`],
    ['string -> date', 'x'.repeat(61), {}, `“${'x'.repeat(57)}…” is not a date`],
    ['anytype -> number', { a: 1 }, {}, '“{"a":1}” is not a number'],
    ['anytype -> number', true, {}, '“true” is not a number'],
    ['reference <- text', '500', {}, '“500” is not a Salesforce record id'],
    ['string -> user', 'two words', {}, 'no Jira user with the e-mail address “two words” can be found'],
    ['string -> user', 'ann', {}, 'no Jira user with the e-mail address “ann” can be found'],
    ['string -> users', 'acc-ann;x@y', {}, 'no Jira user with the e-mail address “x@y” can be found'],
    ['string <- users', [{ accountId: 'acc-ann' }], { maxLength: 3 }, tooLong(15, 3)],
    ['email <- text', 'a b@c.d', {}, '“a b@c.d” is not an e-mail address'],
    ['email <- text', 'a@b.c d', {}, '“a@b.c d” is not an e-mail address'],
    ['email <- text', 'a@b', {}, '“a@b” is not an e-mail address'],
    ['email <- text', 'a@b@c.d', {}, '“a@b@c.d” is not an e-mail address'],
    ['email <- text', 'a@b.example', { maxLength: 3 }, tooLong(11, 3)],
    ['url -> url', 'see http://a', {}, '“see http://a” is not an address that begins with http:// or https://'],
    ['url -> url', 'http://a b', {}, '“http://a b” is not an address that begins with http:// or https://'],
    ['string -> text', 'x'.repeat(1234), { maxLength: 1000 }, tooLong('1,234', '1,000')],
    ['string <- text', 'abcd', { maxLength: 3 }, tooLong(4, 3)],
    ['textarea <- text', 'abcd', { maxLength: 3 }, tooLong(4, 3)],
    ['rich-textarea <- rich-text', document('a'), { maxLength: 7 }, tooLong(8, 7)],
    ['textarea -> rich-text', 'abcd', { cutAt: 3, maxLength: 2 }, tooLong(3, 2)],
    [
      'multipicklist <- labels',
      ['a;b'],
      {},
      '“a;b” has a semicolon in it, which separates the values of a multi-select picklist',
    ],
  ])('%s refuses %j within %j', (name, value, limits, reason) => {
    expect(convert(name, value, limits)).toEqual({ ok: false, reason });
  });

  function tooLong(length: number | string, most: number | string): string {
    return `the text is ${length} characters long, and the field takes at most ${most}`;
  }

  it('by a table, in each direction only into what takes a text', () => {
    expect(writeScalar('to-jira', 'number', 'x', context)).toEqual({ ok: false, reason: '“x” is not a number' });
    expect(writeScalar('to-jira', 'other', 'x', context)).toEqual({
      ok: false,
      reason: 'a field of type other cannot be set to a text',
    });
    expect(writeScalar('to-salesforce', 'address', 'x', context)).toEqual({
      ok: false,
      reason: 'a field of type address cannot be set to a text',
    });
    expect(writeScalar('to-salesforce', 'date', '2026-01-05', context)).toEqual({ ok: true, value: '2026-01-05' });
  });

  it('to empty a field of Jira is an empty list where it has several values', () => {
    const several = jiraTypes.filter(type => JSON.stringify(emptyJira(type)) === '[]');
    expect(several.sort()).toEqual(['components', 'groups', 'labels', 'users', 'versions']);
    expect(new Set(jiraTypes.filter(type => !several.includes(type)).map(emptyJira))).toEqual(new Set([null]));
  });
});
