import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeHost } from './node-host.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-host-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writing a file', () => {
  const { files } = nodeHost();
  it('makes the folders that it needs and leaves nothing else behind', async () => {
    await files.write(join(folder, 'a/b/c.bridge'), 'one');
    await files.write(join(folder, 'a/b/c.bridge'), 'two');
    expect(readFileSync(join(folder, 'a/b/c.bridge'), 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['c.bridge']);
  });
  it('keeps the rights of a file, and a link a link', async () => {
    const real = join(folder, 'real.bridge');
    writeFileSync(real, 'one');
    chmodSync(real, 0o640);
    symlinkSync('real.bridge', join(folder, 'link.bridge'));
    await files.write(join(folder, 'link.bridge'), 'two');
    expect(readFileSync(real, 'utf8')).toBe('two');
    expect(lstatSync(join(folder, 'link.bridge')).isSymbolicLink()).toBe(true);
    expect(statSync(real).mode & 0o777).toBe(0o640);
  });
  it('says why it could not', async () => {
    await expect(files.write(folder, 'x')).rejects.toMatchObject({ name: 'FileError', code: 'EISDIR' });
    writeFileSync(join(folder, 'file'), '');
    await expect(files.write(join(folder, 'file/x'), 'x')).rejects.toMatchObject({ code: 'EEXIST' });
  });
});
