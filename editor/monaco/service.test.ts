/**
 * The worker's service: what it answers is what the language's own functions answer, whichever parts were there; and a
 * sound Bridge program is checked without any of those that come on demand.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../compiler/analysis.ts';
import { readSnapshot } from '../../compiler/metadata/snapshot.ts';
import { createSourceFile } from '../../dsl/source.ts';
import * as language from '../language/index.ts';
import type { Questions } from './protocol.ts';
import { type Rooms, roomsOnDemand, withRooms } from './rooms/index.ts';
import { createService } from './service.ts';

const example = (path: string) => readFileSync(new URL(`../../examples/${path}`, import.meta.url), 'utf8');
const metadata = readSnapshot(example('metadata.lock.json'));
const bridge = example('support-cases/support-cases.bridge');
const programs = [
  ['a.bridge', bridge],
  ['a.bridge.yaml', example('support-cases-yaml/support-cases.bridge.yaml')],
] as const;

/** None is there, and none comes. */
const noRooms = (): Rooms => {
  const asked = (name: string) => (): never => {
    throw new Error(`asked for ${name}`);
  };
  return { yaml: asked('yaml'), broken: asked('broken'), looking: asked('looking'), writing: asked('writing') };
};
const begin = (service: Questions, path: string, text: string) => {
  service.metadata(metadata);
  service.files({ [path]: text });
};

describe('the editor’s worker', () => {
  it('A-2 checks a sound Bridge program with what it starts with', () => {
    const service = createService(noRooms());
    begin(service, 'a.bridge', bridge);
    const { problems, items, item } = service.check({ path: 'a.bridge', id: 'support-cases' });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(items.map(({ id }) => id)).toEqual(['support-cases']);
    expect(item?.kind).toBe('item');
  });

  it('A-2 names no command where an admin reads it', () => {
    const service = createService(roomsOnDemand());
    const projects = metadata.jira.projects.map(project => ({
      ...project,
      issueTypes: project.issueTypes.map(({ transitions: _, ...type }) => type),
    }));
    service.files({ 'a.bridge': bridge });
    service.metadata({ ...metadata, jira: { ...metadata.jira, projects } });
    const unseen = service.check().problems.find(({ code }) => code === 'transitions-not-known');
    expect(unseen?.help).toContain('look at the workflow in Jira');
    service.metadata({ ...metadata, salesforce: { ...metadata.salesforce, objects: [] } });
    expect(
      service
        .check()
        .problems.map(({ help = '' }) => help)
        .join(),
    ).not.toContain('bridge pull');
  });

  it('A-2 O-2 tells no item that something is wrong with what is only not read yet, and asks for it', () => {
    const unread = {
      salesforce: {
        ...metadata.salesforce,
        objects: metadata.salesforce.objects.map(({ fields: _, ...object }) => object),
      },
      jira: {
        ...metadata.jira,
        projects: metadata.jira.projects.map(project => ({
          ...project,
          issueTypes: project.issueTypes.map(type => ({ ...type, fields: [], statuses: [] })),
        })),
      },
    };
    const slip = bridge.replace('custom   ', 'costum   ');
    const service = createService(roomsOnDemand());
    service.files({ 'a.bridge': slip });
    const codes = (from: Questions) => from.check().problems.map(({ code }) => code);
    const withoutMetadata = codes(service).filter(code => code !== 'no-metadata');
    expect(withoutMetadata).toEqual(['unknown-word']);
    const inside = slip.indexOf('Priority');
    service.metadata(unread);
    expect([inside, slip.indexOf('item ') - 1].map(at => service.isReading('a.bridge', at))).toEqual([true, false]);
    expect(service.check()).toMatchObject({ partial: true, wanted: { objects: ['Case'], projects: ['SUP'] } });
    expect(codes(service)).toEqual(withoutMetadata);
    // What cannot be had is judged as it is.
    service.metadata(unread, { objects: ['Case'], projects: ['SUP'] });
    expect(service.check().partial).toBe(false);
    expect(codes(service)).toContain('object-not-described');
    service.metadata(metadata);
    expect(service.isReading('a.bridge', inside)).toBe(false);
    expect(service.check()).toMatchObject({ partial: false, wanted: { objects: [], projects: [] } });
    const whole = analyse([createSourceFile('a.bridge', slip)], metadata);
    expect(codes(service)).toEqual(whole.diagnostics.map(({ code }) => code));
  });

  it.each([
    ['a.bridge', `${bridge}\nitem`, 'broken'],
    ['a.bridge.yaml', 'items: {}', 'yaml'],
    ['bridge.config.yaml', 'budget: {}', 'yaml'],
  ])('A-2 asks for another part where it needs one: %s, %s', (path, text, part) => {
    const service = createService(noRooms());
    begin(service, path, text);
    expect(() => service.check()).toThrow(`asked for ${part}`);
  });

  it.each(programs)(
    'A-2 A-4 answers every question about %s as the language does, once the parts are there',
    async (path, text) => {
      const service = createService(roomsOnDemand());
      const broken = text.replace('Subject', 'Subject }');
      for (const now of [text, broken, text]) {
        begin(service, path, now);
        const whole = analyse([createSourceFile(path, now)], metadata);
        const { problems } = await withRooms(() => service.check());
        expect(problems.map(({ code, span }) => [code, span])).toEqual(
          whole.diagnostics.map(({ code, span }) => [code, span]),
        );
        const at = now.indexOf('Priority');
        expect(await withRooms(() => service.complete(path, at))).toEqual(language.complete(whole, path, at));
        expect(await withRooms(() => service.hover(path, at))).toEqual(language.hover(whole, path, at));
        expect(await withRooms(() => service.outline(path))).toEqual(language.outline(whole, path));
        expect(await withRooms(() => service.format(path))).toEqual(language.format(whole, path));
        const severity = now.indexOf('severity');
        expect(await withRooms(() => service.rename(path, severity, 'urgency'))).toEqual(
          language.rename(whole, path, severity, 'urgency'),
        );
      }
      const { item } = await withRooms(() => service.check({ path, id: 'support-cases' }));
      const edited = await withRooms(() =>
        service.edit(path, text, 'support-cases', {
          ...item!,
          name: { kind: 'text', span: item!.name.span, value: 'Other' },
        }),
      );
      expect(edited).toBe(text.replace('Support cases"', 'Other"').replace('name: Support cases', 'name: Other'));
    },
  );

  it('a part that cannot be loaded is an error, and is asked for anew', async () => {
    let tries = 0;
    const rooms = roomsOnDemand();
    const failing = (): never => {
      tries++;
      throw new Error('the network is gone');
    };
    const service = createService({ ...rooms, broken: () => (tries === 0 ? failing() : rooms.broken()) });
    begin(service, 'a.bridge', `${bridge}\nitem`);
    await expect(withRooms(() => service.check())).rejects.toThrow('the network is gone');
    const { problems } = await withRooms(() => service.check());
    expect(problems.some(({ severity }) => severity === 'error')).toBe(true);
  });
});
