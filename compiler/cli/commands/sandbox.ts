import { posix } from 'node:path';
import { createSourceFile, parse } from '../../../dsl/index.ts';
import { configName } from '../../config/config.ts';
import type { Command } from '../command.ts';
import { failure } from '../command.ts';
import type { Host } from '../host.ts';
import { findPrograms } from '../paths.ts';
import { readConfigFile, readMetadata, readSources } from '../program.ts';

export const sandbox: Command = {
  usage: '[FILES…] [options]',
  about: `Runs the product on this machine: a Jira, a Salesforce, and the app between them, with pages to play with both
sides. Without files it starts with the example of support cases. It ends with Ctrl-C.

With --metadata both sides have the objects, fields, projects and workflows of that snapshot, and no issues and records
yet; without it they are the demo world of the examples.`,
  options: {
    port: {
      value: 'PORT',
      about: 'of the pages; Jira and Salesforce take the next two; 0 for three free ones; 8400 unless said',
    },
    data: { value: 'DIR', about: 'a folder that keeps everything; the sandbox goes on from what is there' },
    metadata: { value: 'FILE', about: 'a snapshot by bridge pull: your own org and site instead of the demo world' },
    empty: { about: 'starts with metadata, projects and users, but no issues, records or items' },
    clock: { value: 'CLOCK', choices: ['real', 'manual'], about: 'whether time passes by itself; real unless said' },
    json: { about: 'writes one line of JSON to standard output when it is ready' },
  },
  examples: [
    ['bridge sandbox', 'with the example of support cases'],
    ['bridge sandbox items --port 0 --json', 'with your own items, for a script'],
    ['bridge sandbox --data .sandbox', 'goes on tomorrow from where it was'],
  ],
  async run(args, host) {
    const port = /^\d+$/.test(args.values.port ?? '8400') ? Number(args.values.port ?? 8400) : Number.NaN;
    if (!(port <= 65_533)) {
      throw failure(`--port needs a number from 0 to 65533, and this is ${args.values.port}.`);
    }
    const files: Record<string, string> = {};
    for (const program of args.paths.length === 0 ? [] : await findPrograms(args.paths, host)) {
      for (const source of await readSources(program.files, undefined, host)) {
        files[posix.relative(program.folder, source.path)] = source.text;
      }
      // It may lie above the folder; in the program it has one place.
      const config = await readConfigFile(program.folder, host);
      if (config !== undefined) files[configName] = config.text;
    }
    const own = await ownWorld(args.values.metadata, files, host);
    const { DataRefused, NotActivated, PortTaken, startSandbox } = await import('../../../sandbox/server.ts');
    const running = await startSandbox({
      port,
      clock: args.values.clock === 'manual' ? 'manual' : 'real',
      empty: args.flags.has('empty') || (own !== undefined && args.paths.length === 0),
      ...own,
      ...(args.values.data === undefined ? {} : { data: args.values.data }),
      onTrouble: line => host.err(`${line}\n`),
      ...(args.paths.length === 0 ? {} : { files }),
    }).catch(error => {
      if (error instanceof DataRefused) throw failure(error.message);
      if (error instanceof NotActivated)
        throw failure(
          error.message,
          'bridge check says more; --metadata FILE names the snapshot of your org and site.',
        );
      if (!(error instanceof PortTaken)) throw error;
      throw failure(`port ${error.port} is taken.`, 'Choose another with --port, or --port 0 for three free ones.');
    });
    const { host: pages, jira, salesforce, jiraUsers, salesforceClient } = running;
    host.out(
      args.flags.has('json')
        ? `${JSON.stringify({ ready: true, host: pages, jira, salesforce, jiraUsers, salesforceClient })}\n`
        : `The sandbox is running: ${pages}\nJira: ${jira}\nSalesforce: ${salesforce}\nStop it with Ctrl-C.\n`,
    );
    await host.interrupted();
    await running.stop();
    return 0;
  },
};

/** The stand-ins' org and site out of a snapshot. */
async function ownWorld(path: string | undefined, files: Readonly<Record<string, string>>, host: Host) {
  if (path === undefined) return undefined;
  const [metadata, { orgOf }, { siteOf }, { literalTexts }] = await Promise.all([
    readMetadata(path, host),
    import('../testing/org.ts'),
    import('../testing/site.ts'),
    import('../testing/texts.ts'),
  ]);
  const programs = Object.entries(files).map(([name, text]) => parse(createSourceFile(name, text)).program);
  return { catalogue: orgOf(metadata.salesforce), site: siteOf(metadata.jira, literalTexts(programs)).site };
}
