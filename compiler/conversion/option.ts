/**
 * Choices. Inside the bridge a choice is its value or name, and several are a sorted list of them; on the
 * wire Jira wraps each in an object, and Salesforce joins a multi-picklist with semicolons.
 */
import type { Converted, Step } from './conversion.ts';
import { done, failed, quoted, spelled } from './conversion.ts';
import { normalLine } from './text.ts';

/** Between parent and child of a cascading choice. */
export const cascade = ' / ';

/** The value of an option, the name of a priority, component, version or group, the key of a project or issue. */
export function choiceOf(raw: unknown, ...keys: readonly string[]): string | null {
  if (typeof raw === 'string') return normalLine(raw) || null;
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
  if (typeof raw !== 'object' || raw === null) return null;
  for (const key of keys) {
    const part = Object.hasOwn(raw, key) ? (raw as Record<string, unknown>)[key] : undefined;
    if (typeof part === 'string' || typeof part === 'number') return normalLine(String(part)) || null;
  }
  return null;
}

/** Of a cascading option: `Hardware`, or `Hardware / Laptop`. */
export function cascadeOf(raw: unknown): string | null {
  const parent = choiceOf(raw, 'value', 'id');
  if (parent === null || typeof raw !== 'object' || raw === null || !('child' in raw)) return parent;
  const child = choiceOf(raw.child, 'value', 'id');
  return child === null ? parent : `${parent}${cascade}${child}`;
}

/** Sorted and without repetition; null when there is none. */
export function choicesOf(raw: unknown, ...keys: readonly string[]): readonly string[] | null {
  const all = (Array.isArray(raw) ? raw : [raw]).map(one => choiceOf(one, ...keys)).filter(one => one !== null);
  const distinct = [...new Set(all)].sort();
  return distinct.length === 0 ? null : distinct;
}

/** The parts of a multi-picklist, or of a text that lists several. */
export function partsOf(raw: unknown): readonly string[] | null {
  if (typeof raw === 'string') return choicesOf(raw.split(';'));
  return Array.isArray(raw) ? choicesOf(raw) : choicesOf(raw, 'value', 'name');
}

/** How several choices read as one text. */
export const listed = (values: readonly string[]): string => values.join('; ');

const one = (value: unknown): Converted => {
  const all = Array.isArray(value) ? value : [value];
  return all.length === 1
    ? done(spelled(all[0]))
    : failed(`there are ${all.length} values (${quoted(listed(all.map(spelled)))}), and the field takes one`);
};
const oneAs =
  (wrap: (text: string) => unknown): Step =>
  value => {
    const result = one(value);
    return result.ok ? done(wrap(spelled(result.value))) : result;
  };
const manyAs =
  (wrap: (text: string) => unknown): Step =>
  value =>
    done((partsOf(value) ?? []).map(wrap));

export const writeOption = oneAs(value => ({ value }));
export const writeNamed = oneAs(name => ({ name }));
export const writeKeyed = oneAs(key => ({ key }));
export const writeOptions = manyAs(value => ({ value }));
export const writeNamedList = manyAs(name => ({ name }));

export const writeCascade = oneAs(text => {
  const at = text.indexOf(cascade);
  if (at < 0) return { value: text };
  return { value: text.slice(0, at), child: { value: text.slice(at + cascade.length) } };
});

/** A label holds no blanks. */
export const writeLabels: Step = value => {
  const labels = partsOf(value) ?? [];
  const bad = labels.find(label => /\s/.test(label));
  return bad === undefined ? done(labels) : failed(`${quoted(bad)} has a space in it, which a Jira label cannot have`);
};

export const writePicklist: Step = one;

export const writeMultiPicklist: Step = value => {
  const values = Array.isArray(value) ? (choicesOf(value) ?? []) : (partsOf(value) ?? []);
  const bad = values.find(part => part.includes(';'));
  return bad === undefined
    ? done(values.join(';'))
    : failed(`${quoted(bad)} has a semicolon in it, which separates the values of a multi-select picklist`);
};
