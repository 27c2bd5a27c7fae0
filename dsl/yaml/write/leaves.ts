/** The small pieces of the YAML that is written: words, texts, paths, literals, values, fallbacks. */
import type * as ast from '../../ast.ts';
import { present, unprintable } from '../../printer/unprintable.ts';
import { fallbackWords } from '../../vocabulary.ts';
import { yamlText } from '../scalars.ts';
import type { Entries } from './entries.ts';
import { entry, list, map, scalar, type YamlScalar, type YamlValue } from './layout.ts';

const PATH = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$/;

export type Leaves = ReturnType<typeof createLeaves>;

export function createLeaves({ of }: Entries) {
  const word = (node: ast.Name | ast.Missing): YamlScalar => scalar(yamlText(present(node).text));
  /** `on` and `off` stand as they are. */
  const state = (node: ast.Name | ast.Missing): YamlScalar => {
    const { text } = present(node);
    return scalar(text === 'on' || text === 'off' ? text : yamlText(text));
  };
  const text = (node: ast.Text | ast.Missing): YamlScalar => scalar(yamlText(present(node).value));

  function spelt(node: ast.Path | ast.Missing): string {
    const found = present(node);
    const path = found.segments.map(segment => segment.text).join('.');
    if (!PATH.test(path)) unprintable(found, `\`${path}\` is not the API name of a field`);
    return yamlText(path);
  }
  const path = (node: ast.Path | ast.Missing): YamlScalar => scalar(spelt(node));

  function literalText(node: ast.Literal | ast.Missing): string {
    const found = present(node);
    if (found.kind === 'text') return yamlText(found.value);
    return found.kind === 'number' || found.kind === 'boolean' ? found.raw : found.value;
  }
  const literal = (node: ast.Literal | ast.Missing): YamlScalar => scalar(literalText(node));

  const literals = (nodes: readonly (ast.Literal | ast.Missing)[]): YamlValue =>
    list(nodes.map(node => of(present(node), undefined, literal(node))));

  function value(node: ast.Value | ast.Missing): YamlValue {
    const found = present(node);
    if (found.kind === 'empty') return scalar('null');
    return found.kind === 'list' ? literals(found.values) : literal(found);
  }

  function fallback({ action }: ast.Fallback): YamlValue {
    const found = present(action);
    if (found.kind !== 'name') return map([entry('text', scalar(yamlText(found.value)))]);
    if (!Object.hasOwn(fallbackWords, found.text)) {
      unprintable(found, `\`${found.text}\` is neither \`skip\`, \`keep\` nor \`clear\``);
    }
    return scalar(found.text);
  }

  return { word, state, text, spelt, path, literalText, literal, literals, value, fallback };
}
