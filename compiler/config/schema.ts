/** JSON Schema of `bridge.config.yaml`, from the table that its reader reads by, for completion in any YAML editor. */
import { type NumberKey, numbers } from './config.ts';

export const configSchema = (): Readonly<Record<string, unknown>> => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'bridge.config.yaml',
  description: 'The configuration of a program of the Salesforce Bridge for Jira.',
  ...mapOf({
    metadata: { type: 'string', minLength: 1, description: "The snapshot of org and site, from this file's folder." },
    budget: mapOf(numbersOf(numbers.budget)),
    guard: mapOf(numbersOf(numbers.guard)),
  }),
});

/** A blank is an empty map. */
const mapOf = (properties: Readonly<Record<string, unknown>>) => ({
  type: ['object', 'null'],
  additionalProperties: false,
  properties,
});

const numbersOf = (rows: Readonly<Record<string, NumberKey>>) =>
  Object.fromEntries(
    Object.entries(rows).map(([key, { about, least, most, percent }]) => {
      const whole = { type: 'integer', minimum: least, maximum: most };
      const share = { type: 'string', pattern: '^(100|\\d{1,2})\\s*%$' };
      return [key, { description: about, ...(percent ? { anyOf: [share, whole] } : whole) }];
    }),
  );
