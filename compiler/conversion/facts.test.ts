/** Single facts of conversion that its laws cannot say. */
import { describe, expect, it } from 'vitest';
import type { JiraType, SalesforceType } from '../plan/ir.ts';
import { context } from './arbitrary.ts';
import type { ConversionContext } from './index.ts';
import {
  conversionFor,
  conversionNamed,
  foldText,
  jiraText,
  normalJira,
  normalSalesforce,
  sameValue,
  writeScalar,
} from './index.ts';

describe('limits', () => {
  const convert = (name: string, value: unknown, more: Partial<ConversionContext> = {}) =>
    conversionNamed(name).convert(value, { ...context, ...more });

  it('a text that is too long is refused with both lengths, never cut', () => {
    expect(convert('string -> text', 'x'.repeat(256))).toEqual({
      ok: false,
      reason: 'the text is 256 characters long, and the field takes at most 255',
    });
    expect(convert('textarea -> rich-text', 'x'.repeat(32_768))).toMatchObject({ ok: false });
    expect(convert('string <- text', 'x'.repeat(81), { maxLength: 80 })).toMatchObject({ ok: false });
    expect(convert('string <- text', 'x'.repeat(80), { maxLength: 80 })).toEqual({ ok: true, value: 'x'.repeat(80) });
  });

  it('`cut at` cuts first, and never inside a surrogate pair', () => {
    expect(convert('textarea -> text', 'abc😀def', { cutAt: 4 })).toEqual({ ok: true, value: 'abc' });
    expect(convert('textarea -> rich-text', 'abc\r\ndef', { cutAt: 5 })).toEqual({
      ok: true,
      value: {
        type: 'doc',
        version: 1,
        content: [
          {
            type: 'paragraph',
            content: [{ type: 'text', text: 'abc' }, { type: 'hardBreak' }, { type: 'text', text: 'd' }],
          },
        ],
      },
    });
    expect(
      convert(
        'string <- rich-text',
        {
          type: 'doc',
          version: 1,
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x'.repeat(300) }] }],
        },
        { cutAt: 255, maxLength: 255 },
      ),
    ).toEqual({ ok: true, value: 'x'.repeat(255) });
  });

  it('a template keeps its lines in a rich text, and runs them together in a text', () => {
    const document = convert('string -> rich-text', 'a\nb');
    expect(jiraText('rich-text', document.ok && document.value)).toBe('a\nb');
    expect(convert('string -> text', 'a\nb')).toEqual({ ok: true, value: 'a b' });
  });

  it('Salesforce counts and keeps CRLF', () => {
    const document = conversionNamed('textarea -> rich-text').convert('a\nb', context);
    const home = convert('textarea <- rich-text', document.ok && document.value, { maxLength: 4 });
    expect(home).toEqual({ ok: true, value: 'a\r\nb' });
    expect(convert('textarea <- rich-text', document.ok && document.value, { maxLength: 3 }).ok).toBe(false);
  });
});

describe('what people would call the same', () => {
  it.each<[SalesforceType, unknown, unknown]>([
    ['textarea', 'a\r\nb  ', 'a\nb'],
    ['string', ' a ', 'a'],
    ['string', '', null],
    ['datetime', '2026-01-05T11:05:00.000+0000', '2026-01-05T12:05:00+01:00'],
    ['multipicklist', 'B;A', 'A;B'],
    ['double', 3.0, '3'],
    ['id', '5003000000D8cuI', '5003000000D8cuIAAR'],
    ['rich-textarea', '<strong>a</strong><br/>', '<p><b>a</b></p>'],
  ])('S-11 Salesforce %s: %j is %j', (type, a, b) => {
    expect(sameValue(normalSalesforce(type, a), normalSalesforce(type, b))).toBe(true);
  });

  it.each<[JiraType, unknown, unknown]>([
    ['option', { self: 'x', value: 'Red', id: '1' }, { value: 'Red' }],
    ['priority', { iconUrl: 'x', name: 'High', id: '2' }, { name: 'High' }],
    ['user', { accountId: 'a', displayName: 'Ann' }, { accountId: 'a' }],
    ['labels', ['b', 'a', 'a'], ['a', 'b']],
    ['labels', [], null],
    ['datetime', '2026-07-05T11:05:00.000+0200', '2026-07-05T09:05:00.000Z'],
    [
      'rich-text',
      {
        version: 1,
        type: 'doc',
        content: [
          {
            type: 'paragraph',
            attrs: { localId: 'x' },
            content: [
              { type: 'text', text: 'a' },
              { type: 'text', text: 'b ' },
            ],
          },
          { type: 'paragraph', content: [] },
        ],
      },
      { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'ab' }] }] },
    ],
    ['rich-text', { type: 'doc', version: 1, content: [] }, null],
  ])('S-11 Jira %s: %j is %j', (type, a, b) => {
    expect(sameValue(normalJira(type, a), normalJira(type, b))).toBe(true);
  });

  it('texts fold without case, whatever the locale', () => {
    expect(foldText('ΟΔΟΣ')).toBe(foldText('οδος'));
    expect(foldText('ΟΔΟΣ')).toBe(foldText('οδοσ'));
    expect(foldText('Σας')).toBe('σασ');
    expect(foldText('Customer - DIRECT')).toBe('customer - direct');
  });
});

describe('what is refused, and why', () => {
  it.each<[string, unknown, string]>([
    ['string -> number', 'twelve', '“twelve” is not a number'],
    ['int <- number', 1.5, '1.5 is not a whole number'],
    ['multipicklist -> labels', 'Two words', '“Two words” has a space in it, which a Jira label cannot have'],
    ['email -> user', 'nobody@example.com', 'no Jira user with the e-mail address “nobody@example.com” can be found'],
    ['email <- user', { accountId: 'acc-zed' }, 'the Jira profile of user “acc-zed” hides the e-mail address'],
    ['boolean <- text', 'perhaps', '“perhaps” is neither true nor false'],
    ['boolean <- text', null, 'a checkbox is either true or false and cannot be empty'],
    ['picklist <- options', [{ value: 'A' }, { value: 'B' }], 'there are 2 values (“A; B”), and the field takes one'],
    [
      'url -> url',
      'javascript:alert(1)',
      '“javascript:alert(1)” is not an address that begins with http:// or https://',
    ],
    ['date <- text', '2026-02-30', '“2026-02-30” is not a date'],
    ['combobox -> users', ';', 'no Jira user with the e-mail address “;” can be found'],
    ['reference <- text', '5003000000D8cuIXXX', '“5003000000D8cuIXXX” is not a Salesforce record id'],
  ])('%s of %j', (name, value, reason) => {
    expect(conversionNamed(name).convert(value, context)).toEqual({ ok: false, reason });
  });

  it('types that cannot meet have no conversion', () => {
    expect(conversionFor('to-jira', 'base64', 'text')).toBeUndefined();
    expect(conversionFor('to-jira', 'string', 'other')).toBeUndefined();
    expect(conversionFor('to-salesforce', 'address', 'text')).toBeUndefined();
    expect(conversionFor('to-jira', 'reference', 'user')).toBeUndefined();
    expect(() => conversionNamed('nothing -> nowhere')).toThrow(
      'the plan names a conversion that does not exist: nothing -> nowhere',
    );
  });
});

describe('values from tables and `or else`', () => {
  it.each<[string, unknown, unknown]>([
    ['priority', 'Highest', { name: 'Highest' }],
    ['number', 3, 3],
    ['option', true, { value: 'true' }],
    ['user', 'acc-ann', { accountId: 'acc-ann' }],
    ['cascading-option', 'Hardware / Laptop', { value: 'Hardware', child: { value: 'Laptop' } }],
  ])('are written to a Jira %s', (type, scalar, written) => {
    expect(writeScalar('to-jira', type as JiraType, scalar as string, context)).toEqual({ ok: true, value: written });
  });

  it.each<[string, unknown, unknown]>([
    ['picklist', 'High', 'High'],
    ['boolean', true, true],
    ['currency', 2.5, 2.5],
    ['email', 'ann@example.com', 'ann@example.com'],
  ])('are written to a Salesforce %s', (type, scalar, written) => {
    expect(writeScalar('to-salesforce', type as SalesforceType, scalar as string, context)).toEqual({
      ok: true,
      value: written,
    });
  });
});
