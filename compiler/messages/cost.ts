/** What a program costs, and the configuration file that bounds it. */
import { family } from '../../dsl/diagnostic.ts';
import { listed } from './phrases.ts';

/** Where the calls of a program come from. */
interface Spent {
  readonly spent: number;
  readonly allowed: number;
  readonly queries: readonly string[];
  readonly callsPerCycle: number;
  readonly changes: number;
}

const n = (number: number): string => number.toLocaleString('en-GB');
const few = (number: number, one: string): string => `${n(number)} ${one}${number === 1 ? '' : 's'}`;

const daily = ({ spent, changes }: Spent): string =>
  `the program makes ${changes === 0 ? 'at least' : 'up to'} ${few(spent, 'Salesforce call')} a day`;
const calls = ({ queries, callsPerCycle, changes }: Spent): string =>
  `a cycle asks for ${listed(queries)} in ${few(callsPerCycle, 'call')}, every five minutes${
    changes === 0
      ? ', also when nothing changes'
      : `, and ${few(changes, 'change')} an hour ${changes === 1 ? 'costs' : 'cost'} the rest`
  }; the daily look at every link comes on top, with at most a call for 250 of them`;
const fewerCalls = 'let items share objects, or switch comments and files off where nobody needs them';

export const cost = family({
  'over-call-budget': {
    severity: 'error',
    summary: 'The program makes more Salesforce calls a day than its budget allows.',
    message: (spent: Spent) => `${daily(spent)}, and its budget is ${n(spent.allowed)}`,
    reason: calls,
    help: () => `raise the budget, ${fewerCalls}`,
    example: {
      within: 'config',
      wrong: 'budget:\n  salesforceCallsPerDay: 200',
      right: 'budget:\n  salesforceCallsPerDay: 400',
    },
  },
  'over-point-budget': {
    severity: 'error',
    summary: "The program takes more of Jira's points an hour than its budget allows.",
    message: ({ spent, allowed }: { spent: number; allowed: number; changes: number; each: number }) =>
      `the program takes up to ${few(spent, 'Jira point')} an hour, and its budget is ${n(allowed)}`,
    reason: ({ changes, each }) =>
      `${few(changes, 'change')} an hour cost up to ${few(each, 'point')} each; the hourly and the daily look come on top, each with at most 5 % of what Jira allows`,
    help: () => 'raise the budget, or expect fewer changes',
    example: {
      within: 'config',
      wrong: 'budget:\n  changesPerHour: 200\n  jiraPointsPerHour: 100',
      right: 'budget:\n  changesPerHour: 200\n  jiraPointsPerHour: 10000',
    },
  },
  'over-daily-limit': {
    severity: 'warning',
    summary: 'The program makes more Salesforce calls a day than the org allows for everything.',
    message: (spent: Spent) => `${daily(spent)}, and the org allows ${n(spent.allowed)} for everything`,
    reason: calls,
    help: () => fewerCalls,
    example: {
      within: 'config',
      wrong: 'budget:\n  changesPerHour: 9000',
      right: 'budget:\n  changesPerHour: 90',
    },
  },
  'config-not-this-number': {
    severity: 'error',
    summary: 'A number of the configuration file is none, or out of its bounds.',
    message: ({ key, written, due }: { key: string; written: string; due: string }) =>
      `\`${key}\` takes ${due}, not \`${written}\``,
    example: { within: 'config', wrong: 'guard:\n  share: 130%', right: 'guard:\n  share: 30%' },
  },
});
