/**
 * The line by which the bridge knows again what it wrote into Salesforce, even when it forgot everything
 * else: readable, at the end of the text, and sealed with a key that only this installation has, since
 * anyone can type such a line.
 */
import type { CommentMarker } from '../conversation.ts';

/** A keyed hash, in hexadecimal; bound to the installation's key. */
export type Sign = (text: string) => string;

export const bridgeName = '[Salesforce Bridge for Jira]';
export const linkNoteTitle = `${bridgeName} Jira link note`;
export const fileNoteTitle = `${bridgeName} Jira attachment sync note`;
export const fileCommentTitle = `${bridgeName} Attachment sync comment`;

/** What a line marks: a comment's copy, a file's copy, the note about a link or about a file. */
export type MarkKind = 'comment' | 'attachment' | 'link' | 'attachment-note';

export interface TextMarker {
  readonly kind: MarkKind;
  /** The issue's key when it was written: for people. */
  readonly issueKey: string;
  /** Of the comment or attachment in Jira; of a link, issue id and item. */
  readonly id: string;
  /** From 1. */
  readonly part: number;
  readonly parts: number;
}

/** Where the marked text stands; the same marker elsewhere is a quotation. */
export interface Place {
  readonly org: string;
  readonly record: string;
}

/** Hexadecimal digits of a seal: enough that nobody guesses one by typing. */
const sealLength = 12;

export function markerLine(marker: TextMarker, place: Place, sign: Sign): string {
  const { kind, issueKey, id, part, parts } = marker;
  const counted = parts > 1 ? ` (${part}/${parts})` : '';
  return `${bridgeName} ${issueKey} ${kind} #${id}${counted} ${seal(kind, id, part, place, sign)}`;
}

const line =
  /^\[Salesforce Bridge for Jira\] (\S{1,255}) (comment|attachment|link|attachment-note) #([A-Za-z0-9:_-]{1,255})(?: \((\d{1,4})\/(\d{1,4})\))? ([0-9a-f]{12})$/;

/** The marker at the end of a text, if it is a genuine one of this place. */
export function readMarkerLine(text: string, place: Place, sign: Sign): TextMarker | undefined {
  const found = line.exec(tidy(lastLine(text)));
  if (found === null) return undefined;
  const [, issueKey, kind, id, part = '1', parts = '1', given] = found;
  const marker: TextMarker = {
    kind: kind as MarkKind,
    issueKey: issueKey!,
    id: id!,
    part: Number(part),
    parts: Number(parts),
  };
  return seal(marker.kind, marker.id, marker.part, place, sign) === given ? marker : undefined;
}

/** Notes are ours on whatever record they stand: a merge hands them on to another. */
const seal = (kind: MarkKind, id: string, part: number, { org, record }: Place, sign: Sign): string =>
  sign(`salesforce ${org} ${isNote(kind) ? '' : record} ${kind} ${id} ${part}`).slice(0, sealLength);

const isNote = (kind: MarkKind): boolean => kind === 'link' || kind === 'attachment-note';

/** Rich text editors turn blanks into others. */
const tidy = (text: string): string => text.replace(/[\s\u00a0]+/g, ' ').trim();

export function lastLine(text: string): string {
  const lines = text.trimEnd();
  return lines.slice(lines.lastIndexOf('\n') + 1);
}

// ── in Jira ─────────────────────────────────────────────────────────────────────────────────────

export function sealedMarker(kind: CommentMarker['kind'], source: string, { org, record }: Place, sign: Sign) {
  const marker: CommentMarker = { v: 1, kind, org, record, source, seal: jiraSeal(kind, org, record, source, sign) };
  return marker;
}

/** Whoever can edit a comment can write a marker, but not its seal. */
export const isGenuine = ({ kind, org, record, source, seal: given }: CommentMarker, sign: Sign): boolean =>
  jiraSeal(kind, org, record, source, sign) === given;

const jiraSeal = (kind: string, org: string, record: string, source: string, sign: Sign): string =>
  sign(`jira ${org} ${record} ${kind} ${source}`).slice(0, 32);
