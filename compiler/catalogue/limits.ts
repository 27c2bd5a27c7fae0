/**
 * Limits of the platforms that decide what a program costs, and the limits that the product sets itself. One
 * row each, with the reason; the documentation is drawn from the same rows.
 */
interface Limit {
  readonly value: number;
  readonly about: string;
}

export const limits = {
  cyclesPerDay: { value: 288, about: 'Cycles a day, since Forge starts a schedule every five minutes at most:' },
  queriesPerCall: { value: 5, about: 'Queries that Salesforce takes in one composite call:' },
  jiraPointsPerHour: {
    value: 65_000,
    about:
      'Points an hour that Jira grants the app, for all its customers together (a read costs one, and one an issue):',
  },
  guardLinks: {
    value: 50,
    about: 'Links of an item that a changed program may move or blank, unless that is under the share:',
  },
  guardShare: { value: 30, about: "The same as a share of the item's links, in per cent:" },
  newIssues: { value: 50, about: 'Issues that a first activation creates without asking:' },
} as const satisfies Readonly<Record<string, Limit>>;
