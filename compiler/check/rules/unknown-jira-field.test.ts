import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('a Jira field', () => {
  it.each([
    ['by id', 'Subject -> customfield_10040'],
    ['by display name', 'Subject -> "Customer"'],
    ['by display name without quotes, in other capitals', 'Subject -> CUSTOMER'],
  ])('is found %s', (_, mapping) => {
    expectFindings(itemWith(`  fields { ${mapping} }`), []);
  });
  it('that the site does not have is reported, with the nearest', () => {
    const source = itemWith('  fields { Subject -> ~~sumary~~ or else skip }');
    expect(expectFindings(source, ['unknown-jira-field'])[0]?.help).toBe('did you mean `summary`?');
    expectFixesToHelp(source, 'unknown-jira-field');
  });
  it('whose id has other capitals is reported with its id, and one of another number with none', () => {
    const source = itemWith('  fields { Subject -> ~~CUSTOMFIELD_10040~~ }');
    expect(expectFindings(source, ['unknown-jira-field'])[0]?.help).toBe('did you mean `customfield_10040`?');
    expectFixesToHelp(source, 'unknown-jira-field');
    for (const id of ['customfield_1004', 'customfield_10049'])
      expect(expectFindings(itemWith(`  fields { Subject -> ~~${id}~~ }`), ['unknown-jira-field'])[0]?.fixes).toEqual(
        [],
      );
  });
  it('of a name that two fields have lists the ids, and each fixes it', () => {
    const source = itemWith('  fields { Subject -> ~~"Twin"~~ }');
    expect(expectFindings(source, ['ambiguous-jira-field'])[0]?.help).toMatch(
      '`customfield_10044` or `customfield_10045`',
    );
    expect(expectFixesToHelp(source, 'ambiguous-jira-field')).toHaveLength(2);
  });
  it('whose closing quote is missing is not looked up: its name is the rest of the line', () => {
    expectFindings(itemWith('  fields {\n    Description -> ~~"Custmer or else skip~~\n  }'), ['unclosed-text']);
  });
});
