/** The app's boundary to its pages, called as the sandbox's users call it. */
import { describe, expect, it } from 'vitest';
import { refusalOf as refusal, resultOf as result } from './kit/app.ts';
import { myDomain, path, setSupportApp, source } from './kit/support-app.ts';

const app = setSupportApp();
const { accountOf, admin, jira, newCase, newIssue, panel, salesforce } = app;

describe('P-9 rights', () => {
  it.each([
    'connection.get',
    'connection.save',
    'items.list',
    'items.save',
    'items.pause',
    'runs.list',
    'attention.list',
    'metadata.salesforce',
    'state',
    'program.get',
  ])('%s is for people who administer Jira', async name => {
    for (const role of ['agent', 'viewer', 'outsider'])
      expect((await refusal(admin(name, {}, role))).code).toBe('forbidden');
  });

  it('P-7 the panel answers nobody who cannot see the issue, and changes nothing for those who cannot edit it', async () => {
    const key = await newIssue();
    for (const name of ['cards', 'search', 'explain', 'associations', 'files', 'link', 'refresh', 'unlink'])
      expect((await refusal(panel(key, name, {}, 'outsider'))).code).toBe('forbidden');
    expect(await result(panel(key, 'cards', {}, 'viewer'))).toHaveLength(1);
    const recordId = await newCase();
    for (const [name, payload] of [
      ['link', { itemId: 'support-cases', recordId }],
      ['refresh', { itemId: 'support-cases' }],
      ['unlink', { itemId: 'support-cases' }],
    ] as const)
      expect((await refusal(panel(key, name, payload, 'viewer'))).code).toBe('forbidden');
    expect((await app.world.state()).links).toEqual([]);
  });

  it('a function that does not exist, and a payload that does not fit, are told apart from failures', async () => {
    expect((await refusal(admin('constructor'))).code).toBe('unknown-function');
    expect((await refusal(admin('items.source', { itemId: '../x' }))).code).toBe('invalid');
    expect((await refusal(admin('items.save', { files: { '../x.bridge': '' }, baseVersion: 1 }))).code).toBe('invalid');
  });
});

describe('items', () => {
  it('I-6 the table says how each is set up and what its last run did', async () => {
    await newCase();
    await app.world.cycle();
    const { version, items } = await result<{ version: number; items: Record<string, unknown>[] }>(admin('items.list'));
    expect(version).toBe(1);
    expect(items).toEqual([
      expect.objectContaining({
        id: 'support-cases',
        name: 'Support cases',
        mode: 'custom',
        projects: ['SUP'],
        issueType: 'Incident',
        object: 'Case',
        create: 'all',
        conditionalStatus: true,
        paused: false,
        attention: 0,
        latest: expect.objectContaining({ counts: expect.objectContaining({ created: 1 }) }),
      }),
    ]);
  });

  it('L-2 A-3 what does not compile is not saved, and its findings come back', async () => {
    const broken = source.replace('Subject  ', 'Subjekt  ');
    const error = await refusal(admin('items.save', { files: { [path]: broken }, baseVersion: 1 }));
    expect(error.code).toBe('does-not-compile');
    expect(error.diagnostics).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ severity: 'error', file: path, message: expect.stringContaining('Subjekt') }),
      ]),
    );
    expect(await result(admin('items.check', { files: { [path]: broken } }))).toMatchObject({ ok: false });
    expect(await result(admin('items.check', { files: { [path]: source } }))).toMatchObject({ ok: true });
    expect(await result(admin('program.get'))).toMatchObject({ version: 1, files: { [path]: source } });
  });

  it('a save over somebody else’s is a conflict', async () => {
    const renamed = source.replace('"Support cases"', '"Support"');
    expect(await result(admin('items.save', { files: { [path]: renamed }, baseVersion: 1 }))).toMatchObject({
      version: 2,
    });
    expect(await refusal(admin('items.save', { files: { [path]: source }, baseVersion: 1 }))).toMatchObject({
      code: 'conflict',
      version: 2,
    });
  });

  it('A-4 the activity names the files that an activation changed, added or took away, and no others', async () => {
    const note = '# Nothing yet.\n';
    await result(
      admin('items.save', { files: { [path]: source, 'b.bridge': note, 'c.bridge': note }, baseVersion: 1 }),
    );
    await result(admin('items.save', { files: { [path]: source, 'b.bridge': `${note}${note}` }, baseVersion: 2 }));
    const entries = await result<{ about: Record<string, string> }[]>(admin('audit.list'));
    expect(entries.slice(0, 2).map(({ about }) => about.files)).toEqual(['b.bridge, c.bridge', 'b.bridge, c.bridge']);
    await result(admin('items.save', { files: { [path]: source, 'b.bridge': note }, baseVersion: 3 }));
    expect((await result<{ about: Record<string, string> }[]>(admin('audit.list')))[0]!.about.files).toBe('b.bridge');
  });

  it('A-4 an earlier version comes back as a new one', async () => {
    const renamed = source.replace('"Support cases"', '"Support"');
    await admin('items.save', { files: { [path]: renamed }, baseVersion: 1 });
    expect(await result(admin('items.restore', { itemId: 'support-cases', version: 1 }))).toMatchObject({ version: 3 });
    expect(await result(admin('program.get'))).toMatchObject({ version: 3, files: { [path]: source } });
    const versions = await result<{ version: number; savedBy: string }[]>(
      admin('items.versions', { itemId: 'support-cases' }),
    );
    expect(versions.map(one => one.version)).toEqual([3, 2, 1]);
    expect(versions[0]!.savedBy).toBe(accountOf('admin'));
  });

  it.each([
    ['at once', []],
    ['after the text stopped saying it', ['']],
    ['by way of a third name', [' was tickets']],
  ])('A-4 P1 a rename that is undone keeps the links, and makes no second issue: %s', async (_, others) => {
    await newCase();
    await app.world.cycle();
    const [{ issueKey }] = (await app.world.state()).links as [{ issueKey: string }];
    const renamed = (id: string, was: string) => source.replace('item support-cases', `item ${id}${was}`);
    let baseVersion = 1;
    const save = async (text: string) => {
      await result(admin('items.save', { files: { [path]: text }, baseVersion }));
      baseVersion++;
      await app.world.cycle();
    };
    await save(renamed('tickets', ' was support-cases'));
    for (const was of others) await save(renamed(was === '' ? 'tickets' : 'desk', was));

    const { items, removed } = await result<{ items: { creates: number; links: number }[]; removed: unknown[] }>(
      admin('items.preview', { files: { [path]: source } }),
    );
    expect([items, removed]).toMatchObject([[{ creates: 0, links: 1 }], []]);
    await save(source);
    await app.world.cycle();
    const { links } = await app.world.state();
    expect(links).toMatchObject([{ item: 'support-cases', issueKey }]);
  });

  it('A-4 of an item that moved to another file only the item comes back; what stands beside it there stays', async () => {
    const seconds =
      'item seconds "Seconds" {\n  salesforce Case\n  jira SUP / "Task"\n  sync one-way\n  fields { Subject -> summary or else "Case" }\n}\n';
    const files = { 'both.bridge': `${source.replace('"Support cases"', '"Moved"')}\n${seconds}` };
    await result(admin('items.save', { files, baseVersion: 1 }));
    await result(admin('items.restore', { itemId: 'support-cases', version: 1 }));
    const { items, files: now } = await result<{
      items: { id: string; name: string }[];
      files: Record<string, string>;
    }>(admin('items.list')).catch(() => ({ items: [], files: {} }) as never);
    expect(items.map(({ id, name }) => [id, name])).toEqual([
      ['seconds', 'Seconds'],
      ['support-cases', 'Support cases'],
    ]);
    // The value table of that time stands in the other file now.
    expect(now[path]).toBe(source.replace(/values severity[\s\S]*/, ''));
    expect(now['both.bridge']).toContain('values severity');
  });

  it('deleting an item keeps its links', async () => {
    await newCase();
    await app.world.cycle();
    const second = `${source}\nitem seconds "Seconds" {\n  salesforce Case\n  jira SUP / "Task"\n  sync one-way\n  fields { Subject -> summary }\n}\n`;
    await result(admin('items.save', { files: { [path]: second }, baseVersion: 1 }));
    await result(admin('items.delete', { itemId: 'support-cases' }));
    const { items, files } = await result<{ items: { id: string }[]; files: Record<string, string> }>(
      admin('items.list'),
    );
    expect(items.map(one => one.id)).toEqual(['seconds']);
    expect(files[path]).toContain('values severity');
    expect((await app.world.state()).links).toHaveLength(1);
  });

  it.each([
    ['Bridge', 'bridge', (id: string) => `test "of ${id}" for ${id} { salesforce Subject = "x"  expect created }`],
    [
      'YAML',
      'bridge.yaml',
      (id: string) =>
        `  - { name: "of ${id}", item: ${id}, steps: [{ salesforce: { Subject: x } }, { expect: { created: true } }] }`,
    ],
  ])('deleting an item takes its tests along, wherever they stand: %s', async (_, ending, testOf) => {
    const second = source.replace('item support-cases', 'item seconds').replace(/values severity[\s\S]*/, '');
    const tests = `tests.${ending}`;
    const files = {
      [path]: source,
      'second.bridge': `${second}`,
      [tests]: `${ending === 'bridge' ? '' : 'tests:\n'}${testOf('support-cases')}\n${testOf('seconds')}\n${testOf('support-cases')}\n`,
      'own.bridge': 'test "alone" for seconds { salesforce Subject = "x"  expect created }\n',
    };
    const { version } = await result<{ version: number }>(admin('items.save', { files, baseVersion: 1 }));
    expect(version).toBe(2);
    await result(admin('items.delete', { itemId: 'seconds' }));
    const { files: left } = await result<{ files: Record<string, string> }>(admin('items.list'));
    expect(Object.keys(left).sort()).toEqual([path, tests].sort());
    expect(left[tests]).toContain('of support-cases');
    expect(left[tests]).not.toContain('seconds');
    expect(left[path]).toBe(source);
  });

  it('more than fifty issues to create at once need a word first', async () => {
    for (let n = 0; n < 51; n++) await newCase();
    const flooding = source
      .replace('create     all', 'create     all since 2020-01-01')
      .replace('item support-cases', 'item all-cases');
    const error = await refusal(admin('items.save', { files: { [path]: flooding }, baseVersion: 1 }));
    expect(error.code).toBe('confirm-required');
    expect(Number(error.issues)).toBeGreaterThan(50);
    expect(error.message).toContain(String(error.issues));
    expect(
      await result(admin('items.save', { files: { [path]: flooding }, baseVersion: 1, confirm: true })),
    ).toMatchObject({ version: 2 });
  });

  it('I-6 an item that is not there cannot be paused', async () => {
    expect(await refusal(admin('items.pause', { itemId: 'none' }))).toMatchObject({ code: 'gone' });
    expect((await app.world.state()) && (await result<object>(admin('items.resume', { itemId: 'none' })))).toEqual({
      items: {},
    });
  });

  it('I-6 what happens while an item rests is made up for when it goes on', async () => {
    const record = await newCase();
    await app.world.cycle();
    const { issueKey } = (await app.world.state()).links[0] as { issueKey: string };
    await result(admin('items.pause', { itemId: 'support-cases' }));
    expect((await result<{ items: { paused: boolean }[] }>(admin('items.list'))).items[0]!.paused).toBe(true);
    await salesforce('PATCH', `/sobjects/Case/${record}`, { Subject: 'Still on fire' });
    await jira('agent', 'PUT', `/issue/${issueKey}`, { fields: { priority: { name: 'Lowest' }, summary: 'Mine' } });
    const later = await newCase({ Subject: 'Made meanwhile' });
    for (let n = 0; n < 3; n++) {
      await app.world.settle();
      await app.world.cycle();
    }
    const shown = async () =>
      (await jira<{ fields: { summary: string } }>('admin', 'GET', `/issue/${issueKey}?fields=summary`)).fields.summary;
    expect([await shown(), (await app.world.state()).links.length]).toEqual(['Mine', 1]);
    await result(admin('items.resume', { itemId: 'support-cases' }));
    await app.world.settle();
    await app.world.cycle();
    expect(await shown()).toBe('Still on fire');
    expect((await app.world.state()).links.map(link => (link as { record: string }).record).sort()).toEqual(
      [record, later].sort(),
    );
  });
});

it('A-4 keeps who changed what, and nothing secret of it', async () => {
  const key = await newIssue();
  const recordId = await newCase();
  await result(panel(key, 'link', { itemId: 'support-cases', recordId }));
  await result(admin('items.pause', { itemId: 'support-cases' }));
  const entries = await result<{ by: string; what: string; about: Record<string, string> }[]>(admin('audit.list'));
  expect(entries.map(({ by, what, about }) => [by, what, about])).toEqual([
    [accountOf('admin'), 'items.pause', { item: 'support-cases' }],
    [accountOf('agent'), 'link', { item: 'support-cases', record: recordId, issueKey: key }],
    [accountOf('admin'), 'items.save', { files: path, baseVersion: '0', version: '1' }],
    [accountOf('admin'), 'connection.save', { loginUrl: myDomain, clientId: app.world.client.id }],
  ]);
});

describe('panel', () => {
  it('P-1 P-2 P-3 links a record that was searched for, shows it, and lets go of it again', async () => {
    const recordId = await newCase({ Subject: 'Toner 100% empty' });
    const key = await newIssue();
    expect(await result(panel(key, 'search', { itemId: 'support-cases', query: 't' }))).toEqual([]);
    expect(await result(panel(key, 'search', { itemId: 'support-cases', query: '0% e' }))).toEqual([
      { recordId, label: expect.stringMatching(/^\d{8} \[Toner 100% empty\]$/) },
    ]);
    expect(await result(panel(key, 'search', { itemId: 'support-cases', query: "x' OR Name != '" }))).toEqual([]);
    expect(await result(panel(key, 'search', { itemId: 'support-cases', query: recordId.slice(0, 15) }))).toHaveLength(
      1,
    );

    await result(panel(key, 'link', { itemId: 'support-cases', recordId: recordId.slice(0, 15) }));
    const [card] = await result<Record<string, unknown>[]>(panel(key, 'cards'));
    expect(card).toMatchObject({
      itemId: 'support-cases',
      linked: true,
      managed: 'manual',
      recordId,
      recordUrl: `${myDomain}/${recordId}`,
      label: expect.stringContaining('[Toner 100% empty]'),
      canUnlink: true,
    });
    expect((card!.preview as { field: string }[]).map(({ field }) => field)).toEqual([
      'CaseNumber',
      'Status',
      'Account.Name',
    ]);
    expect(
      (await jira<{ fields: { summary: string } }>('admin', 'GET', `/issue/${key}?fields=summary`)).fields.summary,
    ).toBe('Toner 100% empty');
    expect(await result(panel(key, 'explain', { itemId: 'support-cases' }))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          outcome: 'written',
          source: expect.stringMatching(/^support-cases\.bridge:\d+$/),
          reason: expect.any(String),
        }),
      ]),
    );
    await result(panel(key, 'unlink', { itemId: 'support-cases' }));
    expect(await result(panel(key, 'cards'))).toMatchObject([{ linked: false, recordId: null, preview: [] }]);
  });

  it('P-5 what the bridge linked by itself can be refreshed, not unlinked', async () => {
    const record = await newCase();
    await app.world.cycle();
    const { issueKey } = (await app.world.state()).links[0] as { issueKey: string };
    expect(await result(panel(issueKey, 'cards'))).toMatchObject([{ managed: 'auto', canUnlink: false }]);
    expect((await refusal(panel(issueKey, 'unlink', { itemId: 'support-cases' }))).code).toBe('automatic');
    await salesforce('PATCH', `/sobjects/Case/${record}`, { Subject: 'Changed' });
    await result(panel(issueKey, 'refresh', { itemId: 'support-cases' }));
    expect(
      (await jira<{ fields: { summary: string } }>('admin', 'GET', `/issue/${issueKey}?fields=summary`)).fields.summary,
    ).toBe('Changed');
  });

  it('says why something cannot be linked', async () => {
    const [recordId, key, other, task] = [await newCase(), await newIssue(), await newIssue(), await newIssue('Task')];
    const link = (issue: string, record: string) =>
      refusal(panel(issue, 'link', { itemId: 'support-cases', recordId: record }));
    expect(await link(key, '500000000000000000')).toMatchObject({ code: 'invalid' });
    expect(await link(key, '001000000000001AAA')).toMatchObject({ code: expect.stringMatching(/invalid|not-found/) });
    expect(await link(key, await newCase({ Origin: 'Web' }))).toMatchObject({ code: 'out-of-scope' });
    expect(await link(task, recordId)).toMatchObject({
      code: 'out-of-scope',
      message: expect.stringContaining('Incident'),
    });
    expect(await result(panel(task, 'cards'))).toMatchObject([
      { linked: false, attention: expect.stringContaining('Incident') },
    ]);
    await result(panel(key, 'link', { itemId: 'support-cases', recordId }));
    expect(await link(other, recordId)).toMatchObject({
      code: 'already-linked',
      message: expect.stringContaining(key),
    });
  });

  it('shows its cards also when Salesforce cannot be read', async () => {
    await newCase();
    await app.world.cycle();
    const { issueKey } = (await app.world.state()).links[0] as { issueKey: string };
    app.world.forge.faults.put([{ system: 'salesforce', match: {}, nth: 1, effect: '503' }]);
    expect(await result(panel(issueKey, 'cards'))).toMatchObject([
      { linked: true, preview: [], attention: expect.stringContaining('cannot be read just now') },
    ]);
  });
});
