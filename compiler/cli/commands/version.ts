import manifest from '../../../package.json' with { type: 'json' };
import type { Command } from '../command.ts';

export const version: Command = {
  usage: '',
  about: 'Says which version of bridge this is.',
  options: {},
  takes: 0,
  async run(_, host) {
    host.out(`bridge ${manifest.version}\n`);
    return 0;
  },
};
