/** A world whose active program was saved by another version of the app: with the plan, and the texts, that it left. */
import type { World } from '../../sandbox/world.ts';

type Plan = Record<string, unknown>;

export function storePlan(
  { forge }: World,
  change: (plan: Plan) => Plan,
  files: Readonly<Record<string, string>>,
): void {
  const changed = forge.kvs.dump().map(row => {
    if (!row.key.startsWith('program:')) return row;
    const { v, text: outer } = JSON.parse(row.json) as { v: number; text: string };
    const { json, ...rest } = JSON.parse(outer) as { json: string };
    const saved = JSON.parse(json) as { plan: string };
    const plan = JSON.stringify(change(JSON.parse(saved.plan) as Plan));
    const inner = JSON.stringify({ ...rest, json: JSON.stringify({ ...saved, files, plan }) });
    return { ...row, json: JSON.stringify({ v, text: inner }) };
  });
  forge.kvs.load(changed);
}
