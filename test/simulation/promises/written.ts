/** What the requests of the app write: which fields of which record or issue. */
import type { Passage } from '../passage.ts';
import { type Place, placeOf } from '../program.ts';
import { linksOf, type Seen, type SeenLink } from './promise.ts';

/** What a request writes of which record or issue: names of fields, and the items that have it. */
export interface Written {
  readonly side: 'salesforce' | 'jira';
  readonly places: readonly Place[];
  readonly links: readonly SeenLink[];
  readonly isNew: boolean;
  readonly names: readonly string[];
}

/** Records within a request, however deep. */
function casesIn(body: unknown): readonly Record<string, unknown>[] {
  if (typeof body !== 'object' || body === null) return [];
  const inside = Object.values(body).flatMap(casesIn);
  const { attributes } = body as { attributes?: { type?: unknown } };
  return attributes?.type === 'Case' ? [body as Record<string, unknown>, ...inside] : inside;
}

const itemIn = (body: string): string | undefined => /"item":"([\w-]+)"/.exec(body)?.[1];

/** Items that made issues, whose links may be gone since: for that record, or that very issue. */
const makersOf = ({ passages }: Seen, of: { readonly record?: unknown; readonly issueId?: string | undefined }) =>
  passages
    .filter(({ system, method, path }) => system === 'jira' && method === 'POST' && path === '/rest/api/3/issue')
    .filter(({ body, answer }) => body.includes(`"record":"${of.record}"`) || answer.includes(`"id":"${of.issueId}"`))
    .flatMap(({ body }) => itemIn(body) ?? []);

/** Items by which a person linked that record, for as long as it was. */
const linkedBy = ({ people: { ledger } }: Seen, record: unknown): readonly Place[] =>
  [...ledger.linked.values()].filter(link => link.record === record).map(({ place }) => place);

export function writtenBy(seen: Seen, { system, method, path, body }: Passage): readonly Written[] {
  const links = linksOf(seen);
  if (system === 'salesforce') {
    return casesIn(JSON.parse(body || '{}')).map(fields => {
      const record = fields.Id ?? fields.id;
      const own = links.filter(link => link.record === record);
      const items = new Set([...own.map(({ item }) => item), ...makersOf(seen, { record })]);
      return {
        side: 'salesforce',
        places: [...new Set([...[...items].map(placeOf), ...linkedBy(seen, record)])],
        links: own,
        isNew: false,
        names: Object.keys(fields),
      };
    });
  }
  const issue = /\/issue(?:\/(\d+))?(?:\?|$)/.exec(path);
  if (system !== 'jira' || issue === null) return [];
  const { fields = {} } = JSON.parse(body || '{}') as { fields?: object };
  const own = links.filter(({ issueId }) => issueId === issue[1]);
  const item = issue[1] === undefined ? itemIn(body) : (own[0]?.item ?? makersOf(seen, { issueId: issue[1] })[0]);
  const places = item === undefined ? [] : [placeOf(item)];
  return [{ side: 'jira', places, links: own, isNew: method === 'POST', names: Object.keys(fields) }];
}
