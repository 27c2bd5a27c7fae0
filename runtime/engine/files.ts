/**
 * What one look at the files of a link comes to: which are one and the same, which have to be copied, which
 * are too large. Pairs first, then the marker in the file's description, then equal bytes under an equal
 * name: a file that is on both sides already is never copied. Deletions do not travel.
 */
import type { ItemPlan, Origin } from '../../compiler/plan/ir.ts';
import type { FilePair, JiraFile, SalesforceFile } from '../conversation.ts';
import type { Instant, Link } from '../ports.ts';
import { quarantineMs } from './claim.ts';
import { readMarkerLine, type Sign } from './marker-text.ts';

/** Bytes of the largest file that travels. */
export const largestFile = 10_485_760;

export interface FileInput {
  readonly plan: ItemPlan;
  readonly link: Link;
  readonly org: string;
  readonly pairs: readonly FilePair[];
  /** The latest version of every file of the record, and every attachment of the issue. */
  readonly salesforce: readonly SalesforceFile[];
  readonly jira: readonly JiraFile[];
  /** The app's own account. */
  readonly self: string;
  /** MD5 of attachments whose bytes were asked for. */
  readonly checksums: ReadonlyMap<string, string>;
  readonly sign: Sign;
  readonly now: Instant;
}

export type FileCopy = { readonly pair: FilePair; readonly reason: string; readonly origin: Origin } & (
  | { readonly to: 'jira'; readonly file: SalesforceFile }
  | { readonly to: 'salesforce'; readonly file: JiraFile }
);

export interface FileDecisions {
  /** To remember before anything is copied. */
  readonly pairs: readonly FilePair[];
  readonly copies: readonly FileCopy[];
  readonly skips: readonly { readonly side: 'jira' | 'salesforce'; readonly name: string; readonly reason: string }[];
  /** Copies that an earlier run made, and was stopped before it could say so. */
  readonly found: readonly { readonly side: 'jira' | 'salesforce'; readonly name: string }[];
  /** Attachments that may be a file of Salesforce already: only their bytes can tell. */
  readonly compare: readonly string[];
  readonly waitUntil?: Instant;
}

type Draft = { -readonly [K in keyof FilePair]: FilePair[K] };

export function decideFiles(input: FileInput): FileDecisions {
  const { plan, link, sign, now, checksums } = input;
  const drafts: Draft[] = input.pairs.map(pair => ({ ...pair }));
  const place = { org: input.org, record: link.record };
  const found: FileDecisions['found'][number][] = [];

  // ── who is who ──
  const files: SalesforceFile[] = [];
  for (const file of [...input.salesforce].sort(byAge)) {
    if (drafts.some(pair => pair.document === file.document && pair.checksum === file.checksum)) continue;
    const marker = readMarkerLine(file.description, place, sign);
    if (marker?.kind === 'attachment') {
      const pair = drafts.find(one => one.from === 'jira' && one.attachment === marker.id);
      const attachment = input.jira.find(({ id }) => id === marker.id);
      if (pair !== undefined && pair.document === undefined) {
        Object.assign(pair, { document: file.document, checksum: file.checksum });
        if (pair.at !== undefined) found.push({ side: 'salesforce', name: file.name });
        delete pair.at;
        continue;
      }
      if (pair === undefined) {
        // The bridge forgot it; what it marks is the copy of an attachment, which may be gone by now.
        const { name, size, checksum, document } = file;
        if (attachment !== undefined) {
          drafts.push({ from: 'jira', name, size, checksum, document, attachment: attachment.id, notes: noted });
        }
        continue;
      }
      // A person put a new version of it into Salesforce.
    }
    files.push(file);
  }
  const attachments: JiraFile[] = [];
  for (const file of [...input.jira].sort(byAge)) {
    if (drafts.some(({ attachment }) => attachment === file.id)) continue;
    const awaited = drafts.find(
      pair =>
        pair.from === 'salesforce' &&
        pair.attachment === undefined &&
        pair.at !== undefined &&
        file.author.id === input.self &&
        file.name === pair.name &&
        file.size === pair.size &&
        file.createdAt >= pair.at - skewMs,
    );
    if (awaited === undefined) attachments.push(file);
    else {
      awaited.attachment = file.id;
      found.push({ side: 'jira', name: file.name });
      delete awaited.at;
    }
  }

  // ── the same on both sides already ──
  const compare: string[] = [];
  const paired = new Set<SalesforceFile | JiraFile>();
  for (const attachment of attachments) {
    const twins = files.filter(
      file => !paired.has(file) && file.name === attachment.name && file.size === attachment.size,
    );
    if (twins.length === 0) continue;
    const checksum = checksums.get(attachment.id);
    if (checksum === undefined) {
      compare.push(attachment.id);
      continue;
    }
    const twin = twins.find(file => file.checksum === checksum);
    if (twin === undefined) continue;
    const { name, size, document } = twin;
    drafts.push({ from: 'salesforce', name, size, checksum, document, attachment: attachment.id, notes: noted });
    paired.add(twin).add(attachment);
  }
  if (compare.length > 0) return { pairs: input.pairs, copies: [], skips: [], found: [], compare };

  // ── what has to be copied ──
  const copies: FileCopy[] = [];
  const skips: FileDecisions['skips'][number][] = [];
  let waitUntil: Instant | undefined;
  const copy = (pair: Draft, file: SalesforceFile | JiraFile, again?: string) => {
    pair.at = now;
    const origin = plan.attachmentsClause?.origin ?? plan.origin;
    const where = 'document' in file ? 'added in Salesforce' : 'attached in Jira';
    const reason = again ?? `a file was ${where}, and the item's attachments are on`;
    copies.push(
      'document' in file
        ? { to: 'jira', file, pair, reason, origin }
        : { to: 'salesforce', file, pair, reason, origin },
    );
  };

  // Asked for before, and never answered.
  const over = new Set<Draft>();
  for (const pair of drafts) {
    const made = pair.from === 'salesforce' ? pair.attachment : pair.document;
    if (made !== undefined || pair.skipped !== undefined) continue;
    const until = (pair.at ?? 0) + quarantineMs;
    if (now < until) {
      waitUntil = Math.min(waitUntil ?? until, until);
      continue;
    }
    const file =
      pair.from === 'salesforce'
        ? input.salesforce.find(one => one.document === pair.document && one.checksum === pair.checksum)
        : input.jira.find(one => one.id === pair.attachment);
    if (file === undefined) over.add(pair);
    else copy(pair, file, 'the copy of a file was asked for before, and looked for in vain');
  }
  for (const file of [...files, ...attachments]) {
    if (paired.has(file)) continue;
    const { name, size } = file;
    const from = 'document' in file ? 'salesforce' : 'jira';
    const ids =
      'document' in file ? { checksum: file.checksum, document: file.document } : { checksum: '', attachment: file.id };
    const pair: Draft = { from, name, size, ...ids, notes: {} };
    drafts.push(pair);
    if (size <= largestFile) copy(pair, file);
    else {
      pair.skipped = `“${name}” has ${size} bytes; files over ${largestFile} bytes do not travel`;
      skips.push({ side: from === 'jira' ? 'salesforce' : 'jira', name, reason: pair.skipped });
    }
  }
  const pairs = drafts.filter(pair => !over.has(pair));
  return { pairs, copies, skips, found, compare: [], ...(waitUntil === undefined ? {} : { waitUntil }) };
}

/** Of what the bridge did not copy just now, nothing is said. */
const noted: FilePair['notes'] = { salesforce: { gone: true }, jira: { gone: true } };

/** Two systems' clocks. */
const skewMs = 60_000;

const byAge = (
  a: { readonly createdAt: Instant; readonly name: string },
  b: { readonly createdAt: Instant; readonly name: string },
): number => a.createdAt - b.createdAt || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
