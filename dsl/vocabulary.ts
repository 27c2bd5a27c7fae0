/** What each word of the language does, in a sentence: for hover, beside what completion offers, in the schema. */
export const clauseWords = {
  salesforce: 'The Salesforce object whose records the item links.',
  where: 'Limits which records the item sees; others are as if they were not there.',
  jira: 'The project and the issue type that the item makes and links issues of.',
  sync: 'Who may write: display-only, one-way (Salesforce to Jira), two-way, or custom (each mapping says).',
  create: 'Whether new records get an issue: off, matching (those that meet the rule) or all.',
  fields: 'The mappings. Left is Salesforce, right is Jira; the arrow says who owns the field.',
  'new-issue': 'Constants that are set once, when the bridge creates an issue.',
  status: 'Keeps the status of record and issue together; pairs given here go before the closest match.',
  rule: 'The Conditional Sync Rule: the first `when` that holds decides the status of the issue.',
  otherwise: 'What happens when no `when` holds.',
  comments: 'Whether comments travel both ways.',
  attachments: 'Whether files travel both ways, up to 10 MB each.',
  associations: 'Shows the records that Salesforce relates to this one, to look at only.',
  show: 'The columns of the card beside the issue.',
} as const;

export const modifierWords = {
  by: 'Values are translated by this table.',
  'inline-table': 'Values are translated by this table.',
  'cut-at': 'A longer text is cut to so many characters.',
  'or-else': 'What happens to a value that cannot be written: skip (and record it), keep, clear, or a text instead.',
  'on-conflict': 'Who wins when both sides changed: latest, salesforce, jira, or hold (a person decides).',
} as const;

/** What a line does, by the kind of its node. */
export const lineWords: Readonly<Record<string, string>> = { ...clauseWords, ...modifierWords };

export const modeWords: Readonly<Record<string, string>> = {
  'display-only': 'Shows records on issues that a person links by hand; writes nothing.',
  'one-way': 'Salesforce owns every field; an edit in Jira is put back.',
  'two-way': 'Both own every field; the later change wins.',
  custom: 'Each mapping says who owns its field.',
};
export const createWords: Readonly<Record<string, string>> = {
  off: 'A person links records by hand.',
  matching: 'New records that meet the rule get an issue.',
  all: 'Every new record gets an issue, whether or not the rule is met.',
};
export const fallbackWords: Readonly<Record<string, string>> = {
  skip: 'The field is left as it is, and that is recorded.',
  keep: 'The field is left as it is, silently.',
  clear: 'The field is emptied.',
};
export const conflictWords: Readonly<Record<string, string>> = {
  latest: 'The later change wins.',
  salesforce: "Salesforce's value wins.",
  jira: "Jira's value wins.",
  hold: 'Both values stay, and a person decides.',
};
export const arrowWords = {
  '->': 'Salesforce owns the field: Jira shows its value, and an edit in Jira is put back.',
  '<-': 'Jira owns the field: Salesforce shows its value, and an edit in Salesforce is put back.',
  '<->': 'Both own the field: a change on either side reaches the other.',
} as const;
/** The owner as YAML says it. */
export const ownerWords: Readonly<Record<string, string>> = {
  salesforce: arrowWords['->'],
  jira: arrowWords['<-'],
  both: arrowWords['<->'],
};
