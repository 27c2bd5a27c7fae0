/** The pieces that all constructs share: paths, literals, values, tables and what happens where one has no answer. */
import type * as ast from '../ast.ts';
import * as leaf from '../leaves.ts';
import * as t from '../tokens.ts';
import { type Alts, arrow, boolean, name, number, Rules, spanOf, startOf, template, text } from './parser.ts';

const k = t.keywords;

export abstract class ValueRules extends Rules {
  /** Of the path that is being read; none begins inside another. */
  private segments: ast.Name[] = [];
  private readonly segment = (): void => {
    this.CONSUME(t.Dot);
    this.segments.push(name(this.CONSUME2(t.Word)));
  };

  protected readonly path = this.RULE('path', (): ast.Path => {
    const first = this.CONSUME1(t.Word);
    const segments = [name(first)];
    this.segments = segments;
    this.MANY(this.segment);
    const span = segments.length === 1 ? segments[0]!.span : { start: startOf(first), end: this.end };
    return { kind: 'path', span, segments };
  });

  protected readonly fallback = this.RULE('fallback', (asTemplate: boolean): ast.Fallback => {
    const action = this.OR<Alts<ast.Fallback['action']>>([
      { ALT: () => name(this.CONSUME(t.Word)) },
      {
        ALT: () => this.leaf<ast.Text | ast.Template>(asTemplate ? template : text, this.CONSUME(t.TextToken)),
      },
    ]);
    return { kind: 'fallback', span: this.RECORDING_PHASE ? { start: 0, end: 0 } : action.span, action };
  });

  protected readonly values = this.RULE('values', (): ast.Values => {
    const start = this.start;
    this.CONSUME(k.values);
    const id = name(this.CONSUME(t.Word));
    const table = this.SUBRULE(this.table);
    return { kind: 'values', span: { start, end: this.end }, id, table };
  });

  protected readonly rows: Alts<ast.TableRow | ast.TableOtherwise> = [
    {
      ALT: () => {
        const start = this.start;
        const left = this.SUBRULE1(this.literal);
        const arrowNode = arrow(this.CONSUME(t.Arrow));
        const right = this.SUBRULE2(this.literal);
        return { kind: 'row', span: { start, end: this.end }, left, arrow: arrowNode, right };
      },
    },
    {
      ALT: () => {
        const start = this.start;
        this.CONSUME(k.otherwise);
        const fallback = this.SUBRULE(this.fallback, { ARGS: [false] });
        return { kind: 'table-otherwise', span: { start, end: this.end }, fallback };
      },
    },
  ];

  protected readonly table = this.RULE('table', (): ast.Table => {
    const start = this.start;
    const rows: (ast.TableRow | ast.TableOtherwise)[] = [];
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      rows.push(this.OR(this.rows));
    });
    this.CONSUME(t.RightBrace);
    return { kind: 'table', span: { start, end: this.end }, rows, closed: true };
  });

  protected readonly literal = this.choice<ast.Literal>('literal', [
    { ALT: () => this.leaf(text, this.CONSUME(t.TextToken)) },
    { ALT: () => number(this.CONSUME(t.NumberToken)) },
    { ALT: () => this.leaf(token => leaf.dateLeaf(token.image, token.startOffset), this.CONSUME(t.DateToken)) },
    {
      ALT: () => this.leaf(token => leaf.dateTimeLeaf(token.image, token.startOffset), this.CONSUME(t.DateTimeToken)),
    },
    { ALT: () => boolean(this.CONSUME(k.true)) },
    { ALT: () => boolean(this.CONSUME(k.false)) },
  ]);

  protected readonly value = this.choice<ast.Value>('value', [
    { ALT: () => this.SUBRULE1(this.literal) },
    { ALT: () => ({ kind: 'empty', span: spanOf(this.CONSUME(k.empty)) }) },
    {
      ALT: () => {
        const start = this.start;
        const values: ast.Literal[] = [];
        this.CONSUME(t.LeftBracket);
        this.AT_LEAST_ONE_SEP({
          SEP: t.Comma,
          DEF: () => {
            values.push(this.SUBRULE2(this.literal));
          },
        });
        this.CONSUME(t.RightBracket);
        return { kind: 'list', span: { start, end: this.end }, values };
      },
    },
  ]);
}
