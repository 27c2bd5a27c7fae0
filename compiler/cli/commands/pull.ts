import { parse } from '../../../dsl/index.ts';
import { configName } from '../../config/config.ts';
import { writeSnapshot } from '../../metadata/snapshot.ts';
import type { Arguments, Command } from '../command.ts';
import { failure } from '../command.ts';
import type { Host } from '../host.ts';
import { findPrograms, readable } from '../paths.ts';
import { configuredSnapshot, readSources, snapshotName } from '../program.ts';
import { baseOf } from '../pull/http.ts';
import { jiraApi, readJira } from '../pull/jira.ts';
import { readSalesforce, salesforceBase, signIn } from '../pull/salesforce.ts';
import type { Scope } from '../pull/scope.ts';
import { scopeOf } from '../pull/scope.ts';

const secretNames = { salesforce: 'BRIDGE_SALESFORCE_CLIENT_SECRET', jira: 'BRIDGE_JIRA_TOKEN' };

export const pull: Command = {
  usage: '[PATHS…] --salesforce URL --client-id ID --jira URL --email EMAIL [options]',
  about: `Reads what an org and a site offer (objects, fields, projects, screens, workflows; no records, no issues, no
people) and writes it to ${snapshotName}, which check and compile then use, in CI too. Without --all it reads what
the items under the paths use.

The secrets come from the environment: ${secretNames.salesforce} and ${secretNames.jira}.
With --check nothing is written; the exit status is 1 when the snapshot is stale.`,
  options: {
    salesforce: { value: 'URL', about: "the org's My Domain address" },
    'client-id': { value: 'ID', about: 'of the External Client App' },
    jira: { value: 'URL', about: "the site's address" },
    email: { value: 'EMAIL', about: 'of the Jira user whose API token is used' },
    all: { about: 'the whole catalogue instead of what the items use' },
    check: { about: 'only tells whether the snapshot is stale' },
    metadata: {
      value: 'FILE',
      about: `where the snapshot goes; without it, where ${configName} says, or ${snapshotName} in this folder`,
    },
  },
  async run(args, host) {
    const salesforceUrl = salesforceBase(required(args, 'salesforce'));
    const jiraUrl = baseOf('jira', required(args, 'jira'));
    const clientId = required(args, 'client-id');
    const email = required(args, 'email');
    const secrets = { salesforce: secret(host, secretNames.salesforce), jira: secret(host, secretNames.jira) };

    const scope = args.flags.has('all') ? 'all' : await usedScope(args, host);
    const api = await signIn({ url: salesforceUrl, clientId, secret: secrets.salesforce }, host);
    const salesforce = await readSalesforce(api, scope, host);
    const jira = await readJira(jiraApi(jiraUrl, email, secrets.jira), scope, host);
    const text = writeSnapshot({ salesforce, jira });

    const path = args.values.metadata ?? (await configuredSnapshot('.', host)) ?? snapshotName;
    if (!args.flags.has('check')) {
      await readable(path, () => host.files.write(path, text), 'write');
      host.err(`wrote ${path}\n`);
      return 0;
    }
    const old =
      (await host.files.kind(path)) === 'file' ? await readable(path, () => host.files.read(path)) : undefined;
    const fresh = old !== undefined && new TextDecoder().decode(old) === text;
    host.out(
      fresh ? `${path} is up to date.\n` : `${path} is ${old === undefined ? 'missing' : 'stale'}: run bridge pull.\n`,
    );
    return fresh ? 0 : 1;
  },
};

async function usedScope(args: Arguments, host: Host): Promise<Scope> {
  const programs = await findPrograms(args.paths, host);
  const sources = await Promise.all(programs.map(program => readSources(program.files, undefined, host)));
  return scopeOf(sources.flat().map(source => parse(source).program));
}

function required(args: Arguments, name: string): string {
  const value = args.values[name];
  if (value === undefined) throw failure(`--${name} is missing.`, 'bridge help pull shows what it needs.');
  return value;
}

function secret(host: Host, name: string): string {
  const value = host.env[name];
  if (!value)
    throw failure(
      `the environment variable ${name} is not set.`,
      'Secrets are read from the environment only, so that they stay out of shell histories and logs.',
    );
  return value;
}
