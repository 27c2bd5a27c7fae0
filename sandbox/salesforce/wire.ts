/** Between HTTP and the routes: bodies of requests, answers with their headers, and what the web server refuses. */
import { TextResponse } from '../text-http.ts';
import { notModelled, SalesforceError } from './errors.ts';
import type { Org } from './org.ts';
import type { Answer } from './routes/route.ts';

/** The address and all headers together. */
const longestHead = 16_384;

/** The web server's refusal, before Salesforce sees the request: a page, not JSON. */
export function tooLong(request: Request): Response | undefined {
  const url = new URL(request.url);
  const address = url.pathname.length + url.search.length;
  let head = address;
  for (const [name, value] of request.headers) head += name.length + value.length + 4;
  if (head <= longestHead) return undefined;
  const [status, reason] = address > longestHead ? [414, 'URI Too Long'] : [431, 'Request Header Fields Too Large'];
  return new Response(`<h1>Bad Message ${status}</h1><pre>reason: ${reason}</pre>`, {
    status,
    headers: { 'Content-Type': 'text/html;charset=iso-8859-1' },
  });
}

/** Everything is JSON here; an XML answer that is JSON after all would mislead. */
export function refuseXml(request: Request): void {
  const accept = request.headers.get('accept') ?? '';
  if (/\bxml\b/.test(accept) && !/json|\*\/\*/.test(accept)) throw notModelled('answers in XML');
}

export function respond(answer: Answer, org?: Org): Response {
  const headers = new Headers({ ...answer.headers, Vary: 'Accept-Encoding' });
  if (org) headers.set('Sforce-Limit-Info', `api-usage=${org.usage.calls}/${org.usage.max}`);
  if (org) headers.set('Date', new Date(org.clock.now()).toUTCString());
  if (answer.status === 204 || answer.status === 304 || answer.body === undefined)
    return new Response(null, { status: answer.status, headers });
  if (answer.body instanceof Uint8Array)
    return new Response(Uint8Array.from(answer.body), { status: answer.status, headers });
  headers.set('Content-Type', 'application/json;charset=UTF-8');
  return new TextResponse(JSON.stringify(answer.body), { status: answer.status, headers });
}

/** Parsed JSON; of a multipart body the record with its bytes in the field that the binary part is named after. */
export async function bodyOf(request: Request): Promise<unknown> {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('multipart/form-data')) return multipart(await request.formData());
  const text = await request.text();
  if (text === '') return undefined;
  if (type !== '' && !/json|^text\/plain/.test(type))
    throw new SalesforceError('UNSUPPORTED_MEDIA_TYPE', `Content type ${type} is not supported.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
    const letter = text[at] ?? 'EOF';
    throw new SalesforceError(
      'JSON_PARSER_ERROR',
      `Unexpected character ('${letter}' (code ${letter.charCodeAt(0)})): was expecting valid JSON at [line:1, column:${at + 1}]`,
    );
  }
}

async function multipart(form: FormData): Promise<unknown> {
  let record: Record<string, unknown> = {};
  for (const [name, part] of form) {
    if (name.startsWith('entity_'))
      record = { ...record, ...JSON.parse(typeof part === 'string' ? part : await part.text()) };
    else record[name] = typeof part === 'string' ? Buffer.from(part) : new Uint8Array(await part.arrayBuffer());
  }
  return record;
}
