import {
  type BoundItem,
  type BoundMapping,
  jiraFieldOf,
  sourceFieldOf,
  writesJira,
  writesSalesforce,
} from '../../bind/bound.ts';
import { type Conversion, conversionFor, type Direction, foldText } from '../../conversion/index.ts';
import type { JiraType, SalesforceType } from '../../plan/ir.ts';
import { modifier, turnArrow } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';
import { enumerated, valuesToCover } from '../values.ts';

/** What the conversion table says of a mapping, in each direction that it writes. */
export const conversion: Rule = {
  name: 'conversion',
  item(item, report) {
    for (const mapping of item.mappings) checkMapping(item, mapping, report);
  },
};

const directions = ['to-jira', 'to-salesforce'] as const;

function checkMapping(item: BoundItem, mapping: BoundMapping, report: Report): void {
  const { file } = item;
  const { source, arrow, node } = mapping;
  const target = jiraFieldOf(mapping.target);
  const field = sourceFieldOf(mapping);
  if (target === undefined || arrow === undefined || target.field.id === 'status') return;
  if (source.kind === 'missing' || (source.kind === 'path' && field === undefined)) return;
  const isReadOnly = source.kind === 'template' || (field?.hops ?? 0) > 0;
  const type: SalesforceType = field?.field.type ?? 'string';
  let unanswered: Conversion | undefined;
  for (const direction of directions) {
    const toJira = direction === 'to-jira';
    if (toJira ? !writesJira(arrow) : !writesSalesforce(arrow) || isReadOnly) continue;
    const found = conversionFor(direction, type, target.field.type);
    const span = toJira ? node.target.span : node.source.span;
    if (found === undefined) {
      const [from, to] = namesOf(mapping, toJira);
      const [fromType, toType] = toJira ? [type, target.field.type] : [target.field.type, type];
      const holes = { from, to, fromType: typeWords(fromType), toType: typeWords(toType) };
      const other = otherWay(direction, type, target.field.type);
      const fixes =
        arrow === '<->' && other && node.arrow.kind === 'arrow' ? [turnArrow(file, node.arrow.span, other)] : [];
      report(file, span, 'impossible-conversion', holes, { fixes });
    } else if (found.safety === 'fallible') {
      if (!answered(mapping, toJira)) unanswered ??= found;
    } else if (found.safety === 'lossy') {
      const [from, to] = namesOf(mapping, toJira);
      const loss = lossOf(type, target.field.type);
      report(file, span, 'lossy-conversion', {
        from,
        to,
        side: toJira ? 'Jira' : 'Salesforce',
        loss,
        both: arrow === '<->',
      });
    }
  }
  if (unanswered !== undefined) {
    const toJira = unanswered.direction === 'to-jira';
    const [from, to] = namesOf(mapping, toJira);
    const witness = witnessOf(mapping, unanswered);
    const at = lineEndOf(mapping);
    const fixes = ['skip', 'keep', 'clear'].map(word =>
      modifier(file, node, { at, words: `or else ${word}`, key: 'orElse', value: word }),
    );
    report(
      file,
      toJira ? node.target.span : node.source.span,
      'fallible-conversion-needs-or-else',
      { from, to, witness },
      { fixes },
    );
  }
}

/** The field that a value comes from and the one that it goes to. */
function namesOf(mapping: BoundMapping, toJira: boolean): readonly [from: string, to: string] {
  const salesforce = sourceFieldOf(mapping)?.field.path.join('.') ?? 'the template';
  const jira = jiraFieldOf(mapping.target)?.field.name ?? '';
  return toJira ? [salesforce, jira] : [jira, salesforce];
}

const lineEndOf = ({ node }: BoundMapping): number => node.modifiers.at(-1)?.span.end ?? node.target.span.end;

/** A table translates what can occur; only what it leaves out can fail, and then its `otherwise` answers. */
function answered(mapping: BoundMapping, toJira: boolean): boolean {
  if (mapping.modifiers['or-else'] !== undefined) return true;
  const { by } = mapping.modifiers;
  if (by !== undefined && mapping.table === undefined) return true;
  if (mapping.table === undefined) return false;
  return mapping.table.otherwise !== undefined || valuesToCover(mapping, toJira) !== undefined;
}

const otherWay = (direction: Direction, salesforce: SalesforceType, jira: JiraType): '->' | '<-' | undefined => {
  if (direction === 'to-jira') return conversionFor('to-salesforce', salesforce, jira) ? '<-' : undefined;
  return conversionFor('to-jira', salesforce, jira) ? '->' : undefined;
};

/** A value that the target would refuse: one of the field's own where there is one. */
function witnessOf(mapping: BoundMapping, { from, to, direction }: Conversion): string {
  const toJira = direction === 'to-jira';
  const given = enumerated(mapping, toJira);
  const taken = enumerated(mapping, !toJira);
  if (given && taken) {
    const listed = new Set(taken.map(foldText));
    const lone = given.find(value => !listed.has(foldText(value)));
    if (lone !== undefined) return `\`${lone}\` is no value that the other side lists`;
  }
  return witnesses[to] ?? `not every value of ${typeWords(from)} is a value of ${typeWords(to)}`;
}

const witnesses: Readonly<Record<string, string>> = {
  user: 'no Jira user may have the e-mail address, or it may be hidden',
  users: 'no Jira user may have one of the e-mail addresses, or it may be hidden',
  email: 'the profile of a Jira user may hide the e-mail address',
  number: '`about ten` is no number',
  int: '`12.5` is no whole number',
  double: '`about ten` is no number',
  currency: '`about ten` is no number',
  percent: '`about ten` is no number',
  date: '`tomorrow` is no date',
  datetime: '`tomorrow` is no moment',
  time: '`at noon` is no time of day',
  boolean: '`maybe` is neither true nor false',
  labels: 'a label cannot hold blanks',
  url: '`see the wiki` is no address',
  picklist: 'a value may be none that the picklist lists',
  multipicklist: 'a value may be none that the picklist lists',
  option: 'a value may be none that the Jira field offers',
  options: 'a value may be none that the Jira field offers',
  priority: 'a value may be none of the priorities of the project',
};

function lossOf(salesforce: SalesforceType, jira: JiraType): string {
  if (jira === 'date' || salesforce === 'date') return 'the time of day';
  if (salesforce === 'address' || salesforce === 'location') return 'the structure';
  if (jira === 'rich-text' || salesforce === 'rich-textarea') return 'formatting';
  if (salesforce === 'textarea') return 'the line structure';
  return 'something';
}

/** `a picklist`, `rich text`. */
const typeWords = (type: SalesforceType | JiraType): string =>
  special[type] ?? `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
const special: Readonly<Record<string, string>> = {
  'rich-text': 'rich text',
  'rich-textarea': 'a rich text area',
  textarea: 'a text area',
  string: 'a text',
  other: 'a field that this bridge does not write',
  int: 'a whole number',
  double: 'a number',
  boolean: 'a checkbox',
  datetime: 'a date with time',
  options: 'several options',
  users: 'several users',
  labels: 'labels',
  components: 'components',
  versions: 'versions',
  groups: 'groups',
  named: 'a field that Jira sets along the workflow',
  'cascading-option': 'a cascading option',
};
