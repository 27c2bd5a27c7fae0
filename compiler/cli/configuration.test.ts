/** The configuration file as the command line takes it: found upward, checked, mended, and its snapshot used. */
import { describe, expect, it } from 'vitest';
import { itemWith } from '../../test/kit/check.ts';
import { bridge, snapshot } from './kit/run-bridge.ts';

const item = itemWith('  fields { Subject -> Customer }');

describe('bridge.config.yaml', () => {
  it('L-3 holds a program to its budget, from the nearest folder upward', async () => {
    const files = {
      'items/cases/a.bridge': item,
      'items/bridge.config.yaml': 'budget:\n  salesforceCallsPerDay: 100\n',
    };
    const { status, out } = await bridge('check items/cases', { files });
    expect(status).toBe(1);
    expect(out).toMatch(/error\[over-call-budget\].*\n.*items\/bridge\.config\.yaml:2:26/);
    expect(out).toMatch(/1 error: 1 item in 2 files/);
  });

  it('L-3 is mended by `check --fix` as a program is', async () => {
    const files = { 'items/a.bridge': item, 'items/bridge.config.yaml': 'gaurd:\n  links: 1,000\n' };
    const { status, file } = await bridge('check --fix items', { files });
    expect([status, file('items/bridge.config.yaml')]).toEqual([0, 'guard:\n  links: 1000\n']);
  });

  it('L-3 says where the metadata lies, unless `--metadata` does', async () => {
    const files = {
      'items/a.bridge': item,
      'items/bridge.config.yaml': 'metadata: ../org/prod.json\n',
      'org/prod.json': snapshot,
      'metadata.lock.json': 'not read',
    };
    expect((await bridge('check items', { files })).status).toBe(0);
    const absent = await bridge('check items', { files: { ...files, 'items/bridge.config.yaml': 'metadata: x.json' } });
    expect([absent.status, absent.err]).toEqual([
      2,
      'bridge: items/bridge.config.yaml names the snapshot items/x.json, and there is no such file.\nbridge pull writes one.\n',
    ]);
    expect((await bridge('check items --metadata org/prod.json', { files })).status).toBe(0);
  });

  it('hands the limits of the guard on in the plan, and those only that it sets', async () => {
    const files = { 'a.bridge': item, 'bridge.config.yaml': 'guard: { share: 60%, newIssues: 500 }\n' };
    expect(JSON.parse((await bridge('compile', { files })).out).guard).toEqual({ newIssues: 500, share: 60 });
    expect(JSON.parse((await bridge('compile', { files: { 'a.bridge': item } })).out).guard).toBeUndefined();
  });
});
