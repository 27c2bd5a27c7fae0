/**
 * What a test's requests to Jira are held to where there is no stand-in behind them: Atlassian's document of its API,
 * where the environment names it (BRIDGE_REFERENCE). A test with a stand-in has its answers judged too.
 */
import { afterAll, expect } from 'vitest';
import { createContract } from '../../sandbox/jira/contract.ts';

/** To be told of each request of the file that calls this; what breaks the document fails the file. */
export function requestsOfThisFile(): (path: string, init?: RequestInit) => Promise<void> {
  const contract = createContract();
  if (!contract.active) console.error(contract.note);
  afterAll(() => expect(contract.violations()).toEqual([]));
  return (path, init) => contract.hold(new Request(`https://sandbox.atlassian.net${path}`, init));
}
