/**
 * Every state in which an agent may meet the panel, in light and dark: said in words, no wider than its place, without a
 * serious fault for assistive technology, and with nothing refused by Forge's policy.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { looksSound } from '../kit/looks.ts';
import { setStage } from '../kit/stage.ts';

const cases = (more = '', mode = 'two-way') => `
item cases "Support cases" {
  salesforce Case
  jira SUP / "Incident"
  sync ${mode}
  create all
  fields { Subject <-> summary or else skip  Priority <-> priority or else skip }
  ${more}
  associations on
  show CaseNumber, Subject, Priority, Account.Name, Description
}
`;
const twenty = Array.from(
  { length: 20 },
  (_, n) => `item i${n} "Item number ${n + 1}" { salesforce Account jira SUP sync display-only show Name, Rating }`,
).join('\n');
const long = `${'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(6)} ${'and what came after that. '.repeat(40)}`;

const stage = setStage();
let key: string;
let caseId: string;
let accountId: string;

const program = (text: string) => stage.outside.control('PUT', '/control/program', { files: { 'a.bridge': text } });
const advance = (by: string) => stage.outside.control('POST', '/control/clock', { advance: by });
const faults = (effect: string, count: number, path?: string) =>
  stage.outside.control(
    'PUT',
    '/control/faults',
    Array.from({ length: count }, (_, at) => ({
      system: 'salesforce',
      match: path === undefined ? {} : { path },
      nth: at + 1,
      effect,
    })),
  );
const update = (fields: Record<string, unknown>) =>
  stage.outside.salesforce.sobject('Case').update({ Id: caseId, ...fields });

async function begin(text: string): Promise<void> {
  await stage.reset({ 'a.bridge': text });
  const create = async (object: string, fields: Record<string, string>) =>
    (await stage.outside.salesforce.sobject(object).create({ ...fields })).id as string;
  accountId = await create('Account', { Name: 'Korvex Systems', Rating: 'Hot' });
  caseId = await create('Case', {
    Subject: 'Printer on fire',
    Origin: 'Phone',
    Priority: 'High',
    AccountId: accountId,
    Description: 'Smoke since nine.',
  });
  await stage.outside.cycle();
  key = (await stage.outside.state()).links.find(link => link.record === caseId)!.issueKey;
}

interface State {
  readonly name: string;
  readonly program?: string;
  readonly user?: string;
  readonly width?: number;
  /** Before the page opens. */
  before?(): Promise<unknown>;
  /** On the page, before it is looked at. */
  look?(page: Page): Promise<unknown>;
  readonly says: readonly (string | RegExp)[];
  readonly saysNot?: readonly string[];
}

const states: readonly State[] = [
  { name: 'linked', says: ['00001001 [Printer on fire]', 'Auto-managed', 'Open in Salesforce'] },
  {
    name: 'unlicensed',
    before: () => stage.outside.control('PUT', '/control/conditions', { forge: { licensed: false } }),
    says: [/no active licence/],
    saysNot: ['Refresh'],
  },
  {
    name: 'disconnected',
    before: () => stage.admin('connection.revoke'),
    says: [/not connected/i],
    saysNot: ['Refresh', 'Open in Salesforce', 'Associated Salesforce Records'],
  },
  {
    name: 'why-and-refresh',
    before: async () => {
      await advance('5m');
      await update({ Priority: 'Low', Subject: 'Printer is out' });
    },
    look: async page => {
      await page.getByRole('button', { name: 'Refresh' }).click();
      await page.getByText(/^Refreshed/).waitFor();
      await page.getByRole('button', { name: 'Why is Priority so?' }).click();
    },
    says: [/^(The bridge wrote it|Kept aligned)/],
  },
  {
    name: 'link-dialog',
    program: 'item accounts "Accounts" { salesforce Account jira SUP sync display-only show Name }\n' + cases(),
    look: async page => {
      await page.getByRole('button', { name: 'Link a Salesforce record' }).click();
      await page.keyboard.type('korvex');
    },
    says: [/1 record\. Choose one/],
  },
  { name: 'viewer', user: 'viewer', says: ['[Printer on fire]'], saysNot: ['Refresh', 'Link a Salesforce record'] },
  { name: 'outsider', user: 'outsider', says: ['You may not see this issue.'], saysNot: ['Printer on fire'] },
  {
    name: 'no-items',
    before: () => program('item elsewhere "Elsewhere" { salesforce Account jira OPS sync display-only show Name }'),
    says: ['No Smart Connected Item applies to this project.'],
  },
  { name: 'twenty-items', before: () => program(cases() + twenty), says: ['Item number 20', '[Printer on fire]'] },
  {
    name: 'long-values',
    width: 360,
    before: async () => {
      await update({ Description: long, Subject: long.slice(0, 250) });
    },
    says: ['Show all'],
  },
  {
    name: 'right-to-left',
    before: () => update({ Subject: 'الطابعة مشتعلة (HP-4000)', Description: 'הדפסה נכשלה מאז 09:00, ראו HP-4000.' }),
    says: ['الطابعة مشتعلة (HP-4000)'],
  },
  { name: 'narrow', width: 280, says: ['[Printer on fire]'] },
  { name: 'failing', before: () => faults('503', 30), says: [/Salesforce cannot be read just now/] },
  { name: 'slow', before: () => faults('slow', 30), says: ['[Printer on fire]'] },
  {
    name: 'reading',
    look: async page => {
      await page.route('**/bridge/invoke', () => {});
      await page.reload();
    },
    says: ['Salesforce takes longer than usual'],
  },
  {
    name: 'blocked-status',
    program: cases('when Priority is "Low" move to "To Do"\n  otherwise move to "Done"'),
    before: async () => {
      await update({ Priority: 'Low' });
      await advance('5m');
      await stage.outside.cycle();
    },
    says: [/Jira offers no transition from “Done” to “To Do”/, /Move the issue by hand/],
  },
  {
    name: 'attention',
    program: cases().replace('Subject <-> summary or else skip', 'Subject <-> summary or else skip on conflict hold'),
    before: async () => {
      await update({ Subject: 'Theirs' });
      await stage.outside.jira('agent', 'PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Ours' } });
      await advance('5m');
      await stage.outside.cycle();
    },
    says: [
      /^Summary was edited on both sides/,
      /^Choose whose value is kept.* A Jira admin finds this under attention\.$/,
    ],
  },
  { name: 'paused', before: () => stage.admin('items.pause', { itemId: 'cases' }), says: [/Paused by a Jira admin/] },
  {
    name: 'deleted-record',
    before: () => stage.outside.salesforce.sobject('Case').destroy(caseId),
    says: [/The record is deleted/, /Restore it in Salesforce/],
  },
  {
    name: 'refreshed-in-vain',
    before: () => stage.outside.salesforce.sobject('Case').destroy(caseId),
    look: page => page.getByRole('button', { name: 'Refresh' }).click(),
    says: ['Looked again: the link rests, for the reason above.', /it goes on by itself once/],
    saysNot: ['both sides were aligned'],
  },
  {
    name: 'refreshed-in-conflict',
    before: async () => {
      const lost = { system: 'jira', match: {}, nth: 1, effect: 'lose-event' };
      await stage.outside.control('PUT', '/control/faults', [lost]);
      await stage.outside.jira('agent', 'PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Ours' } });
      await advance('1m');
      await update({ Subject: 'Theirs' });
    },
    look: page => page.getByRole('button', { name: 'Refresh' }).click(),
    says: [/Refreshed: updated in Jira/, /Summary was edited on both sides, last in Salesforce/],
  },
  {
    name: 'read-in-vain',
    program: 'item accounts "Accounts" { salesforce Account jira SUP sync display-only show Name }\n' + cases(),
    before: async () => {
      const { accountId: agent } = stage.outside.sandbox.jiraUsers.find(({ role }) => role === 'agent')!;
      const payload = { itemId: 'accounts', recordId: accountId };
      const link = { module: 'panel', function: 'link', payload, accountId: agent, issueKey: key };
      await stage.outside.control('POST', '/control/invoke', link);
      await faults('503', 30);
    },
    look: page => page.getByRole('article', { name: 'Accounts' }).getByRole('button', { name: 'Refresh' }).click(),
    says: ['Tried again; not all could be read.'],
    saysNot: ['Read again from Salesforce.'],
  },
  {
    name: 'no-login',
    before: () => faults('401', 30),
    says: ['The bridge cannot log in to Salesforce, so no values are shown.', /^A Jira admin finds what is wrong/],
    saysNot: ['client secret'],
  },
];

async function visit(state: State): Promise<Page> {
  return stage.open(`/app/panel?issue=${key}&user=${state.user ?? 'agent'}`, {
    width: state.width ?? 640,
    height: 700,
  });
}
describe('the issue panel', () => {
  it.each(states)('$name: says so, in light and dark', async state => {
    await begin(state.program ?? cases());
    await state.before?.();
    const page = await visit(state);
    await state.look?.(page);
    for (const text of state.says) await page.getByText(text).first().waitFor();
    for (const text of state.saysNot ?? []) expect(await page.getByText(text).count(), text).toBe(0);
    await looksSound(page, `panel-${state.name}`);
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBeLessThanOrEqual(0);
    expect(stage.problems).toEqual([]);
  });
});
