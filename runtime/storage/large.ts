/**
 * One JSON value over as many stored ones as it needs, since Forge keeps at most 240 KiB under a key.
 * Parts are written before the head that names them, so a reader never sees half a value; the parts of
 * the value that it replaces go last.
 */
import { PortError } from '../ports.ts';
import { keys } from './keys.ts';
import { call, type Kvs } from './platform.ts';
import type { Reads } from './reads.ts';
import { unreadable } from './stored.ts';

/** UTF-8 bytes of one part; below 240 KiB with room for JSON's own escapes. */
const partBytes = 100_000;

type Head = { readonly v: 1; readonly text: string } | { readonly v: 1; readonly parts: number; readonly of: string };

export interface Large {
  get(key: string): Promise<unknown>;
  /** The value's JSON. */
  text(key: string): Promise<string | undefined>;
  /** `generation` tells this value's parts from those of the one before. */
  set(key: string, value: unknown, generation: string): Promise<void>;
  delete(key: string): Promise<void>;
}

export function createLarge(kvs: Kvs, reads: Reads): Large {
  const head = async (key: string): Promise<Head | undefined> => {
    const found = await reads.value<Head>(key);
    if (found === undefined) return undefined;
    if (found.v !== 1)
      throw unreadable('value', 'a newer version of the app wrote it, so deploy that one again; nothing was changed');
    return found;
  };
  const partKeys = (key: string, old: Head | undefined): readonly string[] =>
    old !== undefined && 'parts' in old
      ? Array.from({ length: old.parts }, (_, index) => keys.part(key, old.of, index))
      : [];
  const drop = async (all: readonly string[]): Promise<void> => {
    for (const part of all) await call('delete', () => kvs.delete(part));
  };

  const text = async (key: string): Promise<string | undefined> => {
    const found = await head(key);
    if (found === undefined) return undefined;
    if ('text' in found) return found.text;
    const names = partKeys(key, found);
    const texts = await Promise.all(names.map(name => reads.value(name)));
    if (texts.some(part => typeof part !== 'string')) throw unreadable('value', 'a part of it is missing');
    return texts.join('');
  };

  return {
    async get(key) {
      const json = await text(key);
      return json === undefined ? undefined : JSON.parse(json);
    },
    text,

    async set(key, value, generation) {
      const text = JSON.stringify(value);
      if (text === undefined) throw new PortError(notJson);
      const old = await head(key);
      const pieces = split(text, partBytes);
      if (pieces.length <= 1) {
        await call('write', () => kvs.set(key, { v: 1, text }));
      } else {
        for (const [index, piece] of pieces.entries())
          await call('write', () => kvs.set(keys.part(key, generation, index), piece));
        await call('write', () => kvs.set(key, { v: 1, parts: pieces.length, of: generation }));
      }
      const kept = new Set(pieces.length <= 1 ? [] : pieces.map((_, index) => keys.part(key, generation, index)));
      await drop(partKeys(key, old).filter(part => !kept.has(part)));
    },

    async delete(key) {
      const old = await head(key);
      await call('delete', () => kvs.delete(key));
      await drop(partKeys(key, old));
    },
  };
}

const notJson = {
  system: 'store',
  kind: 'refused',
  code: 'NOT_JSON',
  message: 'A value that is not JSON cannot be stored.',
  fields: [],
} as const;

/** Pieces of at most `bytes` UTF-8 bytes, never cutting a character in two. */
export function split(text: string, bytes: number): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  let size = 0;
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at)!;
    const length = point > 0xffff ? 2 : 1;
    const cost = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (size + cost > bytes) {
      pieces.push(text.slice(start, at));
      start = at;
      size = 0;
    }
    size += cost;
    at += length;
  }
  pieces.push(text.slice(start));
  return pieces;
}
