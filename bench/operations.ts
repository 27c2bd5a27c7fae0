/**
 * What is measured: a row prepares its input and gives back the one thing that is timed. Every operation
 * checks its own outcome once, before it is timed, since work that fails early looks fast.
 */
import { parseDocument } from 'yaml';
import { analyse } from '../compiler/analysis.ts';
import { encodePlan } from '../compiler/plan/encode.ts';
import { createSourceFile, parse, type SourceFile } from '../dsl/index.ts';
import { format, print } from '../dsl/printer/index.ts';
import { bridgeProgram, commentedProgram, yamlProgram } from './corpus/bridge.ts';
import { chain } from './corpus/chain.ts';
import * as models from './corpus/peers.ts';
import { worldFor } from './corpus/world.ts';
import { decidingOperations } from './deciding/operations.ts';
import { completion, keystroke } from './editor/operations.ts';
import { graphql, openFga, prismaLint, typeSpec } from './peers.ts';
import type { Prepared } from './prepared.ts';

type Prepare = (entities: number) => Prepared | Promise<Prepared>;

const prepared = (text: string, run: () => unknown): Prepared => ({
  lines: text.split('\n').length - 1,
  bytes: Buffer.byteLength(text),
  run,
});

/** Four mappings an item make entities of about as many lines as the peers'. */
const bridgeFile = (entities: number, mappings = 4): SourceFile =>
  createSourceFile('items.bridge', bridgeProgram(entities, mappings));
const commentedFile = (entities: number): SourceFile => createSourceFile('items.bridge', commentedProgram(entities));
const yamlFile = (entities: number): SourceFile => createSourceFile('items.bridge.yaml', yamlProgram(entities));

function sound(file: SourceFile): SourceFile {
  const { diagnostics } = parse(file);
  if (diagnostics.length > 0) throw new Error(`${file.path}: ${diagnostics[0]!.message}`);
  return file;
}

/** A fresh file each time: line starts are found anew, as they are for a text that was just typed. */
function analysing(file: SourceFile, metadata: Parameters<typeof analyse>[1], encode: boolean): Prepared {
  const whole = () => {
    const { diagnostics, plan } = analyse([createSourceFile(file.path, file.text, file.notation)], metadata);
    if (plan === undefined || diagnostics.length > 0) throw new Error(diagnostics[0]?.message ?? 'no plan');
    return encode ? encodePlan(plan) : plan;
  };
  whole();
  return prepared(file.text, whole);
}

function chained(links: number, chains: number): Prepared {
  const { text, metadata } = chain(links, chains);
  return analysing(createSourceFile('chain.bridge', text), metadata, false);
}

export const operations: Readonly<Record<string, Prepare>> = {
  ...decidingOperations,

  'bridge parse': entities => {
    const file = sound(bridgeFile(entities));
    return prepared(file.text, () => parse(file));
  },
  'bridge plan': entities => analysing(bridgeFile(entities), worldFor(entities), false),
  'bridge plan, wide': entities => analysing(bridgeFile(entities, 10), worldFor(entities), false),
  'bridge plan as text': entities => analysing(bridgeFile(entities), worldFor(entities), true),
  'bridge chain': links => chained(links, 1),
  'bridge ten chains': links => chained(links, 10),
  'bridge print': entities => {
    const file = sound(bridgeFile(entities));
    return prepared(file.text, () => print(parse(file).program));
  },
  'bridge fmt': entities => {
    const file = sound(commentedFile(entities));
    return prepared(file.text, () => {
      const { text } = format(createSourceFile(file.path, file.text));
      if (text === undefined || text === file.text) throw new Error('nothing was formatted');
      return text;
    });
  },
  'yaml parse': entities => {
    const file = sound(yamlFile(entities));
    return prepared(file.text, () => parse(file));
  },
  'yaml plan': entities => analysing(yamlFile(entities), worldFor(entities), false),
  'yaml parseDocument': entities => {
    const { text } = yamlFile(entities);
    return prepared(text, () => parseDocument(text));
  },

  'keystroke in bridge': items => keystroke('bridge', items, 'sound'),
  'breaking keystroke in bridge': items => keystroke('bridge', items, 'broken'),
  'keystroke in yaml': items => keystroke('yaml', items, 'sound'),
  'breaking keystroke in yaml': items => keystroke('yaml', items, 'broken'),
  'completion in bridge': items => completion('bridge', items),
  'completion in yaml': items => completion('yaml', items),

  'prisma check': async entities => {
    const lint = await prismaLint();
    const schema = models.prismaSchema(entities);
    return prepared(schema, () => lint(schema));
  },
  'graphql parse': async entities => {
    const { parse: read } = await graphql();
    const schema = models.graphqlSchema(entities);
    return prepared(schema, () => read(schema));
  },
  'graphql check': async entities => {
    const { parse: read, buildASTSchema, validateSchema } = await graphql();
    const schema = models.graphqlSchema(entities);
    return prepared(schema, () => {
      if (validateSchema(buildASTSchema(read(schema))).length > 0) throw new Error('the peer refuses the model');
    });
  },
  'graphql print': async entities => {
    const { parse: read, print } = await graphql();
    const schema = models.graphqlSchema(entities);
    return prepared(schema, () => print(read(schema)));
  },
  'openfga parse': async entities => {
    const { transformer } = await openFga();
    const model = models.openFgaModel(entities);
    return prepared(model, () => transformer.transformDSLToJSONObject(model));
  },
  'openfga check': async entities => {
    const { validator } = await openFga();
    const model = models.openFgaModel(entities);
    return prepared(model, () => validator.validateDSL(model));
  },
  'typespec parse': async entities => {
    const { parse: read } = await typeSpec();
    const model = models.typeSpecModel(entities);
    return prepared(model, () => {
      if (read(model).parseDiagnostics.length > 0) throw new Error('the peer refuses the model');
    });
  },
  'typespec check': async entities => {
    const { compile } = await typeSpec();
    const model = models.typeSpecModel(entities);
    return prepared(model, () => compile(model));
  },
};
