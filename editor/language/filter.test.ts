import { describe, expect, it } from 'vitest';
import { filterOf } from './filter.ts';
import type { Completion } from './types.ts';

const one = (insert: string, start: number, more: Partial<Completion> = {}): Completion => ({
  label: 'Phone',
  kind: 'value',
  insert,
  span: { start, end: start },
  ...more,
});

describe('what an editor compares with what is typed', () => {
  it.each<[string, Completion, string, string]>([
    ['begins with the quote that is typed', one('"Phone"', 3), 'is "Ph', '"Phone"'],
    ['has the quotes that will be written, before one is typed', one('"Phone"', 3), 'is ', '"Phone"'],
    ['has the quotes of YAML that go away again', one('Phone', 4), "is: 'Ph'", "'Phone'"],
    ['is the name alone where there are none', one('Phone', 4), 'is: Ph', 'Phone'],
    [
      'has every name that the thing goes by',
      one('"Customer"', 5, { label: 'Customer', filter: 'Customer customfield_1' }),
      ' ->  "Cu"',
      '"Customer customfield_1"',
    ],
  ])('A-2 %s', (_, completion, text, due) => expect(filterOf(completion, text)).toBe(due));
});
