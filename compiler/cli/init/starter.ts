/**
 * The files of a starter folder: one item with its tests, what checks them in CI, and what an editor needs. Pure;
 * where the snapshot of an org and a site is at hand, the item names a project and an issue type that are there.
 */
import { createSourceFile, type Notation } from '../../../dsl/index.ts';
import { convert } from '../../../dsl/printer/index.ts';
import { schemaText } from '../../../dsl/yaml/schema.ts';
import { foldText } from '../../conversion/index.ts';
import type { Metadata } from '../../metadata/model.ts';

export interface StarterOptions {
  readonly project: string;
  readonly issueType: string;
  readonly notation: Notation;
}
export interface StarterFile {
  readonly path: string;
  readonly text: string;
  /** A part of a program, which a folder that has one already does not need. */
  readonly program?: true;
}

export function starterFiles(options: StarterOptions): readonly StarterFile[] {
  const { notation } = options;
  return [
    { path: `items/support-cases${endings[notation]}`, text: inNotation(item(options), notation), program: true },
    { path: `items/support-cases.tests${endings[notation]}`, text: inNotation(tests, notation), program: true },
    { path: 'bridge.config.yaml', text: config },
    { path: '.github/workflows/bridge.yml', text: workflow },
    { path: '.vscode/settings.json', text: json(settings) },
    { path: '.vscode/extensions.json', text: json({ recommendations: ['redhat.vscode-yaml'] }) },
    { path: schemaPath, text: schemaText() },
  ];
}

/** Beside the settings that name it, so that it needs neither a network nor an installed package. */
const schemaPath = '.vscode/bridge.schema.json';
const settings = {
  'yaml.schemas': { [schemaPath]: ['*.bridge.yaml', '*.bridge.yml'] },
  'files.insertFinalNewline': true,
};
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const endings = { bridge: '.bridge', yaml: '.bridge.yaml' } as const;

function inNotation(text: string, notation: Notation): string {
  const schema = notation === 'yaml' ? { schema: `../${schemaPath}` } : {};
  const written = convert(createSourceFile('starter.bridge', text), notation, schema).text;
  if (written === undefined) throw new Error('the starter cannot be converted');
  return written;
}

/**
 * The first project and issue type that a site offers, by preference those that the examples speak of; the first type of
 * a project that is asked for.
 */
export function scopeIn(
  { jira }: Metadata,
  wanted?: string,
): { readonly project: string; readonly issueType: string } | undefined {
  const projects = [...jira.projects].sort((a, b) => rank(b.key, wanted ?? 'SUP') - rank(a.key, wanted ?? 'SUP'));
  for (const { key, issueTypes } of projects) {
    const types = issueTypes.filter(({ subtask }) => !subtask);
    const type = types.find(({ name }) => ['Incident', 'Task'].includes(name)) ?? types[0];
    if (type !== undefined) return { project: key, issueType: type.name };
  }
  return undefined;
}

/** What the site is not known to have of a project and an issue type, as a sentence. */
export function unknownIn({ jira }: Metadata, { project, issueType }: StarterOptions): string | undefined {
  const found = jira.projects.find(({ key }) => key === project);
  if (found === undefined) {
    const keys = jira.projects.map(({ key }) => key);
    return `no project ${project} on the site: it has ${listed(keys)}`;
  }
  const names = found.issueTypes.map(({ name }) => name);
  if (names.some(name => foldText(name) === foldText(issueType))) return undefined;
  return `no issue type ${JSON.stringify(issueType)} in ${project}: it has ${listed(names.map(name => JSON.stringify(name)))}`;
}

/** As many as help to choose. */
const MOST = 8;
const listed = (names: readonly string[]): string =>
  names.length === 0
    ? 'none'
    : names.length > MOST
      ? `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more`
      : names.join(', ');

const rank = (key: string, preferred: string): number => (key === preferred ? 1 : 0);

const item = ({ project, issueType }: StarterOptions): string => `# Cases of Salesforce, worked as issues in Jira.
# Left is always Salesforce, right is always Jira; the arrow says who owns the field.

item support-cases "Support cases" {
  salesforce Case
  jira       ${project} / ${JSON.stringify(issueType)}
  sync       custom                     # each mapping below says who owns it
  create     all                        # every case that is new once this is active becomes an issue

  fields {
    # Salesforce owns it: an edit in Jira is put back. A case without a subject is called by its number.
    Subject -> summary or else "Case {CaseNumber}"
  }

  show CaseNumber, Status               # on the card beside the issue
}
`;

const tests = `# What must hold: bridge test plays each of them in a world of its own, and nothing leaves this machine.

test "a new case becomes an issue that is called by its subject" for support-cases {
  salesforce Subject = "Printer on fire"
  expect created, summary = "Printer on fire"
}

test "an edit of the summary in Jira is put back" for support-cases {
  at 0m  salesforce Subject = "Printer on fire"
  at 5m  cycle
  at 7m  jira summary = "Mine"
  at 10m cycle
  expect summary = "Printer on fire", writes to salesforce = 0
}
`;

const config = `# A folder with this file in it is a program of its own. What stands here is checked as the items are.

# Where the snapshot of org and site lies, if not beside this file or above it.
# metadata: metadata.lock.json

# What the program may cost; the check says so before it would cost more.
# budget:
#   salesforceCallsPerDay: 5000
#   jiraPointsPerHour: 10000
#   changesPerHour: 200

# How far a change of the program may reach before somebody is asked.
# guard:
#   links: 50
#   share: 30%
#   newIssues: 50
`;

/** Bridge is looked for among the folder's own packages only: another package of that name is not to be fetched. */
const workflow = `name: bridge
on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v5
        with:
          node-version: 24
      - run: npm ci
      # Findings stand on the changed lines. metadata.lock.json is in the repository, so no secret is needed.
      - run: npx --no bridge check --fail-on warning --format github
      - run: npx --no bridge fmt --check
      - run: npx --no bridge test
      # What a pull request means: who writes what, more or less than before.
      - if: github.event_name == 'pull_request'
        run: npx --no bridge diff "origin/$GITHUB_BASE_REF...HEAD"
`;
