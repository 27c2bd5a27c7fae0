/**
 * The connection (C-1 to C-5): checked against Salesforce before anything is stored, shown without its
 * secret, and revoked without touching items and links.
 */

import { checkHost, requestToken, salesforceWith } from '../../salesforce/index.ts';
import { object, text } from '../../shape.ts';
import { type AppDeps, licensed, notLicensed } from '../deps.ts';
import { nothing } from '../payloads.ts';
import { changing, type Endpoints, endpoint, Refused } from '../reply.ts';
import { goOn } from './pauses.ts';
import { startOver } from './start-over.ts';

const credentials = object({ loginUrl: text(500), clientId: text(500), clientSecret: text(1000) });

export const connectionEndpoints: Endpoints = {
  'connection.get': endpoint(nothing, async ({ deps }) => shown(deps)),

  'connection.save': changing(
    credentials,
    ({ loginUrl, clientId }) => ({ loginUrl, clientId }),
    async ({ deps, payload }) => {
      const { store, fetch, clock } = deps;
      const host = checkHost(payload.loginUrl);
      if (!host.ok) throw new Refused('host-refused', host.reason);
      const [clientId, clientSecret] = [payload.clientId.trim(), payload.clientSecret.trim()];
      if (clientId === '')
        throw new Refused('invalid', 'Enter the client id: the Consumer Key of the app in Salesforce.');
      if (clientSecret === '')
        throw new Refused('invalid', 'Enter the client secret: the Consumer Secret of the app in Salesforce.');

      const token = await requestToken(fetch, { loginUrl: host.origin, clientId, clientSecret });
      const org = await salesforceWith(fetch, token).organization();
      const linksOf = await orgOfLinks(store);
      const other = linksOf !== undefined && linksOf !== org.id && (await isAnythingLinked(deps));
      if (other) {
        // Before the connection, so that no cycle can run the old links on the new org.
        const reason = `The links belong to another Salesforce org (${linksOf}) than the connected one (${org.id}).`;
        await store.changePauses(pauses => ({ ...pauses, all: { at: clock.now(), reason } }));
      }
      await store.saveConnection(
        {
          loginUrl: host.origin,
          clientId,
          orgId: org.id,
          orgName: org.name,
          instanceUrl: token.instanceUrl,
          savedAt: clock.now(),
          ...(other && { linksOf }),
        },
        clientSecret,
      );
      // Whatever fails from here on, the connection is a whole one.
      if (!other) {
        await store.saveLastOrg(org.id);
        // The org of the links is back.
        const { all } = await store.pauses();
        if (all?.reason !== undefined) await goOn(deps, all.at);
      }
      await store.saveToken({
        token: token.token,
        instanceUrl: token.instanceUrl,
        orgId: org.id,
        at: clock.now(),
      });
      return shown(deps);
    },
  ),

  /** The links to the other org end, and this one begins with what is new in it. Again as long as there is more. */
  'connection.startOver': changing(
    nothing,
    () => ({}),
    async ({ deps }) => startOver(deps),
  ),

  'connection.revoke': changing(
    nothing,
    () => ({}),
    async ({ deps }) => {
      const linksOf = await orgOfLinks(deps.store);
      if (linksOf !== undefined) await deps.store.saveLastOrg(linksOf);
      await deps.store.clearConnection();
      return shown(deps);
    },
  ),
};

async function shown({ store }: AppDeps) {
  const [connection, pauses] = await Promise.all([store.connection(), store.pauses()]);
  if (connection === undefined)
    return { connected: false, loginUrl: null, clientId: null, orgName: null, orgId: null, instanceUrl: null };
  const { loginUrl, clientId, orgName, orgId, instanceUrl } = connection;
  const otherOrg = pauses.all?.reason;
  const warning = licensed() ? otherOrg : notLicensed;
  return {
    connected: true,
    loginUrl,
    clientId,
    orgName,
    orgId,
    instanceUrl,
    ...(warning === undefined ? {} : { warning }),
    ...(otherOrg === undefined ? {} : { otherOrg: true }),
  };
}

/** The connection itself says it as long as there is one, so that no save can come halfway; nothing before the first. */
async function orgOfLinks(store: AppDeps['store']): Promise<string | undefined> {
  const [connection, pauses, lastOrg] = await Promise.all([store.connection(), store.pauses(), store.lastOrg()]);
  if (connection === undefined) return lastOrg;
  if (connection.linksOf !== undefined) return connection.linksOf;
  // Older versions kept a connection to another org without saying so in it.
  return pauses.all?.reason === undefined ? connection.orgId : lastOrg;
}

/** Or is about to be: an issue was asked for, and nobody knows yet what came of it. */
async function isAnythingLinked({ store, clock }: AppDeps): Promise<boolean> {
  if ((await store.claimsBefore(clock.now() + 1)).length > 0) return true;
  for await (const _ of store.allLinks()) return true;
  return false;
}
