/** What the product knows of objects and types, against describes of real orgs, where the environment names them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { curated, curatedObjects, recordLabel, searchFields, statusField } from '../catalogue/index.ts';
import { salesforceTypes } from '../conversion/types.ts';
import type { ObjectMetadata } from './model.ts';
import { objectFromDescribe } from './salesforce.ts';

const folder = join(process.env.BRIDGE_REFERENCE ?? '', 'salesforce-describe');
const present = process.env.BRIDGE_REFERENCE !== undefined && existsSync(folder);
if (!present) console.error('describes are not compared: BRIDGE_REFERENCE names no folder with captured ones');

const captured: readonly ObjectMetadata[] = present
  ? ['full', 'trimmed'].flatMap(kind =>
      readdirSync(join(folder, kind))
        .filter(name => name.endsWith('.json') && !name.startsWith('_'))
        .map(name => objectFromDescribe(JSON.parse(readFileSync(join(folder, kind, name), 'utf8')))),
    )
  : [];

describe.skipIf(!present)('describes of real orgs (BRIDGE_REFERENCE)', () => {
  it('O-2 hold only types that the conversion table accounts for', () => {
    const types = new Set(captured.flatMap(({ fields = [] }) => fields.map(({ type }) => type)));
    expect(types.size).toBeGreaterThan(15);
    expect([...types].filter(type => !salesforceTypes.includes(type) || type === 'anytype')).toEqual([]);
  });

  it.each(curatedObjects.map(({ name }) => name))('O-3, P-2, P-3 have the fields that %s is known by', name => {
    const described = captured.filter(object => object.name === name);
    // No org at hand had quotes switched on.
    if (name !== 'Quote') expect(described.length).toBeGreaterThan(0);
    for (const object of described) {
      const row = curated(name)!;
      expect(statusField(object)).toBe(row.status);
      expect(searchFields(object).length).toBeGreaterThanOrEqual(Math.max(1, row.search.length - 1));
      expect(recordLabel(object)).toEqual(row.label);
    }
  });
});
