import { describe, expect, it } from 'vitest';
import { bridge } from '../kit/run-bridge.ts';

/** Goes with the tests' own org and site, and not with the demo world. */
const program = `item scores "Scores" {
  salesforce Case
  jira SUP / "Incident"
  sync one-way
  fields { Subject -> summary or else "Case"  Score__c -> "Score" }
}
`;
const files = { 'items/a.bridge': program };

describe('bridge sandbox', () => {
  it('L-3 starts with the org and site of a snapshot', async () => {
    const { status, out, err } = await bridge(
      'sandbox items --metadata metadata.lock.json --port 0 --json --clock manual',
      { files },
    );
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ ready: true });
  });
  it('L-3 holds the program to its configuration, as the command line does', async () => {
    const tight = { ...files, 'bridge.config.yaml': 'budget:\n  salesforceCallsPerDay: 1\n' };
    const { status, err } = await bridge('sandbox items --metadata metadata.lock.json --port 0 --json', {
      files: tight,
    });
    expect([status, err]).toEqual([2, expect.stringMatching(/at least 288 Salesforce calls a day/)]);
  });
  it('L-3 says of a program that does not go with its world what is wrong, and what to do', async () => {
    const { status, err } = await bridge('sandbox items --port 0 --json', { files });
    expect(status).toBe(2);
    expect(err).toBe(`bridge: the program could not be activated:
  a.bridge:5:47  \`Case\` has no field \`Score__c\`; fields go by their API name, and a new one is known once the metadata is read again
  a.bridge:5:59  Jira has no field \`Score\`; fields go by their id or name, and a new one is known once the metadata is read again

bridge check says more; --metadata FILE names the snapshot of your org and site.
`);
  });
});
