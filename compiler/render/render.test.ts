import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import { createSourceFile } from '../../dsl/source.ts';
import { definitions } from '../codes.ts';
import { formats } from './index.ts';
import type { Report } from './report.ts';

const text = 'item a "A" {\n\tsalesforce Casé\n  where 名前 is "x"\n}\n';
const file = createSourceFile('demo items/a.bridge', text);
function finding(needle: string, more: Partial<Diagnostic> = {}): Diagnostic {
  const start = text.indexOf(needle);
  return {
    code: 'unknown-object',
    severity: 'error',
    file,
    span: { start, end: start + needle.length },
    message: `there is no object \`${needle}\` in the org`,
    related: [],
    fixes: [],
    ...more,
  };
}
const report = (...diagnostics: readonly Diagnostic[]): Report => ({ files: [file], items: 1, diagnostics });
const plain = (...diagnostics: readonly Diagnostic[]) => formats.text!(report(...diagnostics), { colour: false });

describe('for people', () => {
  it('L-3 underlines the range under a tab, and says what to do', () => {
    const fix = { title: 'replace `Casé` by `Case`', edits: [{ file, span: finding('Casé').span, text: 'Case' }] };
    expect(
      plain(finding('Casé', { help: 'did you mean `Case`?', reason: 'names are matched without case', fixes: [fix] })),
    ).toBe(
      `error[unknown-object]: there is no object \`Casé\` in the org
  ┌ demo items/a.bridge:2:13
2 │     salesforce Casé
  │                ^^^^
  why: names are matched without case
  help: did you mean \`Case\`?
  fix: replace \`Casé\` by \`Case\`

1 error: 1 item in 1 file
`,
    );
  });

  it('L-3 gives wide characters two columns', () => {
    expect(plain(finding('名前')).split('\n').slice(2, 4)).toEqual(['3 │   where 名前 is "x"', '  │         ^^^^']);
    expect(plain(finding('"x"')).split('\n').slice(2, 4)).toEqual([
      '3 │   where 名前 is "x"',
      '  │                 ^^^',
    ]);
  });

  it('L-3 marks an empty range, and says how far a long one goes', () => {
    expect(plain(finding('}', { span: { start: 4, end: 4 } })).split('\n')[3]).toBe('  │     ^');
    expect(plain(finding('}', { span: { start: 0, end: text.length - 1 } }))).toContain(
      '  │ ^^^^^^^^^^^^\n  │ … to line 4',
    );
  });

  it('L-3 shows only the neighbourhood on a very long line', () => {
    const long = createSourceFile('long.bridge', `${'x'.repeat(1000)}WRONG${'y'.repeat(1000)}`);
    const shown = plain({ ...finding('}'), file: long, span: { start: 1000, end: 1005 } }).split('\n');
    const at = shown[3]!.indexOf('^');
    expect(shown[2]!.slice(at, at + 5)).toBe('WRONG');
    expect(shown[2]!.length).toBeLessThan(180);
  });

  it('L-3 colours only when asked, and never passes an escape character of the text on', () => {
    const evil = createSourceFile('evil.bridge', 'item \u001b[31m');
    const diagnostic = { ...finding('}'), file: evil, span: { start: 0, end: 4 } };
    expect(plain(diagnostic)).not.toContain('\u001b');
    expect(formats.text!(report(diagnostic), { colour: true })).toContain('\u001b[31merror[unknown-object]\u001b[0m');
  });

  it('L-3 counts, in the order of the text', () => {
    const out = plain(
      finding('}', { severity: 'hint' }),
      finding('a', { severity: 'warning', span: { start: 5, end: 6 } }),
      finding('Casé'),
    );
    expect(out.match(/^\w+\[/gm)).toEqual(['warning[', 'error[', 'hint[']);
    expect(out).toMatch(/1 error, 1 warning, 1 hint: 1 item in 1 file\n$/);
    expect(plain()).toBe('no problems: 1 item in 1 file\n');
  });

  it('L-3 shows related places with their sentence', () => {
    expect(
      plain(finding('Casé', { related: [{ file, span: { start: 5, end: 6 }, message: 'the item is declared here' }] })),
    ).toContain('  see: the item is declared here\n  ┌ demo items/a.bridge:1:6\n1 │ item a "A" {\n  │      ^');
  });
});

describe('for programs', () => {
  const diagnostic = finding('Casé', {
    help: 'did you mean `Case`?',
    related: [{ file, span: { start: 5, end: 6 }, message: 'here, at 100%' }],
    fixes: [{ title: 'use `Case`', edits: [{ file, span: { start: 25, end: 29 }, text: 'Case' }] }],
  });

  it('L-3 JSON has the documented shape, positions from 1', () => {
    expect(JSON.parse(formats.json!(report(diagnostic), { colour: false }))).toEqual({
      version: 1,
      diagnostics: [
        {
          code: 'unknown-object',
          severity: 'error',
          message: 'there is no object `Casé` in the org',
          help: 'did you mean `Case`?',
          file: 'demo items/a.bridge',
          range: { start: { line: 2, column: 13 }, end: { line: 2, column: 17 } },
          related: [
            {
              message: 'here, at 100%',
              file: 'demo items/a.bridge',
              range: { start: { line: 1, column: 6 }, end: { line: 1, column: 7 } },
            },
          ],
          fix: {
            title: 'use `Case`',
            edits: [
              {
                file: 'demo items/a.bridge',
                range: { start: { line: 2, column: 13 }, end: { line: 2, column: 17 } },
                text: 'Case',
              },
            ],
          },
        },
      ],
      summary: { files: 1, items: 1, errors: 1, warnings: 0 },
    });
  });

  it('L-3 SARIF 2.1.0 names the rule, the level and the region', () => {
    const log = JSON.parse(formats.sarif!(report({ ...diagnostic, severity: 'hint' }), { colour: false }));
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    expect(run.tool.driver.rules[run.results[0].ruleIndex]).toEqual({
      id: 'unknown-object',
      shortDescription: { text: definitions.get('unknown-object')!.summary },
    });
    expect(run.results[0]).toMatchObject({
      level: 'note',
      message: { text: 'there is no object `Casé` in the org\nhelp: did you mean `Case`?' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'demo%20items/a.bridge' },
            region: { startLine: 2, startColumn: 13, endLine: 2, endColumn: 17 },
          },
        },
      ],
    });
    expect(run.results[0].fixes[0].artifactChanges[0].replacements[0].insertedContent.text).toBe('Case');
  });

  it('L-3 JUnit fails on errors only, and holds any text', () => {
    const out = formats.junit!(
      report({ ...diagnostic, message: '<a> & "b"\u0007' }, finding('}', { severity: 'warning' })),
      { colour: false },
    );
    expect(out).toContain('<testsuite name="bridge check" tests="2" failures="1">');
    expect(out).toContain('message="&lt;a&gt; &amp; &quot;b&quot;\ufffd"');
    expect(out).toContain('<system-out>');
    expect(formats.junit!(report(), { colour: false })).toContain(
      '<testcase classname="demo items/a.bridge" name="no problems"/>',
    );
  });

  it('L-3 GitHub annotations escape what would end the command', () => {
    const odd = createSourceFile('a,b:c.bridge', text);
    expect(formats.github!(report({ ...diagnostic, file: odd, message: '50% done\nreally' }), { colour: false })).toBe(
      '::error file=a%2Cb%3Ac.bridge,line=2,endLine=2,col=13,endColumn=17,title=unknown-object::50%25 done%0Areally%0Ahelp: did you mean `Case`?\n',
    );
  });
});
