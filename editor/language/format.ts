/** A file laid out canonically, as the least edit of its text; refused, with the reason, where it does not read. */
import type { Analysis } from '../../compiler/analysis.ts';
import { isConfigFile } from '../../compiler/config/config.ts';
import { format as print } from '../../dsl/printer/index.ts';
import type { Formatted } from './types.ts';

export function format({ files }: Analysis, path: string): Formatted {
  const file = files.find(one => one.path === path);
  if (file === undefined) return { refused: `there is no file ${path}` };
  if (isConfigFile(file)) return { refused: 'the configuration is no program, and stays as it is' };
  const { text, diagnostics } = print(file);
  if (text === undefined) return { refused: diagnostics[0]?.message ?? 'the text does not read' };
  if (text === file.text) return { edits: [] };
  const old = file.text;
  let start = 0;
  while (start < old.length && start < text.length && old[start] === text[start]) start++;
  let tail = 0;
  const most = Math.min(old.length, text.length) - start;
  while (tail < most && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  return { edits: [{ path, span: { start, end: old.length - tail }, text: text.slice(start, text.length - tail) }] };
}
