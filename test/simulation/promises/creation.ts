/** S-3: an issue that the bridge makes is given what the program says of new ones, and no other issue is. */
import { isDeepStrictEqual } from 'node:util';
import { isWrite } from '../passage.ts';
import { itemAt, type Prefill, placeOf } from '../program.ts';
import { type Broken, type Promised, programsAt } from './promise.ts';

export const newIssuesAreFilledIn: Promised = seen => {
  const broken: Broken[] = [];
  for (const passage of seen.passages.filter(isWrite)) {
    const { system, method, path, body, at } = passage;
    if (system !== 'jira' || !/\/issue(\/\d+)?(\?|$)/.test(path)) continue;
    const { fields = {} } = JSON.parse(body || '{}') as { fields?: Record<string, unknown> };
    if (method === 'PUT') {
      // Labels are nobody's mapping.
      if ('labels' in fields) broken.push({ promise: 'I3', what: `gives labels to an issue that is there: ${path}` });
      continue;
    }
    const place = placeOf(/"item":"([\w-]+)"/.exec(body)?.[1] ?? '');
    const given = programsAt(seen, at).map(program => itemAt(program, place)?.prefill);
    if (!given.some(prefill => isGiven(prefill, fields))) {
      const said = given.map(prefill => prefill?.text ?? 'nothing').join(' or ');
      broken.push({ promise: 'I3', what: `a new issue is to be given ${said}, and is made with ${body}` });
    }
  }
  return broken;
};

const isGiven = (prefill: Prefill | undefined, fields: Readonly<Record<string, unknown>>): boolean =>
  prefill === undefined ? !('labels' in fields) : isDeepStrictEqual(fields[prefill.field], prefill.raw);
