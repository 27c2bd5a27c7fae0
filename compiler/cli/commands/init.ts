import { posix } from 'node:path';
import type { Command } from '../command.ts';
import { failure } from '../command.ts';
import type { Host } from '../host.ts';
import { type StarterOptions, scopeIn, starterFiles, unknownIn } from '../init/starter.ts';
import { findPrograms, NoFiles, readable } from '../paths.ts';
import { nearestSnapshot, readMetadata, snapshotName } from '../program.ts';

export const init: Command = {
  usage: '[FOLDER] [options]',
  about: `Makes a starter folder (this one, if none is given): one item, its tests, a workflow for GitHub that checks and
tests them, the settings of an editor with the schema of the YAML notation, and the configuration. What is there already
is never touched; a folder that has items keeps them, and gets the rest.

With a ${snapshotName} in the folder or above it the item names a project and an issue type that the site has; without
one it names SUP and "Incident", unless --project and --issue-type say otherwise.`,
  options: {
    project: { value: 'KEY', about: 'the key of the Jira project that the item makes issues in' },
    'issue-type': { value: 'NAME', about: 'the type of these issues' },
    yaml: { about: 'writes the item and its tests in YAML' },
  },
  examples: [
    ['bridge init', 'a start in this folder'],
    ['bridge init support --project HELP --issue-type Task', 'in a folder of its own, with names of your site'],
  ],
  async run(args, host) {
    const [folder = '.', more] = args.paths;
    if (more !== undefined) throw failure(`init makes one folder, and ${more} would be a second one.`);
    const at = (path: string) => posix.join(folder.replaceAll('\\', '/'), path);
    if ((await readable(folder, () => host.files.kind(folder))) === 'file')
      throw failure(`${folder} is a file, not a folder.`);

    const snapshot = await nearestSnapshot(folder, host);
    const metadata = snapshot === undefined ? undefined : await readMetadata(snapshot, host);
    const wanted = args.values.project === undefined ? undefined : projectKey(args.values.project);
    const known = metadata && scopeIn(metadata, wanted);
    const options: StarterOptions = {
      project: wanted ?? known?.project ?? 'SUP',
      issueType: args.values['issue-type'] ?? known?.issueType ?? 'Incident',
      notation: args.flags.has('yaml') ? 'yaml' : 'bridge',
    };
    const files = starterFiles(options);
    const hasItems = await hasProgram(folder, host);
    const made: string[] = [];
    const kept: string[] = [];
    for (const file of files) {
      const path = at(file.path);
      if (file.program && hasItems) continue;
      if ((await readable(path, () => host.files.kind(path))) !== undefined) kept.push(path);
      else {
        await readable(path, () => host.files.write(path, file.text), 'write');
        made.push(path);
      }
    }
    const item = made.find(path => files.some(file => file.program && at(file.path) === path));
    const unknown = metadata && unknownIn(metadata, options);
    if (item !== undefined && unknown !== undefined)
      host.err(`bridge: ${snapshot} knows ${unknown}.\nChange it in ${item}, or run bridge pull if it is new.\n`);
    host.out(told({ folder, made, kept, hasItems, hasSnapshot: snapshot !== undefined }));
    return 0;
  },
};

function projectKey(key: string): string {
  if (/^[A-Za-z][A-Za-z0-9_]*$/.test(key)) return key.toUpperCase();
  throw failure(`--project needs the key of a project, such as SUP, and this is ${key}.`);
}

async function hasProgram(folder: string, host: Host): Promise<boolean> {
  try {
    return (await findPrograms([folder], host)).length > 0;
  } catch (error) {
    if (error instanceof NoFiles) return false;
    throw error;
  }
}

interface Outcome {
  readonly folder: string;
  readonly made: readonly string[];
  readonly kept: readonly string[];
  readonly hasItems: boolean;
  readonly hasSnapshot: boolean;
}

function told({ folder, made, kept, hasItems, hasSnapshot }: Outcome): string {
  const here = folder === '.' ? '' : ` ${folder}`;
  const steps = [
    ...(hasSnapshot
      ? []
      : [
          `bridge pull${here} --salesforce https://YOURS.my.salesforce.com --client-id ID --jira https://YOURS.atlassian.net --email YOU
       saves what your org and your site offer, so that every name is checked (bridge help pull)`,
        ]),
    `bridge check${here}
       says what is wrong, if anything is${hasSnapshot ? '' : '; until there is a snapshot, one warning says so'}`,
    `bridge test${here}
       plays the tests`,
  ];
  return [
    ...(made.length > 0 ? ['Made:', ...made.map(path => `  ${path}`)] : ['Nothing to make: everything is there.']),
    ...(kept.length > 0 ? ['Kept, since it was there already:', ...kept.map(path => `  ${path}`)] : []),
    ...(hasItems ? ['The folder has items, so no other one was made.'] : []),
    '',
    'Next:',
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    ...(made.some(path => path.endsWith('bridge.yml'))
      ? [
          '',
          'The workflow expects bridge among the packages of the repository: npm install --save-dev PATH-OR-ADDRESS-OF-BRIDGE',
        ]
      : []),
    '',
  ].join('\n');
}
