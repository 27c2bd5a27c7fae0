/** The steps that end in a text, a document or HTML: they spell the value, cut it if the program says so, and refuse what is too long. */
import type { CellTypes, ConversionContext, Step } from './conversion.ts';
import { failed, quoted, spelled } from './conversion.ts';
import { jiraText, salesforceText } from './people.ts';
import { textToAdf } from './rich-text/adf-text.ts';
import { adfToHtml } from './rich-text/adf-to-html.ts';
import { htmlToAdf } from './rich-text/html-to-adf.ts';
import { cut, fitting, normalLine, normalLines } from './text.ts';

/** Jira's own limits: a one-line text, and a description, comment or paragraph field. */
export const jiraTextLimit = 255;
export const jiraRichTextLimit = 32_767;

/** Of a normal form: a text is its own, but for HTML. */
function sourceText(value: unknown, { direction, salesforce, jira }: CellTypes): string {
  if (direction === 'to-salesforce') return typeof value === 'string' ? value : jiraText(jira, value);
  return typeof value === 'string' && salesforce !== 'rich-textarea' ? value : salesforceText(salesforce, value);
}
const sourceLine = (value: unknown, context: ConversionContext, types: CellTypes): string =>
  cut(normalLine(sourceText(value, types)), context).trimEnd();

export const writeJiraLine: Step = (value, context, types) => {
  const text = sourceLine(value, context, types);
  return fitting(text, text.length, context.maxLength ?? jiraTextLimit);
};

export const writeJiraUrl: Step = (value, context, types) =>
  /^https?:\/\/\S+$/i.test(normalLine(sourceText(value, types)))
    ? writeJiraLine(value, context, types)
    : failed(`${quoted(value)} is not an address that begins with http:// or https://`);

export const writeJiraDocument: Step = (value, context, types) => {
  const text = normalLines(sourceText(value, types));
  const limit = context.maxLength ?? jiraRichTextLimit;
  if (context.cutAt !== undefined && text.length > context.cutAt) {
    const short = cut(text, context).trimEnd();
    return fitting(textToAdf(short), short.length, limit);
  }
  const document = types.salesforce === 'rich-textarea' ? htmlToAdf(spelled(value)) : textToAdf(text);
  return fitting(document, text.length, limit);
};

export const writeSalesforceLine: Step = (value, context, types) => {
  const text = sourceLine(value, context, types);
  return fitting(text, text.length, context.maxLength);
};

/** Salesforce keeps and counts CRLF. */
export const writeSalesforceLines: Step = (value, context, types) => {
  const lines = cut(normalLines(sourceText(value, types)), context).trimEnd();
  const text = lines.replaceAll('\n', '\r\n');
  return fitting(text, text.length, context.maxLength);
};

/** Its length counts the tags too. */
export const writeSalesforceHtml: Step = (value, context, types) => {
  const text = normalLines(sourceText(value, types));
  const tooLong = context.cutAt !== undefined && text.length > context.cutAt;
  const source = types.jira === 'rich-text' && !tooLong ? value : textToAdf(cut(text, context).trimEnd());
  const html = adfToHtml(source);
  return fitting(html, html.length, context.maxLength);
};

/** Salesforce refuses what does not look like one. */
export const writeSalesforceEmail: Step = (value, context, types) => {
  const text = sourceLine(value, context, types);
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return failed(`${quoted(text)} is not an e-mail address`);
  return fitting(text, text.length, context.maxLength);
};
