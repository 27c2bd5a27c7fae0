/** Planted bugs of what happens when another org is connected. */
import { type Bug, bug } from './bug.ts';

export const orgs: readonly Bug[] = [
  bug(
    'a run goes on with whichever org is connected by now',
    'C-5',
    'salesforce/client.ts',
    'if (bound !== undefined && orgId !== bound)',
    "if (bound === '' && orgId !== bound)",
    'another org is connected just when a cycle looks at the first one’s records',
  ),
  bug(
    'the links go on with another org',
    'C-5',
    'handlers/admin/connection.ts',
    'const other = linksOf !== undefined && linksOf !== org.id && (await isAnythingLinked(deps));',
    'const other = linksOf === "" && (await isAnythingLinked(deps));',
    'another org is connected just when a cycle looks at the first one’s records',
  ),
  bug(
    'starting over does not wait for the cycle',
    'C-5',
    'handlers/admin/start-over.ts',
    'await betweenCycles(deps, lifeMs, () => endAll(deps));',
    'betweenCycles === undefined || lifeMs < 0 ? undefined : await endAll(deps);',
    'an admin starts over while a cycle of the other org makes an issue',
  ),
  bug(
    'a start with another org leaves items alone that no cycle has seen',
    'C-5',
    'handlers/admin/start-over.ts',
    "if (create.records !== 'off' || known?.createSince !== undefined)",
    "if (known !== undefined && create.records !== 'off')",
    'a start with another org begins with what is new in it, also for an item whose new id no cycle has seen',
  ),
  bug(
    'what is not confirmed is nobody’s when another org is connected',
    'C-5',
    'handlers/admin/connection.ts',
    'if ((await store.claimsBefore(clock.now() + 1)).length > 0) return true;',
    'if (clock === undefined) return true;',
    'an issue that nobody confirmed is the other org’s as well',
  ),
  bug(
    'whose the links are is kept at the end of a save only',
    'C-5',
    'handlers/admin/connection.ts',
    'return pauses.all?.reason === undefined ? connection.orgId : lastOrg;',
    'return lastOrg;',
    'the links are of the org that they were made with, also where the save of its connection failed halfway',
  ),
  bug(
    'whose the links are is asked of a note that a save may not have come to',
    'C-5',
    'handlers/admin/connection.ts',
    'if (connection.linksOf !== undefined) return connection.linksOf;',
    '',
    'the links are of the org that they were made with, also where others come and go after such a save',
  ),
];
