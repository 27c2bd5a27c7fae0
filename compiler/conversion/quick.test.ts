import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldsTo, foldText, normalSalesforce } from './index.ts';
import { normalLine, normalLines, trimmed } from './text.ts';

// What is quick for the usual value answers as the plain way does for every value.
const odd = fc.constantFrom('İ', 'ς', 'Σ', 'ß', 'K', ' ', ' ', '\u3000', '\ufeff', '\n', '\r\n', '\r', '\t', 'A', 'a');
const text = fc.array(fc.oneof(odd, fc.string({ maxLength: 3 })), { maxLength: 8 }).map(parts => parts.join(''));

describe('quick ways of normal forms', () => {
  it('tell folded texts apart as folding does', () => {
    fc.assert(
      fc.property(text, text, fc.boolean(), (one, other, same) => {
        const folded = foldText(same ? one.toUpperCase() : other);
        expect(foldsTo(one, folded)).toBe(foldText(one) === folded);
      }),
    );
  });
  it('trim and join lines as replacing does', () => {
    fc.assert(
      fc.property(text, value => {
        expect(trimmed(value)).toBe(value.trim());
        expect(normalLine(value)).toBe(value.replace(/[\r\n]+/g, ' ').trim());
        expect(normalLines(value)).toBe(value.replace(/\r\n?/g, '\n').trimEnd());
      }),
    );
  });
  it('spell moments as the calendar does, whatever the zone, and leave what is none', () => {
    const two = (n: number) => String(n).padStart(2, '0');
    const parts = fc.record({
      year: fc.integer({ min: 0, max: 9999 }),
      month: fc.integer({ min: 0, max: 13 }),
      day: fc.integer({ min: 0, max: 32 }),
      hour: fc.integer({ min: 0, max: 24 }),
      zone: fc.constantFrom('Z', '+0000', '+00:00', '-0000', '+0530', '-11:30', ''),
    });
    fc.assert(
      fc.property(parts, ({ year, month, day, hour, zone }) => {
        const spelled = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:59:07.891${zone}`;
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && month >= 1;
        const minutes = /(\d\d):?(\d\d)$/.exec(zone);
        const offset = minutes ? (Number(minutes[1]) * 60 + Number(minutes[2])) * (zone[0] === '-' ? -1 : 1) : 0;
        date.setUTCHours(hour, 59 - offset, 7);
        const iso = date.toISOString();
        expect(normalSalesforce('datetime', spelled)).toBe(isDay && hour < 24 && iso.length === 24 ? iso : spelled);
      }),
    );
  });
});
