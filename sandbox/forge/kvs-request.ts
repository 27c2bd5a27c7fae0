/** What a request to Forge's store may say: its shapes, its limits, and the refusals of what oversteps them. */
import { matches, type WireCondition } from './kvs-conditions.ts';
import type { ManifestEntity } from './manifest.ts';

interface SetOptions {
  readonly keyPolicy?: 'FAIL_IF_EXISTS' | 'OVERRIDE';
  readonly returnValue?: 'PREVIOUS' | 'LATEST';
  readonly ttl?: { readonly unit: string; readonly value: number };
}
export interface WireItem {
  readonly key: string;
  readonly value?: unknown;
  readonly entityName?: string;
  readonly options?: SetOptions;
  readonly conditions?: Conditions;
}
export interface Conditions {
  readonly and?: readonly WireCondition[];
  readonly or?: readonly WireCondition[];
}

/** Thrown, but no Error: most look-ups of a run find nothing, and a trace of each would cost more than the look-up. */
export class Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  constructor(status: number, code: string, message: string) {
    this.status = status;
    this.code = code;
    this.message = message;
  }
}

// Forge, platform limits of KVS and custom entity store.
const KEY_PATTERN = /^(?!\s+$)[a-zA-Z0-9:._\s\-#]+$/;
const MAX_KEY = 500;
const MAX_VALUE = 240 * 1024;
const MAX_SECRET = 128 * 1024;
const MAX_DEPTH = 31;
const MAX_OPERATIONS = 25;
const MAX_TRANSACTION = 4 * 1024 * 1024;
const MAX_PAGE = 100;
const DEFAULT_PAGE = 10;
const UNIT_MS: Record<string, number> = { SECONDS: 1e3, MINUTES: 60e3, HOURS: 3600e3, DAYS: 86400e3 };
const MAX_TTL_MS = 366 * 86400e3;

export function checkKey(key: unknown): void {
  if (typeof key !== 'string' || key.length === 0 || key.length > MAX_KEY || !KEY_PATTERN.test(key)) {
    throw new Refusal(400, 'INVALID_KEY', `The key ${JSON.stringify(key)} is not valid.`);
  }
}

/** The value as it is kept. */
export function jsonOf(value: unknown, secret: boolean): string {
  if (value === undefined) throw new Refusal(400, 'INVALID_ARGUMENT', 'A value is required.');
  const json = JSON.stringify(value);
  const limit = secret ? MAX_SECRET : MAX_VALUE;
  if (Buffer.byteLength(json) > limit) {
    throw new Refusal(413, 'MAX_SIZE', `The value is larger than ${limit / 1024} KiB.`);
  }
  if (depthOf(value) > MAX_DEPTH) throw new Refusal(400, 'MAX_DEPTH', `The value is nested deeper than ${MAX_DEPTH}.`);
  return json;
}

/** Milliseconds that it is to live; undefined: for ever. */
export function lifeOf({ ttl }: SetOptions = {}): number | undefined {
  if (ttl === undefined) return undefined;
  const life = ttl.value * (UNIT_MS[ttl.unit] ?? Number.NaN);
  if (!(life > 0 && life <= MAX_TTL_MS)) {
    throw new Refusal(400, 'INVALID_TTL', 'The time to live must be positive and at most a year.');
  }
  return life;
}

export function pageOf(limit: number | undefined, cursor: string | undefined): { from: number; size: number } {
  const size = limit ?? DEFAULT_PAGE;
  if (!(size >= 1 && size < MAX_PAGE)) throw new Refusal(400, 'INVALID_LIMIT', `The limit must be below ${MAX_PAGE}.`);
  const from = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  if (!Number.isInteger(from) || from < 0) throw new Refusal(400, 'INVALID_CURSOR', 'The cursor is not valid.');
  return { from, size };
}

export function checkTransaction(body: object, operations: number): void {
  // So few values are not that large together, unless one of them is refused by itself.
  if (operations <= MAX_TRANSACTION / MAX_VALUE - 1) return;
  if (Buffer.byteLength(JSON.stringify(body)) > MAX_TRANSACTION) {
    throw new Refusal(413, 'MAX_SIZE', 'The transaction is larger than 4 MB.');
  }
}

export function checkBatch(items: readonly WireItem[]): void {
  if (items.length === 0 || items.length > MAX_OPERATIONS) {
    throw new Refusal(400, 'INVALID_ARGUMENT', `A batch or transaction takes 1 to ${MAX_OPERATIONS} operations.`);
  }
  const seen = new Set(items.map(item => `${item.entityName ?? ''} ${item.key}`));
  if (seen.size !== items.length) throw new Refusal(400, 'DUPLICATE_KEY', 'Each key may be named once.');
}

export function checkAttributes(entity: ManifestEntity, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 'INVALID_ENTITY', `A value of ${entity.name} is an object.`);
  }
  for (const [name, given] of Object.entries(value)) {
    const attribute = entity.attributes[name];
    if (!attribute) throw new Refusal(400, 'INVALID_ENTITY', `${entity.name} has no attribute ${name}.`);
    const fits = {
      string: typeof given === 'string',
      boolean: typeof given === 'boolean',
      float: typeof given === 'number',
      integer: Number.isInteger(given),
      any: true,
    }[attribute.type];
    if (!fits) throw new Refusal(400, 'INVALID_ENTITY', `${entity.name}.${name} must be of type ${attribute.type}.`);
  }
}

export function indexOf(
  entity: ManifestEntity,
  name: string,
): { readonly partition: readonly string[]; readonly range: string } {
  if (name === 'by-key') return { partition: [], range: 'key' };
  for (const index of entity.indexes ?? []) {
    if (index === name) return { partition: [], range: name };
    if (typeof index === 'object' && index.name === name) {
      return { partition: index.partition ?? [], range: index.range[0]! };
    }
  }
  throw new Refusal(400, 'INVALID_INDEX', `${entity.name} has no index ${name}.`);
}

export function meets(value: unknown, conditions: Conditions): boolean {
  const holds = (condition: WireCondition) =>
    matches((value as Record<string, unknown> | undefined)?.[condition.property], condition);
  if (conditions.and && !conditions.and.every(holds)) return false;
  return conditions.or === undefined || conditions.or.some(holds);
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
