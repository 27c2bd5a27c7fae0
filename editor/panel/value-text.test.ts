import { describe, expect, it } from 'vitest';
import { valueText } from './value-text.ts';

describe('P-1 a value on a card', () => {
  it.each([
    ['boolean', 'true', 'Yes'],
    ['boolean', 'false', 'No'],
    ['currency', '1234568', new Intl.NumberFormat().format(1234568)],
    ['double', '0.125', new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 }).format(0.125)],
    ['double', '12345678901234567890', '12345678901234567890'],
    ['percent', '40', '40 %'],
    ['string', '1234568', '1234568'],
    ['string', 'true', 'true'],
    ['phone', '5550100', '5550100'],
    ['date', 'some day', 'some day'],
    ['currency', '', ''],
    [undefined, 'true', 'true'],
  ])('of the type %s: %j reads %j', (type, value, text) => {
    expect(valueText(type, value)).toBe(text);
  });

  it.each(['2026-01-23', '2026-12-31'])('is the same day everywhere: %s', value => {
    expect(valueText('date', value)).toContain(String(Number(value.slice(-2))));
  });

  it('is a moment of this place', () => {
    const text = valueText('datetime', '2026-01-23T12:10:13.000Z');
    expect(text).not.toContain('T');
    expect(text).toContain('2026');
  });
});
