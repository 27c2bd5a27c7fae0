/**
 * Rich text. Checks documents against Atlassian's own schema of the Atlassian Document Format (compiled at
 * the first use, since it is large) and draws the plain text out of one, for search and the changelog.
 */
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';

/** Characters of text that one rich-text value may hold. */
export const richTextLimit = 32_767;

export interface AdfCheck {
  /** Whether this is a whole document that Jira would store. */
  valid(value: unknown): boolean;
}

export const adfCheck = (): AdfCheck => ({ valid: value => isDocument(value) && validator()(value) });

/** One for all sites of a process: to make it takes a third of a second. */
let made: ((value: unknown) => boolean) | undefined;
function validator(): (value: unknown) => boolean {
  made ??= compile();
  return made;
}

function compile(): (value: unknown) => boolean {
  const { $schema: _draft, ...schema } = createRequire(import.meta.url)(
    '@atlaskit/adf-schema/dist/json-schema/v1/full.json',
  ) as Record<string, unknown>;
  return new Ajv({ strict: false, logger: false }).compile(schema);
}

/** Only the outermost shape: what Jira calls "an Atlassian Document". */
export const isDocument = (value: unknown): value is { readonly type: 'doc'; readonly content: readonly unknown[] } =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'doc' && 'content' in value;

interface AdfNode {
  readonly type?: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly AdfNode[];
}

const blocks = new Set(['paragraph', 'heading', 'codeBlock', 'listItem', 'blockquote', 'tableRow', 'rule', 'panel']);

export function plainText(document: unknown): string {
  const parts: string[] = [];
  const walk = (node: AdfNode): void => {
    if (node.type === 'text') parts.push(node.text ?? '');
    else if (node.type === 'hardBreak') parts.push('\n');
    else if (node.type === 'mention' || node.type === 'status') parts.push(String(node.attrs?.text ?? ''));
    else if (node.type === 'emoji') parts.push(String(node.attrs?.text ?? node.attrs?.shortName ?? ''));
    else if (node.type === 'inlineCard') parts.push(String(node.attrs?.url ?? ''));
    for (const child of node.content ?? []) walk(child);
    if (blocks.has(node.type ?? '') && parts.at(-1) !== '\n') parts.push('\n');
  };
  if (typeof document === 'object' && document !== null) walk(document as AdfNode);
  return parts.join('').trimEnd();
}

/** A document of plain paragraphs. */
export const paragraphs = (...texts: readonly string[]): unknown => ({
  type: 'doc',
  version: 1,
  content: texts.map(text => ({ type: 'paragraph', content: text === '' ? [] : [{ type: 'text', text }] })),
});
