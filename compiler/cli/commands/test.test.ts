import { describe, expect, it } from 'vitest';
import { describedField, describedObject, lookupField, metadata, picklist } from '../../../test/kit/metadata.ts';
import { objectFromDescribe } from '../../metadata/salesforce.ts';
import { writeSnapshot } from '../../metadata/snapshot.ts';
import { bridge } from '../kit/run-bridge.ts';

const item = (
  clauses: string,
  head = 'salesforce Case\n  jira SUP / "Incident"\n  sync custom',
) => `item cases "Cases" {
  ${head}
  ${clauses}
}
`;
const usual = item(`create all
  fields {
    Subject -> summary or else "Case {CaseNumber}"
    Priority <-> priority { "High" <-> "Highest"  "Medium" <-> "Medium"  "Low" <-> "Low"  otherwise keep }
    Notes__c <- "Resolution notes"
    Owner.Email -> assignee or else skip
  }
  status Status { "New" <-> "To Do"  "Working" <-> "In Progress"  "Closed" <-> "Done"  otherwise keep }`);
const test = (name: string, steps: string, of = 'cases') => `test "${name}" for ${of} {\n  ${steps}\n}\n`;
const passing = test(
  'it becomes an issue',
  'salesforce Subject = "Fire"\n  expect created, summary = "Fire", status = "To Do"',
);

const run = (program: string, options = '', more: Readonly<Record<string, string>> = {}) =>
  bridge(`test items ${options}`, { files: { 'items/a.bridge': program, ...more } });
async function runJson(program: string, options = '', more: Readonly<Record<string, string>> = {}) {
  const answer = await run(program, `${options} --format json`, more);
  expect(answer.err).toBe('');
  return { ...answer, report: JSON.parse(answer.out) as Report };
}
interface Report {
  readonly summary: Readonly<Record<string, number>>;
  readonly tests: readonly {
    name: string;
    passed: boolean;
    line: number;
    failures: { code: string; message: string }[];
    writes: string[];
  }[];
  readonly diagnostics: readonly { code: string; message: string; reason?: string; help?: string }[];
  readonly coverage?: { percent: number; uncovered: { what: string; line: number }[] } & Record<
    string,
    { covered: number; total: number }
  >;
}

/** The failures of each test, by name: none for one that passes. */
const outcomes = (report: Report) =>
  Object.fromEntries(report.tests.map(({ name, failures }) => [name, failures.map(({ message }) => message)]));

describe('bridge test', () => {
  it('L-3 runs what the tests of the language page say, and ends with 0', async () => {
    const { status, out, err } = await run(
      usual +
        passing +
        test(
          'a Jira edit is put back',
          `at 0m  salesforce Subject = "Old"
  at 5m  cycle
  at 7m  jira summary = "Mine"
  at 10m cycle
  expect summary = "Old", writes to salesforce = 0`,
        ),
    );
    expect({ status, out, err }).toEqual({
      status: 0,
      out: '✓ it becomes an issue\n✓ a Jira edit is put back\n\n2 tests: 2 passed\n',
      err: '',
    });
  });

  it('L-3 shows where, both values, who owns the field, and what was written on whose word, and ends with 1', async () => {
    const { status, out } = await run(
      usual +
        passing +
        test(
          'it is mine',
          'at 0m salesforce Subject = "Old"\n  at 5m cycle\n  at 7m jira summary = "Mine"\n  at 10m cycle\n  expect summary = "Mine"',
        ),
    );
    expect(status).toBe(1);
    expect(out).toBe(`✓ it becomes an issue
✗ it is mine

error[expected-value]: \`summary\` is \`Old\`, and the test expects \`Mine\`
   ┌ items/a.bridge:23:10
23 │   expect summary = "Mine"
   │          ^^^^^^^^^^^^^^^^
  see: Salesforce owns this field
  ┌ items/a.bridge:7:5
7 │     Subject -> summary or else "Case {CaseNumber}"
  │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  why: 5m: Summary in Jira set to “Old”: a new issue takes Case Subject from Salesforce (items/a.bridge:7)
       10m: Summary in Jira set to “Old”: Summary was edited in Jira, but Salesforce owns it (items/a.bridge:7)

2 tests: 1 failed, 1 passed
`);
  });

  it('L-3 says of each kind of expectation what is there instead, and why', async () => {
    const { report } = await runJson(
      usual.replace('Case\n', 'Case\n  where Origin is not "Web"\n') +
        test(
          'other values',
          'salesforce Subject = "Fire", Priority = "Low"\n  expect priority = "Highest", status = "Done", salesforce Status = "Closed", Priority = "High", writes to jira = 1',
        ) +
        test('no creation', 'salesforce Origin = "Web"\n  expect created, summary = "Fire"') +
        test('creation', 'salesforce Subject = "Fire"\n  expect not created') +
        test('no move', 'at 0m salesforce Subject = "Fire"\n  at 5m cycle\n  at 6m jira status = "Waiting"') +
        test('no record', 'jira summary = "Fire"\n  expect created') +
        test(
          'too long',
          `salesforce Subject = "Fire"\n  at 5m cycle\n  jira priority = "Low", "Customer" = "x"\n  expect summary = empty`,
        ),
    );
    expect(outcomes(report)).toEqual({
      'other values': [
        '`priority` is `Low`, and the test expects `Highest`',
        '`status` is `To Do`, and the test expects `Done`',
        '`Status` is `New`, and the test expects `Closed`',
        '`Priority` is `Low`, and the test expects `High`',
        '2 writes to Jira, and the test expects 1',
      ],
      'no creation': ['no issue was created', 'there is no issue that `summary` could be looked up on'],
      creation: ['SUP-1 was created, and the test expects none'],
      'no move': [],
      'no record': ['this step could not be carried out: no record is there yet; a `salesforce` step makes one'],
      'too long': ['`summary` is `Fire`, and the test expects empty'],
    });
    const reasonOf = (message: string) => report.diagnostics.find(one => one.message === message)?.reason;
    expect(reasonOf('no issue was created')).toBe("the record is outside the item's `where` (items/a.bridge:3)");
  });
});

describe('the world of a test', () => {
  /** Nothing of the demo's: an object, a workflow, options and screens of somebody's own. */
  const ownObject = objectFromDescribe(
    describedObject(
      'Ticket__c',
      [
        describedField('Name', 'string', { label: 'Ticket Name', nameField: true, nillable: false, length: 80 }),
        describedField('Title__c', 'string', { length: 40, nillable: false }),
        picklist('State__c', [], {
          restrictedPicklist: true,
          picklistValues: ['Shut', 'Open'].map(value => ({
            value,
            label: value,
            active: true,
            defaultValue: value === 'Open',
          })),
        }),
        describedField('Age__c', 'double', { calculated: true, createable: false, updateable: false }),
        lookupField('Account__c', 'Account__r', ['Account']),
        lookupField('Owner__c', 'Owner__r', ['User']),
      ],
      { keyPrefix: 'a0X' },
    ),
  );
  const snapshot = writeSnapshot({
    ...metadata,
    salesforce: { ...metadata.salesforce, objects: [...metadata.salesforce.objects, ownObject] },
  });
  const own = { 'items/metadata.lock.json': snapshot };
  const tickets = (place: string, clauses: string) =>
    `item tickets "Tickets" {\n  salesforce Ticket__c\n  jira ${place}\n  sync custom\n  create all\n  ${clauses}\n}\n`;

  it('L-3 has the objects, picklists with their defaults, required fields and people of the snapshot, and formulas as the test says', async () => {
    const { report } = await runJson(
      tickets(
        'OPS / "Task"',
        `fields {
    Title__c <-> summary
    "{Account__r.Name}: {Age__c} days" -> "Customer"
    State__c -> "Severity" { "Open" -> "Major"  "Shut" -> "Minor" } or else skip
    Owner__r.Email -> assignee or else skip
  }`,
      ) +
        test(
          'of the org',
          `salesforce Account__r.Name = "Acme", Age__c = 12, Owner__r.Email = "agent@example.com"
  expect created, "Customer" = "Acme: 12 days", "Severity" = "Major", assignee = "agent@example.com"`,
          'tickets',
        ) +
        test(
          'of the people',
          'salesforce Owner__r.Email = "nobody@example.com"\n  expect assignee = "agent@example.com"',
          'tickets',
        ) +
        test(
          'of the site',
          'at 0m salesforce State__c = "Open"\n  at 5m cycle\n  at 6m jira summary = "Now it is this", "Customer" = "x"\n  expect salesforce Title__c = "Now it is this"',
          'tickets',
        ) +
        test(
          'as long as it is',
          `salesforce Title__c = "${'long '.repeat(9)}"\n  expect created`,
          'tickets',
        ).replaceAll(' "long', ' "long'),
      '',
      own,
    );
    expect(outcomes(report)).toEqual({
      'of the org': [],
      'of the people': ['`assignee` is empty, and the test expects `agent@example.com`'],
      'of the site': [],
      'as long as it is': [
        expect.stringMatching(/^this step could not be carried out: Salesforce refuses it: .*data value too large/),
      ],
    });
  });

  it('S-7 L-3 has the edges of the workflow, and says when the snapshot does not show them', async () => {
    const rule = 'fields { Title__c -> summary }\n  when State__c is "Shut" move to "Done"\n  otherwise leave';
    const shut = test('done', 'salesforce State__c = "Shut"\n  expect status = "Done"', 'tickets');
    const { report } = await runJson(tickets('SUP / "Task"', rule) + shut, '', own);
    // To Do leads to In Progress only.
    expect(report.diagnostics.filter(({ code }) => code === 'expected-value')).toEqual([
      expect.objectContaining({
        message: '`status` is `To Do`, and the test expects `Done`',
        reason: expect.stringContaining('blocked'),
      }),
    ]);
    const wrong = shut.replace('expect status = "Done"', 'expect status = "Waiting"');
    const guessed = await runJson(
      tickets('OPS / "Task"', `new issue { "Severity" = "Major" }\n  ${rule}`) + shut + wrong,
      '',
      own,
    );
    expect(guessed.report.tests.map(({ passed }) => passed)).toEqual([true, false]);
    expect(guessed.report.diagnostics.find(({ code }) => code === 'expected-value')?.help).toMatch(
      /^the snapshot does not show the transitions of OPS \/ Task/,
    );
  });

  it('L-3 a `jira` step makes and links an issue by hand where none is there', async () => {
    const { report } = await runJson(
      usual.replace('create all', 'create off') +
        test(
          'linked by hand',
          'at 0m salesforce Subject = "Fire", Status = "Working"\n  at 1m jira "Resolution notes" = "Out", "Customer" = "Acme"\n  expect not created, summary = "Fire", status = "In Progress", "Customer" = "Acme", salesforce Notes__c = "Out"',
        ) +
        test('not linked', 'salesforce Subject = "Fire"\n  expect created'),
    );
    expect(outcomes(report)).toEqual({ 'linked by hand': [], 'not linked': ['no issue was created'] });
    expect(report.diagnostics.find(({ code }) => code === 'expected-creation')?.reason).toMatch(
      /^the item does not create issues/,
    );
  });

  it('L-3 begins anew with every test, whichever ran before, in either notation', async () => {
    const second = test(
      'later',
      'at 0m salesforce Subject = "Smoke"\n  at 5m cycle\n  at 6m jira priority = "Low"\n  expect summary = "Smoke", salesforce Priority = "Low"',
    );
    const writes = ({ tests }: Report) =>
      Object.fromEntries(tests.map(one => [one.name, one.writes.map(line => line.replace(/\(.*/, ''))]));
    const both = await runJson(usual + passing + second);
    expect(both.report.summary).toMatchObject({ tests: 2, passed: 2, errors: 0 });
    const turned = await runJson(usual + second + passing);
    expect(writes(turned.report)).toEqual(writes(both.report));
    const alone = await runJson(usual + passing + second, '-t LATER');
    expect(writes(alone.report)).toEqual({ later: writes(both.report).later });
    const yaml = `tests:
  - name: later
    item: cases
    steps:
      - { at: 0m, salesforce: { Subject: Smoke } }
      - { at: 5m, cycle: true }
      - { at: 6m, jira: { priority: Low } }
      - expect: { jira: { summary: Smoke }, salesforce: { Priority: Low } }
`;
    const inYaml = await runJson(usual, '', { 'items/b.bridge.yaml': yaml });
    expect(writes(inYaml.report)).toEqual(writes(alone.report));
  });
});

describe('what is measured and how it is told', () => {
  it('L-3 --coverage names what no test reaches, and --min-coverage holds a line', async () => {
    const { report } = await runJson(usual + passing, '--coverage');
    expect(report.coverage).toMatchObject({
      percent: 36,
      mappings: { covered: 2, total: 5 },
      rules: { covered: 0, total: 0 },
      values: { covered: 1, total: 3 },
      statuses: { covered: 1, total: 3 },
    });
    expect(report.coverage?.uncovered.map(({ what, line }) => `${line}: ${what}`)).toEqual([
      '8: Priority <- Priority',
      '9: Notes__c <- Resolution notes',
      '10: Owner.Email -> Assignee',
      '8: "High" <-> "Highest"',
      '8: "Low" <-> "Low"',
      '12: "Working" <-> "In Progress"',
      '12: "Closed" <-> "Done"',
    ]);
    const short = await run(usual + passing, '--min-coverage 50');
    expect(short.status).toBe(1);
    expect(short.out).toContain('items/a.bridge:9 no test reaches Notes__c <- Resolution notes');
    expect(short.err).toBe('bridge: the tests cover 36 %, and --min-coverage asks for 50 %.\n');
    expect((await run(usual + passing, '--min-coverage 20')).status).toBe(0);
  });

  it('L-3 writes JUnit, GitHub annotations and SARIF', async () => {
    const program = usual + passing + test('it <fails>', 'salesforce Subject = "Fire"\n  expect summary = "Smoke"');
    const junit = await run(program, '--format junit');
    expect(junit.status).toBe(1);
    expect(junit.out).toMatch(/<testsuite name="items\/a.bridge" tests="2" failures="1" time="[\d.]+">/);
    expect(junit.out).toMatch(
      /<testcase classname="cases" name="it becomes an issue" file="items\/a.bridge" line="\d+" time="[\d.]+"\/>/,
    );
    expect(junit.out).toMatch(
      /name="it &lt;fails&gt;"[^>]*><failure type="expected-value" message="`summary` is `Fire`, and the test expects `Smoke`">/,
    );
    const github = await run(program, '--format github');
    expect(github.out).toMatch(/^::error file=items\/a\.bridge,line=\d+,.*title=expected-value::`summary` is `Fire`/);
    const sarif = JSON.parse((await run(program, '--format sarif')).out);
    expect(sarif.runs[0].results[0]).toMatchObject({ ruleId: 'expected-value', level: 'error' });
  });

  it('L-3 --verbose shows all that the bridge did and why', async () => {
    const { out } = await run(usual + passing, '--verbose');
    expect(out).toContain(
      '✓ it becomes an issue\n    5m: SUP-1 created: a new record that the item covers (items/a.bridge:5)',
    );
  });

  it.each([
    ['a filter that nothing meets', usual + passing, '-t nothing', 2, 'no test has “nothing” in its name'],
    ['no tests', usual, '', 2, 'there are no tests in items/a.bridge.'],
    [
      'a coverage that is no number',
      usual + passing,
      '--min-coverage much',
      2,
      '--min-coverage needs a number from 0 to 100',
    ],
    ['a program with errors', usual.replace('summary', 'sumary') + passing, '', 1, 'sumary'],
    ['a test of no item', usual + passing.replace('for cases', 'for case'), '', 1, 'unknown-item'],
  ])('L-3 %s ends with a sentence', async (_, program, options, status, words) => {
    const answer = await run(program, options);
    expect(answer.status).toBe(status);
    expect(answer.out + answer.err).toContain(words);
  });
});
