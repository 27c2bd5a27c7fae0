/** What passes between the app and the two systems. */

/** One request of the app, with what it was answered; of reads by GET without the answer. */
export interface Passage {
  readonly at: number;
  readonly system: 'jira' | 'salesforce';
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly status: number;
  readonly answer: string;
}

const reads =
  /\/services\/oauth2\/|\/(search\/jql|bulkfetch|permissions\/check|comment\/list|jql\/)|parameterizedSearch/;

/** Whether it changed something, had it succeeded. */
export function isWrite({ method, path, body }: Pick<Passage, 'method' | 'path' | 'body'>): boolean {
  if (method === 'GET' || method === 'HEAD' || reads.test(path)) return false;
  if (!path.includes('/composite') || path.includes('/composite/sobjects')) return true;
  const { compositeRequest = [] } = JSON.parse(body) as { compositeRequest?: { method: string }[] };
  return compositeRequest.some(part => part.method !== 'GET');
}

/** Cases that a request writes, alone, in a collection or within a composite call. */
export function writtenCases({ system, method, path, body }: Passage): readonly string[] {
  if (system !== 'salesforce' || !isWrite({ method, path, body })) return [];
  const { compositeRequest } = JSON.parse(body || '{}') as { compositeRequest?: { method: string; body?: unknown }[] };
  const text = compositeRequest === undefined ? body : JSON.stringify(compositeRequest.map(part => part.body));
  return [...text.matchAll(/"(?:Id|id)":"(500\w{15})"/g)].map(([, id]) => id!);
}

/** The issue or the record that a request of the app writes fields of. */
export function targetOf(passage: Passage): string | undefined {
  const { system, method, path } = passage;
  if (system === 'jira') return method === 'PUT' ? /\/issue\/(\d+)$/.exec(path.split('?')[0]!)?.[1] : undefined;
  return writtenCases(passage)[0];
}

interface ReadPart {
  readonly body?: { readonly records?: unknown };
}

/** What an answer of Salesforce to a read says of a field of that record. */
export function shownValues(
  { system, path, status, answer }: Passage,
  record: string,
  field: string,
): readonly unknown[] {
  if (system !== 'salesforce' || status >= 300 || !path.endsWith('/composite') || !answer.includes(record)) return [];
  const { compositeResponse = [] } = JSON.parse(answer) as { compositeResponse?: readonly ReadPart[] };
  const rows = compositeResponse.flatMap(({ body }) => (Array.isArray(body?.records) ? body.records : []));
  return (rows as readonly Record<string, unknown>[]).filter(({ Id }) => Id === record).map(row => row[field]);
}
