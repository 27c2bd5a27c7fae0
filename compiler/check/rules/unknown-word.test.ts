import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, fileOf, itemWith } from '../../../test/kit/check.ts';
import { metadata } from '../../../test/kit/metadata.ts';
import { analyse } from '../../analysis.ts';

describe('listed words', () => {
  it.each([
    ['sync', 'sync ~~twoway~~', 'did you mean `two-way`?'],
    ['sync', 'sync ~~sometimes~~', 'it can be `display-only`, `one-way`, `two-way` or `custom`'],
    ['create', '  create ~~alll~~', 'did you mean `all`?'],
    ['a switch', '  attachments ~~onn~~', 'did you mean `on`?'],
    ['on conflict', '  fields { Subject <-> summary on conflict ~~lastest~~ or else skip }', 'did you mean `latest`?'],
    ['or else', '  fields { Subject -> summary or else ~~ignore~~ }', 'did you mean `skip`?'],
    ['a table', '  fields { Priority -> priority { "High" -> "High" otherwise ~~skp~~ } }', 'did you mean `skip`?'],
  ])('are checked in %s', (_, clauses, help) => {
    const source = itemWith(clauses);
    expect(expectFindings(source, ['unknown-word'])[0]?.help).toBe(help);
    if (help.startsWith('did')) expectFixesToHelp(source, 'unknown-word');
  });
  it.each(['true', 'on', 'YES'])('of `create` are no switch: in YAML `%s` would say nothing of which records', word => {
    const item = `items:\n  a: { name: A, salesforce: Case, jira: { project: SUP, issueType: Incident }, sync: custom`;
    const codes = (create: string) =>
      analyse([fileOf(`${item}, create: ${create} }\n`, 'a.bridge.yaml')], metadata).diagnostics.map(
        ({ code }) => code,
      );
    expect(codes(word)).toEqual(['unknown-word']);
    expect(codes('false')).toEqual([]);
  });
  it('of comments stand once, and only with on', () => {
    expectFindings(itemWith('  comments on, published, ~~published~~'), ['word-twice']);
  });
  it('of comments mean nothing with off', () => {
    const source = itemWith('  comments off, ~~published~~');
    expectFindings(source, ['options-of-comments-off']);
    expectFixesToHelp(source, 'options-of-comments-off');
  });
});
