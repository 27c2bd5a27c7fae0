/** The table of refused logins in `docs/deploy.md`, out of the one that the app answers from. */
import { refusals } from '../runtime/salesforce/oauth.ts';

const begin = '<!-- refusals: written by `npm run docs` -->';
const end = '<!-- end -->';

export function withRefusals(page: string): string {
  const rows = [...new Map(refusals.map(one => [one.cause, one])).values()].map(
    ({ cause, remedy, code }) => `| ${cause} | ${remedy} | \`${code}\` |`,
  );
  const table = ['| cause | what to do | code |', '|---|---|---|', ...rows].join('\n');
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`the page has no place for the refusals: \`${begin}\`, then \`${end}\``);
  return `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`;
}
