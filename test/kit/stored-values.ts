/** One of everything that the app stores, written and read by the store's own functions. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { analyse } from '../../compiler/index.ts';
import { readSnapshot } from '../../compiler/metadata/snapshot.ts';
import { encodePlan } from '../../compiler/plan/encode.ts';
import { createSourceFile } from '../../dsl/index.ts';
import type { Attention, Claim, JournalEntry, Link, RunReport } from '../../runtime/ports.ts';
import type { AppStore } from '../../runtime/storage/index.ts';

/** When it was written. */
export const first = Date.UTC(2026, 10, 23, 9);

const record = '500000000000001AAA';
const item = 'support-cases';
const link: Link = {
  item,
  object: 'Case',
  record,
  issueId: '10001',
  issueKey: 'SUP-1',
  managed: 'auto',
  createdAt: first,
  state: { kind: 'active' },
  bases: {
    summary: { salesforce: 'Printer on fire', jira: 'Printer on fire' },
    priority: {
      salesforce: 'High',
      jira: 'Highest',
      sending: [{ side: 'jira', value: 'Highest', at: first, lost: 'Low' }],
      written: { side: 'jira', value: 'Highest' },
      seen: { value: 'High', at: first },
      over: first,
      choice: 'salesforce',
    },
    // Long enough to be packed.
    description: { salesforce: 'It burns. '.repeat(4_000), jira: null },
  },
  status: { salesforce: 'New', jira: 'To Do', seen: { value: 'New', at: first }, over: first, owed: true },
  stamp: first,
  note: { at: first, id: '002000000000001AAA' },
  lastOutcome: { at: first, kind: 'blocked', message: 'There is no transition from To Do to Done.' },
};
const resting: Link = {
  item: 'account-cards',
  object: 'Account',
  record: '001000000000001AAA',
  issue: '10001',
  issueId: '10001',
  issueKey: 'SUP-1',
  managed: 'manual',
  createdAt: first,
  state: { kind: 'paused', reason: 'The record was deleted.', at: first },
  bases: {},
  stamp: first,
};
const pairs = {
  issueId: '10001',
  looked: '2026-11-23T09:00:00Z',
  comments: [
    {
      from: 'salesforce' as const,
      source: '00a000000000001AAA',
      digest: 'abc',
      open: false,
      copies: [{ id: '10100', at: first, digest: 'abc' }, { gone: true as const }],
    },
    { from: 'jira' as const, source: '10101', digest: 'def', open: true, copies: [], skipped: 'It is internal.' },
  ],
  files: [
    {
      from: 'jira' as const,
      name: 'fire.png',
      size: 10,
      checksum: 'abc',
      document: '069000000000001AAA',
      attachment: '10200',
      at: first,
      notes: { salesforce: { id: '002000000000002AAA' }, jira: { id: '10102' } },
    },
  ],
  forgot: false,
};
const claim: Claim = {
  key: `00D000000000001:${item}:${record}`,
  at: first,
  run: 'run-1',
  looks: 1,
  lastLookAt: first,
  bases: { summary: { salesforce: 'Printer on fire', jira: null } },
};
const run: RunReport = {
  id: 'run-1',
  cause: 'schedule',
  startedAt: first,
  endedAt: first + 1,
  items: { [item]: { seen: 1, created: 1, updated: 0, moved: 0, pushed: 0, skipped: 0, blocked: 1, failed: 0 } },
  failure: 'Salesforce did not answer.',
};
const entry = (id: string, over: Partial<JournalEntry> = {}): JournalEntry => ({
  id,
  run: 'run-1',
  at: first,
  item,
  record,
  issueKey: 'SUP-1',
  side: 'jira',
  outcome: 'written',
  what: 'Priority',
  from: 'Low',
  to: 'Highest',
  reason: 'Salesforce changed it last.',
  source: 'support-cases.bridge:12',
  ...over,
});
const attention: Attention = {
  id: `${item}:${record}`,
  item,
  record,
  issueKey: 'SUP-1',
  since: first,
  cause: 'Jira refused it.',
  remedy: 'Put the field on the screen.',
  held: ['priority'],
  retry: { tries: 2, dueAt: first },
};

export async function writeEverything(store: AppStore): Promise<void> {
  await store.saveConnection(
    {
      loginUrl: 'https://acme.my.salesforce.com',
      clientId: 'client',
      orgId: '00D000000000001EAA',
      orgName: 'Acme',
      instanceUrl: 'https://acme.my.salesforce.com',
      savedAt: first,
    },
    'secret',
  );
  await store.saveToken({ token: 'token', instanceUrl: 'https://acme.my.salesforce.com' });
  await store.saveLastOrg('00D000000000001EAA');
  const plan = planOfNow();
  await store.saveProgram({ version: 1, savedAt: first, savedBy: 'a1', files: { 'a.bridge': '# old' }, plan }, 0);
  await store.saveProgram({ version: 2, savedAt: first, savedBy: 'a2', files: { 'a.bridge': '# new' }, plan }, 1);
  await store.saveActivation({ item, createSince: first, caughtUp: 2, allowed: 60, unread: first });
  await store.changePauses(() => ({
    all: { at: first, reason: 'The org is another one.' },
    items: { leads: { at: first, reason: 'The guard held it back.', version: 2 } },
  }));
  await store.addLink(link);
  await store.addLink(resting);
  const gone = { ...link, record: '500000000000002AAA', issueId: '10002', issueKey: 'SUP-2' };
  await store.addLink(gone);
  await store.removeLink(gone);
  await store.putPairs(link, pairs, 0);
  await store.claim(claim);
  await store.saveWatermark('Case', { until: first, handled: [`${record}:${first}`] });
  // More than one stored value holds.
  const handled = Array.from({ length: 2_200 }, (_, at) => `${record}:${first + at}:${Math.imul(at, 2654435761)}`);
  await store.saveWatermark('Account', { until: first, handled });
  await store.saveSweep({ startedAt: first, item, after: 'cursor', done: true });
  await store.saveCatchUp({ version: 2, items: [item], after: 'cursor', linksDone: true, records: { Case: 'id' } });
  await store.saveHold({ until: first + 1, kind: 'asked', reason: 'Jira asked to wait.' });
  await store.acquire('cycle', 'run-1', 600_000);
  await store.mark('cycle');
  await store.addDirty(['10001', '10002']);
  await store.saveRun(run);
  await store.addJournal([entry('run-1-0'), entry('run-1-1', { outcome: 'held', lost: { a: 1 }, kept: 'High' })]);
  await store.addAudit({ by: 'a1', what: 'items.save', about: { files: 'a.bridge' } });
  await store.saveAttention(attention);
  await store.saveCached('jira', 'projects', [{ id: '1', key: 'SUP' }]);
}

function planOfNow() {
  const read = (path: string) => readFileSync(new URL(`../../examples/${path}`, import.meta.url), 'utf8');
  const text = read('support-cases/support-cases.bridge');
  const { plan } = analyse([createSourceFile('a.bridge', text)], readSnapshot(read('metadata.lock.json')));
  if (plan === undefined) throw new Error('the example does not compile');
  return plan;
}

/** Of a value that would fill the file. */
const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

type Reader = (store: AppStore) => Promise<unknown>;
const keys = [link, resting].map(({ item: id, record: of, issue }) => ({
  item: id,
  record: of,
  ...(issue === undefined ? {} : { issue }),
}));
const readers: Readonly<Record<string, Reader>> = {
  connection: store => store.connection(),
  secret: store => store.secret(),
  token: store => store.token(),
  lastOrg: store => store.lastOrg(),
  program: async store => {
    const program = await store.program();
    return program === undefined ? undefined : { ...program, plan: encodePlan(program.plan) };
  },
  oldProgram: store => store.programTexts(1),
  programVersions: store => store.programVersions(),
  activation: store => store.activation(item),
  pauses: store => store.pauses(),
  links: async store => [...(await store.links(keys)).values()],
  linksOfIssue: store => store.linksOfIssue('10001'),
  tombstones: store => store.tombstones(),
  pairs: async store => [...(await store.pairs([keys[0]!])).values()],
  // Made by chance where it is missing.
  markerKey: async store => (await store.markerKey()).length,
  claim: store => store.claimOf(claim.key),
  claimsBefore: store => store.claimsBefore(first + 1),
  watermark: async store => [await store.watermark('Case'), digest(await store.watermark('Account'))],
  sweep: store => store.sweep(),
  catchUp: store => store.catchUp(),
  hold: store => store.hold(),
  lease: async store => (await store.acquire('cycle', 'run-2', 1)) ?? 'held',
  dirty: async store => [...(await store.dirty(10))].sort(),
  runs: store => store.runs(10),
  journal: store => store.journal(10),
  audit: store => store.audit(10),
  attention: store => store.attention(),
  cached: store => store.cached('jira', 'projects', 3_600_000),
};

/** All of it, or what one reader finds. */
export async function readEverything(store: AppStore, only?: string): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(readers))
    if (only === undefined || only === name) found[name] = await read(store);
  return found;
}
