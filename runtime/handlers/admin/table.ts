/** I-6: the rows of the admin table, from the plan, the pauses, the last runs and what needs attention. */
import { moduleOf } from '../../../compiler/catalogue/index.ts';
import type { RulesPlan } from '../../../compiler/plan/ir.ts';
import { conditionText, templateText } from '../../../compiler/plan/words.ts';
import type { SavedProgram } from '../../ports.ts';
import type { AppDeps } from '../deps.ts';

/** As many runs as are looked through for an item's last one. */
const lookBack = 100;

export async function describeItems({ store }: AppDeps, program: SavedProgram | undefined) {
  if (program === undefined) return { version: 0, files: {}, items: [], allPaused: false };
  const [pauses, runs, attention] = await Promise.all([store.pauses(), store.runs(lookBack), store.attention()]);
  const items = program.plan.items.map(item => {
    const last = runs.find(run => run.endedAt !== undefined && run.items[item.id] !== undefined);
    const open = attention.filter(one => one.item === item.id);
    return {
      id: item.id,
      name: item.name,
      mode: item.mode,
      source: `${item.origin.file}:${item.origin.line}`,
      projects: item.jira.projects.map(({ key }) => key),
      issueType: item.jira.issueType?.name ?? null,
      object: item.salesforce.object,
      objectLabel: item.salesforce.label,
      module: moduleOf(item.salesforce.object),
      mappings: item.mappings.map(({ owner, source, target }) => ({
        owner,
        from: source.kind === 'field' ? source.field.label : templateText(source.parts),
        to: target.name,
      })),
      shows: item.show.map(({ label }) => label),
      conditionalStatus: item.rules !== undefined,
      rules: item.rules === undefined ? [] : rulesText(item.rules),
      create: item.create.records,
      comments: item.comments.on,
      attachments: item.attachments,
      status: item.status !== undefined,
      associations: item.associations,
      paused: pauses.all !== undefined || pauses.items[item.id] !== undefined,
      pausedBecause: pauses.all?.reason ?? pauses.items[item.id]?.reason ?? null,
      latest: last === undefined ? null : { at: last.endedAt, counts: last.items[item.id] },
      attention: open.length,
      attentionReason: open[0]?.cause ?? null,
    };
  });
  const { version, savedAt, savedBy, files } = program;
  return { version, savedAt, savedBy, files, items, allPaused: pauses.all !== undefined };
}

const rulesText = ({ branches, otherwise }: RulesPlan): readonly string[] => [
  ...branches.map(({ when, moveTo }) => `${conditionText(when)} → ${moveTo.name}`),
  `otherwise ${otherwise.moveTo === undefined ? 'leave the status' : `→ ${otherwise.moveTo.name}`}`,
];
