/** One mapping in plain sentences: who owns the field, what is written, and what happens when that fails. */
import { conversionNamed } from '../conversion/index.ts';
import type { Section, Sentence } from './explanation.ts';
import type { FallbackPlan, MappingPlan, TableRow, ValueTable } from './ir.ts';
import { arrows, fallbackText, listText, literalText, sourceText } from './words.ts';

export function explainMapping(mapping: MappingPlan): Section {
  const { owner, target, origin, cutAt } = mapping;
  const sentences: Sentence[] = [
    { text: ownership(mapping), origin },
    ...tableSentences(mapping),
    ...(cutAt === undefined ? [] : [{ text: `A longer value is cut after ${cutAt} characters.`, origin }]),
    ...lossSentences(mapping),
    ...failure(mapping),
  ];
  return { title: `${sourceText(mapping)} ${arrows[owner]} ${target.name}`, sentences };
}

const conflicts: Readonly<Record<MappingPlan['onConflict'], string>> = {
  latest: 'the later change wins and the other value is kept in the journal',
  salesforce: "Salesforce's value wins and Jira's is kept in the journal",
  jira: "Jira's value wins and Salesforce's is kept in the journal",
  hold: 'both values stay and a person is asked',
};

function ownership({ owner, source, target, onConflict }: MappingPlan): string {
  const left = sourceText({ source });
  switch (owner) {
    case 'salesforce':
      return source.kind === 'template'
        ? `Salesforce owns it: ${target.name} is put together as ${left}. An edit in Jira is put back.`
        : `Salesforce owns it: ${target.name} gets the value of ${left}. An edit in Jira is put back.`;
    case 'jira':
      return `Jira owns it: ${left} gets the value of ${target.name}. An edit in Salesforce is put back.`;
    case 'both':
      return `Both own it: a change of ${left} in Salesforce or of ${target.name} in Jira reaches the other side. When both changed, ${conflicts[onConflict]}. The first time, Salesforce's value counts if it has one.`;
  }
}

function tableSentences(mapping: MappingPlan): readonly Sentence[] {
  const { table, toJira, toSalesforce, source, origin } = mapping;
  if (table === undefined) return [];
  const type = source.kind === 'field' ? source.field.type : 'string';
  const mirrors = (a: TableRow, b: TableRow) => a.from === b.to && a.to === b.from;
  const forth = toJira === undefined ? [] : table.toJira;
  const back = toSalesforce === undefined ? [] : table.toSalesforce;
  const both = (row: TableRow) => back.some(other => mirrors(row, other));
  const rows = [
    ...forth.map(row => `${literalText(row.from, type)} ${both(row) ? '<->' : '->'} ${literalText(row.to)}`),
    ...back
      .filter(row => !forth.some(other => mirrors(row, other)))
      .map(row => `${literalText(row.to, type)} <- ${literalText(row.from)}`),
  ];
  const place = [...forth, ...back][0];
  return [
    ...(place === undefined ? [] : [{ text: `Values translate: ${listText(rows, 'and', 12)}.`, origin: place.origin }]),
    ...(table.otherwise === undefined
      ? []
      : [
          {
            text: `Any other value: ${consequence(table.otherwise, writtenField(mapping))}.`,
            origin,
          },
        ]),
  ];
}

/** What the mapping writes, as the object of a sentence. */
const writtenField = ({ toJira, toSalesforce, source, target }: MappingPlan): string =>
  toJira === undefined ? sourceText({ source }) : toSalesforce === undefined ? target.name : 'the other side';

/** What `or else` or `otherwise` does, as the end of a sentence. */
function consequence(fallback: FallbackPlan, field: string): string {
  switch (fallback.kind) {
    case 'skip':
      return `${field} is left as it is, and that is recorded`;
    case 'keep':
      return `${field} is left as it is, silently`;
    case 'clear':
      return `${field} is emptied`;
    case 'text':
      return `${fallbackText(fallback)} is written instead`;
  }
}

function lossSentences({ toJira, toSalesforce, origin, source, target }: MappingPlan): readonly Sentence[] {
  const lost = (name: string | undefined, side: string): readonly Sentence[] => {
    if (name === undefined) return [];
    const { from, to, safety } = conversionNamed(name);
    if (safety !== 'lossy') return [];
    return [
      {
        text: `Not all of a value arrives in ${side}: a field of type ${from} holds more than one of type ${to}.`,
        origin,
      },
    ];
  };
  return [...lost(toJira, `${target.name} in Jira`), ...lost(toSalesforce, `${sourceText({ source })} in Salesforce`)];
}

/** A table answers for what it lists, so only the rest can fail. */
function failure(mapping: MappingPlan): readonly Sentence[] {
  const { orElse, table, target, toJira, origin } = mapping;
  const said: Sentence[] = [];
  if (orElse !== undefined) {
    const which =
      toJira !== undefined && target.required
        ? 'A value that is empty or cannot be written'
        : 'A value that cannot be written';
    said.push({ text: `${which}: ${consequence(orElse, writtenField(mapping))}.`, origin });
  } else if (canFail(mapping, table)) {
    said.push({ text: 'A value that cannot be written waits on the attention list; other fields go on.', origin });
  }
  if (toJira !== undefined && target.required && orElse?.kind !== 'text') {
    said.push({
      text: `${target.name} is required: a record without a value for it waits on the attention list.`,
      origin,
    });
  }
  return said;
}

const canFail = ({ toJira, toSalesforce }: MappingPlan, table: ValueTable | undefined): boolean =>
  table?.otherwise === undefined &&
  [toJira, toSalesforce].some(name => name !== undefined && conversionNamed(name).safety === 'fallible');
