import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createSourceFile } from '../../dsl/index.ts';
import { configName } from './config.ts';
import { readConfig } from './read-config.ts';
import { configSchema } from './schema.ts';

const validate = new Ajv({ allowUnionTypes: true }).compile(configSchema());

describe('the schema of the configuration file', () => {
  it.each([
    '',
    'metadata: ../metadata.lock.json',
    'budget:\nguard:',
    'budget: { salesforceCallsPerDay: 20000, jiraPointsPerHour: 0, changesPerHour: 60 }',
    'guard: { links: 1, share: 30%, newIssues: 0 }',
    'guard: { share: 30 }',
    'gaurd: {}',
    'metadata: []',
    'budget: { salesforceCalls: 1 }',
    'budget: { changesPerHour: -1 }',
    'budget: { changesPerHour: 1.5 }',
    'budget: { changesPerHour: many }',
    'guard: { share: 130% }',
    'guard: { share: 130 }',
    'guard: [1]',
  ])('agrees with the reader: %j', text => {
    const { diagnostics } = readConfig(createSourceFile(configName, text));
    expect([text, validate(parse(text) ?? {})]).toEqual([text, diagnostics.length === 0]);
  });
});
