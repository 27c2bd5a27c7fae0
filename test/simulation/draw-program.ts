/** Random programs that are valid. */
import type { Dice } from './dice.ts';
import {
  type Branch,
  type ItemParts,
  type Mapped,
  notLow,
  notWeb,
  onlyWeb,
  type Parts,
  type Prefill,
  policies,
  programOf,
  type SimProgram,
  type Where,
} from './program.ts';
import { type Owner, optional, type Relation, sharedSubject, subject, template } from './relations.ts';

const prefills: readonly Prefill[] = [
  { text: 'labels = "from-salesforce"', field: 'labels', raw: ['from-salesforce'] },
  { text: '"Customer" = "walk-in"', field: 'customfield_10040', raw: 'walk-in' },
];

/** Before everything that happens here, and after all of it. */
const days = ['2026-01-01', '2199-01-01'] as const;

const conditions: readonly Omit<Branch, 'to'>[] = [
  { text: 'Account.Rating is "Hot"', holds: ({ Account }) => Account?.Rating === 'Hot' },
  { text: 'Account.Rating is not "Cold"', holds: ({ Account }) => Account?.Rating !== 'Cold' },
  { text: 'Priority is "High"', holds: ({ Priority }) => Priority === 'High' },
  { text: 'Description is empty', holds: ({ Description }) => (Description ?? '') === '' },
  {
    text: 'Priority is one of "High", "Medium" and Account.Rating is "Hot"',
    holds: ({ Priority, Account }) => (Priority === 'High' || Priority === 'Medium') && Account?.Rating === 'Hot',
  },
  { text: 'not (SuppliedName contains "a")', holds: ({ SuppliedName }) => !/a/i.test(String(SuppliedName ?? '')) },
];
const statuses = ['To Do', 'In Progress', 'Waiting', 'Done'];
/** `shared`: whatever both sides may own, both do. */
export function drawProgram(dice: Dice, shared = false): SimProgram {
  const mappings = drawMappings(dice, shared);
  const rest = drawRest(dice, mappings);
  const across = dice.chance('shared records', 0.15) ? drawAcross(dice.of('shared records'), shared) : undefined;
  if (!dice.chance('two items', 0.15)) {
    return programOf(withOneWriter({ mappings, ...rest, where: drawWhere(dice), across }));
  }
  // Of the same relations, so that what people edit is known by one name, whichever item it is of.
  const own = dice.of('second item');
  const some = mappings
    .filter((_, at) => at === 0 || own.chance(`has ${at}`, 0.6))
    .map(({ relation, owner }) =>
      drawMapped(own, relation, shared ? owner : own.pick(`owner of ${relation.name}`, relation.owners)),
    );
  const beside = { mappings: some, ...drawRest(own, some), where: onlyWeb };
  return programOf(withOneWriter({ mappings, ...rest, where: notWeb, beside, across }));
}

const drawWhere = (dice: Dice): Where | undefined =>
  dice.chance('where', 0.3) ? dice.pick('whom', [notWeb, notLow]) : undefined;

/** An item whose records others may have as well. */
function drawAcross(dice: Dice, shared: boolean): ItemParts {
  const mappings = drawMappings(dice, shared);
  return {
    mappings,
    ...drawRest(dice, mappings),
    where: dice.pick('where', [undefined, undefined, onlyWeb, notWeb, notLow]),
  };
}

/**
 * Of items that share records only one writes a field of Salesforce, and what people edit is known by one name: the
 * one that shares gives way.
 */
function withOneWriter({ across, ...parts }: Parts): Parts {
  if (across === undefined) return parts;
  const others = [parts, ...(parts.beside ? [parts.beside] : [])];
  const all = others.flatMap(({ mappings }) => mappings);
  const isTitle = ({ relation }: Mapped) => relation.target === subject.target;
  const [title] = parts.mappings.filter(isTitle);
  const mappings = across.mappings.flatMap((mapped): readonly Mapped[] => {
    const { relation, owner } = mapped;
    const same = all.filter(one => one.relation.target === relation.target);
    if (isTitle(mapped)) {
      // People edit a summary that only a template gives by no name of Salesforce's.
      const mayWrite = title?.relation === subject || relation !== sharedSubject;
      return [mayWrite ? mapped : { relation: subject, owner: 'salesforce' }];
    }
    if (same.some(one => one.relation !== relation)) return [];
    const isWritten = all.some(one => one.owner !== 'salesforce' && one.relation.field === relation.field);
    if (!isWritten || owner === 'salesforce') return [mapped];
    return relation.owners.includes('salesforce') ? [{ relation, owner: 'salesforce' }] : [];
  });
  const status = across.status === true && others.every(one => one.status !== true);
  const prefill = isFree(across.prefill, mappings) ? across.prefill : undefined;
  return { ...parts, across: { ...across, mappings, status, prefill } };
}

/** All but its mappings and whom it covers. */
function drawRest(dice: Dice, mappings: readonly Mapped[]): Omit<ItemParts, 'mappings' | 'where'> {
  const comments = dice.chance('comments', 0.5)
    ? { internal: dice.chance('internal', 0.3), published: dice.chance('published', 0.3) }
    : undefined;
  return {
    ...drawSteering(dice),
    prefill: drawPrefill(dice, mappings),
    ...(comments && { comments }),
    files: dice.chance('files', 0.3),
    associations: dice.chance('associations', 0.3),
  };
}

/** Another program: whom its first item covers, who owns what there, what steers the status, and what it is called. */
export function reviseProgram(dice: Dice, { parts }: SimProgram): SimProgram {
  const { create, since, where, rule, status } = parts;
  const steering = { ...(rule && { rule }), ...(status && { status }), create, since };
  const others = optional.filter(({ target }) => parts.mappings.every(({ relation }) => relation.target !== target));
  const added = dice.chance('one more', 0.4) && others.length > 0 ? [dice.pick('added', others)] : [];
  const changed = dice.int('changed', parts.mappings.length);
  const mappings = [
    ...parts.mappings.map((mapped, at) =>
      at === changed
        ? drawMapped(dice.of('changed'), mapped.relation, dice.pick('owner', mapped.relation.owners))
        : mapped,
    ),
    ...added.map(relation => drawMapped(dice.of('added'), relation, dice.pick('owner of it', relation.owners))),
  ];
  return programOf(
    withOneWriter({
      ...parts,
      mappings,
      rule: undefined,
      status: false,
      ...(dice.chance('steering', 0.5) ? drawSteering(dice.of('again')) : steering),
      prefill: drawPrefill(dice, mappings),
      where: dice.chance('where', 0.3) && parts.beside === undefined ? (where ? undefined : notWeb) : where,
      // Or called again what it was called at first.
      renamed: (parts.renamed === true) !== dice.chance('renamed', 0.15),
    }),
  );
}

/** What a mapping writes already, is nothing to be given beside it. */
function drawPrefill(dice: Dice, mappings: readonly Mapped[]): Prefill | undefined {
  const free = prefills.filter(prefill => isFree(prefill, mappings));
  return dice.chance('prefill', 0.25) ? dice.pick('prefilled', free) : undefined;
}

const isFree = (prefill: Prefill | undefined, mappings: readonly Mapped[]): boolean =>
  mappings.every(({ relation, owner }) => relation.target !== prefill?.field || owner === 'jira');

function drawMapped(dice: Dice, relation: Relation, owner: Owner): Mapped {
  if (owner !== 'both' || !dice.chance(`conflicts of ${relation.name}`, 0.4)) return { relation, owner };
  return { relation, owner, onConflict: dice.pick(`policy of ${relation.name}`, policies) };
}

function drawSteering(dice: Dice): Pick<Parts, 'rule' | 'status' | 'create' | 'since'> {
  const steering = dice.draw('steering', { rule: 4, status: 4, none: 2 });
  const rule = steering === 'rule' ? drawRule(dice) : undefined;
  const create = dice.chance('off', 0.06)
    ? 'off'
    : rule !== undefined && dice.chance('matching', 0.3)
      ? 'matching'
      : 'all';
  const since = create !== 'off' && dice.chance('since', 0.12) ? dice.pick('day', [days[0], ...days]) : undefined;
  return { ...(rule && { rule }), ...(steering === 'status' && { status: true }), create, since };
}

function drawMappings(dice: Dice, shared: boolean): readonly Mapped[] {
  const name = dice.pick('name', [subject, subject, sharedSubject, template]);
  const others = optional.filter(({ name: own }) => dice.chance(`has ${own}`, 0.6));
  // No target has two writers.
  const apart = others.filter(({ target }, at) => others.findIndex(other => other.target === target) === at);
  return [name, ...apart].map(relation =>
    drawMapped(
      dice,
      relation,
      shared && relation.owners.includes('both') ? 'both' : dice.pick(`owner of ${relation.name}`, relation.owners),
    ),
  );
}

function drawRule(dice: Dice): NonNullable<SimProgram['rule']> {
  const count = dice.chance('two branches', 0.4) ? 2 : 1;
  const first = dice.int('condition', conditions.length);
  const branches = Array.from({ length: count }, (_, at) => ({
    ...conditions[(first + at * 2) % conditions.length]!,
    to: dice.pick(`target ${at}`, statuses),
  }));
  return dice.chance('leave', 0.2) ? { branches } : { branches, otherwise: dice.pick('otherwise', statuses) };
}
