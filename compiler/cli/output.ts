/**
 * Writing to standard output and error without Node's streams, whose loading is a good part of a short run: into
 * pipes and files Node writes in place anyway. Where a descriptor cannot take all at once the stream takes over,
 * for that text's rest and whatever follows.
 */
import { writeSync } from 'node:fs';
import process from 'node:process';

export function writerTo(descriptor: 1 | 2, stream: () => NodeJS.WritableStream): (text: string) => void {
  let waiting: NodeJS.WritableStream | undefined;
  return text => {
    let rest: Uint8Array = Buffer.from(text);
    try {
      while (waiting === undefined && rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if (!isCode(error, 'EAGAIN')) return gone(error);
      waiting = stream().on('error', gone);
    }
    if (rest.length > 0) waiting?.write(rest);
  };
}

/** A reader that goes away (`| head`) is no failure. */
export function gone(error: unknown): never {
  if (isCode(error, 'EPIPE')) process.exit(0);
  throw error;
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
