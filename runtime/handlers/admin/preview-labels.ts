/** The records of a preview by what people call them. */
import type { Plan } from '../../../compiler/plan/ir.ts';
import type { Preview } from '../../run/index.ts';
import type { AppDeps } from '../deps.ts';
import { labelling } from '../panel/records.ts';

type Items = Preview['items'];

/** Adds labels by record id: `00001026 [Subject]`, `Name [Email]`, … */
export const withLabels = (deps: AppDeps, plan: Plan, items: Items) =>
  Promise.all(
    items.map(async item => {
      const ids = [...new Set(item.entries.flatMap(({ record }) => (record === '' ? [] : [record])))];
      const object = plan.items.find(({ id }) => id === item.itemId)?.salesforce.object;
      if (ids.length === 0 || object === undefined) return { ...item, labels: {} };
      const { columns, label } = await labelling(deps, object);
      const list = ids.map(id => `'${id}'`).join(', ');
      const { answers } = await deps.salesforce.query([
        { soql: `SELECT ${columns.join(', ')} FROM ${object} WHERE Id IN (${list})` },
      ]);
      const labels = (answers[0]?.rows ?? []).map(row => [String(row.Id), label(row)] as const);
      return { ...item, labels: Object.fromEntries(labels) };
    }),
  );
