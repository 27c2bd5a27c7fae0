/** The stand-ins of a test have all that the snapshot has: what they are asked for is the snapshot again. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demoSnapshot } from '../../../tools/snapshot.ts';
import { readSnapshot, writeSnapshot } from '../../metadata/snapshot.ts';
import { orgOf } from './org.ts';
import { siteOf } from './site.ts';

const text = readFileSync(new URL('../../../examples/metadata.lock.json', import.meta.url), 'utf8');
const pulled = async (snapshot: string): Promise<string> => {
  const metadata = readSnapshot(snapshot);
  return demoSnapshot({ catalogue: orgOf(metadata.salesforce), site: siteOf(metadata.jira).site });
};

describe('the world of tests', () => {
  it('L-3 O-2 gives `bridge pull --all` the very snapshot that it was made of', async () => {
    expect((await pulled(text)) === text, 'the snapshot came back changed').toBe(true);
  });

  it('L-3 O-2 does so for an org and a site that somebody changed', async () => {
    const metadata = readSnapshot(text);
    const changed = writeSnapshot({
      salesforce: {
        ...metadata.salesforce,
        objects: metadata.salesforce.objects.map(object =>
          object.name !== 'Case'
            ? object
            : {
                ...object,
                label: 'Ticket',
                fields: object
                  .fields!.filter(({ name }) => name !== 'Reason')
                  .map(field =>
                    field.name === 'Status'
                      ? {
                          ...field,
                          values: [
                            { value: 'Open', label: 'Open', active: true, default: true },
                            { value: 'Over', label: 'It is over', active: true, closed: true },
                          ],
                        }
                      : field.name === 'Subject'
                        ? { ...field, length: 80, label: 'Headline' }
                        : field,
                  ),
              },
        ),
      },
      jira: {
        ...metadata.jira,
        projects: metadata.jira.projects.map(project =>
          project.key === 'SUP' ? { ...project, key: 'HELP', type: 'business' } : project,
        ),
        statuses: metadata.jira.statuses.map(status =>
          status.name === 'Waiting' ? { ...status, name: 'On hold', category: 'new' } : status,
        ),
      },
    });
    expect(changed).not.toBe(text);
    expect(JSON.parse(await pulled(changed))).toEqual(JSON.parse(changed));
  });
});
