import { parse } from '../../../dsl/index.ts';
import type { Metadata } from '../../metadata/model.ts';
import { writeSnapshot } from '../../metadata/snapshot.ts';
import { listText } from '../../plan/words.ts';
import { counted } from '../../render/report.ts';
import type { Arguments, Command } from '../command.ts';
import { failure } from '../command.ts';
import type { Host } from '../host.ts';
import { findPrograms, NoFiles, type ProgramPaths, readable } from '../paths.ts';
import { readSources, snapshotName, snapshotPlace } from '../program.ts';
import { baseOf, Refusal, refused } from '../pull/http.ts';
import { jiraApi, readJira } from '../pull/jira.ts';
import { progressOn } from '../pull/progress.ts';
import { readSalesforce, salesforceBase, signIn } from '../pull/salesforce.ts';
import type { Scope } from '../pull/scope.ts';
import { scopeOf } from '../pull/scope.ts';
import { staleness } from '../pull/staleness.ts';

const secretNames = { salesforce: 'BRIDGE_SALESFORCE_CLIENT_SECRET', jira: 'BRIDGE_JIRA_TOKEN' };

export const pull: Command = {
  usage: '[PATHS…] --salesforce URL --client-id ID --jira URL --email EMAIL [options]',
  about: `Reads what an org and a site offer (objects, fields, projects, screens, workflows; no records, no issues, no
people) and writes it to ${snapshotName}, which check and compile then use, in CI too. Without --all it reads what
the items under the paths use.

The secrets come from the environment only: ${secretNames.salesforce} and ${secretNames.jira}.
The org's address is its My Domain (https://acme.my.salesforce.com); its External Client App has the client credentials flow
with a Run As user. Workflow edges are read where the Jira user is an administrator, and left out where not.

With --check nothing is written: the exit status is 0 when the snapshot is what a pull would write, 1 when it is stale or
missing, and 2 when that cannot be told.`,
  options: {
    salesforce: { value: 'URL', about: "the org's My Domain address" },
    'client-id': { value: 'ID', about: 'of the External Client App' },
    jira: { value: 'URL', about: "the site's address" },
    email: { value: 'EMAIL', about: 'of the Jira user whose API token is used' },
    all: { about: 'the whole catalogue instead of what the items use' },
    check: { about: 'only tells whether the snapshot is stale' },
    metadata: {
      value: 'FILE',
      about: `where the snapshot goes; without it, where check would look for it, or ${snapshotName} in this folder`,
    },
  },
  examples: [
    [
      'bridge pull items --salesforce https://acme.my.salesforce.com --client-id … --jira https://acme.atlassian.net --email …',
      'what the items use',
    ],
    [
      'bridge pull --all --salesforce … --client-id … --jira … --email …',
      'the whole catalogue, to write new items with',
    ],
    [
      'bridge pull items --check --salesforce … --client-id … --jira … --email …',
      'for a nightly job: ends with 1 when stale',
    ],
  ],
  async run(args, host) {
    refuseIncomplete(args);
    const salesforceUrl = salesforceBase(required(args, 'salesforce'));
    const jiraUrl = baseOf('jira', required(args, 'jira'));
    const clientId = required(args, 'client-id');
    const email = required(args, 'email');
    const secrets = { salesforce: secret(host, secretNames.salesforce), jira: secret(host, secretNames.jira) };

    const programs = await programsUnder(args, host);
    const path = args.values.metadata ?? (await placeFor(programs, host));
    const scope = args.flags.has('all') ? 'all' : await usedScope(programs, host);
    const progress = progressOn(host);
    const metadata = await refusalsNamed(async () => {
      const api = await signIn({ url: salesforceUrl, clientId, secret: secrets.salesforce }, host);
      const salesforce = await readSalesforce(api, scope, host, progress);
      return { salesforce, jira: await readJira(jiraApi(jiraUrl, email, secrets.jira), scope, host, progress) };
    }).finally(() => progress.end());
    host.err(notFound(scope, metadata, email));
    const text = writeSnapshot(metadata);

    if (!args.flags.has('check')) {
      await readable(path, () => host.files.write(path, text), 'write');
      host.err(`wrote ${path}: ${summary(metadata)}\n`);
      return 0;
    }
    const old =
      (await host.files.kind(path)) === 'file' ? await readable(path, () => host.files.read(path)) : undefined;
    const found = old && new TextDecoder().decode(old);
    if (found === text) {
      host.out(`${path} is up to date.\n`);
      return 0;
    }
    const why = found === undefined ? undefined : staleness(found, text);
    const state = found === undefined ? 'missing' : `stale${why === undefined ? '' : `, for ${why}`}`;
    host.out(`${path} is ${state}: run bridge pull.\n`);
    return 1;
  },
};

async function refusalsNamed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Refusal ? refused(error) : error;
  }
}

/** What the items name and neither side shows: a slip, or a right that is missing. The check says which items. */
function notFound(scope: Scope | 'all', { salesforce, jira }: Metadata, email: string): string {
  if (scope === 'all') return '';
  const objects = new Set(salesforce.objects.map(({ name }) => name.toLowerCase()));
  const projects = new Set(jira.projects.map(({ key }) => key));
  return [
    ...[...scope.objects.keys()]
      .filter(name => !objects.has(name.toLowerCase()))
      .map(name => `the org shows no object ${name} to its Run As user\n`),
    ...(scope.projects ?? [])
      .filter(key => !projects.has(key.toUpperCase()))
      .map(key => `the site shows no project ${key} to ${email}\n`),
  ].join('');
}

function summary({ salesforce, jira }: Metadata): string {
  const described = salesforce.objects.filter(({ fields }) => fields !== undefined).length;
  return `${counted(described, 'object')} of the org with their fields, ${counted(jira.projects.length, 'project')} of the site`;
}

/** With `--all` there need not be any yet. */
async function programsUnder({ flags, paths }: Arguments, host: Host): Promise<readonly ProgramPaths[]> {
  try {
    return await findPrograms(paths, host);
  } catch (error) {
    if (flags.has('all') && error instanceof NoFiles) return [];
    throw error;
  }
}

/** Where the programs look for their snapshot. */
async function placeFor(programs: readonly ProgramPaths[], host: Host): Promise<string> {
  const folders = programs.length === 0 ? ['.'] : programs.map(({ folder }) => folder);
  const places = new Set(await Promise.all(folders.map(folder => snapshotPlace(folder, host))));
  const [place] = places;
  if (places.size === 1) return place!;
  throw failure(
    `the programs under these paths have ${places.size} snapshots: ${[...places].join(', ')}.`,
    'Pull for one of their folders, or name one with --metadata FILE.',
  );
}

async function usedScope(programs: readonly ProgramPaths[], host: Host): Promise<Scope> {
  const sources = await Promise.all(programs.map(program => readSources(program.files, undefined, host)));
  return scopeOf(sources.flat().map(source => parse(source).program));
}

const needed = ['salesforce', 'client-id', 'jira', 'email'] as const;

/** All that is missing at once: nobody wants to learn it in four tries. */
function refuseIncomplete({ values }: Arguments): void {
  const missing = needed.filter(name => values[name] === undefined).map(name => `--${name}`);
  if (missing.length === 0) return;
  throw failure(
    `${listText(missing, 'and')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    'bridge help pull shows what it needs.',
  );
}

const required = ({ values }: Arguments, name: (typeof needed)[number]): string => values[name]!;

function secret(host: Host, name: string): string {
  const value = host.env[name];
  if (!value)
    throw failure(
      `the environment variable ${name} is not set.`,
      'Secrets are read from the environment only, so that they stay out of shell histories and logs.',
    );
  return value;
}
