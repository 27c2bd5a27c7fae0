/** What an admin of the org did since its start: fields taken away, record types made, rules written, calls bought. */
import { isDeepStrictEqual } from 'node:util';
import { type OrgView, viewProblem } from './catalogue/view.ts';
import { SalesforceError } from './errors.ts';
import type { Org, Unshared } from './org.ts';
import type { ValidationRule } from './saving.ts';
import { compileWhere } from './soql/run.ts';

/** Lasting circumstances of an org. */
export interface OrgConditions extends OrgView {
  readonly rules?: readonly ValidationRule[];
  /** Records that sharing keeps from the integration user. */
  readonly unshared?: readonly Unshared[];
  /** Daily API requests. */
  readonly dailyCalls?: number;
}

/** Replaces what was set up before; throws what does not fit, and then changes nothing. */
export function setUpOrg(org: Org, conditions: OrgConditions, usualCalls: number): void {
  const { rules = [], unshared = [], dailyCalls = usualCalls, ...view } = conditions;
  const wrong = viewProblem(org.state.catalogue, view) ?? conditionProblem(org, [...rules, ...unshared]);
  if (wrong !== undefined) throw new Error(wrong);
  if (!isDeepStrictEqual(view, org.view)) org.show(view, org.clock.now());
  org.setRules(rules);
  org.unshare(unshared);
  org.usage.max = dailyCalls;
}

/** What is wrong with a condition on an object's records, in Salesforce's words. */
function conditionProblem(org: Org, conditions: readonly Unshared[]): string | undefined {
  for (const { object, when } of conditions) {
    const found = org.state.catalogue.object(object);
    if (!found) return `There is no object \`${object}\`.`;
    try {
      compileWhere(
        { ...org.queryContext('67.0', true, org.clock.now()), catalogue: org.state.catalogue },
        found,
        when,
        true,
      );
    } catch (error) {
      if (!(error instanceof SalesforceError)) throw error;
      return `The condition \`${when}\` cannot be read: ${error.message.trim().split('\n').at(-1)}`;
    }
  }
  return undefined;
}
