import { describe, expect, it } from 'vitest';
import { analyseText, itemWith } from '../../test/kit/check.ts';
import { decodePlan, encodePlan } from './encode.ts';

const plan = analyseText(
  itemWith(
    `  where Origin is not "Web" and (Score__c is at least 5 or not Account.Type is one of "Prospect")
  create matching since 2026-01-01
  fields {
    Subject -> summary or else "Case {CaseNumber}"
    Priority <-> priority by p on conflict hold
    Notes__c <- "Resolution notes" cut at 255
    Owner.Email -> assignee or else skip
  }
  new issue { labels = ["a", "b"] }
  status Status { "Working" <-> "Waiting" }
  when Account.Rating is "Hot" move to "Done"
  otherwise leave
  comments on, internal too
  attachments on
  associations on
  show CaseNumber`,
    'values p { "High" <-> "Highest" otherwise keep }',
  ),
).plan!;

describe('the plan as text', () => {
  it('L-2 reads back whole, and encodes to the same bytes whatever the order of keys', () => {
    const text = encodePlan(plan);
    expect(decodePlan(text)).toEqual(plan);
    const reversed = JSON.parse(text, (_, value) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    );
    expect(encodePlan(reversed)).toBe(text);
  });
  it('is refused by place when any node is damaged', () => {
    const good = JSON.parse(encodePlan(plan));
    const paths: (readonly (string | number)[])[] = [];
    const walk = (value: unknown, path: readonly (string | number)[]) => {
      // The value of a setting is Jira's own, and may be anything.
      if (path.includes('newIssue') && path.includes('value')) return;
      if (path.length > 0) paths.push(path);
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value))
        walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
    };
    walk(good, []);
    expect(paths.length).toBeGreaterThan(200);
    for (const path of paths) {
      const bad = structuredClone(good);
      const parent = path.slice(0, -1).reduce((at, key) => at[key], bad);
      parent[path.at(-1)!] = { wrong: true };
      expect(() => decodePlan(JSON.stringify(bad)), path.join('.')).toThrow(/^the plan is/);
    }
  });
  it.each([
    ['nonsense', 'the plan is not JSON'],
    [
      '{"version":7,"items":[]}',
      'this engine runs version 1: a newer version of the app made it, so deploy that one again',
    ],
    ['{"version":0,"items":[]}', 'the plan is of version 0, and this engine runs version 1: save the program again'],
    ['{"version":1,"items":[],"more":1}', 'the plan is damaged: `more` is not known'],
  ])('`%s` is refused', (text, problem) => expect(() => decodePlan(text)).toThrow(problem));
});
