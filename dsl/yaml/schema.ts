/**
 * The JSON schema of the YAML notation (draft 7, which all YAML editors read), made of the table that the reader
 * reads by. It is for completion, hover and a first look; what a program means only the compiler knows.
 */
import { type Content, type Key, type ShapeOf, shapes } from './shapes.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Where the schema stands, seen from the root of the project. */
export const schemaPath = 'docs/schema.json';

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const scalar = (...types: readonly string[]): Schema => ({ type: types });
/** In any capitals, quoted or not. */
const anyCase = (words: readonly string[]): string =>
  `^(?:${words.map(word => word.replace(/[a-z]/g, letter => `[${letter}${letter.toUpperCase()}]`)).join('|')})$`;

/** What an editor makes of a plain scalar differs from what is written, so most are taken as they come. */
const contents: Readonly<Record<Extract<Content, string>, Schema>> = {
  text: scalar('string', 'number', 'boolean'),
  path: { ...scalar('string', 'boolean'), pattern: '^[A-Za-z_][A-Za-z0-9_-]*(?:\\.[A-Za-z_][A-Za-z0-9_-]*)*$' },
  literal: scalar('string', 'number', 'boolean'),
  value: { anyOf: [scalar('string', 'number', 'boolean', 'null'), listOf(ref('literal'), 1)] },
  number: scalar('number'),
  count: { type: 'integer', minimum: 1 },
  date: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' },
  duration: { type: 'string', pattern: '^\\d+[smhd]$' },
  switch: {
    anyOf: [
      { enum: ['on', 'off', true, false] },
      { type: 'string', pattern: anyCase(['on', 'off', 'yes', 'no', 'true', 'false']) },
    ],
  },
  off: { anyOf: [{ const: false }, { type: 'string', pattern: anyCase(['off', 'no', 'false']) }] },
  flag: { anyOf: [{ type: 'boolean' }, { type: 'string', pattern: anyCase(['true', 'false']) }] },
  true: { anyOf: [{ const: true }, { type: 'string', pattern: anyCase(['true']) }] },
  condition: ref('condition'),
};

/** A blank where a list or map is due is an empty one. */
function listOf(items: Schema, least?: 1): Schema {
  return least === undefined ? { type: ['array', 'null'], items } : { type: 'array', items, minItems: least };
}

function mapOf(additionalProperties: Schema, least?: 1): Schema {
  return least === undefined
    ? { type: ['object', 'null'], additionalProperties }
    : { type: 'object', additionalProperties, minProperties: least };
}

function contentSchema(content: Content): Schema {
  if (typeof content === 'string') return content === 'condition' ? contents.condition : ref(content);
  if ('shape' in content) return ref(`map-${content.shape}`);
  if ('mapOf' in content) return mapOf(contentSchema(content.mapOf), content.least);
  if ('listOf' in content) return listOf(contentSchema(content.listOf), content.least);
  if ('words' in content) {
    const words = Object.entries(content.words);
    return { oneOf: words.map(([word, description]) => ({ const: word, description })) };
  }
  return { anyOf: content.either.map(contentSchema) };
}

/** Beside a `$ref` draft 7 looks at nothing, so the description goes around it. */
const keySchema = ({ about, is }: Key): Schema => ({ description: about, allOf: [contentSchema(is)] });

function shapeSchema({ keys, required, one, excludes, needs, notEmpty }: ShapeOf): Schema {
  const dependencies = {
    ...needs,
    ...Object.fromEntries(
      Object.entries(excludes ?? {}).map(([key, others]) => [key, { not: { anyOf: others.map(requires) } }]),
    ),
  };
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, keySchema(key)])),
    ...(required === undefined ? {} : { required }),
    ...(one === undefined ? {} : { oneOf: one.map(requires) }),
    ...(Object.keys(dependencies).length === 0 ? {} : { dependencies }),
    ...(notEmpty ? { minProperties: 1 } : {}),
  };
}

const requires = (key: string): Schema => ({ required: [key] });

/** A field is compared by exactly one operator. */
const condition = (): Schema => {
  const schema = shapeSchema(shapes.condition);
  const operators = { oneOf: Object.keys(shapes.operators.keys).map(requires) };
  return { ...schema, dependencies: { ...(schema.dependencies as Schema), field: operators } };
};

export function yamlSchema(): Schema {
  const { program, operators: _, condition: __, ...rest } = shapes;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Salesforce Bridge for Jira: a program in YAML',
    ...shapeSchema(program),
    // An empty file is a program without items.
    type: ['object', 'null'],
    definitions: {
      ...Object.fromEntries(Object.entries(contents).filter(([name]) => name !== 'condition')),
      ...Object.fromEntries(Object.entries(rest).map(([name, shape]) => [`map-${name}`, shapeSchema(shape)])),
      condition: condition(),
    },
  };
}

export const schemaText = (): string => `${JSON.stringify(yamlSchema(), null, 2)}\n`;
