/** Values as the two systems give them, of every type, for the laws of conversion. */
import fc from 'fast-check';
import type { JiraType, SalesforceType } from '../plan/ir.ts';
import type { ConversionContext } from './index.ts';
import { type conversionNamed, conversions } from './index.ts';

export const people = new Map([
  ['ann@example.com', 'acc-ann'],
  ['bob@example.com', 'acc-bob'],
]);
export const context: ConversionContext = {
  accountIdOf: email => people.get(email.toLowerCase()),
  emailOf: account => [...people].find(([, id]) => id === account)?.[0],
};

export function salesforceSide(c: { direction: string; from: string; to: string }): SalesforceType {
  return (c.direction === 'to-jira' ? c.from : c.to) as SalesforceType;
}
export function jiraSide(c: { direction: string; from: string; to: string }): JiraType {
  return (c.direction === 'to-jira' ? c.to : c.from) as JiraType;
}

// ── values as the two systems give them ─────────────────────────────────────────────────────────

const blankish = fc.constantFrom(' ', '  ', '\t', '\n', '\r\n', '\r', '\u00a0');
export const words = fc.oneof(fc.string({ maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 12 }), blankish);
const textOf = (max: number) => fc.array(words, { maxLength: 6 }).map(parts => parts.join('').slice(0, max));
const shortText = textOf(200);
const choice = fc.string({ minLength: 1, maxLength: 12 }).filter(text => text.trim() !== '' && !text.includes(';'));
const day = fc
  .date({ min: new Date('0002-01-01'), max: new Date('9998-12-30'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10));
export const moment = fc
  .tuple(day, fc.integer({ min: 0, max: 86_399_999 }), fc.constantFrom('Z', '+0000', '+02:00', '-0730'))
  .map(([date, ms, zone]) => `${date}T${new Date(ms).toISOString().slice(11, 23)}${zone}`);
export const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
const recordIds = fc.constantFrom('500000000000001AAA', '001000000000001', '5003000000D8cuI');
export const html = fc
  .array(
    fc.oneof(
      textOf(20),
      fc
        .constantFrom(
          ...'p b strong i em u s code a ul ol li h1 h3 blockquote pre div span table tr td br hr'.split(' '),
        )
        .chain(tag =>
          fc.constantFrom(
            `<${tag}>`,
            `</${tag}>`,
            `<${tag}/>`,
            `<${tag} class="x" href="https://example.com/?a=1&amp;b=2">`,
          ),
        ),
      fc.constantFrom(
        '&amp;',
        '&lt;',
        '&nbsp;',
        '&#8364;',
        '&bogus;',
        '<',
        '&',
        '<!-- note -->',
        '<script>x</script>',
        '<img alt="cat">',
        '<p>&nbsp;</p>',
      ),
    ),
    { maxLength: 14 },
  )
  .map(parts => parts.join(''));

export const salesforceValues: Readonly<Record<SalesforceType, fc.Arbitrary<unknown>>> = {
  id: recordIds,
  reference: recordIds,
  string: shortText.map(text => text.replace(/[\r\n]/g, ' ')),
  textarea: textOf(2000),
  'rich-textarea': html,
  picklist: choice,
  multipicklist: fc.array(choice, { maxLength: 4 }).map(all => all.join(';')),
  combobox: shortText,
  boolean: fc.boolean(),
  int: fc.integer(),
  double: number,
  currency: number,
  percent: number,
  date: day,
  datetime: moment,
  time: fc.constantFrom('09:30:00.000Z', '23:59:59.999Z', '00:00:00.000Z'),
  phone: shortText,
  email: fc.constantFrom('ann@example.com', 'bob@example.com'),
  url: fc.oneof(fc.webUrl(), shortText),
  encryptedstring: shortText,
  address: fc.record({ street: shortText, city: shortText, postalCode: fc.constantFrom(null, '1010') }),
  location: fc.record({ latitude: number, longitude: number }),
  base64: fc.base64String(),
  anytype: fc.jsonValue(),
};
const adf = fc.letrec<{ inline: unknown; block: unknown }>(tie => ({
  inline: fc.oneof(
    fc.record({
      type: fc.constant('text'),
      text: fc.string({ minLength: 1, maxLength: 10 }),
      marks: fc.constantFrom([], [{ type: 'strong' }], [{ type: 'em' }, { type: 'code' }]),
    }),
    fc.constantFrom(
      { type: 'hardBreak' },
      { type: 'mention', attrs: { id: 'a', text: '@Ann' } },
      { type: 'emoji', attrs: { shortName: ':ok:' } },
    ),
  ),
  block: fc.oneof(
    { depthSize: 'small' },
    fc.record({
      type: fc.constantFrom('paragraph', 'heading', 'codeBlock'),
      content: fc.array(tie('inline'), { maxLength: 4 }),
    }),
    fc.record({
      type: fc.constantFrom(
        'bulletList',
        'orderedList',
        'listItem',
        'panel',
        'blockquote',
        'table',
        'tableRow',
        'novelty',
      ),
      content: fc.array(tie('block'), { maxLength: 3 }),
    }),
  ),
}));
export const documents = fc.array(adf.block, { maxLength: 5 }).map(content => ({ version: 1, type: 'doc', content }));
export const named = choice.map(name => ({ self: 'https://jira/1', id: '1', name }));
export const jiraValues: Readonly<Record<JiraType, fc.Arbitrary<unknown>>> = {
  text: shortText,
  'rich-text': documents,
  number,
  date: day,
  datetime: moment,
  option: choice.map(value => ({ self: 'https://jira/1', id: '1', value })),
  options: fc.array(
    choice.map(value => ({ id: '1', value })),
    { maxLength: 4 },
  ),
  'cascading-option': fc.constantFrom({ value: 'Hardware', child: { value: 'Laptop' } }, { value: 'Other' }),
  priority: named,
  version: named,
  named,
  components: fc.array(named, { maxLength: 3 }),
  versions: fc.array(named, { maxLength: 3 }),
  group: choice.map(name => ({ name, groupId: 'g' })),
  groups: fc.array(
    choice.map(name => ({ name, groupId: 'g' })),
    { maxLength: 3 },
  ),
  url: fc.webUrl(),
  project: fc.constantFrom({ id: '1', key: 'SUP' }, { id: '2', key: 'OPS' }),
  parent: fc.constantFrom({ id: '1', key: 'SUP-1' }, { id: '2', key: 'OPS-22' }),
  other: fc.jsonValue(),
  user: fc.constantFrom({ accountId: 'acc-ann', displayName: 'Ann' }),
  users: fc.constantFrom([{ accountId: 'acc-bob' }, { accountId: 'acc-ann' }]),
  labels: fc.array(
    choice.filter(label => !/\s/.test(label)),
    { maxLength: 4 },
  ),
};

export const pairsWith = <T>(
  values: Partial<Record<string, fc.Arbitrary<T>>>,
  side: (c: ReturnType<typeof conversionNamed>) => string,
  direction: string,
) => conversions().filter(c => c.direction === direction && values[side(c)] !== undefined);
