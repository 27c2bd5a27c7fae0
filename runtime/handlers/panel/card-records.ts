/** What the cards of an issue show of their records, in one composite call; what cannot be read is told on its own card. */
import type { ItemPlan } from '../../../compiler/plan/ir.ts';
import { type Failure, type Link, PortError } from '../../ports.ts';
import type { AppDeps } from '../deps.ts';
import { asSentence } from '../reply.ts';
import { columnsOf, type Labelling, labelling, preview } from './records.ts';

type Row = Readonly<Record<string, unknown>>;

export interface Told {
  readonly attention?: string | undefined;
  /** What can be done about it, and by whom. */
  readonly remedy?: string | undefined;
}

export interface Shown {
  readonly label: string;
  readonly preview: ReturnType<typeof preview>;
  readonly missing?: Told;
}

/**
 * Cards go by the describe that is at hand, however old: what calls a record by its name hardly ever changes, and an
 * agent who opens an issue waits for no describe. A question that is refused is asked anew by a fresh one.
 */
export const atHand = Number.POSITIVE_INFINITY;
const freshMs = 60_000;

/** Each time without one more field that is not to be seen; at last, without any. */
const mostRounds = 5;

interface Reading {
  readonly item: ItemPlan;
  readonly link: Link;
  labels: Labelling;
  columns: readonly string[];
  readonly refused: Failure[];
  row?: Row | undefined;
}

/** An org that cannot be read leaves the cards without their values. */
export async function recordsOf(
  deps: AppDeps,
  items: readonly ItemPlan[],
  links: ReadonlyMap<string, Link>,
): Promise<ReadonlyMap<string, Shown>> {
  const wanted = items.flatMap(item => {
    const link = links.get(item.id);
    return link === undefined ? [] : [{ item, link }];
  });
  try {
    return new Map((await read(deps, wanted)).map(one => [one.item.id, shownOf(one)]));
  } catch (problem) {
    if (!(problem instanceof PortError)) throw problem;
    const missing = unread(problem.failure);
    return new Map(wanted.map(({ item, link }) => [item.id, { label: link.record, preview: [], missing }]));
  }
}

async function read(deps: AppDeps, wanted: readonly Pick<Reading, 'item' | 'link'>[]): Promise<readonly Reading[]> {
  const labelsOf = ({ item }: Pick<Reading, 'item'>, maxAgeMs: number) =>
    labelling(deps, item.salesforce.object, maxAgeMs);
  const all: readonly Reading[] = await Promise.all(
    wanted.map(async one => ({
      ...one,
      labels: await labelsOf(one, atHand),
      columns: columnsOf(one.item),
      refused: [],
    })),
  );
  let open = all;
  for (let round = 1; open.length > 0 && round <= mostRounds; round++) {
    const { answers } = await deps.salesforce.query(
      open.map(({ item, link, labels, columns }) => ({
        soql: `SELECT ${[...new Set([...labels.columns, ...columns])].join(', ')} FROM ${item.salesforce.object} WHERE Id = '${link.record}'`,
        // A field that is not to be seen is the matter of its own card.
        optional: true,
      })),
    );
    const again: Reading[] = [];
    for (const [at, one] of open.entries()) {
      const failure = answers[at]?.failure;
      one.row = answers[at]?.rows[0];
      if (failure === undefined) continue;
      again.push(one);
      one.refused.push(failure);
      const [hidden] = failure.fields;
      const isLast = hidden === undefined || round === mostRounds - 1;
      one.columns = isLast ? [] : one.columns.filter(column => column.split('.').at(-1) !== hidden);
    }
    if (round === 1) for (const one of again) one.labels = await labelsOf(one, freshMs);
    open = again;
  }
  return all;
}

function shownOf({ item, link, labels, columns, refused, row }: Reading): Shown {
  const missing = refused.length === 0 ? undefined : unreadable(refused);
  if (row === undefined) return { label: link.record, preview: [], missing: missing ?? gone };
  return {
    label: labels.label(row),
    preview: preview(item, row).filter(({ field }) => columns.includes(field)),
    ...(missing && { missing }),
  };
}

const unreadable = (refused: readonly Failure[]): Told => ({
  attention: [...new Set(refused.map(({ message }) => asSentence(message)))].join(' '),
  remedy: 'A Salesforce admin can let the Run As user see it, or a Jira admin takes it off this card.',
});

const gone: Told = {
  attention: 'The record is deleted, or the Run As user may not see it.',
  remedy: 'Restore it in Salesforce, or ask a Salesforce admin to share it with the Run As user.',
};

/** What is wrong with the connection is for those to read who can mend it. */
const unread = ({ kind, message }: Failure): Told =>
  kind === 'unauthorized'
    ? {
        attention: 'The bridge cannot log in to Salesforce, so no values are shown.',
        remedy: 'A Jira admin finds what is wrong in the app’s settings. Nothing is lost meanwhile.',
      }
    : {
        attention: `Salesforce cannot be read just now: ${message}`,
        remedy: 'Nothing is lost. This card is read again every minute.',
      };
