import { describe, expect, it } from 'vitest';
import { bridge } from '../kit/run-bridge.ts';

const text = '# Of a case.\nvalues severity {\n  "High" <-> "Highest" # as urgent as can be\n}\n';
const yaml = `values:
  # Of a case.
  severity:
    pairs:
      High: Highest # as urgent as can be
`;
const broken = 'values urgency {\n  "High" -> \n}\n';
const files = { 'items/a.bridge': text, 'items/deep/b.bridge': text.replace('severity', 'urgency') };

describe('bridge convert', () => {
  it('L-1 writes one file in the other notation to standard output, comments kept, and back', async () => {
    expect(await bridge('convert items/a.bridge', { files })).toMatchObject({ status: 0, out: yaml, err: '' });
    const back = await bridge('convert a.bridge.yaml', { files: { 'a.bridge.yaml': yaml } });
    expect(back.status).toBe(0);
    expect(back.out).toBe(text.replace('"Highest" #', '"Highest"                  #'));
  });

  it('L-1 takes standard input for what it is, and in doubt for the notation that is not wanted', async () => {
    expect((await bridge('convert -', { stdin: text })).out).toBe(yaml);
    expect((await bridge('convert -', { stdin: yaml })).out).toContain('values severity {');
    expect((await bridge('convert - --to bridge', { stdin: yaml })).out).toContain('values severity {');
    expect((await bridge('convert - --to bridge', { stdin: '"values": { severity: { pairs: {} } }' })).out).toBe(
      'values severity {}\n',
    );
    expect(await bridge('convert - --to yaml', { stdin: yaml })).toMatchObject({
      status: 2,
      err: 'bridge: all of these files are in YAML already.\n',
    });
    expect((await bridge('convert - --stdin-path a.bridge.yaml', { stdin: yaml })).out).toContain('values severity {');
  });

  it('L-1 writes to a file, which has to have a name of its notation', async () => {
    const good = await bridge('convert items/a.bridge -o out/a.bridge.yaml', { files });
    expect(good).toMatchObject({ status: 0, out: 'wrote out/a.bridge.yaml\n' });
    expect(good.file('out/a.bridge.yaml')).toBe(yaml);
    const bad = await bridge('convert items/a.bridge -o out/a.bridge', { files });
    expect(bad).toMatchObject({ status: 2, out: '' });
    expect(bad.err).toBe(
      'bridge: out/a.bridge would be read as Bridge, and the text is YAML.\nName it out/a.bridge.yaml.\n',
    );
  });

  it('L-1 writes several files into a folder, where they stand as they did', async () => {
    const { status, out } = await bridge('convert items -o out', { files });
    expect(status).toBe(0);
    expect(out).toBe('wrote out/a.bridge.yaml\nwrote out/deep/b.bridge.yaml\n');
    const nowhere = await bridge('convert items', { files });
    expect(nowhere.status).toBe(2);
    expect(nowhere.err).toContain('these are 2 files, and standard output takes one.');
  });

  it('L-1 --replace puts the new files in the place of the old ones', async () => {
    const { status, file } = await bridge('convert items --replace', { files });
    expect(status).toBe(0);
    expect(file('items/a.bridge')).toBeUndefined();
    expect(file('items/a.bridge.yaml')).toBe(yaml);
    expect(file('items/deep/b.bridge.yaml')).toContain('urgency:');
  });

  it('L-1 takes no file away for standard input, whatever that is taken for, and asks for a name that it lacks', async () => {
    const files = { 'a.bridge': 'item precious' };
    for (const path of ['', ' --stdin-path a.bridge']) {
      const refused = await bridge(`convert - --replace${path}`, { files, stdin: text });
      expect(refused).toMatchObject({ status: 2, err: expect.stringContaining('standard input cannot be replaced.') });
      expect(refused.file('a.bridge')).toBe('item precious');
    }
    const nameless = await bridge('convert - -o out', { stdin: text });
    expect(nameless).toMatchObject({ status: 2, err: expect.stringContaining('Name the file itself with -o') });
    const named = await bridge('convert - -o out --stdin-path a.bridge', { stdin: text });
    expect(named).toMatchObject({ status: 0, out: 'wrote out/a.bridge.yaml\n' });
  });

  it('L-1 writes over nothing that is there, unless it is told to', async () => {
    const there = { ...files, 'items/a.bridge.yaml': 'values: {}\n' };
    const refused = await bridge('convert items/a.bridge --replace', { files: there });
    expect(refused.status).toBe(2);
    expect(refused.err).toContain('items/a.bridge.yaml is there already.');
    expect(refused.file('items/a.bridge.yaml')).toBe('values: {}\n');
    expect(refused.file('items/a.bridge')).toBe(text);
    const forced = await bridge('convert items/a.bridge --replace --force', { files: there });
    expect(forced.status).toBe(0);
    expect(forced.file('items/a.bridge.yaml')).toBe(yaml);
  });

  it('L-1 writes none of the files when one of them has an error, and shows it', async () => {
    const { status, out, disk } = await bridge('convert items --replace', {
      files: { ...files, 'items/c.bridge': broken },
    });
    expect(status).toBe(1);
    expect(out).toContain('items/c.bridge:2:');
    expect([...disk.keys()].filter(path => path.endsWith('.yaml'))).toEqual([]);
  });

  it('L-1 says what the other notation cannot say, and writes nothing', async () => {
    const twice = 'item a "A" {\n  sync custom\n  sync custom\n}\n';
    const { status, out, err } = await bridge('convert a.bridge', { files: { 'a.bridge': twice } });
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(err).toContain('error[not-in-notation]');
    expect(err).toContain('stands twice, and a map holds each key once');
  });

  it('L-1 asks which notation is wanted where there are both, and leaves those alone that are in it', async () => {
    const both = { 'a.bridge': text, 'b.bridge.yaml': yaml.replace('severity', 'urgency') };
    const asked = await bridge('convert -o out', { files: both });
    expect(asked).toMatchObject({ status: 2 });
    expect(asked.err).toContain('--to bridge or --to yaml');
    expect(await bridge('convert --to yaml -o out', { files: both })).toMatchObject({
      status: 0,
      out: 'wrote out/a.bridge.yaml\n',
    });
    expect((await bridge('convert --to yaml b.bridge.yaml', { files: both })).err).toContain('in YAML already');
  });

  it('L-1 names the schema for YAML editors on request, and drops the line on the way back', async () => {
    const { out } = await bridge('convert items/a.bridge --schema ../schema.json', { files });
    expect(out).toBe(`# yaml-language-server: $schema=../schema.json\n\n${yaml}`);
    expect((await bridge('convert - --to bridge', { stdin: out })).out).not.toContain('schema');
  });

  it('L-3 tells machines what it wrote', async () => {
    const { out } = await bridge('convert items -o out --format json', { files });
    expect(JSON.parse(out).written).toEqual(['out/a.bridge.yaml', 'out/deep/b.bridge.yaml']);
  });
});
