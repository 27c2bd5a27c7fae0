/** What a test says of a field that Salesforce works out of others: as Salesforce has it, or told as impossible. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bridge } from '../kit/run-bridge.ts';

const snapshot = readFileSync(new URL('../../../examples/metadata.lock.json', import.meta.url), 'utf8');
const contracts = `item contracts "Contracts" {
  salesforce Contract
  jira SUP / "Incident"
  sync custom
  create all
  fields {
    ContractNumber -> summary
    EndDate -> duedate or else skip
    Description <- "Resolution notes" cut at 32000
  }
}
`;
const refused = [
  'this step could not be carried out: Salesforce works `EndDate` out of other fields, and finds `2026-12-31`: set those instead',
];
const told: Readonly<Record<string, readonly [steps: string, failures: readonly string[]]>> = {
  'has what follows from those': [
    'salesforce StartDate = 2026-01-01, ContractTerm = 12\n  expect duedate = 2026-12-31',
    [],
  ],
  'may be named with that value': [
    'salesforce StartDate = 2026-01-01, ContractTerm = 12, EndDate = 2026-12-31\n  expect duedate = 2026-12-31',
    [],
  ],
  'cannot be set to another one from the start, since the next save would take it away': [
    'salesforce StartDate = 2026-01-01, ContractTerm = 12, EndDate = 2026-06-30\n  expect duedate = 2026-06-30',
    refused,
  ],
  'cannot be set to another one later': [
    'salesforce StartDate = 2026-01-01, ContractTerm = 12\n  salesforce EndDate = 2026-06-30\n  expect duedate = 2026-06-30',
    refused,
  ],
  'is no stamp, which a test may set': [
    'salesforce CreatedDate = 2026-01-02T03:04:05Z\n  expect salesforce CreatedDate = 2026-01-02T03:04:05Z',
    [],
  ],
};

describe('a field that Salesforce works out of others', () => {
  it('L-3 is as Salesforce has it, or told as impossible', async () => {
    const tests = Object.entries(told).map(([name, [steps]]) => `test "${name}" for contracts {\n  ${steps}\n}\n`);
    const files = { 'metadata.lock.json': snapshot, 'a.bridge': contracts + tests.join('') };
    const { out, err } = await bridge('test --format json', { files });
    expect(err).toBe('');
    const report = JSON.parse(out) as { tests: { name: string; failures: { message: string }[] }[] };
    expect(
      Object.fromEntries(report.tests.map(({ name, failures }) => [name, failures.map(({ message }) => message)])),
    ).toEqual(Object.fromEntries(Object.entries(told).map(([name, [, failures]]) => [name, failures])));
  }, 120_000);
});
