/** P-1: one card for each item that covers the issue's project, linked or not. */
import { moduleOf, searchedFields } from '../../../compiler/catalogue/index.ts';
import type { ItemPlan } from '../../../compiler/plan/ir.ts';
import { compileItem } from '../../engine/index.ts';
import { type Link, linkKey, PortError } from '../../ports.ts';
import { outOfScope } from '../../run/index.ts';
import { type AppDeps, licensed, notLicensed } from '../deps.ts';
import { describedObject } from '../live-metadata.ts';
import { asSentence } from '../reply.ts';
import { columnsOf, labelling, preview } from './records.ts';

type Row = Readonly<Record<string, unknown>>;

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
                : trouble(link, record),
      ),
    };
  });
}

interface Told {
  readonly attention?: string | undefined;
  /** What can be done about it, and by whom. */
  readonly remedy?: string | undefined;
}

const told = ({ attention, remedy }: Told) => ({
  attention: attention === undefined ? null : asSentence(attention),
  remedy: remedy === undefined ? null : asSentence(remedy),
});

const notConnected: Told = {
  attention: 'The bridge is not connected to Salesforce, so nothing is synced and no values are shown.',
  remedy: 'A Jira admin can connect it in the app’s settings; the links are kept until then.',
};

interface Shown {
  readonly label: string;
  readonly preview: ReturnType<typeof preview>;
  readonly missing?: Told;
}

/**
 * Cards go by the describe that is at hand, however old: what calls a record by its name hardly ever changes, and an
 * agent who opens an issue waits for no describe. A question that is refused is asked anew by a fresh one.
 */
const atHand = Number.POSITIVE_INFINITY;
const freshMs = 60_000;

const unreadable: Told = {
  attention: 'The Run As user may not see one of the fields that this card shows.',
  remedy: 'A Jira admin finds its name under attention.',
};
const gone: Told = {
  attention: 'The record is deleted, or the Run As user may not see it.',
  remedy: 'Restore it in Salesforce, or ask a Salesforce admin to share it with the Run As user.',
};

/** One composite call for all cards; an org that cannot be read leaves the cards without their values. */
async function recordsOf(
  deps: AppDeps,
  items: readonly ItemPlan[],
  links: ReadonlyMap<string, Link>,
): Promise<ReadonlyMap<string, Shown>> {
  const found = new Map<string, Shown>();
  const wanted = items.flatMap(item => {
    const link = links.get(item.id);
    return link === undefined ? [] : [{ item, link }];
  });
  if (wanted.length === 0) return found;
  try {
    const labelled = (some: typeof wanted, maxAgeMs?: number) =>
      Promise.all(some.map(({ item }) => labelling(deps, item.salesforce.object, maxAgeMs)));
    const labels = await labelled(wanted, atHand);
    const ask = (some: readonly number[], columns: (at: number) => readonly string[]) =>
      deps.salesforce.query(
        some.map(at => {
          const { item, link } = wanted[at]!;
          const chosen = [...new Set([...labels[at]!.columns, ...columns(at)])].join(', ');
          // A field that is not to be seen is the matter of its own card.
          return {
            soql: `SELECT ${chosen} FROM ${item.salesforce.object} WHERE Id = '${link.record}'`,
            optional: true,
          };
        }),
      );
    const { answers } = await ask([...wanted.keys()], at => columnsOf(wanted[at]!.item));
    const refused = [...answers.keys()].filter(at => answers[at]?.failure !== undefined);
    const fresh = await labelled(
      refused.map(at => wanted[at]!),
      freshMs,
    );
    for (const [index, at] of refused.entries()) labels[at] = fresh[index]!;
    const again = refused.length === 0 ? [] : (await ask(refused, () => [])).answers;
    for (const [at, { item, link }] of wanted.entries()) {
      const retried = refused.indexOf(at);
      const answer = retried < 0 ? answers[at] : again[retried];
      const row: Row | undefined = answer?.rows[0];
      found.set(
        item.id,
        row === undefined
          ? { label: link.record, preview: [], missing: answer?.failure === undefined ? gone : unreadable }
          : retried < 0
            ? { label: labels[at]!.label(row), preview: preview(item, row) }
            : { label: labels[at]!.label(row), preview: [], missing: unreadable },
      );
    }
  } catch (problem) {
    if (!(problem instanceof PortError)) throw problem;
    for (const { item, link } of wanted)
      found.set(item.id, {
        label: link.record,
        preview: [],
        missing: {
          attention: `Salesforce cannot be read just now: ${problem.failure.message}`,
          remedy: 'Nothing is lost. This card is read again every minute.',
        },
      });
  }
  return found;
}

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

function trouble({ state, lastOutcome }: Link, record: Shown | undefined): Told {
  if (state.kind === 'paused') return { attention: state.reason };
  if (record?.missing !== undefined) return record.missing;
  if (lastOutcome === undefined || lastOutcome.kind === 'ok') return {};
  return {
    attention: lastOutcome.message,
    remedy:
      lastOutcome.kind === 'blocked'
        ? 'Move the issue by hand, or ask a Jira admin to allow the move in its workflow; then refresh.'
        : undefined,
  };
}
