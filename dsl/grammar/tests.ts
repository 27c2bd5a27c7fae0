/** Tests: steps with their times, changes on either side, and what is expected of them. */
import type * as ast from '../ast.ts';
import * as leaf from '../leaves.ts';
import * as t from '../tokens.ts';
import { ItemRules } from './items.ts';
import { type Alts, jiraText, name, number, text } from './parser.ts';

const k = t.keywords;

export abstract class TestRules extends ItemRules {
  protected readonly test = this.RULE('test', (): ast.Test => {
    const start = this.start;
    this.CONSUME(k.test);
    const title = this.leaf(text, this.CONSUME(t.TextToken));
    this.CONSUME(k.for);
    const item = name(this.CONSUME(t.Word));
    const steps: ast.Step[] = [];
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      steps.push(this.SUBRULE(this.step));
    });
    this.CONSUME(t.RightBrace);
    return { kind: 'test', span: { start, end: this.end }, name: title, item, steps, closed: true };
  });

  protected readonly step = this.RULE('step', (): ast.Step => {
    const start = this.start;
    const at = this.OPTION(() => {
      this.CONSUME(k.at);
      const duration = this.CONSUME(t.DurationToken);
      return this.leaf(token => ({ at: leaf.durationLeaf(token.image, token.startOffset) }), duration);
    });
    return this.OR<Alts<ast.Step>>([
      {
        ALT: () => {
          const side = this.SUBRULE(this.side);
          const assignments: ast.Assignment[] = [];
          this.AT_LEAST_ONE_SEP1({
            SEP: t.Comma,
            DEF: () => {
              assignments.push(this.SUBRULE(this.assignment, { ARGS: [side] }));
            },
          });
          return { kind: 'change', span: { start, end: this.end }, ...at, side, assignments };
        },
      },
      {
        ALT: () => {
          this.CONSUME(k.cycle);
          return { kind: 'cycle', span: { start, end: this.end }, ...at };
        },
      },
      {
        ALT: () => {
          this.CONSUME(k.expect);
          const expectations: ast.Expectation[] = [];
          let side: ast.Side = 'jira';
          this.AT_LEAST_ONE_SEP2({
            SEP: t.Comma,
            DEF: () => {
              const expectation = this.SUBRULE(this.expectation, { ARGS: [side] });
              this.ACTION(() => {
                if (expectation.kind === 'expect-value') side = expectation.side;
              });
              expectations.push(expectation);
            },
          });
          return { kind: 'expect', span: { start, end: this.end }, ...at, expectations };
        },
      },
    ]);
  });

  protected readonly side = this.choice<ast.Side>('side', [
    { ALT: () => this.CONSUME(k.salesforce) && 'salesforce' },
    { ALT: () => this.CONSUME(k.jira) && 'jira' },
  ]);

  protected readonly assignment = this.RULE('assignment', (side: ast.Side): ast.Assignment => {
    const start = this.start;
    const field = this.OR<Alts<ast.Path | ast.JiraField>>([
      {
        ALT: () => {
          const path = this.SUBRULE(this.path);
          return this.RECORDING_PHASE || side === 'salesforce' ? path : leaf.jiraFieldOfPath(path);
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(t.TextToken);
          return this.leaf<ast.Path | ast.JiraField>(
            side === 'jira' ? jiraText : quoted => leaf.pathOfText(text(quoted)),
            token,
          );
        },
      },
    ]);
    this.CONSUME(t.Equals);
    const value = this.SUBRULE(this.value);
    return { kind: 'assignment', span: { start, end: this.end }, field, value };
  });

  protected readonly expectation = this.RULE('expectation', (current: ast.Side): ast.Expectation => {
    const start = this.start;
    return this.OR<Alts<ast.Expectation>>([
      {
        ALT: () => {
          const side =
            this.OPTION({ GATE: () => !this.isName(t.Equals), DEF: () => this.SUBRULE1(this.side) }) ?? current;
          const assignment = this.SUBRULE(this.assignment, { ARGS: [side] });
          return { kind: 'expect-value', span: { start, end: this.end }, side, assignment };
        },
      },
      {
        ALT: () => {
          this.CONSUME(k.writes);
          this.CONSUME(k.to);
          const side = this.SUBRULE2(this.side);
          this.CONSUME(t.Equals);
          const count = number(this.CONSUME(t.NumberToken));
          return { kind: 'expect-writes', span: { start, end: this.end }, side, count };
        },
      },
      {
        ALT: () => {
          const negated = this.OPTION2(() => this.CONSUME(k.not)) !== undefined;
          this.CONSUME(k.created);
          return { kind: 'expect-created', span: { start, end: this.end }, negated };
        },
      },
    ]);
  });
}
