import { describe, expect, it } from 'vitest';
import { FileError } from '../host.ts';
import { bridge } from '../kit/run-bridge.ts';

const ragged = 'values severity{ # of a case\n"High"<->"Highest"\n\n\n  "Low" <-> "Low" }\n';
const tidy = 'values severity {                       # of a case\n  "High" <-> "Highest"\n\n  "Low"  <-> "Low"\n}\n';
const broken = 'values urgency {\n  "High" -> \n}\n';
const files = { 'items/a.bridge': ragged };

describe('bridge fmt', () => {
  it('L-3 formats in place, says which files it wrote, and has nothing to do the second time', async () => {
    const first = await bridge('fmt items', { files: { 'items/a.bridge': ragged, 'items/b.bridge': tidy } });
    expect(first).toMatchObject({ status: 0, out: 'formatted items/a.bridge\n', err: '' });
    expect(first.file('items/a.bridge')).toBe(tidy);
    const second = await bridge('fmt items', { files: { 'items/a.bridge': tidy } });
    expect(second).toMatchObject({ status: 0, out: 'nothing to do: 1 file formatted already\n' });
  });

  it('L-3 --check writes nothing, points at the first line that differs, and ends with 1', async () => {
    const { status, out, file } = await bridge('fmt --check items/a.bridge', { files });
    expect(status).toBe(1);
    expect(out).toContain('error[not-formatted]');
    expect(out).toContain('items/a.bridge:1:1');
    expect(file('items/a.bridge')).toBe(ragged);
    expect((await bridge('fmt --check a.bridge', { files: { 'a.bridge': tidy } })).status).toBe(0);
  });

  it('L-3 --check says so where nothing but the line ends differs', async () => {
    const { out } = await bridge('fmt --check', { files: { 'a.bridge': tidy.replaceAll('\n', '\r\n') } });
    expect(out).toContain('the lines of this file do not end as `bridge fmt` writes them');
  });

  it.each(['json', 'sarif', 'junit', 'github'])('L-3 --check reports as %s', async format => {
    const { status, out } = await bridge(`fmt --check items/a.bridge --format ${format}`, { files });
    expect(status).toBe(1);
    expect(out).toMatch(format === 'junit' || format === 'github' ? /laid out/ : /not-formatted/);
  });

  it('L-3 tells machines which files it wrote', async () => {
    const { out } = await bridge('fmt items/a.bridge --format json', { files });
    expect(JSON.parse(out)).toEqual({
      version: 1,
      diagnostics: [],
      written: ['items/a.bridge'],
      summary: { files: 1, items: 0, errors: 0, warnings: 0 },
    });
  });

  it('L-3 leaves a broken file as it is, says why, and formats the others', async () => {
    const { status, out, file } = await bridge('fmt items', {
      files: { 'items/a.bridge': ragged, 'items/b.bridge': broken },
    });
    expect(status).toBe(1);
    expect(out).toContain('formatted items/a.bridge\n');
    expect(out).toContain('items/b.bridge:2:');
    expect(file('items/b.bridge')).toBe(broken);
    expect(file('items/a.bridge')).toBe(tidy);
  });

  it('L-3 is a filter with -', async () => {
    expect(await bridge('fmt -', { stdin: ragged })).toMatchObject({ status: 0, out: tidy, err: '' });
    const yaml = await bridge('fmt - --stdin-path a.bridge.yaml', { stdin: 'values: {a: {pairs: {New: Open}}}' });
    expect(yaml).toMatchObject({ status: 0, out: 'values:\n  a: { pairs: { New: Open } }\n' });
    const wrong = await bridge('fmt -', { stdin: broken });
    expect(wrong).toMatchObject({ status: 1, out: '' });
    expect(wrong.err).toContain('<stdin>:2:');
    const checked = await bridge('fmt --check -', { stdin: ragged });
    expect(checked.status).toBe(1);
    expect(checked.out).toContain('<stdin>:1:1');
  });

  it('L-3 leaves YAML with aliases alone, with a warning', async () => {
    const text = 'values:\n  a: &a {   pairs: { x: y } }\n  b: *a\n';
    const { status, out, file } = await bridge('fmt a.bridge.yaml', { files: { 'a.bridge.yaml': text } });
    expect(status).toBe(0);
    expect(out).toContain('warning[has-aliases]');
    expect(file('a.bridge.yaml')).toBe(text);
  });

  it('L-3 ends with 2 and one sentence when a file cannot be read or is not there', async () => {
    const locked = await bridge('fmt items', { files: { 'items/a.bridge': new FileError('EACCES') } });
    expect(locked).toMatchObject({ status: 2, out: '' });
    expect(locked.err).toBe('bridge: could not read items/a.bridge: you have no permission to.\n');
    expect((await bridge('fmt nowhere')).status).toBe(2);
  });
});
