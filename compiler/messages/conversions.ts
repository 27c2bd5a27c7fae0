/** Values on their way: what a conversion refuses, loses, or brings back changed. */
import { family } from '../../dsl/diagnostic.ts';
import { listed } from './phrases.ts';

/** A value, what it becomes on the other side, and what comes back. */
interface Round {
  readonly field: string;
  readonly other: string;
  /** The other side. */
  readonly there: 'Jira' | 'Salesforce';
  readonly first: string;
  readonly across: string;
  readonly last: string;
}

export const conversions = family({
  'impossible-conversion': {
    severity: 'error',
    summary: 'A value of the one type can never be written to the other.',
    message: ({ from, to, fromType, toType }: { from: string; to: string; fromType: string; toType: string }) =>
      `\`${from}\` cannot be written to \`${to}\`: ${fromType} has no counterpart in ${toType}`,
    help: () => 'map a field of another type, or turn the arrow if only one direction is meant',
    example: {
      within: 'fields',
      wrong: 'Vip__c -> assignee or else skip',
      right: 'Owner.Email -> assignee or else skip',
    },
  },
  'fallible-conversion-needs-or-else': {
    severity: 'error',
    summary: 'The conversion can fail, so the mapping says what happens then.',
    message: ({ from, to }: { from: string; to: string; witness: string }) =>
      `not every value of \`${from}\` can be written to \`${to}\`, and the mapping does not say what happens then`,
    reason: ({ witness }) => witness,
    help: () => 'add `or else skip`, `or else keep`, `or else clear` or `or else "…"`',
    example: { within: 'fields', wrong: 'Owner.Email -> assignee', right: 'Owner.Email -> assignee or else skip' },
  },
  'lossy-conversion': {
    severity: 'warning',
    summary: 'Something of the value stays behind.',
    message: ({
      from,
      to,
      side,
      loss,
    }: {
      from: string;
      to: string;
      side: string;
      loss: string;
      both: boolean;
      shown?: string | undefined;
    }) => `${loss} of \`${from}\` is lost on the way to \`${to}\` in ${side}`,
    reason: ({ both, shown }) =>
      both
        ? shown === undefined
          ? 'an edit there comes back without it'
          : `${shown}, after an edit there`
        : undefined,
    help: () => 'map to a field of a type that holds all of it, or let one side own the value',
    example: { within: 'fields', wrong: 'Called__c -> duedate', right: 'Due__c -> duedate' },
  },
  'empty-into-required': {
    severity: 'warning',
    summary: 'The value can be empty, and the target cannot.',
    message: ({ from, to, side }: { from: string; to: string; side: string; creates: boolean }) =>
      `\`${from}\` can be empty, and \`${to}\` in ${side} cannot`,
    reason: ({ creates }) =>
      creates
        ? 'a record without a value gets no issue, and waits on the attention list'
        : 'an empty value waits on the attention list',
    help: () => 'say what is written instead: `or else "…"`',
    example: { within: 'fields', wrong: 'Subject -> summary', right: 'Subject -> summary or else "Case {CaseNumber}"' },
  },
  'too-long-for-target': {
    severity: 'warning',
    summary: 'The value can be longer than the target.',
    message: ({
      from,
      to,
      side,
      length,
      limit,
    }: {
      from: string;
      to: string;
      side: string;
      length: number;
      limit: number;
    }) => `\`${from}\` can hold ${length} characters, and \`${to}\` in ${side} takes ${limit}`,
    reason: ({ limit }) => `a value of ${limit + 1} characters is not written, and waits on the attention list`,
    help: ({ limit }) => `add \`cut at ${limit}\`, or say what happens: \`or else …\``,
    example: {
      within: 'fields',
      wrong: '"{Subject}, {Account.Name}" -> "Customer"',
      right: '"{Subject}, {Account.Name}" -> "Customer" cut at 255',
    },
  },
  'value-does-not-fit': {
    severity: 'error',
    summary: 'A table or an `or else` writes a value that the target does not take.',
    message: ({ field, side }: { field: string; side: string; why: string }) =>
      `\`${field}\` in ${side} does not take this value`,
    reason: ({ why }) => why,
    example: {
      within: 'fields',
      wrong: 'Priority -> labels { "High" -> "very high" otherwise keep }',
      right: 'Priority -> labels { "High" -> "very-high" otherwise keep }',
    },
  },
  'clear-of-required': {
    severity: 'warning',
    summary: '`clear` cannot empty a field that has to have a value.',
    message: ({ field, side }: { field: string; side: string }) =>
      `\`${field}\` in ${side} has to have a value, so \`clear\` cannot empty it`,
    reason: () => 'such a value waits on the attention list, as it would without `clear`',
    help: () => 'write `skip` or `keep`, or say what is written instead: `"…"`',
    example: {
      within: 'fields',
      wrong: 'Subject -> summary or else clear',
      right: 'Subject -> summary or else "Case {CaseNumber}"',
    },
  },
  'comes-back-changed': {
    severity: 'warning',
    summary: 'A value does not survive the way there and back.',
    message: ({ field, other }: Round) => `a value of \`${field}\` comes back changed from \`${other}\``,
    reason: ({ there, first, across, last }) =>
      `\`${first}\` becomes \`${across}\` in ${there}, and after an edit there it comes back as \`${last}\``,
    help: () => 'let one side own the field, or map fields that hold the same values',
    example: {
      within: 'fields',
      wrong: 'Subject <-> "Customer" cut at 20',
      right: 'Subject -> "Customer" cut at 20',
    },
  },
  'comes-back-as-other-row': {
    severity: 'hint',
    summary: 'A value goes over on a row of one direction, and comes back as that of another row.',
    message: ({ field, first, last }: Round) => `\`${first}\` of \`${field}\` can come back as \`${last}\``,
    reason: ({ there, first, across, last }) =>
      `\`${first}\` becomes \`${across}\` in ${there}, and when somebody sets \`${across}\` there, it comes back as \`${last}\``,
    help: () => 'give each value a counterpart of its own, or leave it where that is meant',
    example: {
      within: 'fields',
      wrong: 'Priority <-> priority { "High" <-> "High" "Medium" -> "High" "Low" <-> "Low" otherwise keep }',
      right: 'Priority <-> priority { "High" <-> "High" "Medium" <-> "Medium" "Low" <-> "Low" otherwise keep }',
    },
  },
  'circle-of-owners': {
    severity: 'error',
    summary: 'Fields own each other in a circle, so that an edit never comes to rest.',
    message: ({ fields }: { fields: readonly string[]; value: string }) =>
      `${listed(fields)} own each other in a circle`,
    reason: ({ value }) =>
      `when somebody edits \`${value}\`, the edit travels on while the field that was edited is put back, and so on at every cycle`,
    help: ({ fields }) =>
      fields.length === 2
        ? 'write one mapping with `<->`, or leave one of the two out'
        : 'leave one of these mappings out',
    example: {
      within: 'fields',
      wrong: 'Subject -> "Customer"\nSubject <- "Customer"',
      right: 'Subject <-> "Customer"',
    },
  },
  'circle-changes-value': {
    severity: 'error',
    summary: 'Mappings form a circle in which the two sides never agree.',
    message: ({ field }: { field: string; stops: readonly string[] }) =>
      `the value of \`${field}\` goes in a circle and comes back changed`,
    reason: ({ stops: [first, ...others] }: { stops: readonly string[] }) => {
      const shown = others.length > 6 ? [...others.slice(0, 3), others.at(-1)!] : others;
      const steps = shown.map(stop => `\`${stop}\``);
      if (shown.length < others.length) steps[3] = `in the end ${steps[3]}`;
      return `\`${first}\` becomes ${steps.join(', then ')}, and so on with every round`;
    },
    help: () => 'leave one of these mappings out, or let it write another field',
    example: {
      within: 'fields',
      wrong: '"{Subject} (Case)" -> "Customer"\nSubject <- "Customer"',
      right: '"{Subject} (Case)" -> "Customer"',
    },
  },
});
