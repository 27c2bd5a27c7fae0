/** What a fresh snapshot says otherwise than the one that is there, in a few words. */
import type { Metadata } from '../../metadata/model.ts';
import { readSnapshot } from '../../metadata/snapshot.ts';
import { listText } from '../../plan/words.ts';

/** Both as files hold them. `the object Case and the project SUP are not what they were`; nothing where the old one cannot be read. */
export function staleness(old: string, fresh: string): string | undefined {
  let before: Metadata;
  const now = readSnapshot(fresh);
  try {
    before = readSnapshot(old);
  } catch {
    return undefined;
  }
  const changed = [
    ...differing(before.salesforce.objects, now.salesforce.objects, ({ name }) => name).map(
      name => `the object ${name}`,
    ),
    ...differing(before.jira.projects, now.jira.projects, ({ key }) => key).map(key => `the project ${key}`),
    ...differing(before.jira.fields, now.jira.fields, ({ id }) => id).map(id => `the Jira field ${id}`),
    ...differing(before.jira.statuses, now.jira.statuses, ({ id }) => id).map(id => `the status ${id}`),
  ];
  if (changed.length === 0) return undefined;
  return `${listText(changed, 'and', 6)} ${changed.length === 1 ? 'is not what it was' : 'are not what they were'}`;
}

function differing<T>(before: readonly T[], now: readonly T[], key: (value: T) => string): readonly string[] {
  const old = new Map(before.map(value => [key(value), JSON.stringify(value)]));
  const found = now.filter(value => old.get(key(value)) !== JSON.stringify(value)).map(key);
  const present = new Set(now.map(key));
  return [...found, ...before.map(key).filter(name => !present.has(name))];
}
