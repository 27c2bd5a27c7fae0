/** A world judges its own Jira wherever Atlassian's document is at hand. */
import { describe, expect, it } from 'vitest';
import { createContract } from './jira/contract.ts';
import { createWorld } from './world.ts';

const contract = createContract();
if (!contract.active) console.error(contract.note);

describe.skipIf(!contract.active)('a world with the document at hand (BRIDGE_REFERENCE)', () => {
  const open = () => createWorld({ clock: 'manual', empty: true });
  const ask = (path: string) => new Request(`https://x/rest/api/3${path}`);

  it('ends well after honest exchanges', async () => {
    const world = await open();
    expect((await world.jira.fetch(ask('/project/search?maxResults=5'), { kind: 'app' })).status).toBe(200);
    await expect(world.stop()).resolves.toBeUndefined();
  });

  it('ends with what was wrong and where', async () => {
    const world = await open();
    await world.jira.fetch(ask('/project/search?maxResults=5&colour=red'), { kind: 'app' });
    await expect(world.stop()).rejects.toThrow(/GET \/rest\/api\/3\/project\/search: request.*colour/);
  });
});
