/** What of a bound item decides its cost, so that a program is reckoned up without being lowered. */
import { type BoundItem, isOn, jiraFieldOf, writesJira, writesSalesforce, writtenStatusOf } from '../bind/bound.ts';
import { type Costing, isPerson } from '../plan/cost.ts';

/** As the plan will say it; nothing for an item that has no plan. */
export function costingOf(item: BoundItem): Costing | undefined {
  const { id, object, mode, mappings, rules, clauses } = item;
  if (id === undefined || object === undefined || mode === undefined) return undefined;
  const syncsStatus = writtenStatusOf(item) !== undefined;
  const toJira = mappings.filter(({ arrow, target }) => writesJira(arrow) && jiraFieldOf(target) !== undefined);
  const [create] = clauses.create;
  return {
    id,
    object: object.name,
    synchronized: mode !== 'display-only',
    comments: clauses.comments[0] !== undefined && isOn(clauses.comments[0].state),
    attachments: clauses.switch.some(({ feature, state }) => feature === 'attachments' && isOn(state)),
    writesJira: toJira.length > 0,
    writesSalesforce: syncsStatus || mappings.some(({ arrow }) => writesSalesforce(arrow)),
    moves: rules.length > 0 || syncsStatus,
    people: toJira.filter(({ target }) => isPerson(jiraFieldOf(target)!.field.type)).length,
    creates: create?.records.kind === 'name' && /^(matching|all)$/.test(create.records.text),
  };
}
