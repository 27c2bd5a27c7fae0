/** What the grammar says of the steps of a test: when cycles run, which record they change, which side is meant. */
import { expect, it } from 'vitest';
import { metadata } from '../../../test/kit/metadata.ts';
import { writeSnapshot } from '../../metadata/snapshot.ts';
import { bridge } from '../kit/run-bridge.ts';

const program = `item cases "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync custom
  create all
  fields { Subject -> summary or else "no subject" }
  status Status { "New" <-> "To Do"  "Working" <-> "In Progress"  "Closed" <-> "Done"  otherwise keep }
}
`;

it.each([
  [
    'one cycle runs before each `expect`, where no step has `at` or `cycle`',
    'salesforce Subject = "A"  expect summary = "A"  salesforce Subject = "B"  expect summary = "B"',
  ],
  [
    'cycles run only where they stand, where one does',
    'salesforce Subject = "A"  cycle  salesforce Subject = "B"  expect summary = "A"  cycle  expect summary = "B"',
  ],
  [
    'cycles run only where they stand, where a step has `at`',
    'at 0m salesforce Subject = "A"  at 9m expect not created',
  ],
  [
    'a step without `at` happens at the time of the one before',
    'at 0m salesforce Subject = "A"  at 5m cycle  salesforce Subject = "B"  at 5m cycle  expect summary = "B"',
  ],
  [
    'the first `salesforce` step creates the record, later ones change it',
    'salesforce Status = "Working"  salesforce Subject = "B"  expect summary = "B", status = "In Progress"',
  ],
  [
    'in `expect` a side word holds until the next one, and `jira` is meant until one comes',
    'salesforce Subject = "A"  expect summary = "A", salesforce Subject = "A", Status = "New", jira status = "To Do"',
  ],
  [
    'the order of expectations has no meaning',
    'salesforce Subject = "A"  expect writes to salesforce = 0, salesforce Status = "New", created, jira summary = "A"',
  ],
  ['`empty` is what a field without a value holds', 'salesforce Subject = "A"  expect duedate = empty, labels = empty'],
])('L-3 %s', async (_, steps) => {
  const files = {
    'a.bridge': `${program}test "t" for cases { ${steps} }\n`,
    'metadata.lock.json': writeSnapshot(metadata),
  };
  const { status, out, err } = await bridge('test a.bridge', { files });
  expect({ status, said: status === 0 ? '' : out + err }).toEqual({ status: 0, said: '' });
});
