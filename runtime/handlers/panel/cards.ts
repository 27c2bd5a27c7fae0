/** P-1: one card for each item that covers the issue's project, linked or not. */
import { moduleOf, searchedFields } from '../../../compiler/catalogue/index.ts';
import type { ItemPlan } from '../../../compiler/plan/ir.ts';
import { compileItem } from '../../engine/index.ts';
import { type Link, linkKey, PortError } from '../../ports.ts';
import { outOfScope, outsideWhere } from '../../run/index.ts';
import { type AppDeps, licensed, notLicensed } from '../deps.ts';
import { describedObject } from '../live-metadata.ts';
import { asSentence } from '../reply.ts';
import { atHand, recordsOf, type Shown, type Told } from './card-records.ts';

export async function cardsOf(deps: AppDeps, issueId: string, mayEdit: boolean) {
  const { store, jira } = deps;
  const [program, [issue], links, attention, connection, pauses] = await Promise.all([
    store.program(),
    jira.issues([issueId], ['project', 'issuetype']),
    store.linksOfIssue(issueId),
    store.attention(),
    store.connection(),
    store.pauses(),
  ]);
  if (program === undefined || issue === undefined) return [];
  const projectId = (issue.fields.project as { readonly id?: unknown } | null | undefined)?.id;
  const items = program.plan.items.filter(item => item.jira.projects.some(({ id }) => id === projectId));
  const linked = new Map(links.map(({ value }) => [value.item, value]));
  const acts = mayEdit && licensed() && connection !== undefined;
  const [records, searched] = await Promise.all([recordsOf(deps, items, linked), searchedOf(deps, items)]);

  return items.map(item => {
    const link = linked.get(item.id);
    const record = records.get(item.id);
    const open = attention.find(one =>
      link === undefined
        ? one.item === item.id && one.issueKey === issue.key
        : one.id === linkKey(link) || one.id.startsWith(`${linkKey(link)}#`),
    );
    const why = link === undefined ? outOfScope(compileItem(item), issue.fields) : undefined;
    return {
      itemId: item.id,
      name: item.name,
      mode: item.mode,
      object: item.salesforce.label,
      module: moduleOf(item.salesforce.object),
      linked: link !== undefined,
      managed: link?.managed ?? null,
      recordId: link?.record ?? null,
      recordUrl: link && connection ? `${connection.instanceUrl}/${link.record}` : null,
      label: record?.label ?? link?.record ?? null,
      preview: record?.preview ?? [],
      status: link === undefined ? null : statusOf(link),
      /** Neither side is kept aligned: the reason is told, and it goes on by itself. */
      resting: link?.state.kind === 'paused',
      canUnlink: link?.managed === 'manual' && acts,
      /** What would be refused, since there is no licence or no connection, is not offered either. */
      canEdit: acts,
      /** An admin lets the item rest: nothing is linked and nothing refreshed meanwhile. */
      paused: pauses.all !== undefined || pauses.items[item.id] !== undefined,
      /** A person may link a record: the issue is one that the item covers. */
      canLink: link === undefined && why === undefined && acts,
      /** What moves the issue's status: the rule, or the status field; nothing where neither is set up. */
      statusSync: item.rules !== undefined ? 'rule' : item.status !== undefined ? 'field' : null,
      associations: item.associations,
      /** Labels of the fields in which words are looked for. */
      searched: searched.get(item.salesforce.object) ?? [],
      ...told(
        !licensed()
          ? { attention: notLicensed }
          : connection === undefined
            ? notConnected
            : open !== undefined
              ? { attention: open.cause, remedy: `${asSentence(open.remedy)} A Jira admin finds this under attention.` }
              : link === undefined
                ? { attention: why }
                : trouble(item, link, record),
      ),
    };
  });
}

const told = ({ attention, remedy }: Told) => ({
  attention: attention === undefined ? null : asSentence(attention),
  remedy: remedy === undefined ? null : asSentence(remedy),
});

const notConnected: Told = {
  attention: 'The bridge is not connected to Salesforce, so nothing is synced and no values are shown.',
  remedy: 'A Jira admin can connect it in the app’s settings; the links are kept until then.',
};

/** By object. What an org that cannot be read has, nobody knows; the cards are shown all the same. */
async function searchedOf(deps: AppDeps, items: readonly ItemPlan[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const objects = [...new Set(items.map(({ salesforce }) => salesforce.object))];
  const found = await Promise.all(
    objects.map(async object => {
      const described = await describedObject(deps, object, atHand).catch((problem: unknown) => {
        if (!(problem instanceof PortError)) throw problem;
        return undefined;
      });
      return [object, described === undefined ? [] : searchedFields(described).map(({ label }) => label)] as const;
    }),
  );
  return new Map(found);
}

const statusOf = ({ status }: Link): string | null =>
  status === undefined ? null : `${status.salesforce ?? 'empty'} in Salesforce, ${status.jira} in Jira`;

const goesOn = 'Meanwhile neither side is changed; it goes on by itself once';

/** An agent knows no program. */
const resting = (reason: string): Told =>
  reason === outsideWhere
    ? {
        attention: 'The record is none of those any more that this item keeps aligned.',
        remedy: `${goesOn} the record meets the item’s condition again.`,
      }
    : { attention: reason, remedy: `${goesOn} this is put right, in Salesforce or Jira.` };

function trouble({ status }: ItemPlan, { state, lastOutcome }: Link, record: Shown | undefined): Told {
  if (state.kind === 'paused') return resting(state.reason);
  if (record?.missing !== undefined) return record.missing;
  if (lastOutcome === undefined || lastOutcome.kind === 'ok') return {};
  return {
    attention: lastOutcome.message,
    remedy:
      lastOutcome.kind === 'blocked'
        ? status === undefined
          ? 'Move the issue by hand, or ask a Jira admin to allow the move in its workflow; then refresh.'
          : 'Ask a Jira admin to allow the move in its workflow, then refresh. A move by hand is a later edit: Salesforce takes over the status to which you move it.'
        : undefined,
  };
}
