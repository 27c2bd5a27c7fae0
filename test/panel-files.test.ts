/** P-4: what the panel tells of the files that a link or a refresh leaves to the queue. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type App, openApp, resultOf } from './kit/app.ts';

const program = (attachments: 'on' | 'off') => `item cases "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync one-way
  fields { Subject -> summary or else skip }
  attachments ${attachments}
}
`;

interface Progress {
  readonly working: boolean;
  readonly left: readonly { readonly name: string; readonly bytes: number; readonly to: string }[];
}

let app: App;
let key: string;
let recordId: string;
beforeEach(async () => {
  app = await openApp();
  await app.program(program('on'));
  key = await app.issue();
  recordId = app.create('Case', { Subject: 'Fire' });
  for (const name of ['smoke.txt', 'ashes.txt'])
    app.create('ContentVersion', {
      Title: name,
      PathOnClient: name,
      VersionData: Buffer.from(`of ${name}`).toString('base64'),
      FirstPublishLocationId: recordId,
    });
});
afterEach(() => app.world.stop());

const progress = (job: string, role = 'agent') =>
  resultOf<Progress>(app.panel(key, 'files', { itemId: 'cases', job }, role));
const files = async () =>
  (
    await resultOf<readonly { what: string; to: string; outcome: string }[]>(
      app.panel(key, 'explain', { itemId: 'cases' }),
    )
  )
    .filter(({ what }) => what === 'File')
    .map(({ to, outcome }) => `${to} ${outcome}`)
    .sort();

it('a link names the job that moves them, which is at work until they are there', async () => {
  const { files: job } = await resultOf<{ files: string }>(app.panel(key, 'link', { itemId: 'cases', recordId }));
  expect(await progress(job)).toEqual({ working: true, left: [] });
  await app.world.settle();
  expect(await progress(job)).toEqual({ working: false, left: [] });
  expect(await files()).toEqual(['ashes.txt created', 'smoke.txt created']);
});

it('what is on its way is named with its size, also when its answer was lost', async () => {
  const { files: job } = await resultOf<{ files: string }>(app.panel(key, 'link', { itemId: 'cases', recordId }));
  const { id } = await app.jira<{ id: string }>('admin', 'GET', `/issue/${key}`);
  app.world.forge.faults.put([
    { system: 'jira', match: { path: `/rest/api/3/issue/${id}/attachments` }, nth: 1, effect: 'timeout-after-apply' },
  ]);
  await app.world.forge.drain();
  const { left } = await progress(job);
  expect(left).toHaveLength(1);
  expect(left[0]).toEqual({ name: left[0]!.name, bytes: `of ${left[0]!.name}`.length, to: 'jira' });
  for (let cycles = 0; cycles < 6; cycles++) {
    app.world.clock.advance(5 * 60_000);
    await app.world.cycle();
    await app.world.settle();
  }
  expect(await progress(job)).toEqual({ working: false, left: [] });
  const { fields } = await app.jira<{ fields: { attachment: readonly { filename: string }[] } }>(
    'admin',
    'GET',
    `/issue/${key}?fields=attachment`,
  );
  expect(fields.attachment.map(({ filename }) => filename).sort()).toEqual(['ashes.txt', 'smoke.txt']);
});

it('there is no job where the item moves none, and what is no job is not at work', async () => {
  await app.program(program('off'));
  const linked = await resultOf<object>(app.panel(key, 'link', { itemId: 'cases', recordId }));
  expect(linked).not.toHaveProperty('files');
  expect(await progress('nothing')).toEqual({ working: false, left: [] });
  expect(await app.panel(key, 'files', { itemId: 'cases', job: 'nothing' }, 'outsider')).toMatchObject({
    error: { code: 'forbidden' },
  });
});
