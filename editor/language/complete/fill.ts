/** What the holes of phrases are filled in with: names that the org, the site and the program have. */
import type { Analysis } from '../../../compiler/analysis.ts';
import type { BoundItem } from '../../../compiler/bind/bound.ts';
import { statusField } from '../../../compiler/catalogue/index.ts';

export interface Filled {
  readonly plain: string;
  readonly snippet: string;
}

export function fillerFor(
  { bound }: Analysis,
  item: BoundItem | undefined,
  write: (text: string) => string,
): (words: string) => readonly Filled[] {
  const { lookup } = bound;
  const object = item?.object;
  const project = item?.projects[0]?.project ?? lookup?.metadata.jira.projects[0];
  const type = item?.issueType ?? project?.issueTypes[0];
  const named = object?.fields?.find(({ nameField }) => nameField) ?? object?.fields?.[0];
  const path = object?.fields?.some(({ name }) => name === 'Subject') ? 'Subject' : (named?.name ?? 'Name');
  const status = type && lookup?.statuses(type)[0]?.name;
  const known: Readonly<Record<string, string | undefined>> = {
    Path: path,
    Object: 'Case',
    PROJECT: project?.key ?? 'SUP',
    Type: type?.name ?? 'Task',
    Status: (object && statusField(object)) ?? 'Status',
    Move: status ?? 'Done',
    Jira: 'summary',
    Item: bound.items[0]?.id ?? 'an-item',
    id: 'new-id',
    Name: 'A name for people',
  };
  const one = (words: string): Filled => {
    let count = 0;
    const value = (name: string) => known[name] ?? name;
    const plain = words.replace(/<([A-Za-z][A-Za-z ]*)>/g, (_, name: string) => write(value(name)));
    const snippet = words.replace(/\$/g, '\\$').replace(/<([A-Za-z][A-Za-z ]*)>/g, (_, name: string) => {
      count++;
      return `\${${count}:${write(value(name)).replace(/[\\$}]/g, '\\$&')}}`;
    });
    return { plain, snippet: count === 0 ? plain : snippet };
  };
  return words =>
    words.includes('<Table>')
      ? [...bound.tablesById.keys()].map(id => one(words.replace('<Table>', id)))
      : [one(words)];
}
