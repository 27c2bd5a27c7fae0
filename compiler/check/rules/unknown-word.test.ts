import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

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
  it('of comments stand once, and only with on', () => {
    expectFindings(itemWith('  comments on, published, ~~published~~'), ['word-twice']);
  });
  it('of comments mean nothing with off', () => {
    const source = itemWith('  comments off, ~~published~~');
    expectFindings(source, ['options-of-comments-off']);
    expectFixesToHelp(source, 'options-of-comments-off');
  });
});
