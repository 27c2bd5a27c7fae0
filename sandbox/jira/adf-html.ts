/** Rich text as the HTML that `renderedFields` and `renderedBody` carry: plain markup, everything escaped. */

interface AdfNode {
  readonly type?: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly { readonly type?: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly content?: readonly AdfNode[];
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, sign => escapes[sign] ?? sign);

const wrappers: Readonly<Record<string, string>> = {
  paragraph: 'p',
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  blockquote: 'blockquote',
  table: 'table',
  tableRow: 'tr',
  tableHeader: 'th',
  tableCell: 'td',
};
const markTags: Readonly<Record<string, string>> = {
  strong: 'b',
  em: 'em',
  strike: 'del',
  underline: 'ins',
  code: 'tt',
  subsup: 'sub',
};

export function adfHtml(node: unknown): string {
  if (typeof node !== 'object' || node === null) return '';
  const { type, text, attrs, marks, content } = node as AdfNode;
  const inner = (content ?? []).map(adfHtml).join('');
  const tag = wrappers[type ?? ''];
  if (tag) return `<${tag}>${inner}</${tag}>`;
  switch (type) {
    case 'text':
      return (marks ?? []).reduce(
        (html, mark) => {
          if (mark.type === 'link') return `<a href="${escapeHtml(String(mark.attrs?.href ?? ''))}">${html}</a>`;
          const name = markTags[mark.type ?? ''];
          return name ? `<${name}>${html}</${name}>` : html;
        },
        escapeHtml(text ?? ''),
      );
    case 'hardBreak':
      return '<br/>';
    case 'rule':
      return '<hr/>';
    case 'heading':
      return `<h${attrs?.level}>${inner}</h${attrs?.level}>`;
    case 'codeBlock':
      return `<pre>${inner}</pre>`;
    case 'mention':
    case 'status':
    case 'emoji':
      return escapeHtml(String(attrs?.text ?? attrs?.shortName ?? ''));
    case 'inlineCard':
    case 'blockCard':
    case 'embedCard':
      return `<a href="${escapeHtml(String(attrs?.url ?? ''))}">${escapeHtml(String(attrs?.url ?? ''))}</a>`;
    default:
      return inner;
  }
}
