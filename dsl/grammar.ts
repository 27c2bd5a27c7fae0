/**
 * The grammar of Bridge, as one Chevrotain parser that builds the tree while it reads. It accepts
 * exactly the sentences of the language: at the first token that does not fit it gives up, and
 * `tolerant/` reads the text again with its allowances. So no allowance can change what a valid text
 * means, and the common case pays for none of them. Two tokens decide everywhere.
 */
import { EmbeddedActionsParser, type IOrAlt, type IToken, type ParserMethod, type TokenType } from 'chevrotain';
import type * as ast from './ast.ts';
import * as leaf from './leaves.ts';
import type { Span } from './source.ts';
import * as t from './tokens.ts';

const k = t.keywords;

/** Thrown where the text is not a sentence; the reading that finds out why is another one. */
class NotASentence extends Error {}

const giveUp = (): never => {
  throw new NotASentence();
};

/** Brackets and `not` may be nested this deep. */
export const MAX_DEPTH = 50;

const startOf = (token: IToken): number => token.startOffset;
const endOf = (token: IToken): number => token.startOffset + token.image.length;
const spanOf = (token: IToken): Span => ({ start: token.startOffset, end: token.startOffset + token.image.length });
const name = (token: IToken): ast.Name => ({ kind: 'name', span: spanOf(token), text: token.image });
const text = (token: IToken): ast.Text => leaf.textLeaf(token.image, token.startOffset, giveUp);
const number = (token: IToken): ast.NumberLiteral => leaf.numberLeaf(token.image, token.startOffset);
const boolean = (token: IToken): ast.BooleanLiteral => leaf.booleanLeaf(token.image, token.startOffset);
const arrow = (token: IToken): ast.ArrowNode => ({
  kind: 'arrow',
  span: spanOf(token),
  arrow: arrows[token.image as ast.Arrow],
});
/** One text for each, instead of a piece of the file for each arrow. */
const arrows = { '->': '->', '<-': '<-', '<->': '<->' } as const;
const jiraName = (token: IToken): ast.JiraField => ({ kind: 'jira-field', span: spanOf(token), name: token.image });
const jiraText = (token: IToken): ast.JiraField => ({
  kind: 'jira-field',
  span: spanOf(token),
  name: leaf.plainText(token.image) ?? text(token).value,
});

type Item = Omit<ast.Item, 'kind' | 'span'>;
type Alts<T> = IOrAlt<T>[];

class Grammar extends EmbeddedActionsParser {
  constructor(validate: boolean) {
    super([...t.vocabulary], { maxLookahead: 2, recoveryEnabled: false, skipValidations: !validate });
    this.performSelfAnalysis();
  }

  /** Where the token that was read last ends. */
  private get end(): number {
    return endOf(this.LA(0));
  }
  private get start(): number {
    return startOf(this.LA(1));
  }
  /** Runs only on real tokens: while the grammar records itself they are dummies. */
  private leaf<T>(make: (token: IToken) => T, token: IToken): T {
    return this.RECORDING_PHASE ? (undefined as T) : make(token);
  }

  /**
   * A rule that is one choice. Its alternatives are made once: a list that is made anew for each reading is
   * most of what a parser allocates. So they hold nothing of one reading, and neither do the lists below.
   */
  private choice<T>(rule: string, alternatives: Alts<T>): ParserMethod<[], T> {
    return this.RULE(rule, (): T => this.OR(alternatives));
  }

  private readonly declarations: Alts<ast.Declaration> = [
    { ALT: () => this.SUBRULE(this.item) },
    { ALT: () => this.SUBRULE(this.values) },
    { ALT: () => this.SUBRULE(this.test) },
  ];

  /** A keyword is a name where the sign that goes with a name there, or a dot, comes next. */
  private isName(sign: TokenType): boolean {
    const { tokenTypeIdx } = this.LA(2);
    return tokenTypeIdx === sign.tokenTypeIdx || tokenTypeIdx === t.Dot.tokenTypeIdx;
  }

  readonly program = this.RULE('program', (): ast.Declaration[] => {
    const declarations: ast.Declaration[] = [];
    this.MANY(() => {
      declarations.push(this.OR(this.declarations));
    });
    return declarations;
  });

  // ── items ─────────────────────────────────────────────────────────────────────────────────────

  private readonly item = this.RULE('item', (): ast.Item => {
    const start = this.start;
    this.CONSUME(k.item);
    const id = name(this.CONSUME1(t.Word));
    const was = this.OPTION(() => {
      this.CONSUME(k.was);
      return name(this.CONSUME2(t.Word));
    });
    const title = this.leaf(text, this.CONSUME(t.TextToken));
    const clauses: ast.Clause[] = [];
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      clauses.push(this.SUBRULE(this.clause));
    });
    this.CONSUME(t.RightBrace);
    const rest: Item = { id, name: title, clauses, closed: true };
    const span = { start, end: this.end };
    return was === undefined ? { kind: 'item', span, ...rest } : { kind: 'item', span, was, ...rest };
  });

  private readonly clause = this.choice<ast.Clause>('clause', [
    { ALT: () => this.SUBRULE(this.salesforceClause) },
    {
      ALT: () => {
        const start = this.start;
        this.CONSUME(k.where);
        const condition = this.SUBRULE1(this.condition, { ARGS: [0] });
        return { kind: 'where', span: { start, end: this.end }, condition };
      },
    },
    { ALT: () => this.SUBRULE(this.jiraClause) },
    {
      ALT: () => {
        const start = this.start;
        this.CONSUME(k.sync);
        const mode = name(this.CONSUME2(t.Word));
        return { kind: 'sync', span: { start, end: this.end }, mode };
      },
    },
    { ALT: () => this.SUBRULE(this.createClause) },
    { ALT: () => this.SUBRULE(this.fieldsClause) },
    { ALT: () => this.SUBRULE(this.newIssueClause) },
    { ALT: () => this.SUBRULE(this.statusClause) },
    {
      ALT: () => {
        const start = this.start;
        this.CONSUME(k.when);
        const condition = this.SUBRULE2(this.condition, { ARGS: [0] });
        this.CONSUME1(k.move);
        this.CONSUME1(k.to);
        const target = this.leaf(text, this.CONSUME1(t.TextToken));
        return { kind: 'rule', span: { start, end: this.end }, condition, target };
      },
    },
    { ALT: () => this.SUBRULE(this.otherwiseClause) },
    { ALT: () => this.SUBRULE(this.commentsClause) },
    {
      ALT: () => {
        const start = this.start;
        this.CONSUME(k.attachments);
        const state = name(this.CONSUME4(t.Word));
        return { kind: 'switch', span: { start, end: this.end }, feature: 'attachments', state };
      },
    },
    {
      ALT: () => {
        const start = this.start;
        this.CONSUME(k.associations);
        const state = name(this.CONSUME5(t.Word));
        return { kind: 'switch', span: { start, end: this.end }, feature: 'associations', state };
      },
    },
    {
      ALT: () => {
        const start = this.start;
        this.CONSUME(k.show);
        const paths: ast.Path[] = [];
        this.AT_LEAST_ONE_SEP({
          SEP: t.Comma,
          DEF: () => {
            paths.push(this.SUBRULE(this.path));
          },
        });
        return { kind: 'show', span: { start, end: this.end }, paths };
      },
    },
  ]);

  private readonly salesforceClause = this.RULE('salesforceClause', (): ast.SalesforceClause => {
    const start = this.start;
    this.CONSUME(k.salesforce);
    const object = name(this.CONSUME(t.Word));
    return { kind: 'salesforce', span: { start, end: this.end }, object };
  });

  private readonly jiraClause = this.RULE('jiraClause', (): ast.JiraClause => {
    const start = this.start;
    this.CONSUME(k.jira);
    const projects = [name(this.CONSUME1(t.Word))];
    const issueType = this.OPTION(() =>
      this.OR<Alts<ast.Text | undefined>>([
        {
          ALT: () => {
            this.CONSUME(t.Slash);
            return this.leaf(text, this.CONSUME(t.TextToken));
          },
        },
        {
          ALT: () => {
            this.AT_LEAST_ONE(() => {
              this.CONSUME(t.Comma);
              projects.push(name(this.CONSUME2(t.Word)));
            });
            return undefined;
          },
        },
      ]),
    );
    const span = { start, end: this.end };
    return issueType === undefined ? { kind: 'jira', span, projects } : { kind: 'jira', span, projects, issueType };
  });

  private readonly createClause = this.RULE('createClause', (): ast.CreateClause => {
    const start = this.start;
    this.CONSUME(k.create);
    const records = name(this.CONSUME(t.Word));
    const since = this.OPTION(() => {
      this.CONSUME(k.since);
      const date = this.CONSUME(t.DateToken);
      return leaf.dateLeaf(date.image, date.startOffset);
    });
    const span = { start, end: this.end };
    return since === undefined ? { kind: 'create', span, records } : { kind: 'create', span, records, since };
  });

  private readonly fieldsClause = this.RULE('fieldsClause', (): ast.FieldsClause => {
    const start = this.start;
    const mappings: ast.Mapping[] = [];
    this.CONSUME(k.fields);
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      mappings.push(this.SUBRULE(this.mapping));
    });
    this.CONSUME(t.RightBrace);
    return { kind: 'fields', span: { start, end: this.end }, mappings, closed: true };
  });

  private readonly sources: Alts<ast.Path | ast.Template> = [
    { ALT: () => this.SUBRULE(this.path) },
    {
      ALT: () =>
        this.leaf(token => leaf.templateFromText(token.image, token.startOffset, giveUp), this.CONSUME1(t.TextToken)),
    },
  ];

  private readonly targets: Alts<ast.JiraField> = [
    { ALT: () => jiraName(this.CONSUME(t.Word)) },
    { ALT: () => this.leaf(jiraText, this.CONSUME2(t.TextToken)) },
  ];

  private readonly mapping = this.RULE('mapping', (): ast.Mapping => {
    const start = this.start;
    const source = this.OR1(this.sources);
    const arrowNode = arrow(this.CONSUME(t.Arrow));
    const target = this.OR2(this.targets);
    const modifiers: ast.Modifier[] = [];
    this.MANY({
      GATE: () => !this.isName(t.Arrow),
      DEF: () => {
        modifiers.push(this.SUBRULE(this.modifier));
      },
    });
    return { kind: 'mapping', span: { start, end: this.end }, source, arrow: arrowNode, target, modifiers };
  });

  private readonly modifier = this.choice<ast.Modifier>('modifier', [
    {
      ALT: () => {
        const start = this.start;
        this.CONSUME(k.by);
        const table = name(this.CONSUME1(t.Word));
        return { kind: 'by', span: { start, end: this.end }, table };
      },
    },
    {
      ALT: () => {
        const start = this.start;
        const table = this.SUBRULE(this.table);
        return { kind: 'inline-table', span: { start, end: this.end }, table };
      },
    },
    {
      ALT: () => {
        const start = this.start;
        this.CONSUME(k.cut);
        this.CONSUME(k.at);
        const length = number(this.CONSUME(t.NumberToken));
        return { kind: 'cut-at', span: { start, end: this.end }, length };
      },
    },
    {
      ALT: () => {
        const start = this.start;
        this.CONSUME(k.or);
        this.CONSUME(k.else);
        const fallback = this.SUBRULE(this.fallback, { ARGS: [true] });
        return { kind: 'or-else', span: { start, end: this.end }, fallback };
      },
    },
    {
      ALT: () => {
        const start = this.start;
        this.CONSUME(k.on);
        this.CONSUME(k.conflict);
        const choice = name(this.CONSUME2(t.Word));
        return { kind: 'on-conflict', span: { start, end: this.end }, choice };
      },
    },
  ]);

  private readonly fallback = this.RULE('fallback', (template: boolean): ast.Fallback => {
    const action = this.OR<Alts<ast.Fallback['action']>>([
      { ALT: () => name(this.CONSUME(t.Word)) },
      {
        ALT: () =>
          this.leaf<ast.Text | ast.Template>(
            token => (template ? leaf.templateFromText(token.image, token.startOffset, giveUp) : text(token)),
            this.CONSUME(t.TextToken),
          ),
      },
    ]);
    return { kind: 'fallback', span: this.RECORDING_PHASE ? { start: 0, end: 0 } : action.span, action };
  });

  private readonly settingFields: Alts<ast.JiraField> = [
    { ALT: () => jiraName(this.CONSUME(t.Word)) },
    { ALT: () => this.leaf(jiraText, this.CONSUME(t.TextToken)) },
  ];

  private readonly newIssueClause = this.RULE('newIssueClause', (): ast.NewIssueClause => {
    const start = this.start;
    const settings: ast.Setting[] = [];
    this.CONSUME(k.new);
    this.CONSUME(k.issue);
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      const from = this.start;
      const field = this.OR(this.settingFields);
      this.CONSUME(t.Equals);
      const value = this.SUBRULE(this.value);
      settings.push({ kind: 'setting', span: { start: from, end: this.end }, field, value });
    });
    this.CONSUME(t.RightBrace);
    return { kind: 'new-issue', span: { start, end: this.end }, settings, closed: true };
  });

  private readonly pairings: Alts<{ readonly by: ast.Name } | { readonly table: ast.Table }> = [
    {
      ALT: () => {
        this.CONSUME(k.by);
        return { by: name(this.CONSUME2(t.Word)) };
      },
    },
    { ALT: () => ({ table: this.SUBRULE(this.table) }) },
  ];

  private readonly statusClause = this.RULE('statusClause', (): ast.StatusClause => {
    const start = this.start;
    this.CONSUME(k.status);
    const field = name(this.CONSUME1(t.Word));
    const pairing = this.OPTION(() => this.OR(this.pairings));
    return { kind: 'status', span: { start, end: this.end }, field, ...pairing };
  });

  private readonly otherwiseTargets: Alts<ast.Text | ast.Leave> = [
    {
      ALT: () => {
        this.CONSUME(k.move);
        this.CONSUME(k.to);
        return this.leaf(text, this.CONSUME(t.TextToken));
      },
    },
    { ALT: () => ({ kind: 'leave', span: spanOf(this.CONSUME(k.leave)) }) },
  ];

  private readonly otherwiseClause = this.RULE('otherwiseClause', (): ast.OtherwiseClause => {
    const start = this.start;
    this.CONSUME(k.otherwise);
    const target = this.OR(this.otherwiseTargets);
    return { kind: 'otherwise', span: { start, end: this.end }, target };
  });

  private readonly commentsClause = this.RULE('commentsClause', (): ast.CommentsClause => {
    const start = this.start;
    this.CONSUME(k.comments);
    const state = name(this.CONSUME1(t.Word));
    const options: ast.Name[] = [];
    this.MANY(() => {
      this.CONSUME(t.Comma);
      const option = name(this.CONSUME2(t.Word));
      const too = this.OPTION(() => this.CONSUME(k.too));
      this.ACTION(() => {
        if ((option.text === 'internal') !== (too !== undefined)) giveUp();
      });
      options.push(option);
    });
    return { kind: 'comments', span: { start, end: this.end }, state, options };
  });

  private readonly path = this.RULE('path', (): ast.Path => {
    const first = this.CONSUME1(t.Word);
    const segments = [name(first)];
    this.MANY(() => {
      this.CONSUME(t.Dot);
      segments.push(name(this.CONSUME2(t.Word)));
    });
    const span = segments.length === 1 ? segments[0]!.span : { start: startOf(first), end: this.end };
    return { kind: 'path', span, segments };
  });

  // ── tables ────────────────────────────────────────────────────────────────────────────────────

  private readonly values = this.RULE('values', (): ast.Values => {
    const start = this.start;
    this.CONSUME(k.values);
    const id = name(this.CONSUME(t.Word));
    const table = this.SUBRULE(this.table);
    return { kind: 'values', span: { start, end: this.end }, id, table };
  });

  private readonly rows: Alts<ast.TableRow | ast.TableOtherwise> = [
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

  private readonly table = this.RULE('table', (): ast.Table => {
    const start = this.start;
    const rows: (ast.TableRow | ast.TableOtherwise)[] = [];
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      rows.push(this.OR(this.rows));
    });
    this.CONSUME(t.RightBrace);
    return { kind: 'table', span: { start, end: this.end }, rows, closed: true };
  });

  private readonly literal = this.choice<ast.Literal>('literal', [
    { ALT: () => this.leaf(text, this.CONSUME(t.TextToken)) },
    { ALT: () => number(this.CONSUME(t.NumberToken)) },
    { ALT: () => this.leaf(token => leaf.dateLeaf(token.image, token.startOffset), this.CONSUME(t.DateToken)) },
    {
      ALT: () => this.leaf(token => leaf.dateTimeLeaf(token.image, token.startOffset), this.CONSUME(t.DateTimeToken)),
    },
    { ALT: () => boolean(this.CONSUME(k.true)) },
    { ALT: () => boolean(this.CONSUME(k.false)) },
  ]);

  private readonly value = this.choice<ast.Value>('value', [
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

  // ── conditions ────────────────────────────────────────────────────────────────────────────────

  private readonly condition: ParserMethod<[number], ast.Condition> = this.RULE(
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

  private readonly negation: ParserMethod<[number], ast.Condition> = this.RULE(
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

  private readonly comparison = this.RULE('comparison', (): ast.Condition => {
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

  private readonly literals = this.RULE('literals', (): readonly ast.Literal[] => {
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

  // ── tests ─────────────────────────────────────────────────────────────────────────────────────

  private readonly test = this.RULE('test', (): ast.Test => {
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

  private readonly step = this.RULE('step', (): ast.Step => {
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

  private readonly side = this.choice<ast.Side>('side', [
    { ALT: () => this.CONSUME(k.salesforce) && 'salesforce' },
    { ALT: () => this.CONSUME(k.jira) && 'jira' },
  ]);

  private readonly assignment = this.RULE('assignment', (side: ast.Side): ast.Assignment => {
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

  private readonly expectation = this.RULE('expectation', (current: ast.Side): ast.Expectation => {
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

/** Looks for ambiguities and loops, and throws where there are any. That takes as long as reading does to start, so a test does it. */
export const validateGrammar = (): void => void new Grammar(true);

const grammar = new Grammar(false);

/** The declarations of a valid text, or `undefined` where it is not a sentence of the language. */
export function readStrictly(tokens: IToken[]): readonly ast.Declaration[] | undefined {
  try {
    grammar.input = tokens;
    const declarations = grammar.program();
    return grammar.errors.length === 0 ? declarations : undefined;
  } catch (error) {
    if (error instanceof NotASentence) return undefined;
    throw error;
  } finally {
    grammar.input = [];
  }
}
