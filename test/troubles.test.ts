/** The troubles of the front page do what their words promise: each strikes, and afterwards nothing is lost or doubled. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { circumstances, faultPresets, together } from '../sandbox/shell/dock/presets.ts';
import { exampleProgram, type Outside, openOutside } from './kit/outside.ts';

let outside: Outside;
let accountId: string;
let record: string;
beforeAll(async () => {
  outside = await openOutside({ empty: true });
});
afterAll(() => outside?.stop());
beforeEach(async () => {
  await outside.control('POST', '/control/reset', {});
  await outside.control('PUT', '/control/program', { files: exampleProgram() });
  const account = { Name: 'Korvex Systems', Rating: 'Hot', Type: 'Customer - Direct' };
  accountId = (await outside.salesforce.sobject('Account').create(account)).id as string;
  record = await newCase('Printer on fire');
  await outside.cycle();
});

const newCase = async (Subject: string) =>
  (
    await outside.salesforce
      .sobject('Case')
      .create({ Subject, Origin: 'Phone', AccountId: accountId, Priority: 'Medium' })
  ).id as string;
const later = async () => {
  await outside.control('POST', '/control/clock', { advance: '5m' });
  await outside.cycle();
};
const key = async () => (await outside.state()).links.find(link => link.record === record)!.issueKey;
const struck = async () =>
  (await outside.control<{ struck: readonly number[] }>('GET', '/control/state')).struck.length;

/** What the words of each ask for. */
const deeds: Readonly<Record<string, () => Promise<unknown>>> = {
  'Jira’s answer is lost': () => newCase('Water in the fuel'),
  'An event gets lost': async () => describeInJira('It burns.'),
  'An event comes twice': async () => describeInJira('It burns.'),
  'Salesforce is slow': async () =>
    outside.control('POST', '/control/invoke', {
      module: 'panel',
      function: 'cards',
      accountId: outside.sandbox.jiraUsers.find(({ role }) => role === 'agent')!.accountId,
      issueKey: await key(),
    }),
};
const describeInJira = async (text: string) =>
  outside.jira('agent', 'PUT', `/rest/api/3/issue/${await key()}`, {
    fields: {
      description: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
    },
  });

describe('troubles to play with', () => {
  it.each(faultPresets.map(preset => [preset.name, preset] as const))('%s', async (name, { faults }) => {
    expect(await outside.control('PUT', '/control/faults', faults)).toEqual({ ok: true });
    await outside.salesforce.sobject('Case').update({ Id: record, Subject: 'Printer is out' });
    await deeds[name]?.();
    await outside.cycle();
    for (let cycles = 0; cycles < 8; cycles++) await later();
    expect(await struck()).toBe(faults.length);

    const cases = await outside.salesforce.query<{ Subject: string; Description: string | null }>(
      'SELECT Subject, Description FROM Case',
    );
    const issues = await outside.issues();
    expect(issues.map(({ fields }) => fields.summary).sort()).toEqual(cases.records.map(one => one.Subject).sort());
    expect(cases.records.some(one => one.Subject === 'Printer is out')).toBe(true);
    if (name.startsWith('An event')) {
      expect(cases.records.map(one => one.Description)).toContain('It burns.');
      const pushed = (await outside.state()).journal.filter(
        entry => entry.side === 'salesforce' && entry.what === 'Case Description',
      );
      expect(pushed.length).toBeLessThanOrEqual(1);
    }
    expect((await outside.state()).attention).toEqual([]);
  });

  it.each(circumstances.map(one => [one.name, one.conditions] as const))(
    '%s: is told while it lasts, and over when it is taken back',
    async (_, conditions) => {
      expect(await outside.control('PUT', '/control/conditions', conditions)).toEqual({ ok: true });
      expect(await outside.control('GET', '/control/conditions')).toEqual(together([conditions]));
      await outside.salesforce.sobject('Case').update({ Id: record, Subject: 'Printer is out' });
      await later();
      expect(await outside.control('PUT', '/control/conditions', {})).toEqual({ ok: true });
      for (let cycles = 0; cycles < 4; cycles++) await later();
      expect((await outside.issues()).map(({ fields }) => fields.summary)).toEqual(['Printer is out']);
    },
  );

  it('are all taken at once', async () => {
    const all = together(circumstances.map(({ conditions }) => conditions));
    expect(await outside.control('PUT', '/control/conditions', all)).toEqual({ ok: true });
  });
});
