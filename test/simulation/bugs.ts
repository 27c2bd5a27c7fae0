/**
 * Bugs that are planted to see whether the simulation sees them: each a small change of one source, put in while the
 * functions are bundled for a test, never in the product. What a change no longer finds is an error, so that the
 * list stays true to the code. Those without seeds are not yet known to be seen: of forty worlds of `swarm` none sees
 * the internal comment that is sent, the file that is taken for new, the blocked move that is not told, the status
 * that stays as it was moved by hand, the `where` that does not count, the edit in Jira that stays, the lost event
 * that nobody looks for, the write at each look; the others of them have not been swept yet.
 */
import type { ProfileName } from './story.ts';

export interface Bug {
  readonly name: string;
  /** The promises that it breaks, any of which may be the one that is seen. */
  readonly breaks: readonly string[];
  readonly file: string;
  readonly find: string;
  readonly put: string;
  /** A story of these, one after the other, shows it. */
  readonly seeds: readonly number[];
  /** Of those stories. */
  readonly profile: ProfileName;
}

const bug = (
  name: string,
  breaks: string,
  file: string,
  find: string,
  put: string,
  profile: ProfileName = 'swarm',
  ...seeds: number[]
): Bug => ({
  name,
  breaks: breaks.split(' '),
  file: `runtime/${file}`,
  find,
  put,
  seeds,
  profile,
});

export const bugs: readonly Bug[] = [
  bug(
    'a claim is taken without asking whose it is',
    'P1 P2',
    'run/created.ts',
    'if (await store.claim(claim)) {',
    '{ await store.claim(claim);',
  ),
  bug(
    'no quarantine before a second look',
    'P1',
    'engine/claim.ts',
    'export const quarantineMs = 2 * 60_000',
    'export const quarantineMs = 0',
  ),
  bug('one look is enough', 'P1', 'engine/claim.ts', 'return claim.looks === 0\n', 'return claim.looks < 0\n'),
  bug(
    'claims of the dead are forgotten',
    'P1',
    'run/cycle.ts',
    'if (await findLostEvents(run)) await settleClaims(run);',
    'await findLostEvents(run);',
  ),
  bug(
    'the claim does not remember what it sent',
    'P2 P3',
    'run/created.ts',
    'looks: 0, bases: creation.bases }',
    'looks: 0 }',
  ),
  bug(
    'no overlap of the watermark',
    'P2 P3 P5 P6',
    'engine/watermark.ts',
    'export const overlapMs = 10 * 60_000',
    'export const overlapMs = 0',
  ),
  bug(
    'the watermark passes what failed',
    'P2 P3 P5 P6',
    'engine/watermark.ts',
    'if (unhandled.has(stampKey(row)) && row.stamp < until) until = row.stamp;',
    '',
  ),
  bug(
    'a row of an unsettled second counts as handled',
    'P2 P3 P5 P6',
    'engine/watermark.ts',
    'export const unsettledMs = 2_000',
    'export const unsettledMs = -60_000',
  ),
  bug(
    'Jira always wins',
    'P2',
    'engine/field.ts',
    "policy === 'jira' || (policy === 'latest' && jiraAt !== undefined && second(jiraAt) > second(seenAt))",
    'true',
    'duel',
    1,
  ),
  bug(
    'Salesforce always wins',
    'P2',
    'engine/field.ts',
    "policy === 'jira' || (policy === 'latest' && jiraAt !== undefined && second(jiraAt) > second(seenAt))",
    'false',
    'duel',
    11,
  ),
  bug(
    'a conflict is not recorded',
    'P2',
    'engine/field.ts',
    'decision: { ...sent.decision, lost, kept },\n  };',
    'decision: sent.decision };',
    'duel',
    18,
  ),
  bug(
    'what gave way is forgotten with the run that wrote',
    'P2',
    'engine/field.ts',
    '{ ...sent, lost } : sent',
    'sent : sent',
    'duel',
    492,
  ),
  bug(
    'an owner is taken for both',
    'P2 P3',
    'engine/field.ts',
    "case 'jira':\n        return jiraOwns(state);",
    "case 'jira':\n        return salesforceOwns(state);",
    'swarm',
    3,
  ),
  bug(
    'an edit in Jira of what Salesforce owns stays',
    'P3',
    'run/remember.ts',
    'const kept = !differs(',
    "if (Object.keys(decisions.toJira).length > 0) return 'handled'; const kept = !differs(",
  ),
  bug(
    'what was sent without an answer is forgotten',
    'P2 P3 P10',
    'engine/field.ts',
    'ahead: { ...before(state, side), sending: [...state.sending, sent] },',
    '',
  ),
  bug('trouble is swallowed', 'P2 P3 P5 P6 P7', 'run/park.ts', 'await run.deps.store.saveAttention(attention);', ''),
  bug(
    'trouble that is over stays',
    'P7',
    'run/park.ts',
    'await run.deps.store.dropAttention(linkKey(key))',
    'undefined',
    'swarm',
    2,
  ),
  bug(
    'the journal is forgotten',
    'P10',
    'run/run.ts',
    'if (told.length > 0) await deps.store.addJournal(told);',
    '',
    'swarm',
    1,
  ),
  bug(
    'a write has no line',
    'P10',
    'run/run.ts',
    'at: deps.clock.now(),\n        source:',
    "at: deps.clock.now(),\n        source: '' &&",
    'swarm',
    1,
  ),
  bug(
    'internal comments are sent',
    'P1 P9',
    'engine/comments.ts',
    'if (!internal) return undefined;',
    'if (internal || !internal) return undefined;',
  ),
  bug(
    'copies are open to customers',
    'P9',
    'engine/comment-write.ts',
    'as: { internal: !open,',
    'as: { internal: false,',
    'swarm',
    11,
  ),
  bug(
    'a comment is posted again without a look',
    'P1',
    'run/comment-writes.ts',
    "return failure?.kind === 'unknown' ? pair : withCopy({ at: 0, ...words });",
    'return withCopy({ at: 0, ...words });',
  ),
  bug(
    'pairs of comments are not kept',
    'P1 P4',
    'run/comments.ts',
    'const kept = await store.putPairs(link, toKeep(after), revision);',
    'const kept = true;',
  ),
  bug(
    'a file is taken for a new one at each look',
    'P1 P4',
    'engine/files.ts',
    'if (paired.has(file)) continue;\n    const { name, size }',
    'const { name, size }',
  ),
  bug(
    'the rule is read backwards',
    'P5',
    'engine/status.ts',
    'const target = verdict.moveTo;',
    'const target = verdict.met ? undefined : verdict.moveTo;',
    'swarm',
    1,
  ),
  bug('a blocked move is not told', 'P10', 'run/journal.ts', "run.count(item, 'blocked');", 'continue;'),
  bug(
    'a status that was moved by hand stays',
    'P5',
    'engine/status.ts',
    'if (target === undefined || target.id === current.id) return',
    "if (target === undefined || target.id === current.id || (input.known !== undefined && input.cause === 'issue')) return",
  ),
  bug('`where` does not count', 'P6', 'engine/creation.ts', 'if (!item.where(record.fields))', 'if (record.deleted)'),
  bug(
    '`matching` does not count',
    'P6',
    'engine/creation.ts',
    "if (plan.create.records === 'matching' && !item.rule?.(record.fields).met)",
    'if (record.deleted)',
    'swarm',
    1,
  ),
  bug(
    'marks of events are not read',
    'P2 P3 P5',
    'run/cycle.ts',
    'const marked = await store.dirty(mostMarks);',
    'const marked: readonly string[] = [];',
    'swarm',
    6,
  ),
  bug(
    'lost events are never looked for',
    'P2 P3',
    'run/lost-events.ts',
    'if (changed.length > 0) await store.addDirty',
    'if (changed.length < 0) await store.addDirty',
  ),
  bug(
    'everything is written at each look',
    'P4',
    'engine/field.ts',
    'if (sameValue(target.normal, state.jira)) return agreed(state);',
    '',
  ),
  bug(
    'the token is logged',
    'P8',
    'handlers/deps.ts',
    'const http: Fetch = (url, init) => fetch(url, init);',
    'const http: Fetch = (url, init) => { console.error(JSON.stringify(init?.headers ?? {})); return fetch(url, init); };',
    'swarm',
    1,
  ),
];
