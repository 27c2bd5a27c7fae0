/** P10: what a run that died may have written of a link that rests is told once, though nobody looks whether it is there. */
import { describe, expect, it } from 'vitest';
import { mapping, statusCases, subject, supportCases, target } from '../../test/kit/plan.ts';
import type { Link, Sending } from '../ports.ts';
import { compileItem } from './reconcile.ts';
import { isNoteUnanswered, unseenReason, untold, withAllTold } from './untold.ts';

const text = compileItem({ ...statusCases(), mappings: [mapping('both', subject, target('summary'))] });
const sent = (side: 'salesforce' | 'jira', value: unknown, more: Partial<Sending> = {}): Sending => ({
  side,
  value,
  at: 1,
  ...more,
});
const told = (...sending: readonly Sending[]) =>
  untold(text, { bases: { summary: { salesforce: 'a', jira: 'a', sending } } }, reason);
const reason =
  'sent by an earlier run, of which it is not known whether it arrived; nobody looks, since the link rests';

describe('what was sent', () => {
  it('is told with its field and what was to stand there', () => {
    const origin = { file: 'support-cases.bridge', line: 10, column: 3 };
    expect(told(sent('jira', 'b'), sent('salesforce', 'c'))).toEqual([
      { side: 'jira', what: 'Summary', to: 'b', outcome: 'found', reason, origin },
      { side: 'salesforce', what: 'Subject', to: 'c', outcome: 'found', reason, origin },
    ]);
  });

  it('is told with what gave way to it', () => {
    expect(told(sent('jira', 'b', { lost: null }))).toMatchObject([{ lost: null, kept: 'b' }]);
    expect(told(sent('jira', 'b'))[0]).not.toHaveProperty('lost');
  });

  it.each<[string, Sending, number]>([
    ['what both agreed on', sent('jira', 'a'), 0],
    ['what both agreed on, written again', sent('jira', 'a', { again: true }), 1],
    ['what was told', sent('jira', 'b', { told: true }), 0],
    ['what was written again, and told', sent('jira', 'a', { again: true, told: true }), 0],
  ])('is as news as it is: %s', (_, sending, count) => {
    expect(told(sending)).toHaveLength(count);
  });

  it('is told as people read it on each side', () => {
    const item = compileItem({
      ...supportCases(),
      mappings: [mapping('both', { ...subject, type: 'rich-textarea' }, target('description', 'rich-text'))],
    });
    const html = '<p>a</p>';
    const document = {
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'b' }] }],
    };
    const sending = [sent('salesforce', html), sent('jira', document)];
    const decisions = untold(item, { bases: { description: { salesforce: null, jira: null, sending } } }, reason);
    expect(decisions.map(({ to }) => to)).toEqual(['a', 'b']);
  });

  it('is nothing of a field that nobody wrote, or that is not mapped', () => {
    expect(untold(text, { bases: {} }, reason)).toEqual([]);
    expect(untold(text, { bases: { summary: { salesforce: 'a', jira: 'b' } } }, reason)).toEqual([]);
    const other = { salesforce: 'a', jira: 'a', sending: [sent('jira', 'b')] };
    expect(untold(text, { bases: { other } }, reason)).toEqual([]);
  });
});

describe('a status that was sent', () => {
  it.each([
    ['jira', 'Status', text, 24],
    ['salesforce', 'Stage', compileItem(withLabel('Stage')), 24],
    ['salesforce', 'Status', compileItem(supportCases()), 2],
  ] as const)('to %s is told by its name there: %s', (side, what, item, line) => {
    const decisions = untold(item, { bases: {}, moving: { side, to: 'Done' } }, reason);
    expect(decisions).toMatchObject([{ side, what, to: 'Done', outcome: 'found', reason, origin: { line } }]);
  });

  it('is told with what was sent before it', () => {
    const moving = { side: 'jira', to: 'Done', earlier: [{ side: 'salesforce', to: 'Working' }] } as const;
    expect(untold(text, { bases: {}, moving }, reason)).toMatchObject([
      { side: 'salesforce', to: 'Working', reason },
      { side: 'jira', to: 'Done', reason },
    ]);
  });

  function withLabel(label: string) {
    const { status, ...item } = statusCases();
    return { ...item, status: { ...status!, field: { ...status!.field, label } } };
  }
});

it.each<[string, Link['note'], boolean]>([
  ['was not asked for', undefined, false],
  ['was asked for', { at: 5 }, true],
  ['was told of when its link began to rest', { at: 0 }, true],
  ['is there', { at: 5, id: '1' }, false],
  ['was refused', { at: 5, refused: 'No notes here' }, false],
])('a note that %s', (_, note, isUnanswered) => {
  expect(isNoteUnanswered({ ...(note && { note }) })).toBe(isUnanswered);
  const after = withAllTold({ bases: {}, ...(note && { note }) } as unknown as Link);
  // Whoever finds it later has told of it.
  expect(after.note).toEqual(isUnanswered ? { at: 0 } : note);
});

it('of a link that ends or rests is told why nobody looks', () => {
  expect(unseenReason('is gone')).toMatch(/^sent by an earlier run, .* since the link is gone$/);
});

it('is told once: the link says so, and keeps the rest', () => {
  const other = { salesforce: 'x', jira: 'x' };
  const bases = {
    summary: { salesforce: 'a', jira: 'a', sending: [sent('jira', 'b'), sent('salesforce', 'c')] },
    other,
  };
  const link = { item: 'support-cases', issueId: '1', bases, moving: { side: 'jira', to: 'Done' } } as unknown as Link;
  const after = withAllTold(link);
  const sending = bases.summary.sending.map(one => ({ ...one, told: true }));
  expect(after).toEqual({
    item: 'support-cases',
    issueId: '1',
    bases: { summary: { ...bases.summary, sending }, other },
  });
  expect(after.bases.other).not.toHaveProperty('sending');
  expect(untold(text, after, reason)).toEqual([]);
});
