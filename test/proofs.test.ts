/**
 * What the compiler claims of whole programs, against the engine: values carried there and back, and circles run until
 * they rest or do not.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MappingPlan, SalesforceField } from '../compiler/plan/ir.ts';
import { lower } from '../compiler/plan/lower.ts';
import { converterOf } from '../runtime/engine/convert.ts';
import { analyseText, itemWith } from './kit/check.ts';
import { workflow } from './kit/plan.ts';
import { createWorld } from './kit/ports.ts';

// ── values there and back ───────────────────────────────────────────────────────────────────────

const people = {
  accountIdOf: (email: string) => `account:${email}`,
  emailOf: (id: string) => id.replace('account:', ''),
};
const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
/** What a field of the org can hold. */
const held: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Subject: fc.string({ minLength: 1, maxLength: 60 }).map(text => text.replace(/[\r\n]/g, ' ').trim()),
  Score__c: fc.oneof(fc.integer({ min: -1000, max: 1_000_000 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  Due__c: day.map(date => date.toISOString().slice(0, 10)),
  Called__c: day.map(date => `${date.toISOString().slice(0, 19)}.000+0000`),
  Vip__c: fc.boolean(),
  Priority: fc.constantFrom('High', 'Medium', 'Low'),
};
const jiraFields = [
  'summary',
  'Customer',
  'description',
  'Score',
  'duedate',
  'Called',
  'priority',
  'labels',
  'Severity',
];

/** The same value again after both ways, as the engine converts it; undefined where it stays behind. */
function roundTrip(mapping: MappingPlan, value: unknown): { readonly there: boolean; readonly same: boolean } {
  const converter = converterOf(mapping);
  const { path } = (mapping.source as { readonly field: SalesforceField }).field;
  const record = { [path[0]!]: value };
  const there = converter.toJira(record, people);
  if (there.kind !== 'value' || there.normal === null) return { there: false, same: true };
  const back = converter.toSalesforce({ [mapping.target.id]: there.value }, {}, people);
  if (back.kind !== 'value') return { there: false, same: true };
  const before = converter.salesforceNormal(record);
  return { there: true, same: JSON.stringify(back.normal) === JSON.stringify(before) };
}

describe('what is claimed of values', () => {
  const suspicious = /^(comes-back-changed|comes-back-as-other-row|lossy-conversion)$/;
  const pairs = Object.keys(held).flatMap(field =>
    jiraFields.flatMap(jira => ['', ' cut at 5'].map(more => [field, jira, more] as const)),
  );
  it.each(pairs)('S-11 `%s <-> %s%s` changes no value unless something is said', (field, jira, more) => {
    const analysis = analyseText(itemWith(`  fields { ${field} <-> ${jira}${more} or else skip }`));
    if (analysis.plan === undefined) {
      expect(analysis.diagnostics.map(({ code }) => code)).toContain('impossible-conversion');
      return;
    }
    const mapping = analysis.plan.items[0]!.mappings[0]!;
    const isTold = analysis.diagnostics.some(({ code }) => suspicious.test(code));
    if (isTold) return;
    fc.assert(
      fc.property(held[field]!, value => {
        expect([value, roundTrip(mapping, value).same]).toEqual([value, true]);
      }),
      { numRuns: 50 },
    );
  });

  it.each<[string, unknown]>([
    ['Subject <-> Score or else skip', '007'],
    ['Subject <-> Customer cut at 10', 'a long text'],
    ['Priority <-> priority { "High" <-> "High" "Medium" -> "High" "Low" <-> "Low" otherwise keep }', 'Medium'],
  ])('S-11 the value that is shown for `%s` really comes back changed', (mapping, value) => {
    const { plan, diagnostics } = analyseText(itemWith(`  fields { ${mapping} }`));
    const reason = diagnostics.find(({ code }) => code.startsWith('comes-back'))?.reason;
    expect(reason?.startsWith(`\`${value}\` becomes`)).toBe(true);
    expect(roundTrip(plan!.items[0]!.mappings[0]!, value)).toEqual({ there: true, same: false });
  });
});

// ── circles ─────────────────────────────────────────────────────────────────────────────────────

interface Aftermath {
  readonly subject: unknown;
  readonly customer: unknown;
  /** Something is still written, long after the last edit. */
  readonly restless: boolean;
}

/** What becomes of a subject that somebody edits once. */
async function after(mappings: string): Promise<Aftermath> {
  const { bound } = analyseText(itemWith(`  create all\n  fields {\n${mappings}\n  }`));
  const world = await createWorld(lower(bound), workflow);
  const record = world.salesforce.create('Case', { Subject: 'a text' });
  const cycles = async (count: number) => {
    for (let n = 0; n < count; n++) await world.cycle();
  };
  await cycles(3);
  world.salesforce.edit(record, { Subject: 'another' });
  await cycles(5);
  world.calls.length = 0;
  await cycles(2);
  const [issue] = [...world.jira.issuesNow.values()];
  return {
    subject: world.salesforce.read(record, 'Subject'),
    customer: issue?.fields.customfield_10040,
    restless: world.calls.some(({ system, name }) => system !== 'store' && name === 'update'),
  };
}
const isRefused = (mappings: string): boolean =>
  analyseText(itemWith(`  fields {\n${mappings}\n  }`)).diagnostics.some(({ code }) => code.startsWith('circle'));

describe('what is claimed of circles', () => {
  it('S-11 one that is refused because of its owners would write for ever', async () => {
    const circle = 'Subject -> Customer\nSubject <- Customer';
    expect([isRefused(circle), (await after(circle)).restless]).toEqual([true, true]);
  });
  it('S-11 in one that is refused because it changes its value the two sides never agree', async () => {
    const circle = '"{Subject} (Case)" -> Customer\nSubject <- Customer';
    const { subject, customer } = await after(circle);
    expect([isRefused(circle), customer === subject]).toEqual([true, false]);
  });
  it('S-11 over two items it is warned of: where both link a record with an issue, an edit is put back', async () => {
    const item = (id: string, clauses: string) =>
      `item ${id} "I" {\n  salesforce Case\n  jira SUP / "Incident"\n  sync custom\n  ${clauses}\n}\n`;
    const first = item('a', 'create all\n  fields { Subject -> Customer }');
    const { plan, diagnostics } = analyseText(first + item('b', 'fields { Subject <- Customer }'));
    expect(diagnostics.map(({ code }) => code)).toContain('opposite-owners');
    const world = await createWorld(plan!, workflow);
    const record = world.salesforce.create('Case', { Subject: 'a text' });
    await world.cycle();
    const [link] = [...world.store.state.links.values()];
    await world.store.addLink({ ...link!.value, item: 'b', managed: 'manual' });
    for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
    world.salesforce.edit(record, { Subject: 'another' });
    for (let cycles = 0; cycles < 5; cycles++) await world.cycle();
    const [issue] = [...world.jira.issuesNow.values()];
    expect([world.salesforce.read(record, 'Subject'), issue?.fields.customfield_10040]).toEqual(['a text', 'a text']);
  });
  it.each(['Subject <-> Customer', 'Subject -> Customer\nNotes__c <- Customer'])(
    'S-11 what is not refused rests and agrees: `%s`',
    async mappings => {
      expect(isRefused(mappings)).toBe(false);
      expect(await after(mappings)).toEqual({ subject: 'another', customer: 'another', restless: false });
    },
  );
});

// ── whole programs at rest ──────────────────────────────────────────────────────────────────────

const paragraph = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
/** What people write on either side. */
const inSalesforce: Readonly<Record<string, readonly unknown[]>> = {
  Subject: ['a text', '007', 'Printer  on fire', null],
  Notes__c: ['one\r\ntwo', 'b', null],
  Rich__c: ['<p><b>bold</b></p>', 'plain', null],
  Score__c: [1, 2.5, null],
  Due__c: ['2026-01-31', null],
  Called__c: ['2026-01-31T23:30:00.000+0000', null],
  Vip__c: [true, false],
  Priority: ['High', 'Low', null],
};
const inJira: Readonly<Record<string, readonly [id: string, values: readonly unknown[]]>> = {
  summary: ['summary', ['from Jira', '12']],
  Customer: ['customfield_10040', ['another', 'yes', null]],
  description: ['description', [paragraph('x'), null]],
  '"Resolution notes"': ['customfield_10041', [paragraph('notes'), null]],
  Score: ['customfield_10043', [3, 0.5, null]],
  duedate: ['duedate', ['2027-02-28', null]],
  Called: ['customfield_10046', ['2026-06-01T10:00:00.000+0200', null]],
  labels: ['labels', [['a', 'b'], []]],
  priority: ['priority', [{ name: 'Highest' }, { name: 'Low' }]],
  Severity: ['customfield_10042', [{ value: 'Major' }, null]],
};
const left = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...Object.keys(inSalesforce)) },
  { weight: 1, arbitrary: fc.constantFrom('"{Subject}: {Notes__c}"', '"{Priority}"') },
);
const line = fc
  .record({
    left,
    arrow: fc.constantFrom('->', '<-', '<->'),
    right: fc.constantFrom(...Object.keys(inJira)),
    more: fc.constantFrom('', ' cut at 5', ' on conflict jira', ' on conflict salesforce'),
  })
  .map(one => ({ ...one, text: `    ${one.left} ${one.arrow} ${one.right} or else skip${one.more}` }));
const edit = fc.oneof(
  fc
    .constantFrom(...Object.keys(inSalesforce))
    .chain(field =>
      fc.constantFrom(...inSalesforce[field]!).map(value => ({ side: 'salesforce' as const, field, value })),
    ),
  fc
    .constantFrom(...Object.values(inJira))
    .chain(([field, some]) => fc.constantFrom(...some).map(value => ({ side: 'jira' as const, field, value }))),
);

describe('what is claimed of a program that has no error', () => {
  it('S-11 whatever people write, two cycles later nothing is written any more', async () => {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.array(fc.array(edit, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
        async (lines, rounds) => {
          const { plan } = analyseText(
            itemWith(`  create all\n  fields {\n${lines.map(({ text }) => text).join('\n')}\n  }`),
          );
          fc.pre(plan !== undefined);
          tried++;
          const world = await createWorld(plan!, workflow);
          const record = world.salesforce.create('Case', { Subject: 'first', Vip__c: false, Priority: 'Low' });
          for (let cycles = 0; cycles < 3; cycles++) await world.cycle();
          const [issue] = world.jira.issuesNow.keys();
          for (const edits of rounds) {
            for (const { side, field, value } of edits) {
              world.advance(1000);
              if (side === 'salesforce') world.salesforce.edit(record, { [field]: value });
              else if (issue !== undefined) world.jira.edit(issue, { [field]: value });
            }
            if (issue !== undefined) await world.event(issue);
            for (let cycles = 0; cycles < 2; cycles++) await world.cycle();
          }
          world.calls.length = 0;
          for (let cycles = 0; cycles < 2; cycles++) await world.cycle();
          const writes = world.calls.filter(
            ({ system, name }) => system !== 'store' && /^(update|create|transition)$/.test(name),
          );
          expect(writes).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
    expect(tried).toBeGreaterThan(100);
  });
});
