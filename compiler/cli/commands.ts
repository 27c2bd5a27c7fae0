/** The commands, each loaded when it is called. Adding a row adds the command and its line in the help. */
import type { Command } from './command.ts';

export interface CommandEntry {
  readonly summary: string;
  load(): Promise<Command>;
}

export const commands: Readonly<Record<string, CommandEntry>> = {
  check: {
    summary: 'says what is wrong with the items',
    load: async () => (await import('./commands/check.ts')).check,
  },
  compile: {
    summary: 'writes the plan that the items mean',
    load: async () => (await import('./commands/compile.ts')).compile,
  },
  explain: {
    summary: 'explains a finding, an item or a field in plain sentences',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  pull: {
    summary: 'saves what an org and a site offer as metadata.lock.json',
    load: async () => (await import('./commands/pull.ts')).pull,
  },
  sandbox: {
    summary: 'runs the product here, with a Jira and a Salesforce to play with',
    load: async () => (await import('./commands/sandbox.ts')).sandbox,
  },
  help: { summary: 'explains a command', load: async () => (await import('./commands/help.ts')).help },
  version: { summary: 'says which version this is', load: async () => (await import('./commands/version.ts')).version },
};
