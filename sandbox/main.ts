/**
 * The command of `npm start`: a local Jira, a local Salesforce, and the app between them. Prints the one
 * address to open, or one line of JSON for programs, and stops cleanly on SIGINT and SIGTERM.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { PortTaken, SandboxOptions } from './server.ts';
import type { ProgramFiles } from './world.ts';

export const usage = `usage: sandbox [FILES…] [--port 8400] [--data DIR] [--empty] [--clock real|manual] [--json] [--verbose] [--help]

A local Jira, a local Salesforce and a local Forge with the app in it.

  FILES              programs to start with (.bridge, .bridge.yaml, or folders of them)
  --port N           pages on N, Jira on N+1, Salesforce on N+2; 0 for three free ports
  --data DIR         keep everything there, and go on from it
  --empty            metadata, projects and users, but no issues, records or program
  --clock manual     time moves only by the control API
  --json             one line of JSON when ready
  --verbose          the app's log, line by line
`;

class Usage extends Error {}
class Help extends Error {}

export function readArguments(
  args: readonly string[],
): SandboxOptions & { readonly json: boolean; readonly verbose: boolean } {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new Usage((error as Error).message);
  }
  const { values, positionals } = parsed;
  if (values.help) throw new Help();
  const port = Number(values.port ?? '8400');
  if (!Number.isInteger(port) || port < 0 || port > 65533)
    throw new Usage(`--port takes 0 to 65533, not \`${values.port}\``);
  const { clock = 'real' } = values;
  if (clock !== 'real' && clock !== 'manual') throw new Usage(`--clock takes real or manual, not \`${clock}\``);
  return {
    port,
    clock,
    empty: values.empty ?? false,
    json: values.json ?? false,
    verbose: values.verbose ?? false,
    ...(values.data === undefined ? {} : { data: values.data }),
    ...(positionals.length === 0 ? {} : { files: programAt(positionals) }),
  };
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      clock: { type: 'string' },
      empty: { type: 'boolean' },
      json: { type: 'boolean' },
      verbose: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });

function programAt(paths: readonly string[]): ProgramFiles {
  const isProgram = (name: string) => /\.bridge(\.yaml)?$/.test(name);
  const files: Record<string, string> = {};
  for (const path of paths) {
    if (!existsSync(path)) throw new Usage(`there is no \`${path}\``);
    if (!statSync(path).isDirectory()) {
      files[basename(path)] = readFileSync(path, 'utf8');
      continue;
    }
    for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(isProgram)) {
      files[relative(path, join(path, name))] = readFileSync(join(path, name), 'utf8');
    }
  }
  if (Object.keys(files).length === 0) throw new Usage('no .bridge or .bridge.yaml file found');
  return files;
}

async function main(): Promise<void> {
  const { json, verbose, ...options } = readArguments(process.argv.slice(2));
  // What was compiled at the last start needs no compiling again.
  enableCompileCache();
  // After the arguments, so that a slip of the pen is answered at once.
  const [{ startSandbox }, { builtHandlers }] = await Promise.all([
    import('./server.ts'),
    import('./forge/handlers.ts'),
  ]);
  const loadHandlers = builtHandlers();
  const sandbox = await startSandbox({
    ...options,
    ...(loadHandlers ? { loadHandlers } : {}),
    onTrouble: line => console.error(line),
    ...(verbose ? { onLog: (line: string) => console.error(line) } : {}),
  });
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(130);
    stopping = true;
    sandbox.stop().then(
      () => process.exit(0),
      (error: Error) => {
        console.error(error.message);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  if (json) {
    const { host, jira, salesforce, jiraUsers, salesforceClient } = sandbox;
    console.log(JSON.stringify({ ready: true, host, jira, salesforce, jiraUsers, salesforceClient }));
  } else {
    console.log(`\nSalesforce Bridge for Jira, sandbox: ${sandbox.host}\n\nStop it with Ctrl-C.`);
    void warm(sandbox.host).catch(() => {});
  }
}

/** Each side loads what it reads queries with at the first one: before the first visitor, who would wait for it. */
async function warm(host: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ jql: 'project is not EMPTY', maxResults: 1 });
  await Promise.all([
    fetch(`${host}/salesforce/services/data/v67.0/query?q=SELECT+Id+FROM+Case+LIMIT+1`),
    fetch(`${host}/jira/rest/api/3/search/jql`, { method: 'POST', headers, body }),
  ]);
}

const isPortTaken = (error: unknown): error is PortTaken => error instanceof Error && error.name === 'PortTaken';

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    if (error instanceof Help) {
      console.log(usage);
      process.exit(0);
    }
    if (error instanceof Usage) console.error(`${error.message}\n\n${usage}`);
    else if (isPortTaken(error)) {
      console.error(
        `Port ${error.port} is taken, perhaps by another sandbox. Stop that one, or start this one elsewhere: npm start -- --port 8500`,
      );
    } else console.error(`The sandbox did not start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(2);
  }
}
