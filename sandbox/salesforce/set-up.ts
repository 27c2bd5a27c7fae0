/** What an admin of the org did since its start: fields taken away, record types made, rules written, calls bought. */
import { isDeepStrictEqual } from 'node:util';
import { type OrgView, viewProblem } from './catalogue/view.ts';
import { SalesforceError } from './errors.ts';
import type { Org } from './org.ts';
import type { ValidationRule } from './saving.ts';
import { compileWhere } from './soql/run.ts';

/** Lasting circumstances of an org. */
export interface OrgConditions extends OrgView {
  readonly rules?: readonly ValidationRule[];
  /** Daily API requests. */
  readonly dailyCalls?: number;
}

/** Replaces what was set up before; throws what does not fit, and then changes nothing. */
export function setUpOrg(org: Org, conditions: OrgConditions, usualCalls: number): void {
  const { rules = [], dailyCalls = usualCalls, ...view } = conditions;
  const wrong = viewProblem(org.state.catalogue, view) ?? ruleProblem(org, rules);
  if (wrong !== undefined) throw new Error(wrong);
  if (!isDeepStrictEqual(view, org.view)) org.show(view, org.clock.now());
  org.setRules(rules);
  org.usage.max = dailyCalls;
}

/** What is wrong with a rule, in Salesforce's words. */
function ruleProblem(org: Org, rules: readonly ValidationRule[]): string | undefined {
  for (const { object, when } of rules) {
    const found = org.state.catalogue.object(object);
    if (!found) return `There is no object \`${object}\` for a rule.`;
    try {
      compileWhere(
        { ...org.queryContext('67.0', true, org.clock.now()), catalogue: org.state.catalogue },
        found,
        when,
        true,
      );
    } catch (error) {
      if (!(error instanceof SalesforceError)) throw error;
      return `The rule \`${when}\` cannot be read: ${error.message.trim().split('\n').at(-1)}`;
    }
  }
  return undefined;
}
