import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writerTo } from './output.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-output-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('standard output', () => {
  it.skipIf(process.platform === 'win32')('reaches a slow reader whole and in its order', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const descriptor = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    try {
      const later: Buffer[] = [];
      const stream = new Writable({
        write(chunk, _, done) {
          later.push(chunk);
          done();
        },
      });
      const write = writerTo(descriptor as 1, () => stream);
      for (const text of ['ä', 'b'.repeat(200_000), 'c', 'd']) write(text);
      const taken = Buffer.alloc(300_000);
      const length = readSync(descriptor, taken);
      expect(length).toBeLessThan(200_000);
      const whole = Buffer.concat([taken.subarray(0, length), ...later]).toString();
      expect(whole === `ä${'b'.repeat(200_000)}cd`).toBe(true);
    } finally {
      closeSync(descriptor);
    }
  });
  it('L-3 may lose its reader, which is no failure', async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./bridge.js', import.meta.url)), 'help'], {
      env: { ...process.env, BRIDGE_TRACE: '1' },
    });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', text => {
      said += text;
    });
    const status = await new Promise(resolve => child.on('close', resolve));
    expect({ status, said }).toEqual({ status: 0, said: '' });
  });
});
