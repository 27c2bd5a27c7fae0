/** Programs: the top of the grammar, and with it the whole parser. */
import type * as ast from '../ast.ts';
import { prepare } from './lookahead.ts';
import { type Alts, giveUp } from './parser.ts';
import { TestRules } from './tests.ts';

export class Grammar extends TestRules {
  /**
   * With `analyse` Chevrotain learns the grammar itself, and throws where it finds an ambiguity or a loop. That takes
   * as long as the rest of a start, so only tests and the writer of the table do it.
   */
  constructor(analyse = false) {
    super(analyse);
    if (analyse) this.performSelfAnalysis();
    else prepare(this, giveUp);
  }

  private readonly declarations: Alts<ast.Declaration> = [
    { ALT: () => this.SUBRULE(this.item) },
    { ALT: () => this.SUBRULE(this.values) },
    { ALT: () => this.SUBRULE(this.test) },
  ];

  readonly program = this.RULE('program', (): ast.Declaration[] => {
    const declarations: ast.Declaration[] = [];
    this.MANY(() => {
      declarations.push(this.OR(this.declarations));
    });
    return declarations;
  });
}
