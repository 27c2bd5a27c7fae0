/** The curated objects as a page, with what the product knows of each beyond its describe. */
import { curatedObjects, modules } from '../catalogue/index.ts';
import { detailNames, genericLabels, statusLikeNames } from '../catalogue/objects.ts';

const listed = (names: readonly string[]): string => names.map(name => `\`${name}\``).join(', ');

export const objectsPage = (): string => `# Salesforce objects

Everything about objects and fields comes from the org's own describe. Of ten standard objects the product knows more: the
field that holds their status, what people search in, how a record is called, and the columns of a short preview. This page is
generated from [\`compiler/catalogue/objects.ts\`](../compiler/catalogue/objects.ts) by \`npm run docs\`.

${modules.map(module).join('\n')}
## Custom objects

They come live from the org. Status sync works on the first of ${listed(statusLikeNames)} that is a picklist. A search
looks in the name field and in fields for e-mail addresses and phone numbers. A record is called by its name field, with the
first of ${listed(detailNames)} in brackets.

Labels that say nothing alone are widened by the object's: ${listed(genericLabels)} of an Account read \`Account Name\`, and so on.
`;

function module(name: (typeof modules)[number]): string {
  const rows = curatedObjects
    .filter(row => row.module === name)
    .map(({ name: object, status, search, label, preview }) => {
      const called = `\`${label.title}\`${label.detail === undefined ? '' : ` [\`${label.detail}\`]`}`;
      return `| ${object} | ${status === undefined ? 'none' : `\`${status}\``} | ${listed(search)} | ${called} | ${listed(preview)} |`;
    });
  return `## ${name}\n\n| object | status | searched | called | preview |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
}
