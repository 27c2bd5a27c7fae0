import { describe, expect, it } from 'vitest';
import { itemWith } from '../../../test/kit/check.ts';
import { bridge } from '../kit/run-bridge.ts';

const files = { 'items/a.bridge': itemWith('  fields { Subject -> summary or else "Case {CaseNumber}" }') };

describe('bridge explain', () => {
  it('L-3 shows the page of a finding, with no program near', async () => {
    const { status, out } = await bridge('explain unknown-field', { files: {} });
    expect(status).toBe(0);
    expect(out).toContain('error[unknown-field] The object has no field of this name.');
    expect(out).toContain('wrong\n    Subjekt -> "Customer"');
    expect(out).toContain('help: did you mean `Subject`?');
    expect(out).toContain('(bridge check --fix does it)');
    expect(out).toContain('right\n    Subject -> "Customer"');
  });
  it('L-3 says what an item does', async () => {
    const { status, out } = await bridge('explain support items', { files });
    expect(status).toBe(0);
    expect(out).toMatch(/^Support \(support\), items\/a\.bridge:1\n/);
    expect(out).toContain('An edit in Jira is put back. (line 5)');
  });
  it.each(['Summary', 'support.summary', 'Subject', 'Case.Subject', 'case.SUBJECT'])(
    'L-3 says who writes %s',
    async subject => {
      const { status, out } = await bridge(`explain ${subject} items`, { files });
      expect(status).toBe(0);
      expect(out).toContain('Subject -> Summary');
    },
  );
  it.each([
    ['suport', 'Did you mean support?'],
    ['support.sumary', 'Did you mean support.Summary?'],
    ['unknwn-field', 'Did you mean unknown-field?'],
    ['whatever', 'The items are support.'],
  ])('L-3 suggests for %s', async (subject, help) => {
    const { status, out, err } = await bridge(`explain ${subject} items`, { files });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(help);
  });
  it('L-3 suggests a finding even where there is no program', async () => {
    const { status, err } = await bridge('explain unknwn-field', { files: {} });
    expect(status).toBe(2);
    expect(err).toContain('no finding is called unknwn-field.\nDid you mean bridge explain unknown-field?');
  });
  it.each([
    ['unkown-field', 'unknown-field'],
    ['yaml-unknwon-key', 'yaml-unknown-key'],
  ])('L-3 suggests a finding for %s, whatever is wrong with the program', async (subject, code) => {
    const broken = { 'items/a.bridge': itemWith('  fields { Subjekt -> summary }') };
    for (const line of [`explain ${subject}`, `explain ${subject} items`]) {
      expect(await bridge(line, { files: broken })).toMatchObject({
        status: 2,
        out: '',
        err: `bridge: there is no finding, item or field ${subject}.\nDid you mean bridge explain ${code}?\n`,
      });
    }
  });
  it('L-3 explains an item whose id is near the name of a finding', async () => {
    const named = {
      'items/a.bridge': itemWith('  fields { Subject -> summary or else skip }').replace('support', 'unknown-fields'),
    };
    expect(await bridge('explain unknown-fields items', { files: named })).toMatchObject({ status: 0, err: '' });
  });
  it('L-3 explains no program with errors, and shows them', async () => {
    const { status, out, err } = await bridge('explain support items', {
      files: { 'items/a.bridge': itemWith('  fields { Subjekt -> summary }') },
    });
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain('error[unknown-field]');
  });
  it.each([
    ['explain unknown-field', 'code'],
    ['explain support items', 'item'],
    ['explain Summary items', 'field'],
  ])('L-3 writes JSON: bridge %s', async (line, kind) => {
    const { out } = await bridge(`${line} --format json`, { files });
    expect(JSON.parse(out)).toMatchObject({ version: 1, kind, [kind === 'code' ? 'page' : kind]: expect.anything() });
  });
});
