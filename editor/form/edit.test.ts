/**
 * whatever tree the form wants, the text gets there, in both notations: it then reads as that tree, no other
 * declaration has changed by a byte, and no comment that stood elsewhere is lost.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clause, createSourceFile, type Item, type Notation, type Program, parse } from '../../dsl/index.ts';
import { anyProgram } from '../../dsl/printer/arbitrary.ts';
import { print } from '../../dsl/printer/index.ts';
import { difference } from '../../dsl/printer/same.ts';
import { addDeclaration, applyChanges, editDeclaration, removeDeclaration } from './edit.ts';

const notations: readonly Notation[] = ['bridge', 'yaml'];
const fileOf = (text: string, notation: Notation) => createSourceFile(`a.${notation}`, text, notation);

const itemOf = ({ declarations }: Program): Item | undefined => declarations.find(each => each.kind === 'item');
const keyOf = (clause: Clause) => (clause.kind === 'switch' ? clause.feature : clause.kind);
const once = (clauses: readonly Clause[]) => {
  const rules = clauses.filter(({ kind }) => kind === 'rule' || kind === 'otherwise');
  return [
    ...new Map(clauses.filter(each => !rules.includes(each)).map(each => [keyOf(each), each])).values(),
    ...rules,
  ];
};

/** One item made from parts of two: some clauses kept, some changed, some gone, some new. */
function mixed(a: Item, b: Item, choices: readonly number[]): Item {
  let turn = 0;
  const choose = (count: number) => choices[turn++ % choices.length]! % count;
  const others = once(b.clauses);
  const clauses = once(a.clauses).flatMap((clause): readonly Clause[] => {
    const other = others.find(each => keyOf(each) === keyOf(clause));
    const way = choose(4);
    if (way === 0) return [];
    if (way === 1 && other !== undefined) return [other];
    if (way < 3 && clause.kind === 'fields' && other?.kind === 'fields') {
      const mappings = clause.mappings.flatMap((mapping, index) => {
        const more = other.mappings[index];
        const what = choose(5);
        if (what === 0) return [];
        if (more === undefined || what === 1) return [mapping];
        if (what === 2) return [{ ...mapping, arrow: more.arrow }];
        if (what === 3) return [{ ...mapping, modifiers: more.modifiers }];
        return [mapping, more];
      });
      return [{ ...clause, mappings }];
    }
    return [clause];
  });
  const missing = others.filter(each => !clauses.some(have => keyOf(have) === keyOf(each)) && choose(2) === 0);
  return { ...a, name: choose(2) === 0 ? b.name : a.name, clauses: once([...clauses, ...missing]) };
}

const strewn = (text: string, at: readonly number[]): string => {
  const lines = text.split('\n');
  for (const place of at) {
    const line = place % lines.length;
    if (!lines[line]!.includes('#') && lines[line]!.trim() !== '') lines[line] += ` # note ${place}`;
  }
  return lines.join('\n');
};

describe('edits of the form', () => {
  let anew = 0;
  let all = 0;
  it.each(notations)('A-2 get any item from any to any other in %s, and touch nothing else', notation => {
    anew = 0;
    all = 0;
    fc.assert(
      fc.property(
        anyProgram,
        anyProgram,
        fc.array(fc.nat(1000), { minLength: 8, maxLength: 24 }),
        (program, other, choices) => {
          const [a, b] = [itemOf(program), itemOf(other)];
          fc.pre(a !== undefined && b !== undefined);
          let text: string;
          try {
            text = strewn(print(program, notation), choices.slice(0, 3));
            print({ ...program, declarations: [mixed(a!, b!, choices)] }, notation);
          } catch {
            return; // what the notation cannot say
          }
          const file = fileOf(text, notation);
          const before = parse(file);
          fc.pre(before.diagnostics.every(({ severity }) => severity !== 'error'));
          const old = before.program.declarations.find(
            (each): each is Item => each.kind === 'item' && difference(each.id, a!.id) === undefined,
          )!;
          const next = mixed(old, b!, choices);
          const edited = editDeclaration(file, old, next);
          expect(edited, `no way from\n${text}`).toBeDefined();
          all++;
          if (edited!.anew) {
            anew++;
            return;
          }
          const after = parse(fileOf(applyChanges(text, edited!.changes), notation)).program;
          // Others stand byte for byte as they did.
          const text2 = after.file.text;
          for (const [index, each] of before.program.declarations.entries()) {
            if (each === old) continue;
            const now = after.declarations[index]!;
            expect(text2.slice(now.span.start, now.span.end)).toBe(text.slice(each.span.start, each.span.end));
          }
        },
      ),
      { numRuns: 120, endOnFailure: true },
    );
    expect(all).toBeGreaterThan(50);
    expect(anew / all).toBeLessThan(0.02);
  });

  const written = `# Worked by the desk.
item cases "Cases" {
  salesforce Case   # the object
  jira   SUP / "Incident"
  sync custom
  fields {
    # the title
    Subject    -> summary   # never empty
    Priority <-> priority { "High" <-> "Highest" }
  }
}

# Others stay.
item   tasks "Tasks" { salesforce Task jira OPS sync display-only show Subject }
`;
  const itemIn = (text: string, notation: Notation = 'bridge') => {
    const file = fileOf(text, notation);
    return { file, item: parse(file).program.declarations[0] as Item };
  };

  it('A-2 turn one arrow and leave every other character alone', () => {
    const { file, item } = itemIn(written);
    const clauses = item.clauses.map(clause =>
      clause.kind === 'fields'
        ? {
            ...clause,
            mappings: clause.mappings.map((mapping, index) =>
              index === 0 && mapping.arrow.kind === 'arrow'
                ? { ...mapping, arrow: { ...mapping.arrow, arrow: '<->' as const } }
                : mapping,
            ),
          }
        : clause,
    );
    const edited = editDeclaration(file, item, { ...item, clauses });
    expect(applyChanges(written, edited!.changes)).toBe(written.replace('Subject    ->', 'Subject    <->'));
  });

  it('A-2 add a clause on a line of its own, and take it away again', () => {
    const { file, item } = itemIn(written);
    const span = { start: 0, end: 0 };
    const on = { kind: 'switch', span, feature: 'attachments', state: { kind: 'name', span, text: 'on' } } as const;
    const more = applyChanges(
      written,
      editDeclaration(file, item, { ...item, clauses: [...item.clauses, on] })!.changes,
    );
    expect(more).toBe(written.replace('  }\n}\n', '  }\n  attachments on\n}\n'));
    const again = itemIn(more);
    const clauses = again.item.clauses.filter(({ kind }) => kind !== 'switch');
    expect(applyChanges(more, editDeclaration(again.file, again.item, { ...again.item, clauses })!.changes)).toBe(
      written,
    );
  });

  it('A-2 add an item at the end, and take one away with the comment above it', () => {
    const { file, item } = itemIn(written);
    const more = applyChanges(
      written,
      addDeclaration(file, { ...item, id: { ...item.id, text: 'more' } as Item['id'] }),
    );
    expect(more.startsWith(`${written}\nitem more "Cases" {`)).toBe(true);
    expect(applyChanges(written, removeDeclaration(file, item))).toMatch(/^# Others stay\.\nitem {3}tasks/);
  });
});
