/** Runs a command line on a machine in memory that holds the tests' org and site as its snapshot. */
import { metadata } from '../../../test/kit/metadata.ts';
import { writeSnapshot } from '../../metadata/snapshot.ts';
import { run } from '../main.ts';
import type { MemoryOptions } from './memory-host.ts';
import { memoryHost } from './memory-host.ts';

export const snapshot = writeSnapshot(metadata);

/** Words of `line` stand between blanks; a folder with the snapshot holds `files`. */
export async function bridge(line: string | readonly string[], options: MemoryOptions = {}) {
  const host = memoryHost({ ...options, files: { 'metadata.lock.json': snapshot, ...options.files } });
  const status = await run(typeof line === 'string' ? line.split(' ').filter(Boolean) : line, host);
  return {
    status,
    ...host.output,
    /** What a file holds now. */
    file: (path: string) => {
      const content = host.disk.get(`/desk/${path}`);
      return content instanceof Uint8Array ? new TextDecoder().decode(content) : content;
    },
    disk: host.disk,
  };
}
