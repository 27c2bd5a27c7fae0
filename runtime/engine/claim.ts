/**
 * Things that must exist once: the claim's key and the marker that travels in the creating request. A look
 * by marker that finds nothing proves nothing at first, since search lags; the second one, ten minutes
 * after the first, does.
 */
import type { Claim, Instant, IssueMarker, SalesforceRecord } from '../ports.ts';

/** Between the sending of a request and the moment it can no longer land unseen. */
export const quarantineMs = 2 * 60_000;
export const betweenLooksMs = 10 * 60_000;

/** The same for the same effect, always. */
export const claimKey = (org: string, item: string, record: string): string => `issue:${org}:${item}:${record}`;

/** What a claim's key is about: neither ids nor item ids have a colon. */
export function claimed(
  key: string,
): { readonly org: string; readonly item: string; readonly record: string } | undefined {
  const [kind, org, item, record] = key.split(':');
  return kind === 'issue' && org && item && record ? { org, item, record } : undefined;
}

export const markerFor = (org: string, item: string, record: Pick<SalesforceRecord, 'id' | 'object'>): IssueMarker => ({
  v: 1,
  org,
  object: record.object,
  record: record.id,
  item,
  claim: claimKey(org, item, record.id),
});

/** People can edit and clone markers: one counts only when all of it matches. */
export const markerMatches = (marker: IssueMarker, wanted: IssueMarker): boolean =>
  marker.v === wanted.v &&
  marker.org === wanted.org &&
  marker.object === wanted.object &&
  marker.record === wanted.record &&
  marker.item === wanted.item &&
  marker.claim === wanted.claim;

export type ClaimStep = { readonly kind: 'wait'; readonly until: Instant } | { readonly kind: 'look' };

/** What to do about a claim that somebody left behind. After two empty looks nothing is waited for but a reason to try again. */
export function claimStep(claim: Claim, now: Instant): ClaimStep {
  if (claim.looks > 1) return { kind: 'look' };
  const from = claim.looks === 0 ? claim.at + quarantineMs : (claim.lastLookAt ?? claim.at) + betweenLooksMs;
  return now < from ? { kind: 'wait', until: from } : { kind: 'look' };
}

/** After a look that found nothing; the second one in a row proves that nothing is there. */
export const afterEmptyLook = (claim: Claim, now: Instant): Claim => ({
  ...claim,
  looks: claim.looks + 1,
  lastLookAt: now,
});

export const isProvenAbsent = ({ looks }: Claim): boolean => looks > 1;
