import { describe, expect, it } from 'vitest';
import { itemWith } from '../../../test/kit/check.ts';
import { FileError } from '../host.ts';
import { bridge } from '../kit/run-bridge.ts';

const wrong = itemWith('  fields { Subjekt => sumary cut at 9 }');
const right = itemWith('  fields { Subject -> summary cut at 9 or else skip }').replace(' or else skip', '');

describe('bridge check --fix', () => {
  it('L-3 mends the files, says what it did, and checks what is left', async () => {
    const { status, out, err, file } = await bridge('check items --fix', {
      files: { 'items/a.bridge': wrong, 'items/b.bridge': '# nothing here\n' },
    });
    expect(file('items/a.bridge')).toBe(right);
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^fixed items\/a\.bridge:5:20 not-an-arrow: .*: write `->`$/),
      expect.stringMatching(/^fixed items\/a\.bridge:5:12 unknown-field: .*: write Subject$/),
      expect.stringMatching(/^fixed items\/a\.bridge:5:23 unknown-jira-field: .*: write summary$/),
      '3 fixes applied',
      '',
    ]);
    expect(out).not.toContain('unknown-field');
    expect(status).toBe(0);
  });

  it('L-3 writes only files that changed, and nothing when all is well', async () => {
    const untouched = new TextEncoder().encode(right);
    const { status, err, disk } = await bridge('check items --fix', { files: { 'items/a.bridge': untouched } });
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(disk.get('/desk/items/a.bridge')).toBe(untouched);
  });

  it('L-3 sends standard input on, mended, and its report to standard error', async () => {
    const { status, out, err } = await bridge('check - --fix', { stdin: wrong });
    expect(out).toBe(right);
    expect(err).toContain('3 fixes applied');
    expect(err).toContain('1 item in 1 file');
    expect(status).toBe(0);
  });

  it('L-3 keeps what it could not mend as a finding', async () => {
    const { status, out, file } = await bridge('check a.bridge --fix', {
      files: { 'a.bridge': itemWith('  sync one-way\n  fields { Subjekt <-> summary }') },
    });
    expect(status).toBe(1);
    expect(file('a.bridge')).toContain('Subject <-> summary');
    expect(out).toContain('error[wrong-arrow]');
  });

  it('L-3 says which file it could not write', async () => {
    const { memoryHost } = await import('../kit/memory-host.ts');
    const { run } = await import('../main.ts');
    const host = memoryHost({ files: { 'a.bridge': wrong } });
    const write = () => Promise.reject(new FileError('EROFS'));
    // Without a snapshot the arrow alone is wrong.
    expect(await run(['check', 'a.bridge', '--fix'], { ...host, files: { ...host.files, write } })).toBe(2);
    expect(host.output.err).toBe('bridge: could not write a.bridge: the disk takes no changes.\n');
  });
});
