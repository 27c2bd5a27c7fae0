/** The commands, each loaded when it is called. Adding a row adds the command and its line in the help. */
import type { CommandEntry, LaterCommand } from './command.ts';

export const commands: Readonly<Record<string, CommandEntry>> = {
  init: {
    summary: 'makes a folder to start from: an item, its tests, a workflow, editor settings',
    load: async () => (await import('./commands/init.ts')).init,
  },
  check: {
    summary: 'says what is wrong with the items',
    load: async () => (await import('./commands/check.ts')).check,
  },
  compile: {
    summary: 'writes the plan that the items mean',
    load: async () => (await import('./commands/compile.ts')).compile,
  },
  convert: {
    summary: 'writes the items in the other notation, comments kept',
    load: async () => (await import('./commands/convert.ts')).convert,
  },
  diff: {
    summary: 'compares two programs or git revisions by meaning',
    load: async () => (await import('./commands/diff.ts')).diff,
  },
  explain: {
    summary: 'explains a finding, an item or a field in plain sentences',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  fmt: {
    summary: 'lays the files out, comments kept',
    load: async () => (await import('./commands/fmt.ts')).fmt,
  },
  pull: {
    summary: 'saves what an org and a site offer as metadata.lock.json',
    load: async () => (await import('./commands/pull.ts')).pull,
  },
  test: {
    summary: 'runs the tests with the product itself, in a simulated world',
    load: async () => (await import('./commands/test.ts')).test,
  },
  lsp: {
    summary: 'is the language server for editors, on standard input and output',
    load: async () => (await import('./commands/lsp.ts')).lsp,
  },
  sandbox: {
    summary: 'runs the product here, with a Jira and a Salesforce to play with',
    load: async () => (await import('./commands/sandbox.ts')).sandbox,
  },
  help: {
    summary: 'explains a command',
    load: async () => (await import('./commands/help.ts')).helpOver({ commands, laterCommands }),
  },
  version: { summary: 'says which version this is', load: async () => (await import('./commands/version.ts')).version },
};

/** Commands that have a name and a place, and do nothing yet: what each will do, and what does some of it now. */
export const laterCommands: Readonly<Record<string, LaterCommand>> = {
  plan: {
    summary: 'says what a first cycle would do to a live org and site',
    meanwhile: 'bridge diff shows what a change of the program means, and the admin page previews it on real records.',
  },
  deploy: {
    summary: 'sends a program to an installation',
    meanwhile: 'Paste the program into the admin page, which checks it again and activates it.',
  },
  drift: {
    summary: 'tells whether an installation and a folder differ',
    meanwhile: 'Copy the program from the admin page into a folder, and compare: bridge diff FOLDER items.',
  },
};
