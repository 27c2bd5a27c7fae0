/**
 * Every key that the app stores under, and every entity that the manifest declares, in one place.
 *
 * manifest.yml, `app.storage.entities` (the host models exactly these):
 *
 *   - name: record-link                     # one row a link; key `item:record`, display-only `item:record:issue`
 *     attributes: { item: string, record: string, issue: string, revision: integer, body: any }
 *     indexes: [record]
 *   - name: issue-links                     # which links an issue has; key `issue id`
 *     attributes: { revision: integer, body: any }
 *     indexes: [revision]
 *   - name: claim                           # set with FAIL_IF_EXISTS
 *     attributes: { at: integer, body: any }
 *     indexes: [at]
 *   - name: lease                           # taken over by a transaction on `epoch`
 *     attributes: { holder: string, epoch: integer, until: integer }
 *     indexes: [until]
 *   - name: page                            # values that several writers share, by compare-and-set:
 *     attributes: { revision: integer, body: any }   # the program's head, run and journal pages, attention
 *     indexes: [revision]
 *
 * Deciding reads are `get` and `batchGet` (strictly consistent); the one query is by index `record` of
 * `record-link`, for sweeps. Conditions in use: EQUAL_TO and NOT_EXISTS on `revision` and `epoch`,
 * EQUAL_TO on `holder`. The queue is named `sync`. The issue property is `salesforce-bridge`, whose
 * path `claim` (string) the module `jira:entityProperty` declares.
 */

import type { LinkKey } from '../ports.ts';

export const queueName = 'sync';

export const entities = {
  link: 'record-link',
  issueLinks: 'issue-links',
  claim: 'claim',
  lease: 'lease',
  page: 'page',
} as const;

/** Forge takes `a-z A-Z 0-9 : . _ - #` and white space, up to 500 characters. */
export const keyLimit = 500;

/** Any text as a part of a key; one-to-one, since `#` starts every escape and is escaped itself. */
export function keyPart(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/gu, char => `#${char.codePointAt(0)!.toString(16)}.`);
}

const partOf = (part: string): string =>
  part.replace(/#([0-9a-f]+)\./g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));

const key = (...parts: readonly string[]): string => {
  const text = parts.map(keyPart).join(':');
  if (text.length > keyLimit) throw new RangeError(`a storage key of ${text.length} characters is over Forge's limit`);
  return text;
};

export const keys = {
  connection: () => 'connection',
  secret: () => 'salesforce-secret',
  token: () => 'salesforce-token',

  link: ({ item, record, issue }: LinkKey) => key(...(issue === undefined ? [item, record] : [item, record, issue])),
  issueLinks: (issueId: string) => key(issueId),
  pairs: ({ item, record }: LinkKey) => key('pairs', item, record),
  markerKey: () => 'marker-key',
  tombstone: ({ item, record }: LinkKey) => key('tombstone', item, record),
  tombstones: () => 'tombstone:',
  readTombstone(name: string): LinkKey | undefined {
    const [, item, record] = name.split(':').map(partOf);
    return item === undefined || record === undefined ? undefined : { item, record };
  },
  activation: (item: string) => key('activation', item),

  claim: (claim: string) => key(claim),
  lease: (name: string) => key(name),
  mark: (name: string) => key('mark', name),
  watermark: (object: string) => key('watermark', object),

  programHead: () => 'program-head',
  program: (content: string) => key('program', content),
  part: (head: string, generation: string, index: number) => `${head}:${keyPart(generation)}:${index}`,

  pagesHead: (kind: string) => `${kind}-head`,
  page: (kind: string, index: number) => `${kind}:${index}`,
  attention: (bucket: number) => `attention:${bucket}`,
  dirty: (bucket: number) => `dirty:${bucket}`,

  paused: () => 'paused',
  hold: () => 'hold',
  catchUp: () => 'catch-up',
  sweep: () => 'sweep',
  lastOrg: () => 'last-org',
  metadata: (system: 'salesforce' | 'jira', what: string) => key('metadata', system, what),
} as const;
