/** Conditions, rules and `create`. */
import { family } from '../../dsl/diagnostic.ts';
import { listed } from './phrases.ts';

/** Why conditions have no record in common. */
const contradiction = (core: readonly string[]): string =>
  core.length < 2
    ? `${listed(core)} holds for no value that there is`
    : core.length === 2
      ? `${listed(core)} exclude each other`
      : `${listed(core)} cannot all hold`;

/** The way out where one comparison alone holds for nothing. */
const holdable = ([comparison = '']: readonly string[]): string =>
  comparison.endsWith(' ""') ? 'an empty field is asked for with `is empty`' : 'ask for what the field can hold';

export const conditions = family({
  'mixed-and-or': {
    severity: 'error',
    summary: '`and` beside `or` needs brackets.',
    message: (_: object) => '`and` beside `or` needs brackets',
    reason: () => 'readers do not agree on which of the two wins',
    help: () => 'put brackets around what belongs together',
    example: {
      wrong: 'where Origin is "Web" or Vip__c is true and Priority is "High"',
      right: 'where Origin is "Web" or (Vip__c is true and Priority is "High")',
    },
  },
  'wrong-literal': {
    severity: 'error',
    summary: 'The value is not of the type of its field.',
    message: ({ written, field, due }: { written: string; field: string; due: string }) =>
      `\`${field}\` takes ${due}, not ${written}`,
    example: { wrong: 'where Score__c is at least "10"', right: 'where Score__c is at least 10' },
  },
  'comparison-does-not-fit': {
    severity: 'error',
    summary: 'The type of the field has no such comparison.',
    message: ({ field, comparison, type }: { field: string; comparison: string; type: string }) =>
      `\`${field}\` is ${type} and cannot be compared with \`${comparison}\``,
    example: { wrong: 'where Subject is before 2026-01-01', right: 'where Due__c is before 2026-01-01' },
  },
  'formula-in-condition': {
    severity: 'hint',
    summary: 'A change of a formula field alone is seen at the daily sweep.',
    message: ({ field }: { field: string }) =>
      `\`${field}\` is a formula, so a change of its value alone is not seen at once`,
    reason: () => 'it is read when the record changes, or at the daily sweep',
    help: () => 'compare the fields that it is made of, where a day is too late',
    example: { wrong: 'where Total__c is at least 5', right: 'where Score__c is at least 5' },
  },
  'rule-without-otherwise': {
    severity: 'error',
    summary: 'A rule says what happens when no condition holds.',
    message: (_: object) => 'this rule has no `otherwise`',
    help: () => 'add `otherwise move to "…"` or `otherwise leave` behind the last `when`',
    example: {
      wrong: 'when Account.Rating is "Hot" move to "Done"',
      right: 'when Account.Rating is "Hot" move to "Done"\notherwise leave',
    },
  },
  'second-otherwise': {
    severity: 'error',
    summary: 'A rule has one `otherwise`.',
    message: (_: object) => 'this item has a second `otherwise`',
    help: () => 'keep one of them',
    example: {
      wrong: 'when Account.Rating is "Hot" move to "Done"\notherwise leave\notherwise move to "To Do"',
      right: 'when Account.Rating is "Hot" move to "Done"\notherwise move to "To Do"',
    },
  },
  'otherwise-without-rule': {
    severity: 'error',
    summary: '`otherwise` belongs to a `when`.',
    message: (_: object) => '`otherwise` stands here without a `when`',
    help: () => 'add `when … move to "…"` before it, or remove it',
    example: {
      wrong: 'otherwise move to "To Do"',
      right: 'when Account.Rating is "Hot" move to "Done"\notherwise move to "To Do"',
    },
  },
  'rule-after-otherwise': {
    severity: 'error',
    summary: '`otherwise` stands behind the last `when`.',
    message: (_: object) => 'this `when` stands behind `otherwise`',
    reason: () => 'rules count in the order of writing, and `otherwise` ends them',
    help: () => 'move it before `otherwise`',
    example: {
      wrong:
        'when Account.Rating is "Hot" move to "Done"\notherwise leave\nwhen Priority is "High" move to "In Progress"',
      right:
        'when Account.Rating is "Hot" move to "Done"\nwhen Priority is "High" move to "In Progress"\notherwise leave',
    },
  },
  'create-matching-without-rule': {
    severity: 'error',
    summary: '`create matching` needs a rule to match.',
    message: (_: object) => '`create matching` needs a `when`: there is no rule that a record could match',
    help: () => 'add `when … move to "…"`, or write `create all`',
    example: {
      wrong: 'create matching',
      right: 'create matching\nwhen Account.Rating is "Hot" move to "Done"\notherwise leave',
    },
  },
  'since-with-off': {
    severity: 'error',
    summary: '`since` goes with `create matching` and `create all`.',
    message: (_: object) => '`create off` creates nothing, so `since` says nothing',
    help: () => 'remove `since`',
    example: { wrong: 'create off since 2026-01-01', right: 'create all since 2026-01-01' },
  },
  'where-never-true': {
    severity: 'warning',
    summary: 'No record meets the `where`.',
    message: (_: object) => 'no record meets this `where`, so the item sees none',
    reason: ({ core }: { core: readonly string[] }) => contradiction(core),
    help: ({ core }) => (core.length < 2 ? holdable(core) : 'did you mean `or`, or `is one of`?'),
    example: { wrong: 'where Origin is "Web" and Origin is "Phone"', right: 'where Origin is one of "Web", "Phone"' },
  },
  'rule-never-true': {
    severity: 'warning',
    summary: 'No record that the item sees meets the `when`.',
    message: (_: object) => 'no record that this item sees meets this `when`',
    reason: ({ core }: { core: readonly string[] }) => contradiction(core),
    help: ({ core }) => (core.length < 2 ? holdable(core) : 'remove it, or change the `where`'),
    example: {
      wrong: 'where Origin is "Web"\nwhen Origin is "Phone" move to "Done"\notherwise leave',
      right: 'where Origin is "Web"\nwhen Vip__c is true move to "Done"\notherwise leave',
    },
  },
  'rule-always-true': {
    severity: 'warning',
    summary: 'Every record that the item sees meets the `when`.',
    message: (_: object) => 'every record that this item sees meets this `when`, so nothing behind it ever decides',
    reason: ({ byWhere }: { byWhere: boolean }) =>
      byWhere ? 'the `where` lets no other record through' : 'it says something of every value that there is',
    help: () => 'make it `otherwise`, or ask for less',
    example: {
      wrong: 'when Origin is "Web" or Origin is not "Web" move to "Done"\notherwise leave',
      right: 'when Origin is "Web" move to "Done"\notherwise leave',
    },
  },
  'rule-shadowed': {
    severity: 'warning',
    summary: 'A `when` before it takes every record that would meet it.',
    message: (_: object) => 'no record gets as far as this `when`',
    reason: ({ lines }: { lines: readonly number[] }) =>
      `every record that meets it meets the \`when\` of line ${lines.join(' or ')} first`,
    help: () => 'put the narrower condition first, or remove this one',
    example: {
      wrong: 'when Origin is not empty move to "To Do"\nwhen Origin is "Web" move to "Done"\notherwise leave',
      right: 'when Origin is "Web" move to "Done"\nwhen Origin is not empty move to "To Do"\notherwise leave',
    },
  },
  'rule-not-exhaustive': {
    severity: 'hint',
    summary: 'Values of a picklist that no `when` names.',
    message: ({ field, values }: { field: string; values: readonly string[] }) =>
      `no \`when\` names ${listed(values)} of \`${field}\``,
    reason: () => 'such a record falls to `otherwise`',
    help: () => 'add a `when` for it, where that is not meant',
    example: {
      wrong: 'when Origin is "Web" move to "Done"\nwhen Origin is "Phone" move to "To Do"\notherwise leave',
      right:
        'when Origin is "Web" move to "Done"\nwhen Origin is one of "Phone", "Email" move to "To Do"\notherwise leave',
    },
  },
});
