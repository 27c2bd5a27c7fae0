/** Programs of any size in both notations of ours: the same items, not yet laid out as `fmt` does. */
import { groupSize, issueTypeName, kinds, levels, objectName, projectKey } from './world.ts';

interface Row {
  readonly left: string;
  readonly arrow: '->' | '<->' | '<-';
  readonly right: string;
  readonly table?: true;
}

/** Ten fields an item: every direction, several types, a table, a relationship. */
const rows: readonly Row[] = [
  { left: 'Subject__c', arrow: '->', right: 'summary' },
  { left: 'Text_1__c', arrow: '<->', right: 'Text 1' },
  { left: 'Text_2__c', arrow: '->', right: 'Text 2' },
  { left: 'Text_3__c', arrow: '<-', right: 'Text 3' },
  { left: 'Amount_1__c', arrow: '<->', right: 'Amount 1' },
  { left: 'Amount_2__c', arrow: '->', right: 'Amount 2' },
  { left: 'Day__c', arrow: '<->', right: 'Day' },
  { left: 'Moment__c', arrow: '->', right: 'Moment' },
  { left: 'Level__c', arrow: '<->', right: 'Level', table: true },
  { left: 'Account__r.Name', arrow: '->', right: 'Customer' },
];
const owners = { '->': 'salesforce', '<-': 'jira', '<->': 'both' } as const;

/** As many of the rows, beginning at another one for each item, so that all kinds are met as often. */
const rowsOf = (item: number, mappings: number): readonly Row[] =>
  Array.from({ length: mappings }, (_, at) => rows[(item * mappings + at) % rows.length]!);

/** One table of values for every hundred items. */
const tableOf = (item: number): string => `levels-${Math.floor(item / 100)}`;

export function bridgeProgram(items: number, mappings = rows.length): string {
  const blocks: string[] = [];
  for (let n = 0; n < items; n++) {
    const group = Math.floor(n / groupSize);
    const place = n % groupSize;
    const fields = rowsOf(n, mappings).map(({ left, arrow, right, table }) => {
      const target = /^[a-z]+$/.test(right) ? right : `"${right}"`;
      return `    ${left} ${arrow} ${target}${table ? ` by ${tableOf(n)}` : ''}`;
    });
    blocks.push(`item entity-${n} "Entity ${n}" {
  salesforce ${objectName(group)}
  where Kind__c is "${kinds[place]}"
  jira ${projectKey(group)} / "${issueTypeName(place)}"
  sync custom

  fields {
${fields.join('\n')}
  }
}
`);
    if (n % 100 === 0) {
      const pairs = levels.map(level => `  "${level}" <-> "${level}"`);
      blocks.push(`values ${tableOf(n)} {\n${pairs.join('\n')}\n}\n`);
    }
  }
  return blocks.join('\n');
}

export function yamlProgram(items: number): string {
  const lines = ['items:'];
  for (let n = 0; n < items; n++) {
    const group = Math.floor(n / groupSize);
    const place = n % groupSize;
    lines.push(
      `  entity-${n}:`,
      `    name: Entity ${n}`,
      `    salesforce: ${objectName(group)}`,
      `    where: { field: Kind__c, is: ${kinds[place]} }`,
      `    jira: { project: ${projectKey(group)}, issueType: ${issueTypeName(place)} }`,
      '    sync: custom',
      '    fields:',
      ...rows.map(
        ({ left, arrow, right, table }) =>
          `      - { salesforce: ${left}, jira: ${right}, owner: ${owners[arrow]}${table ? `, by: ${tableOf(n)}` : ''} }`,
      ),
    );
  }
  lines.push('values:');
  const pairs = levels.map(level => `${level}: ${level}`).join(', ');
  for (let n = 0; n < items; n += 100) lines.push(`  ${tableOf(n)}:`, `    pairs: { ${pairs} }`);
  return `${lines.join('\n')}\n`;
}

/** The same with comments as people write them: above an item, behind a clause, above and behind mappings. */
export function commentedProgram(items: number): string {
  let lines = 0;
  return bridgeProgram(items)
    .split('\n')
    .flatMap(line => {
      if (line.startsWith('item')) return [`# Worked by the team of ${line.slice(5, -2)}.`, line];
      if (line.startsWith('  sync')) return [`${line} # each mapping says who owns it`];
      if (!line.startsWith('    ')) return [line];
      lines++;
      if (lines % 10 === 3) return ['', '    # Jira owns: the agent writes it.', line];
      return [lines % 5 === 0 ? `${line} # see the handbook` : line];
    })
    .join('\n');
}
