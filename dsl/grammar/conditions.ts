/** Conditions: what may stand in `where` and behind `when`. */
import type { ParserMethod } from 'chevrotain';
import type * as ast from '../ast.ts';
import { MAX_DEPTH } from '../limits.ts';
import * as t from '../tokens.ts';
import { type Alts, giveUp, text } from './parser.ts';
import { ValueRules } from './values.ts';

const k = t.keywords;

export abstract class ConditionRules extends ValueRules {
  protected readonly condition: ParserMethod<[number], ast.Condition> = this.RULE(
    'condition',
    (depth: number): ast.Condition => {
      const start = this.start;
      const of: ast.Condition[] = [];
      let mixed = false;
      let several = false;
      this.AT_LEAST_ONE_SEP({
        SEP: k.or,
        DEF: () => {
          const from = this.start;
          const parts: ast.Condition[] = [];
          this.AT_LEAST_ONE_SEP2({
            SEP: k.and,
            DEF: () => {
              parts.push(this.SUBRULE(this.negation, { ARGS: [depth] }));
            },
          });
          several ||= parts.length > 1;
          of.push(parts.length === 1 ? parts[0]! : { kind: 'all', span: { start: from, end: this.end }, of: parts });
        },
      });
      mixed = several && of.length > 1;
      if (of.length === 1) return of[0]!;
      const span = { start, end: this.end };
      return mixed ? { kind: 'any', span, of, mixed } : { kind: 'any', span, of };
    },
  );

  protected readonly negation: ParserMethod<[number], ast.Condition> = this.RULE(
    'negation',
    (depth: number): ast.Condition => {
      const start = this.start;
      this.ACTION(() => {
        if (depth > MAX_DEPTH) giveUp();
      });
      return this.OR<Alts<ast.Condition>>({
        // `not` is always the operator here, never a field.
        IGNORE_AMBIGUITIES: true,
        DEF: [
          {
            ALT: (): ast.NotCondition => {
              this.CONSUME(k.not);
              const of = this.SUBRULE(this.negation, { ARGS: [depth + 1] });
              return { kind: 'not', span: { start, end: this.end }, of };
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.LeftParen);
              const inner = this.SUBRULE(this.condition, { ARGS: [depth + 1] });
              this.CONSUME(t.RightParen);
              return inner;
            },
          },
          { ALT: () => this.SUBRULE(this.comparison) },
        ],
      });
    },
  );

  protected readonly comparison = this.RULE('comparison', (): ast.Condition => {
    const path = this.SUBRULE(this.path);
    const start = this.RECORDING_PHASE ? 0 : path.span.start;
    const compare = (comparison: ast.Comparison, value: ast.Literal): ast.Condition => ({
      kind: 'compare',
      span: { start, end: this.end },
      path,
      comparison,
      value,
    });
    const empty = (negated: boolean): ast.Condition => ({
      kind: 'is-empty',
      span: { start, end: this.end },
      path,
      negated,
    });
    const oneOf = (negated: boolean, values: readonly ast.Literal[]): ast.Condition => ({
      kind: 'one-of',
      span: { start, end: this.end },
      path,
      negated,
      values,
    });
    return this.OR1<Alts<ast.Condition>>([
      {
        ALT: () => {
          this.CONSUME(k.is);
          return this.OR2<Alts<ast.Condition>>([
            { ALT: () => compare('is', this.SUBRULE1(this.literal)) },
            {
              ALT: () => {
                this.CONSUME(k.not);
                return this.OR3<Alts<ast.Condition>>([
                  { ALT: () => compare('is-not', this.SUBRULE2(this.literal)) },
                  {
                    ALT: () => {
                      this.CONSUME1(k.empty);
                      return empty(true);
                    },
                  },
                  { ALT: () => oneOf(true, this.SUBRULE1(this.literals)) },
                ]);
              },
            },
            {
              ALT: () => {
                this.CONSUME2(k.empty);
                return empty(false);
              },
            },
            { ALT: () => oneOf(false, this.SUBRULE2(this.literals)) },
            {
              ALT: () => {
                this.CONSUME(k.at);
                const comparison = this.OR4<Alts<ast.Comparison>>([
                  {
                    ALT: () => {
                      this.CONSUME(k.least);
                      return 'is-at-least';
                    },
                  },
                  {
                    ALT: () => {
                      this.CONSUME(k.most);
                      return 'is-at-most';
                    },
                  },
                ]);
                return compare(comparison, this.SUBRULE3(this.literal));
              },
            },
            {
              ALT: () => {
                this.CONSUME(k.before);
                return compare('is-before', this.SUBRULE4(this.literal));
              },
            },
            {
              ALT: () => {
                this.CONSUME(k.after);
                return compare('is-after', this.SUBRULE5(this.literal));
              },
            },
          ]);
        },
      },
      {
        ALT: () => {
          this.CONSUME(k.contains);
          return compare('contains', this.leaf(text, this.CONSUME1(t.TextToken)));
        },
      },
      {
        ALT: () => {
          this.CONSUME(k.starts);
          this.CONSUME(k.with);
          return compare('starts-with', this.leaf(text, this.CONSUME2(t.TextToken)));
        },
      },
    ]);
  });

  protected readonly literals = this.RULE('literals', (): readonly ast.Literal[] => {
    const values: ast.Literal[] = [];
    this.CONSUME(k.one);
    this.CONSUME(k.of);
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => {
        values.push(this.SUBRULE(this.literal));
      },
    });
    return values;
  });
}
