import { type Parsed, parseBridge } from './bridge.ts';
import type { SourceFile } from './source.ts';

export * from './ast.ts';
export * from './diagnostic.ts';
export * from './source.ts';
export { type Parsed, parseBridge };

export function parse(file: SourceFile): Parsed {
  return parseBridge(file);
}
