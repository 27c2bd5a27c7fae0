import { describe, expect, it } from 'vitest';
import { createSourceFile } from '../../../dsl/index.ts';
import { expectFindings, expectFixesToHelp } from '../../../test/kit/check.ts';
import { analyse } from '../../analysis.ts';

const item = (head: string) => `item ${head} { salesforce Case jira SUP / "Incident" sync custom }\n`;
describe('ids', () => {
  it('stand once: the second is reported', () => {
    const [found] = expectFindings(item('a "A"') + item('~~a~~ "B"'), ['duplicate-item-id']);
    expect(found?.related).toHaveLength(1);
    expectFindings('values v { "x" <-> "y" }\nvalues ~~v~~ { "x" <-> "y" }', ['duplicate-table-id']);
  });
  it('may be the same for an item and a table', () => expectFindings(`${item('a "A"')}values a { "x" <-> "y" }`, []));
  it('are short and ASCII', () => {
    const yaml = (id: string) =>
      analyse([createSourceFile('a.yaml', `values:\n  ${id}: { pairs: { a: b } }\n`)]).diagnostics.map(
        ({ code }) => code,
      );
    expect(yaml('bücher')).toEqual(['bad-id']);
    expect(yaml('two words')).toEqual(['bad-id']);
    expect(yaml('two-words')).toEqual([]);
    expectFixesToHelp(item(`${'a'.repeat(65)} "B"`), 'bad-id');
    expectFindings(item(`~~${'a'.repeat(65)}~~ "B"`), ['bad-id']);
  });
  it('differ from the one before', () => {
    const source = item('a was ~~a~~ "A"');
    expectFindings(source, ['was-is-itself']);
    expectFixesToHelp(source, 'was-is-itself');
  });
  it('that an item had before belong to one item only', () => {
    const [still] = expectFindings(item('old "A"') + item('b was ~~old~~ "B"'), ['was-is-taken']);
    expect(still?.message).toBe('there still is an item `old`');
    const [twice] = expectFindings(item('a was old "A"') + item('b was ~~old~~ "B"'), ['was-is-taken']);
    expect(twice?.message).toBe('another item was called `old` before');
    expect(twice?.related).toHaveLength(1);
  });
  it('of the platforms have no hyphen, said even without metadata', () => {
    expectFindings('item a "A" { salesforce ~~My-Case~~ jira SUP / "I" sync custom }', ['hyphen-in-name'], {
      metadata: undefined,
      besides: ['no-metadata'],
    });
  });
});
