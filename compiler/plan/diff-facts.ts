/** What the org and the site say of the fields that both plans use, where that changed: lengths, types, labels. */
import type { Change } from './diff-change.ts';
import type { ItemPlan, JiraField, SalesforceField } from './ir.ts';
import { isJiraField, isSalesforceField, meaningOf } from './meaning.ts';

export function factChanges(before: ItemPlan, after: ItemPlan): readonly Change[] {
  const old = factsOf(before);
  const changes: Change[] = [];
  for (const [key, now] of factsOf(after)) {
    const then = old.get(key);
    if (then === undefined || [...then.keys()].sort().join() === [...now.keys()].sort().join()) continue;
    const part = `fields-of-${key}`;
    const [a] = then.values();
    const [b] = now.values();
    const aspects = a === undefined || b === undefined ? [] : aspectsOf(a, b);
    const text = aspects.length > 0 ? aspects.join(', ') : 'is described in another way';
    changes.push({ group: 'system', effect: 'other', part, text: `${nameOf(b ?? a!)}: ${text}` });
  }
  return changes;
}

type Field = SalesforceField | JiraField;

/** By field, everything that is said of it; more than once only if a plan contradicts itself. */
function factsOf(item: ItemPlan): ReadonlyMap<string, ReadonlyMap<string, Field>> {
  const facts = new Map<string, Map<string, Field>>();
  const note = (key: string, field: Field) => {
    const known = facts.get(key) ?? new Map<string, Field>();
    facts.set(key, known.set(meaningOf(field), field));
  };
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if (isSalesforceField(part)) note(`salesforce.${part.path.join('.')}`, part);
    else if (isJiraField(part)) note(`jira.${part.id}`, part);
    else for (const inner of Object.values(part)) walk(inner);
  };
  walk(item);
  return facts;
}

const nameOf = (field: Field): string =>
  isSalesforceField(field) ? `${field.path.join('.')} in Salesforce` : `${field.name} in Jira`;

function aspectsOf(before: Field, after: Field): readonly string[] {
  const said: string[] = [];
  const a = before as unknown as Readonly<Record<string, unknown>>;
  const b = after as unknown as Readonly<Record<string, unknown>>;
  for (const [key, words] of Object.entries(aspects)) if (a[key] !== b[key]) said.push(words(b[key], a[key]));
  return said;
}

const aspects: Readonly<Record<string, (now: unknown, before: unknown) => string>> = {
  label: (now, before) => `it is called ${JSON.stringify(now)}, before ${JSON.stringify(before)}`,
  name: (now, before) => `it is called ${JSON.stringify(now)}, before ${JSON.stringify(before)}`,
  type: (now, before) => `its type is ${now}, before ${before}`,
  length: (now, before) => `it takes ${lengthText(now)}, before ${lengthText(before)}`,
  nillable: now => (now ? 'it can be empty now' : 'it cannot be empty any more'),
  required: now => (now ? 'it is required now' : 'it is not required any more'),
  filterable: now => (now ? 'records can be filtered by it now' : 'records cannot be filtered by it any more'),
};
const lengthText = (length: unknown): string => (length === undefined ? 'any length' : `up to ${length} characters`);
