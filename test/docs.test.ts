/**
 * What the documents show is there: files and anchors of their links, commands and flags of their `sh` blocks, programs
 * that compile, data that parses; and what the tutorial says that a command answers is what it answers.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { commands } from '../compiler/cli/commands.ts';
import { analyse } from '../compiler/index.ts';
import { readSnapshot } from '../compiler/metadata/snapshot.ts';
import { createSourceFile } from '../dsl/index.ts';
import { play } from '../tools/play.ts';
import { referencePages } from '../tools/reference.ts';
import { withRefusals } from '../tools/refusals.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const under = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.md') && !path.includes('node_modules'))
    .map(path => `${folder}/${path}`);
const documents = ['README.md', 'CONTRIBUTING.md', ...['docs', 'examples', 'bench'].flatMap(under)].map(path => ({
  path,
  text: read(path),
}));
const byPath = new Map(documents.map(({ path, text }) => [path, text]));

interface Block {
  readonly path: string;
  readonly line: number;
  /** What stands behind the fence: a language, and of the tutorial the file that is written. */
  readonly info: string;
  readonly text: string;
}
const blocks: readonly Block[] = documents.flatMap(({ path, text }) =>
  [...text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(found => ({
    path,
    line: text.slice(0, found.index).split('\n').length,
    info: found[1]!,
    text: found[2]!,
  })),
);
const place = ({ path, line }: Block) => `${path}:${line}`;

/** As GitHub names the anchor of a heading. */
const anchorsOf = (text: string): ReadonlySet<string> => {
  const seen = new Map<string, number>();
  const plain = text.replace(/^```[\s\S]*?^```$/gm, '');
  return new Set(
    [...plain.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
      const words = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
      const slug = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
      const times = seen.get(slug) ?? 0;
      seen.set(slug, times + 1);
      return times === 0 ? slug : `${slug}-${times}`;
    }),
  );
};

describe('links', () => {
  it.each(documents)('of $path lead to files and headings that are there', ({ path, text }) => {
    const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, code => '.'.repeat(code.length));
    const links = [...prose.matchAll(/\]\(([^)\s]+)\)|\bsrc(?:set)?="([^"]+)"/g)].map(([, link, src]) => link ?? src!);
    const broken = links
      .filter(link => !/^(https?|mailto):/.test(link))
      .filter(link => {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? path : normalize(join(dirname(path), file));
        if (!existsSync(join(root, target))) return true;
        if (anchor === undefined) return false;
        return !target.endsWith('.md') || !anchorsOf(byPath.get(target) ?? read(target)).has(anchor);
      });
    expect(broken).toEqual([]);
  });
});

// ── shell ───────────────────────────────────────────────────────────────────────────────────────

const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
/** Of Atlassian's command line, as of 13.3. */
const forge: Readonly<Record<string, readonly string[]>> = {
  login: ['--email', '--token'],
  register: ['--developer-space-id', '--accept-terms', '--personal'],
  deploy: ['--environment', '--no-verify', '--approve', '--tag', '--major-version', '--non-interactive'],
  install: ['--site', '--product', '--environment', '--license', '--upgrade', '--confirm-scopes'],
  logs: ['--environment', '--invocation', '--limit', '--since', '--grouped'],
};
const options = new Map(
  await Promise.all(
    Object.entries(commands).map(async ([name, entry]) => {
      const own = Object.keys((await entry.load()).options ?? {}).map(option => `--${option}`);
      return [name, new Set([...own, '--help', '--format'])] as const;
    }),
  ),
);
const anybodys = ['mkdir', 'cp', 'rm', 'cd', 'curl', 'git', 'export', 'open'];

/** Why a line of a shell block cannot be meant, or nothing. */
function wrongWith(line: string): string | undefined {
  const words = line
    .replace(/\s+#.*$/, '')
    .trim()
    .replace(/^(?:[A-Z_]+=\S*\s+)+/, '')
    .split(/\s+/);
  const [name = '', first = '', ...rest] = words;
  const flags = words.filter(word => word.startsWith('--') && word.length > 2).map(word => word.split('=')[0]!);
  if (name === '' || name.startsWith('#') || anybodys.includes(name)) return undefined;
  if (name === 'npm') {
    if (['install', 'test', 'start', 'ci'].includes(first)) return undefined;
    return first === 'run' && scripts[rest[0] ?? ''] !== undefined ? undefined : 'no such script';
  }
  if (name === 'forge') {
    const known = forge[first];
    if (known === undefined) return 'no such command of Forge';
    const unknown = flags.find(flag => !known.includes(flag));
    return unknown === undefined ? undefined : `no flag ${unknown}`;
  }
  if (name === 'node') return existsSync(join(root, first)) ? undefined : 'no such file';
  if (name === 'bridge' || (name === 'npx' && first === 'bridge')) {
    const [command = 'help', ...args] = name === 'npx' ? rest : words.slice(1);
    const known = options.get(command);
    if (known === undefined) return 'no such command of bridge';
    const unknown = flags.find(flag => !known.has(flag));
    if (unknown !== undefined) return `no flag ${unknown}`;
    const missing = args.find(arg => /^(examples|docs)\//.test(arg) && !existsSync(join(root, arg)));
    return missing === undefined ? undefined : `no ${missing}`;
  }
  if (name === 'npx' && first === 'vitest')
    return rest.slice(1).every(path => existsSync(join(root, path))) ? undefined : 'no such folder';
  return 'nobody knows this command';
}

describe('shell blocks', () => {
  it('name commands, scripts, flags and files that there are', () => {
    const wrong = blocks
      .filter(({ info }) => info === 'sh')
      .flatMap(block =>
        block.text
          .replace(/\\\n\s*/g, ' ')
          .split(/\n| && /)
          .flatMap(line => {
            const why = wrongWith(line);
            return why === undefined ? [] : [`${place(block)} ${why}: ${line}`];
          }),
      );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['npx bridge chekc examples', 'no such command of bridge'],
    ['npx bridge check --fixx', 'no flag --fixx'],
    ['npx bridge check examples/nothing', 'no examples/nothing'],
    ['npm run nothing', 'no such script'],
    ['forge deploy --prod', 'no flag --prod'],
    ['node tools/nothing.ts', 'no such file'],
    ['frobnicate', 'nobody knows this command'],
  ])('`%s` would be told', (line, why) => expect(wrongWith(line)).toBe(why));
});

// ── programs and data ───────────────────────────────────────────────────────────────────────────

/** The language page and the findings have tests beside the code that draws their examples. */
const elsewhere = (path: string) => path === 'docs/language.md' || path.startsWith('docs/diagnostics/');

describe('other blocks', () => {
  it('say what they hold, or are a drawing', () => {
    const known = ['sh', 'text', 'bridge', 'yaml', 'json', 'ts', 'js', 'soql', ''];
    const odd = blocks.filter(({ info }) => !known.includes(info.split(' ')[0]!));
    expect(odd.map(place)).toEqual([]);
    // A program without its name would be checked by nobody.
    const nameless = blocks.filter(({ info, text }) => info === '' && /^(item [\w-]+ |items:|npx |npm )/m.test(text));
    expect(nameless.map(place)).toEqual([]);
  });

  const metadata = readSnapshot(read('examples/metadata.lock.json'));
  // In the tutorial a file with slips stands before the one that is right; there the answers are checked.
  const programs = blocks.filter(
    ({ path, info, text }) =>
      !elsewhere(path) &&
      path !== 'docs/tutorial.md' &&
      (info === 'bridge' || (info === 'yaml' && /^(items|values|tests):/m.test(text))),
  );

  it.each(programs.map(block => [place(block), block] as const))('L-2 the program at %s compiles', (_, block) => {
    const notation = block.info === 'yaml' ? ('yaml' as const) : ('bridge' as const);
    const file = createSourceFile(`a.bridge${notation === 'yaml' ? '.yaml' : ''}`, block.text, notation);
    const errors = analyse([file], metadata).diagnostics.filter(({ severity }) => severity === 'error');
    // A snippet may leave out what it speaks of: a table of values.
    expect(errors.filter(({ code }) => code !== 'unknown-table').map(({ message }) => message)).toEqual([]);
  });

  it('of YAML and JSON parse', () => {
    const broken = blocks.filter(({ path, info, text }) => {
      if (elsewhere(path)) return false;
      try {
        if (info === 'yaml') parseYaml(text);
        if (info === 'json') JSON.parse(text);
        return false;
      } catch {
        return true;
      }
    });
    expect(broken.map(place)).toEqual([]);
  });
});

// ── what is written by a command ────────────────────────────────────────────────────────────────

describe('pages that a command completes', () => {
  it('L-3 the tutorial’s commands answer what it says', async () => {
    const text = read('docs/tutorial.md');
    expect(await play(text, root), 'run `npm run docs`').toBe(text);
  }, 60_000);

  it('C-2 the deploy guide tells every refusal of a login in the app’s words', () => {
    const text = read('docs/deploy.md');
    expect(withRefusals(text), 'run `npm run docs`').toBe(text);
  });

  it('L-3 the command line and the limits are as their pages say', async () => {
    for (const [path, text] of await referencePages())
      expect(read(path) === text, `${path}: run \`npm run docs\``).toBe(true);
  });

  it('O-2 the page on metadata names every key that a snapshot has', () => {
    const text = read('docs/metadata.md');
    const keys = new Set<string>();
    JSON.stringify(JSON.parse(read('examples/metadata.lock.json')), (key, value: unknown) => {
      if (!/^(\d*|)$/.test(key)) keys.add(key);
      return value;
    });
    expect([...keys].filter(key => !text.includes(`\`${key}\``))).toEqual([]);
  });

  it('every page of docs is reached from the README', () => {
    const reached = new Set<string>(['README.md']);
    for (const path of reached) {
      const text = byPath.get(path);
      if (text === undefined) continue;
      for (const [, link] of text.matchAll(/\]\(([^)#\s]+)/g)) {
        if (/^https?:/.test(link!)) continue;
        const target = relative(root, join(root, dirname(path), link!));
        if (!existsSync(join(root, target))) continue;
        if (statSync(join(root, target)).isDirectory()) {
          for (const other of byPath.keys()) if (other.startsWith(`${target.replace(/\/$/, '')}/`)) reached.add(other);
        } else reached.add(target);
      }
    }
    const pages = [...byPath.keys()].filter(path => path.startsWith('docs/'));
    expect(pages.filter(path => !reached.has(path))).toEqual([]);
  });
});
