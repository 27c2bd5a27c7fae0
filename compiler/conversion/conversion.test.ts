/** What holds of every conversion, whatever the value: the laws. Single facts stand in facts.test.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JiraType, SalesforceType } from '../plan/ir.ts';
import {
  context,
  documents,
  html,
  jiraSide,
  jiraValues,
  pairsWith,
  salesforceSide,
  salesforceValues,
} from './arbitrary.ts';
import type { Conversion, Direction } from './index.ts';
import {
  conversionFor,
  conversions,
  foldText,
  jiraText,
  normalJira,
  normalSalesforce,
  salesforceText,
  sameValue,
} from './index.ts';
import { rows } from './table.ts';
import { jiraTypes, salesforceTypes } from './types.ts';

describe('two-way laws', () => {
  it('I24 S-11 a value that travels exactly and comes back without loss is the value that left', () => {
    for (const there of pairsWith(salesforceValues, salesforceSide, 'to-jira')) {
      const [sf, jira] = [salesforceSide(there), jiraSide(there)];
      const back = conversionFor('to-salesforce', sf, jira);
      if (there.safety === 'lossy' || back === undefined || back.safety === 'lossy') continue;
      // A text may spell a number or a moment in ways of its own.
      if (there.safety === 'fallible' && ['number', 'date', 'datetime'].includes(jira)) continue;
      fc.assert(
        fc.property(salesforceValues[sf], value => {
          const out = there.convert(value, context);
          if (!out.ok) return;
          const home = back.convert(out.value, context);
          if (!home.ok) {
            // An empty value may have no way home; anything else that arrived exactly has one.
            expect(
              normalJira(jira, out.value) === null || back.safety === 'fallible',
              `${there.name} then ${back.name}`,
            ).toBe(true);
            return;
          }
          expect(normalSalesforce(sf, home.value), there.name).toEqual(normalSalesforce(sf, value));
        }),
        { numRuns: 60 },
      );
    }
  });

  it('I24 S-11 the same holds from Jira', () => {
    for (const there of pairsWith(jiraValues, jiraSide, 'to-salesforce')) {
      const [sf, jira] = [salesforceSide(there), jiraSide(there)];
      const back = conversionFor('to-jira', sf, jira);
      if (there.safety !== 'exact' || back === undefined || back.safety === 'lossy') continue;
      fc.assert(
        fc.property(jiraValues[jira], value => {
          const out = there.convert(value, context);
          if (!out.ok) return;
          const home = back.convert(out.value, context);
          if (home.ok) expect(normalJira(jira, home.value), there.name).toEqual(normalJira(jira, value));
        }),
        { numRuns: 60 },
      );
    }
  });

  it('S-11 where both ways are exact, every value within the limits arrives and returns', () => {
    const exact = conversions().filter(
      c =>
        c.direction === 'to-jira' &&
        c.safety === 'exact' &&
        conversionFor('to-salesforce', salesforceSide(c), jiraSide(c))?.safety === 'exact',
    );
    expect(exact.map(c => c.name)).toEqual(
      expect.arrayContaining([
        'string -> text',
        'phone -> text',
        'double -> number',
        'date -> date',
        'datetime -> datetime',
      ]),
    );
    for (const there of exact) {
      const [sf, jira] = [salesforceSide(there), jiraSide(there)];
      const back = conversionFor('to-salesforce', sf, jira)!;
      fc.assert(
        fc.property(salesforceValues[sf], value => {
          const out = there.convert(value, context);
          expect(out).toMatchObject({ ok: true });
          const home = back.convert(out.ok && out.value, context);
          expect(home.ok && normalSalesforce(sf, home.value), there.name).toEqual(normalSalesforce(sf, value));
        }),
        { numRuns: 100 },
      );
    }
  });

  it.each<[SalesforceType, JiraType]>([
    ['textarea', 'rich-text'],
    ['rich-textarea', 'rich-text'],
    ['string', 'rich-text'],
    ['date', 'datetime'],
  ])('S-11 Salesforce keeps its own %s when %s shows it, although the way back is lossy for others', (sf, jira) => {
    const [there, back] = [conversionFor('to-jira', sf, jira)!, conversionFor('to-salesforce', sf, jira)!];
    fc.assert(
      fc.property(salesforceValues[sf], value => {
        const out = there.convert(value, context);
        const home = back.convert(out.ok && out.value, context);
        expect(home.ok && normalSalesforce(sf, home.value)).toEqual(normalSalesforce(sf, value));
      }),
      { numRuns: 600 },
    );
  });

  it('a normal form is its own normal form, and what is written is in the normal form of what is read', () => {
    for (const sf of salesforceTypes) {
      fc.assert(
        fc.property(salesforceValues[sf], value => {
          const once = normalSalesforce(sf, value);
          expect(normalSalesforce(sf, once), sf).toEqual(once);
        }),
      );
    }
    for (const jira of jiraTypes) {
      fc.assert(
        fc.property(jiraValues[jira], value => {
          const once = normalJira(jira, value);
          expect(normalJira(jira, once), jira).toEqual(once);
        }),
      );
    }
  });
});

describe('the table', () => {
  it('L-2 has each pair of types in one row at most, in each direction', () => {
    const cells = rows.flatMap(({ direction, salesforce, jira }) =>
      salesforce.flatMap(from => jira.map(to => `${direction} ${from} ${to}`)),
    );
    expect(cells.filter((cell, at) => cells.indexOf(cell) !== at)).toEqual([]);
  });

  it('L-2 leaves out only types that have no values to exchange, or that Jira or Salesforce sets itself', () => {
    const meet = (direction: Direction, side: (c: Conversion) => string) =>
      new Set(conversions().flatMap(c => (c.direction === direction ? [side(c)] : [])));
    const without = (all: readonly string[], some: ReadonlySet<string>) => all.filter(type => !some.has(type));
    expect(without(salesforceTypes, meet('to-jira', salesforceSide))).toEqual(['base64']);
    expect(without(jiraTypes, meet('to-jira', jiraSide))).toEqual(['named', 'other']);
    expect(without(salesforceTypes, meet('to-salesforce', salesforceSide))).toEqual([
      'id',
      'encryptedstring',
      'address',
      'location',
      'base64',
      'anytype',
    ]);
    expect(without(jiraTypes, meet('to-salesforce', jiraSide))).toEqual(['other']);
  });

  it('L-2 says of no conversion that it is exact when a value can be refused', () => {
    for (const conversion of conversions().filter(({ safety }) => safety !== 'fallible')) {
      const values = conversion.direction === 'to-jira' ? salesforceValues : jiraValues;
      fc.assert(
        fc.property(values[conversion.from as never] as fc.Arbitrary<unknown>, value => {
          const result = conversion.convert(value, { ...context, maxLength: 1_000_000 });
          // Nothing but an empty value into a field that has none.
          if (!result.ok) expect([conversion.name, value, result.reason]).toEqual([conversion.name, value, '']);
        }),
        { numRuns: 20 },
      );
    }
  });
});

describe('totality', () => {
  const deep = (depth: number) => {
    let value: unknown = 'x';
    for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { type: 'panel', content: value, __proto__: null };
    return value;
  };
  const anything = fc.oneof(fc.jsonValue(), documents, html, fc.constantFrom(deep(20_000), deep(3)));

  it('I24 no JSON value makes a conversion throw, and every answer is a value or a reason', () => {
    for (const conversion of conversions()) {
      fc.assert(
        fc.property(anything, value => {
          const result = conversion.convert(value, { ...context, maxLength: 40 });
          if (!result.ok) expect(result.reason).toMatch(/\S/);
          else expect(result.value).not.toBeUndefined();
        }),
        { numRuns: 15 },
      );
    }
  });

  it('no JSON value makes a normal form, a text for people or a comparison throw', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...salesforceTypes), fc.constantFrom(...jiraTypes), (value, sf, jira) => {
        expect(salesforceText(sf, value)).toBeTypeOf('string');
        expect(jiraText(jira, value)).toBeTypeOf('string');
        expect(sameValue(normalSalesforce(sf, value), normalSalesforce(sf, structuredCloneOf(value)))).toBe(true);
        expect(foldText(String(salesforceText('string', value)))).toBeTypeOf('string');
      }),
      { numRuns: 2000 },
    );
  });
  /** The very deep value cannot be copied by JSON; it is compared with itself. */
  function structuredCloneOf(value: unknown): unknown {
    try {
      return JSON.parse(JSON.stringify(value));
    } catch {
      return value;
    }
  }
});
