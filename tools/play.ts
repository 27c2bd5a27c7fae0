/**
 * Plays a tutorial: what its `sh` blocks command is done on a machine in memory, what its other blocks show of a file is
 * written there, and every `text` block becomes what the command before it said. So `npm run docs` writes the outputs, and
 * a test holds them true.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { memoryHost } from '../compiler/cli/kit/memory-host.ts';
import { run } from '../compiler/cli/main.ts';

/** `root` is the checkout, in which the reader stands. */
export async function play(markdown: string, root: string): Promise<string> {
  const files = Object.fromEntries(
    ['examples', 'docs'].flatMap(folder =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .map(path => `${folder}/${path}`)
        .filter(path => statSync(join(root, path)).isFile())
        .map(path => [path, readFileSync(join(root, path), 'utf8')] as const),
    ),
  );
  const host = memoryHost({ files });
  const at = (path: string) => `${host.cwd}/${path}`;

  const copy = (from: string, to: string): void => {
    for (const [path, content] of [...host.disk]) {
      if (path === at(from)) host.disk.set(at(`${to}/${from.split('/').at(-1)}`), content);
      else if (path.startsWith(`${at(from)}/`)) host.disk.set(at(to) + path.slice(at(from).length), content);
    }
  };
  const command = async (line: string): Promise<string> => {
    const words = line.split(/\s+#/)[0]!.trim().split(/\s+/);
    const [name, ...rest] = words;
    if (name === 'mkdir') return '';
    if (name === 'rm') {
      for (const folder of rest.filter(word => !word.startsWith('-')))
        for (const path of [...host.disk.keys()]) if (path.startsWith(`${at(folder)}/`)) host.disk.delete(path);
      return '';
    }
    if (name === 'cp') {
      const [from, to] = rest.filter(word => !word.startsWith('-'));
      copy(from!, to!);
      return '';
    }
    if (name !== 'npx' || rest[0] !== 'bridge') throw new Error(`a tutorial cannot play \`${line}\``);
    const [, ...args] = rest;
    // The sandbox is stopped as soon as it stands; its usual ports may be somebody's.
    const own = args[0] === 'sandbox' ? [...args, '--port', '0'] : args;
    let said = '';
    const hear = (text: string) => {
      said += text;
    };
    // On a terminal both come in the order in which they are said.
    await run(own, { ...host, out: hear, err: hear });
    return args[0] === 'sandbox' ? withUsualPorts(said) : said;
  };

  let said = '';
  const parts = markdown.split(/(^```[\s\S]*?^```$)/m);
  for (const [index, part] of parts.entries()) {
    const [, info = '', body = ''] = /^```([^\n]*)\n([\s\S]*?)^```$/m.exec(part) ?? [];
    if (!part.startsWith('```')) continue;
    const [language, path] = info.split(' ');
    if (language === 'sh') {
      said = '';
      for (const line of body.trim().split('\n')) said += await command(line);
    } else if (language === 'text') parts[index] = `\`\`\`text\n${said.trimEnd()}\n\`\`\``;
    else if (path !== undefined) host.disk.set(at(path), body);
  }
  return parts.join('');
}

/** As they are unless a flag says otherwise: pages, Jira, Salesforce. */
function withUsualPorts(text: string): string {
  const ports = [...new Set([...text.matchAll(/localhost:(\d+)|127\.0\.0\.1:(\d+)/g)].map(([, a, b]) => a ?? b!))];
  return ports.reduce((all, port, index) => all.replaceAll(`:${port}`, `:${8400 + index}`), text);
}
