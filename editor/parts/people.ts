/** Names of people, asked of Jira as the one who looks: the app itself keeps account ids only. */
import { requestJira } from '@forge/bridge';
import { useEffect, useState } from 'react';

const known = new Map<string, string>();

async function askNames(ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += 50) {
    const query = ids.slice(from, from + 50).map(id => `accountId=${encodeURIComponent(id)}`);
    const answer = await requestJira(`/rest/api/3/user/bulk?maxResults=50&${query.join('&')}`);
    if (!answer.ok) return;
    const { values = [] } = (await answer.json()) as { values?: { accountId: string; displayName: string }[] };
    for (const { accountId, displayName } of values) known.set(accountId, displayName);
  }
}

export interface Person {
  readonly accountId: string;
  readonly name: string;
}

/** People of that name, as far as who looks may see them. */
export async function findPeople(query: string): Promise<readonly Person[]> {
  const answer = await requestJira(`/rest/api/3/user/search?maxResults=10&query=${encodeURIComponent(query)}`);
  if (!answer.ok) return [];
  const people = (await answer.json()) as readonly { accountId: string; accountType?: string; displayName: string }[];
  return people
    .filter(({ accountType }) => accountType !== 'app')
    .map(({ accountId, displayName }) => ({ accountId, name: displayName }));
}

/** Answers a name, or `somebody` where Jira does not tell it. */
export function useNames(ids: readonly string[]): (id: string) => string {
  const [, setAnswers] = useState(0);
  const missing = [...new Set(ids)].filter(id => id !== '' && !known.has(id)).sort();
  const key = missing.join();
  useEffect(() => {
    if (key === '') return;
    let gone = false;
    void askNames(key.split(','))
      .catch(() => {})
      .then(() => {
        if (!gone) setAnswers(count => count + 1);
      });
    return () => {
      gone = true;
    };
  }, [key]);
  return id => known.get(id) ?? 'somebody';
}
