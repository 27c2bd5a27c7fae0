import type { Program } from '../../../dsl/index.ts';

/** Every text that the programs write, wherever it stands. */
export function literalTexts(programs: readonly Program[]): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    else if (typeof value === 'object' && value !== null) {
      if ('kind' in value && value.kind === 'text' && 'value' in value) found.add(String(value.value));
      for (const child of Object.values(value)) visit(child);
    }
  };
  for (const { declarations } of programs) visit(declarations);
  return [...found];
}
