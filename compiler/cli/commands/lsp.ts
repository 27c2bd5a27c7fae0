import manifest from '../../../package.json' with { type: 'json' };
import type { Command } from '../command.ts';
import { failure } from '../command.ts';
import { serve } from '../lsp/server.ts';

export const lsp: Command = {
  usage: '[--stdio]',
  about: `Is the language server of both notations, on standard input and output: findings as you type, completion, hover,
definitions, references, rename, formatting, quick fixes, outline, folding, ids beside labels, and the cost of each item.
An editor starts it with the folder of your items as its workspace; names are checked against the snapshot there, as
bridge check does.

It ends when the editor says so: with 0 after a shutdown, with 2 when the editor went away without one.`,
  options: { stdio: { about: 'standard input and output, which is the only way and need not be said' } },
  examples: [['bridge lsp', 'the command to enter in an editor for *.bridge and *.bridge.yaml']],
  async run(args, host) {
    const [path] = args.paths;
    if (path !== undefined)
      throw failure(`lsp takes no path, and this is ${path}.`, 'The editor says which folder it is about.');
    const saidGoodbye = await serve({
      streams: host.streams(),
      version: manifest.version,
      hostAt: folder => host.at(folder),
    });
    return saidGoodbye ? 0 : 2;
  },
};
