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

/** The issue or the record that a request of the app writes fields of. */
export function targetOf({ system, method, path, body }: Passage): string | undefined {
  if (system === 'jira') return method === 'PUT' ? /\/issue\/(\d+)$/.exec(path.split('?')[0]!)?.[1] : undefined;
  return method === 'PATCH' ? /"(?:Id|id)":"(500\w{15})"/.exec(body)?.[1] : undefined;
}
