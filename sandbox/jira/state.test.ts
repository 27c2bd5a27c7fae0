import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Issue } from './model.ts';
import { persistentState } from './persistent-state.ts';
import { memoryState } from './state.ts';

const declared = [{ key: 'k', path: 'a.b', type: 'string' }] as const;

const issueOf = (id: number, projectId: string, updated: number, marker: string | null): Issue => ({
  id: String(id),
  key: `P${projectId}-${id}`,
  projectId,
  typeId: '1',
  statusId: '1',
  creator: 'x',
  created: 0,
  updated,
  statusChanged: 0,
  resolved: null,
  values: {},
  properties: marker === null ? {} : { k: { a: { b: marker } } },
});

/** Puts with any time, also back in time, and removals; small ranges, so that they meet. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      put: fc.integer({ min: 1, max: 12 }),
      project: fc.constantFrom('1', '2'),
      at: fc.integer({ min: 0, max: 30 }),
      marker: fc.option(fc.constantFrom('x', 'y')),
    }),
  },
  { weight: 1, arbitrary: fc.record({ remove: fc.integer({ min: 1, max: 12 }) }) },
);

describe.each([
  ['in memory', memoryState],
  ['in a file', (properties: typeof declared) => persistentState(':memory:', properties)],
])('the documents %s', (_where, makeState) => {
  it('find by every index exactly what a scan would find, whatever was written before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), steps => {
        const state = makeState(declared);
        const model = new Map<string, Issue>();
        for (const item of steps) {
          if ('remove' in item) {
            state.removeIssue(String(item.remove));
            model.delete(String(item.remove));
            continue;
          }
          const issue = issueOf(item.put, model.get(String(item.put))?.projectId ?? item.project, item.at, item.marker);
          state.putIssue(issue);
          model.set(issue.id, issue);
        }
        const ids = (issues: Iterable<Issue>): string[] => [...issues].map(issue => issue.id).sort();
        const scan = (test: (issue: Issue) => boolean): string[] => ids([...model.values()].filter(test));
        expect(ids(state.issues())).toEqual(scan(() => true));
        for (const project of ['1', '2']) {
          expect(ids(state.issuesOfProject(project))).toEqual(scan(issue => issue.projectId === project));
        }
        for (const from of [0, 7, 15, 31]) {
          const since = [...state.issuesUpdatedSince(from)];
          expect([...new Set(ids(since))]).toEqual(scan(issue => issue.updated >= from));
          expect(since.map(issue => issue.updated)).toEqual(since.map(issue => issue.updated).sort((a, b) => a - b));
        }
        for (const marker of ['x', 'y']) {
          const holds = (issue: Issue) => JSON.stringify(issue.properties).includes(`"${marker}"`);
          expect(ids(state.issuesWithProperty('k', 'a.b', marker))).toEqual(scan(holds));
        }
        for (const issue of model.values()) expect(state.issueByKey(issue.key.toLowerCase())).toBe(issue);
      }),
      { numRuns: 100 },
    );
  });
});
