/**
 * Chevrotain without what only analysing a grammar and its own lexer need: two thirds of it, which bundles would
 * load at each start or send to each browser. The parser gets what it looks ahead for from a table, and the tokens
 * come from our own lexer, so that nothing of this is ever called; where it is, it says so.
 */
import { readFileSync } from 'node:fs';

const leftOut = [
  /\/chevrotain\/lib\/src\/parse\/grammar\/(checks|first|follow|interpreter|lookahead|resolver|rest)\.js$/,
  /\/chevrotain\/lib\/src\/parse\/grammar\/gast\/gast_resolver_public\.js$/,
  /\/chevrotain\/lib\/src\/parse\/cst\/cst_visitor\.js$/,
  /\/chevrotain\/lib\/src\/scan\/(lexer|lexer_public|reg_exp|reg_exp_parser)\.js$/,
];

/** What stands for a module that is left out, for bundlers to load in its place. */
export function leanModule(path: string): string | undefined {
  const plain = path.replaceAll('\\', '/');
  if (!leftOut.some(module => module.test(plain))) return undefined;
  const names = [...readFileSync(path, 'utf8').matchAll(/^export (?:const|let|var|class|function) (\w+)/gm)].map(
    ([, name]) => name,
  );
  return `function leftOut() { throw new Error('this part of Chevrotain is left out of bundles'); }
${names.map(name => `export { leftOut as ${name} };\n`).join('')}`;
}
