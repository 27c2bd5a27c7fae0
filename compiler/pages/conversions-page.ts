/** The conversion table as a page: for each Salesforce type what it meets in each direction, and how safely. */
import { conversionFor, type Direction, type Safety } from '../conversion/index.ts';
import { jiraTypes, salesforceTypes } from '../conversion/types.ts';

export const conversionsPage = (): string => `# Conversions

Which Salesforce type can be written to which Jira type, and how safely. The compiler, the engine and this page read one table,
[\`compiler/conversion/table.ts\`](../compiler/conversion/table.ts); this page is generated from it by \`npm run docs\`.

- **exact**: every value arrives whole; only a length can be too much for the target.
- **fallible**: some values have no counterpart, so the mapping needs an \`or else\`, or a table that covers what can occur.
- **lossy**: it always works, but something stays behind (formatting, the time of day), and a warning says what.
- Everything else is **impossible**: an error.

A field that both sides own uses both tables.

${table('to-jira', 'Salesforce to Jira (`->`)')}
${table('to-salesforce', 'Jira to Salesforce (`<-`)')}`;

const safeties: readonly Safety[] = ['exact', 'fallible', 'lossy'];

/** Types that meet the same ones stand in one line. */
function table(direction: Direction, title: string): string {
  const lines = Map.groupBy(salesforceTypes, salesforce =>
    safeties
      .map(safety => jiraTypes.filter(jira => conversionFor(direction, salesforce, jira)?.safety === safety).join(', '))
      .join(' | '),
  );
  const rows = [...lines].map(([cells, types]) => `| ${types.join(', ')} | ${cells} |`);
  return `## ${title}\n\n| Salesforce | ${safeties.join(' | ')} |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}
