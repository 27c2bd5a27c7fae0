import { describe, expect, it } from 'vitest';
import { createSourceFile, parse } from './index.ts';
import { EVERYTHING, EVERYTHING_YAML } from './testing.ts';
import { createPieces } from './yaml/pieces.ts';

const table = 'values severity {\n  "High" <-> "Highest"\n}\n';
const tests = 'tests:\n  - name: it is made\n    item: a\n    steps:\n      - expect: { created: true }\n';

describe('a text in the notation that the name of its file does not say', () => {
  it.each([
    ['items/a.bridge', EVERYTHING_YAML, 'YAML', 'the Bridge language', 'a.bridge.yaml'],
    ['a.bridge', `# Of the service desk.\n\n${tests}`, 'YAML', 'the Bridge language', 'a.bridge.yaml'],
    ['a.bridge', tests.replaceAll('\n', '\r\n'), 'YAML', 'the Bridge language', 'a.bridge.yaml'],
    ['a.bridge.yaml', EVERYTHING, 'the Bridge language', 'YAML', 'a.bridge'],
    ['b/a.bridge.yml', table, 'the Bridge language', 'YAML', 'a.bridge'],
    ['a.yaml', 'test "it is made" for a {\n  expect created\n}\n', 'the Bridge language', 'YAML', 'a.bridge'],
    ['a.bridge.yaml', 'item a was b "A" {\n', 'the Bridge language', 'YAML', 'a.bridge'],
  ])('L-2 is told of once, with the name that it needs: %s', (path, text, is, said, renamed) => {
    const file = createSourceFile(path, text);
    for (const { diagnostics } of [parse(file), ...(file.notation === 'yaml' ? [createPieces()(file)] : [])]) {
      expect(diagnostics).toHaveLength(1);
      expect(diagnostics[0]).toMatchObject({
        code: 'other-notation',
        message: `this is ${is}, and the name of the file says ${said}`,
        help: `call the file \`${renamed}\``,
      });
    }
    expect(parse(createSourceFile(renamed, text)).diagnostics.map(({ code }) => code)).not.toContain('other-notation');
  });
  it('L-2 is told the ending where there is no name', () => {
    const [found] = parse(createSourceFile('<stdin>', EVERYTHING_YAML)).diagnostics;
    expect(found?.help).toBe('the name of a file with YAML ends in `.bridge.yaml`');
  });
  it.each([
    ['a.bridge', 'values: severity {\n  "High" <-> "Highest"\n}\n'],
    ['a.bridge', `${table}items:\n`],
    ['a.bridge', 'item: a "A" {\n}\n'],
    ['a.bridge.yaml', `${EVERYTHING_YAML}\nitem b "B" {\n}\n`],
    ['a.bridge.yaml', 'items:\n  a:\n    name: [\n'],
    ['a.bridge.yaml', 'item a\n'],
  ])('L-2 is no text of its own that is broken: %s, %j', (path, text) => {
    const codes = parse(createSourceFile(path, text)).diagnostics.map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes).not.toContain('other-notation');
  });
});
