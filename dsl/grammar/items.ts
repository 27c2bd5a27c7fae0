/** Items: their clauses, the mappings in `fields`, and the modifiers behind a mapping. */
import type * as ast from '../ast.ts';
import * as leaf from '../leaves.ts';
import * as t from '../tokens.ts';
import { ConditionRules } from './conditions.ts';
import { type Alts, arrow, giveUp, jiraName, jiraText, name, number, spanOf, template, text } from './parser.ts';

const k = t.keywords;

type Item = Omit<ast.Item, 'kind' | 'span'>;

export abstract class ItemRules extends ConditionRules {
  protected readonly item = this.RULE('item', (): ast.Item => {
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

  protected readonly clause = this.choice<ast.Clause>('clause', [
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

  protected readonly salesforceClause = this.RULE('salesforceClause', (): ast.SalesforceClause => {
    const start = this.start;
    this.CONSUME(k.salesforce);
    const object = name(this.CONSUME(t.Word));
    return { kind: 'salesforce', span: { start, end: this.end }, object };
  });

  protected readonly jiraClause = this.RULE('jiraClause', (): ast.JiraClause => {
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

  protected readonly createClause = this.RULE('createClause', (): ast.CreateClause => {
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

  protected readonly fieldsClause = this.RULE('fieldsClause', (): ast.FieldsClause => {
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

  protected readonly sources: Alts<ast.Path | ast.Template> = [
    { ALT: () => this.SUBRULE(this.path) },
    {
      ALT: () => this.leaf(template, this.CONSUME1(t.TextToken)),
    },
  ];

  protected readonly targets: Alts<ast.JiraField> = [
    { ALT: () => jiraName(this.CONSUME(t.Word)) },
    { ALT: () => this.leaf(jiraText, this.CONSUME2(t.TextToken)) },
  ];

  /** Of the mapping that is being read; none begins inside another. */
  private modifiers: ast.Modifier[] = [];
  private readonly furtherModifier = {
    GATE: () => !this.isName(t.Arrow),
    DEF: () => {
      this.modifiers.push(this.SUBRULE(this.modifier));
    },
  };

  protected readonly mapping = this.RULE('mapping', (): ast.Mapping => {
    const start = this.start;
    const source = this.OR1(this.sources);
    const arrowNode = arrow(this.CONSUME(t.Arrow));
    const target = this.OR2(this.targets);
    const modifiers: ast.Modifier[] = [];
    this.modifiers = modifiers;
    this.MANY(this.furtherModifier);
    return { kind: 'mapping', span: { start, end: this.end }, source, arrow: arrowNode, target, modifiers };
  });

  protected readonly modifier = this.choice<ast.Modifier>('modifier', [
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

  protected readonly settingFields: Alts<ast.JiraField> = [
    { ALT: () => jiraName(this.CONSUME(t.Word)) },
    { ALT: () => this.leaf(jiraText, this.CONSUME(t.TextToken)) },
  ];

  protected readonly newIssueClause = this.RULE('newIssueClause', (): ast.NewIssueClause => {
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

  protected readonly pairings: Alts<{ readonly by: ast.Name } | { readonly table: ast.Table }> = [
    {
      ALT: () => {
        this.CONSUME(k.by);
        return { by: name(this.CONSUME2(t.Word)) };
      },
    },
    { ALT: () => ({ table: this.SUBRULE(this.table) }) },
  ];

  protected readonly statusClause = this.RULE('statusClause', (): ast.StatusClause => {
    const start = this.start;
    this.CONSUME(k.status);
    const field = name(this.CONSUME1(t.Word));
    const pairing = this.OPTION(() => this.OR(this.pairings));
    return { kind: 'status', span: { start, end: this.end }, field, ...pairing };
  });

  protected readonly otherwiseTargets: Alts<ast.Text | ast.Leave> = [
    {
      ALT: () => {
        this.CONSUME(k.move);
        this.CONSUME(k.to);
        return this.leaf(text, this.CONSUME(t.TextToken));
      },
    },
    { ALT: () => ({ kind: 'leave', span: spanOf(this.CONSUME(k.leave)) }) },
  ];

  protected readonly otherwiseClause = this.RULE('otherwiseClause', (): ast.OtherwiseClause => {
    const start = this.start;
    this.CONSUME(k.otherwise);
    const target = this.OR(this.otherwiseTargets);
    return { kind: 'otherwise', span: { start, end: this.end }, target };
  });

  protected readonly commentsClause = this.RULE('commentsClause', (): ast.CommentsClause => {
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
}
