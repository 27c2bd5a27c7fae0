/** What a scenario of one case on both sides does again and again, and its item. */
import { expect } from 'vitest';
import { writesOf } from './outside.ts';
import type { Scenario } from './scenario.ts';

/** The scenario is opened later than its helpers are named. */
export function playOn(scenario: () => Scenario) {
  const clear = () => scenario().outside.control('DELETE', '/control/calls');
  const cycles = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at++) await scenario().nextCycle();
  };
  return {
    clear,
    cycles,
    conditions: (wanted: unknown) => scenario().outside.control('PUT', '/control/conditions', wanted),
    /** No write at all from the third cycle on. */
    async quiet(): Promise<void> {
      await cycles(2);
      await clear();
      await cycles(3);
      expect(await writesOf(scenario().outside)).toEqual([]);
    },
    inJira: (key: string, fields: Readonly<Record<string, unknown>>) =>
      scenario().outside.jira('agent', 'PUT', `/rest/api/3/issue/${key}`, { fields }),
    subjectOf: async (record: string) =>
      (await scenario().rows<{ Subject: string }>(`SELECT Subject FROM Case WHERE Id = '${record}'`))[0]?.Subject,
    journal: async () => (await scenario().outside.state()).journal,
  };
}

export const item = (sync: string, fields: string, ...clauses: readonly string[]) => `item cases "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync ${sync}
  create all
  fields {
    ${fields}
  }
  ${clauses.join('\n  ')}
}
`;
export const twoWay = item('two-way', 'Subject <-> summary');
