/**
 * WHERE and HAVING: the parser's linked list becomes a tree, is checked as Salesforce checks it, and compiled to a
 * predicate. What one condition means is told in `condition.ts`.
 */
import type { Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition } from '../catalogue/index.ts';
import { SalesforceError } from '../errors.ts';
import type { Scalar } from '../state.ts';
import { caret, negation } from './parse.ts';
import type { Path } from './paths.ts';

export type Predicate<T> = (item: T) => boolean;

/** What an index can answer of a condition; the predicate still decides. */
export type Hint =
  | { readonly kind: 'equal'; readonly field: FieldDefinition; readonly values: readonly Scalar[] }
  /** Stamped since, of the row itself or of a parent. */
  | { readonly kind: 'since'; readonly from: string; readonly path: Path };

export type Tree<T> =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Tree<T>[] }
  | { readonly kind: 'not'; readonly part: Tree<T> }
  | {
      readonly kind: 'test';
      readonly test: Predicate<T>;
      readonly hint?: Hint | undefined;
      readonly path?: Path | undefined;
      readonly operator: string;
    };

/** A condition as the parser gives it, loosely typed: its union has a case for each combination of literals. */
export interface RawCondition {
  readonly field?: string;
  readonly fn?: RawFunction;
  readonly operator: string;
  readonly value?: string | readonly string[];
  readonly literalType?: string | readonly string[];
  readonly valueQuery?: Query;
}
export interface RawFunction {
  readonly functionName?: string;
  readonly parameters?: readonly (string | RawFunction)[];
  readonly rawValue?: string;
  readonly alias?: string;
}

type Token = '(' | ')' | 'NOT' | 'AND' | 'OR' | RawCondition;

/** Builds the tree; `leaf` binds one condition. */
export function buildTree<T>(text: string, where: WhereClause, leaf: (condition: RawCondition) => Tree<T>): Tree<T> {
  const tokens = flatten(where);
  let at = 0;
  const unary = (): Tree<T> => {
    const token = tokens[at++];
    if (token === 'NOT') return { kind: 'not', part: unary() };
    if (token === '(') {
      const inner = list();
      at++;
      return inner;
    }
    return leaf(token as RawCondition);
  };
  const list = (): Tree<T> => {
    const parts = [unary()];
    let joined: 'AND' | 'OR' | undefined;
    for (;;) {
      const token = tokens[at];
      if (token !== 'AND' && token !== 'OR') break;
      // Salesforce refuses AND and OR at one level without parentheses.
      if (joined && joined !== token) throw mixed(text, token);
      joined = token;
      at++;
      parts.push(unary());
    }
    return parts.length === 1 ? (parts[0] as Tree<T>) : { kind: joined === 'OR' ? 'or' : 'and', parts };
  };
  return list();
}

function mixed(text: string, token: string): SalesforceError {
  let place = -1;
  for (const match of text.matchAll(new RegExp(`\\b${token}\\b`, 'gi'))) place = match.index;
  return new SalesforceError('MALFORMED_QUERY', `${place < 0 ? '' : caret(text, place)}unexpected token: '${token}'`);
}

function flatten(where: WhereClause): Token[] {
  const tokens: Token[] = [];
  let node: WhereClause | undefined = where;
  while (node) {
    const left = node.left as (RawCondition & { openParen?: number; closeParen?: number }) | null;
    const operator = 'operator' in node ? node.operator : undefined;
    for (let n = left?.openParen ?? 0; n > 0; n--) tokens.push('(');
    if (left?.field === negation) {
      // Without the AND that follows it.
      tokens.push('NOT');
      node = 'right' in node ? node.right : undefined;
      continue;
    }
    if (left && left.operator !== undefined) {
      tokens.push(left);
      for (let n = left.closeParen ?? 0; n > 0; n--) tokens.push(')');
    }
    if (operator) tokens.push(operator);
    node = 'right' in node ? node.right : undefined;
  }
  return tokens;
}

export function compileTree<T>(tree: Tree<T>): Predicate<T> {
  switch (tree.kind) {
    case 'test':
      return tree.test;
    case 'not': {
      const inner = compileTree(tree.part);
      return item => !inner(item);
    }
    case 'and': {
      const parts = tree.parts.map(compileTree);
      return item => parts.every(part => part(item));
    }
    case 'or': {
      const parts = tree.parts.map(compileTree);
      return item => parts.some(part => part(item));
    }
  }
}

/** Conditions that every row of the answer meets. */
export function conjuncts<T>(tree: Tree<T>): readonly Tree<T>[] {
  return tree.kind === 'and' ? tree.parts.flatMap(conjuncts) : [tree];
}
