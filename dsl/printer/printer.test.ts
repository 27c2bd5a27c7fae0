import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSourceFile, type Notation, parse } from '../index.ts';
import { lex } from '../lexer.ts';
import { errors } from '../testing.ts';
import { anyProgram } from './arbitrary.ts';
import { convert, format, print } from './index.ts';
import { difference, lostComment } from './same.ts';
import { hasSameTokens } from './same-tokens.ts';

const notations: readonly Notation[] = ['bridge', 'yaml'];
const other = (notation: Notation): Notation => (notation === 'yaml' ? 'bridge' : 'yaml');
const file = (text: string, notation: Notation) => createSourceFile(`a.${notation}`, text, notation);
const commentsOf = (text: string, notation: Notation) =>
  parse(file(text, notation))
    .program.comments.map(comment => comment.text)
    .sort();

/** The text of a printing that has to succeed. */
function done({ text, diagnostics }: ReturnType<typeof format>): string {
  expect(diagnostics.map(({ message, span }) => `${message} @ ${span.start}`)).toEqual([]);
  return text!;
}

describe('any tree', () => {
  it.each(notations)('L-1 printed in %s reads as itself, and is laid out already', notation => {
    fc.assert(
      fc.property(anyProgram, program => {
        const text = print(program, notation);
        const again = parse(file(text, notation));
        expect(errors(again).map(({ message }) => message)).toEqual([]);
        expect(difference(program.declarations, again.program.declarations)).toBeUndefined();
        expect(done(format(file(text, notation)))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the quick proof', () => {
  const nudges = ['', ' ', '\n', '  # c\n', '\u00a0', '"', '-', '.', ',', 'a', '1', '{', '}'];
  it('L-1 holds two texts for the same only where their trees and comments are', () => {
    let held = 0;
    fc.assert(
      fc.property(
        anyProgram,
        gaps,
        fc.nat(),
        fc.constantFrom(...nudges),
        fc.nat(2),
        (program, into, at, nudge, cut) => {
          const text = strewnBridge(print(program, 'bridge'), into);
          const place = at % (text.length + 1);
          const nudged = text.slice(0, place) + nudge + text.slice(place + cut);
          const written = parse(file(text, 'bridge'));
          const other = parse(file(nudged, 'bridge'));
          if (!hasSameTokens(written.program, nudged)) return;
          held++;
          expect(errors(other)).toEqual([]);
          expect(difference(written.program.declarations, other.program.declarations)).toBeUndefined();
          expect(lostComment(written.program, other.program)).toBeUndefined();
        },
      ),
      { numRuns: 1000 },
    );
    expect(held).toBeGreaterThan(50);
  });
});

// ── comments anywhere ───────────────────────────────────────────────────────────────────────────

/** What goes into a gap: mostly nothing. */
const gaps = fc.infiniteStream(
  fc.oneof(
    { weight: 12, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constant('line') },
    { weight: 1, arbitrary: fc.constant('blank') },
    { weight: 1, arbitrary: fc.constant('trailing') },
    { weight: 1, arbitrary: fc.constant('own') },
    { weight: 1, arbitrary: fc.constant('own apart') },
  ),
);

/** Comments and line ends between any two tokens. */
function strewnBridge(text: string, into: Iterator<string>): string {
  let count = 0;
  let end = 0;
  let out = '';
  for (const { startOffset, image } of lex(text).tokens) {
    const between = text.slice(end, startOffset);
    const what = into.next().value as string;
    out += between;
    if (what === 'line') out += '\n';
    else if (what === 'blank') out += '\n\n\n';
    else if (what === 'trailing') out += ` # c${count++}\n`;
    else if (what === 'own') out += `\n# c${count++}\n`;
    else if (what === 'own apart') out += `\n\n  # c${count++}\n\n`;
    out += image;
    end = startOffset + image.length;
  }
  return `${out}\n`;
}

/** Comments above and behind any line, indented as the line is, less, or more. */
function strewnYaml(text: string, into: Iterator<string>): string {
  let count = 0;
  return text
    .split('\n')
    .map(line => {
      const what = into.next().value as string;
      const more = into.next().value as string;
      const indent = /^ */.exec(line)![0];
      const put = more === 'line' ? '' : more === 'blank' ? `${indent}  ` : indent;
      if (what === 'blank') return `\n\n${line}`;
      if (what === 'trailing' && line !== '') return `${line} # c${count++}`;
      if (what === 'own') return `${put}# c${count++}\n${line}`;
      if (what === 'own apart') return `\n${put}# c${count++}\n\n${line}`;
      return line;
    })
    .join('\n');
}

const strewn = { bridge: strewnBridge, yaml: strewnYaml };

describe('comments and blank lines anywhere', () => {
  it.each(notations)('L-1 in %s survive formatting, and formatting twice is formatting once', notation => {
    fc.assert(
      fc.property(anyProgram, gaps, (program, into) => {
        const text = strewn[notation](print(program, notation), into);
        const formatted = done(format(file(text, notation)));
        expect(commentsOf(formatted, notation)).toEqual(commentsOf(text, notation));
        expect(done(format(file(formatted, notation)))).toBe(formatted);
        expect(formatted).not.toMatch(/[^\S\n]\n|\n\n\n|\{\n\n/);
      }),
      { numRuns: 150 },
    );
  });

  it.each(notations)('L-1 in %s survive the way to the other notation and back', notation => {
    fc.assert(
      fc.property(anyProgram, gaps, (program, into) => {
        const text = strewn[notation](print(program, notation), into);
        const there = done(convert(file(text, notation), other(notation)));
        expect(commentsOf(there, other(notation))).toEqual(commentsOf(text, notation));
        expect(done(format(file(there, other(notation))))).toBe(there);
        const back = done(convert(file(there, other(notation)), notation));
        const first = parse(file(text, notation)).program.declarations;
        expect(difference(first, parse(file(back, notation)).program.declarations)).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });
});

describe('L-1 what the dice have found', () => {
  it('a comment behind an expectation on one line is laid out by `convert` as `fmt` lays it out', () => {
    const text = 'test "a" for b {\n  expect not created, writes to salesforce = 0 # why\n}\n';
    const there = done(convert(file(text, 'bridge'), 'yaml'));
    expect(done(format(file(there, 'yaml')))).toBe(there);
  });
});
