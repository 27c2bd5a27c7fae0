/** The tables' rows. Adding a row adds the measurement. */
import { libraries } from './deciding/libraries.ts';

export interface Row {
  readonly label: string;
  /** One of `operations`. */
  readonly operation: string;
  readonly entities: number;
}

const row = (label: string, operation: string, entities = 2000): Row => ({ label, operation, entities });

/** Nine items of ours, and nine or ten entities of theirs, are a file of about 120 lines. */
export const rows: readonly Row[] = [
  row('bridge: parse', 'bridge parse'),
  row('bridge: parse, bind, check, plan', 'bridge plan'),
  row('bridge: the same with ten mappings an item', 'bridge plan, wide'),
  row('bridge: the same, and the plan as text', 'bridge plan as text'),
  row('prisma: parse and check', 'prisma check'),
  row('graphql: parse', 'graphql parse'),
  row('graphql: parse and check', 'graphql check'),
  row('openfga: parse', 'openfga parse'),
  row('openfga: parse and check', 'openfga check'),
  row('typespec: parse', 'typespec parse'),
  row('typespec: parse and check', 'typespec check'),

  row('bridge: one small file, warm', 'bridge plan', 9),
  row('prisma: one small file, warm', 'prisma check', 9),

  row('bridge: ten times as much', 'bridge plan', 20_000),
  row('bridge: chain of 1,000 references', 'bridge chain', 1_000),
  row('bridge: chain of 10,000 references', 'bridge chain', 10_000),
  row('bridge: ten chains of 1,000 references', 'bridge ten chains', 10_000),

  row('bridge: parse and print', 'bridge print'),
  row('bridge: fmt, with its proof', 'bridge fmt'),
  row('graphql: parse and print', 'graphql print'),

  row('yaml: parseDocument', 'yaml parseDocument'),
  row('bridge yaml: parse', 'yaml parse'),
  row('bridge yaml: parse, bind, check, plan', 'yaml plan'),
];

/** 2,000 lines each: items of four mappings in Bridge, of ten in YAML. */
export const editorRows: readonly Row[] = [
  row('editor: keystroke', 'keystroke in bridge', 143),
  row('editor: keystroke that breaks the text', 'breaking keystroke in bridge', 143),
  row('editor: completion', 'completion in bridge', 143),
  row('editor yaml: keystroke', 'keystroke in yaml', 117),
  row('editor yaml: keystroke that breaks the text', 'breaking keystroke in yaml', 117),
  row('editor yaml: completion', 'completion in yaml', 117),
];

export interface DecidingRow {
  readonly label: string;
  readonly operation: string;
  readonly needsEval: boolean;
}

export const ruleBy = (library: string): string => `rule: ${library}`;

export const decidingRows: readonly DecidingRow[] = [
  { label: 'deciding: by plan', operation: 'decide by plan', needsEval: false },
  { label: 'deciding: by hand', operation: 'decide by hand', needsEval: false },
  { label: 'rule: by plan', operation: 'rule by plan', needsEval: false },
  { label: 'rule: by hand', operation: 'rule by hand', needsEval: false },
  ...Object.entries(libraries).map(([name, library]) => ({
    label: ruleBy(name),
    operation: `rule by ${name}`,
    needsEval: library.eval,
  })),
];

const peers = ['prisma', 'graphql', 'openfga', 'typespec'];

/** The labels of what others made, which is installed for them alone. */
export const ofPeers: readonly string[] = [
  ...rows.map(({ label }) => label).filter(label => peers.some(peer => label.startsWith(`${peer}:`))),
  ...Object.keys(libraries).map(ruleBy),
];
