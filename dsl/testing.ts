/** What the tests of this room share: trees without places, entries by line, fixes applied. */
import type { Diagnostic, Fix } from './diagnostic.ts';
import { createSourceFile, type Parsed, parse } from './index.ts';

export const bridge = (text: string): Parsed => parse(createSourceFile('a.bridge', text));
export const yaml = (text: string): Parsed => parse(createSourceFile('a.bridge.yaml', text));

/** A tree without spans and files, to compare by meaning. */
export function meaning(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(meaning);
  if (node === null || typeof node !== 'object') return node;
  const kept = Object.entries(node).filter(([key]) => key !== 'span' && key !== 'file' && key !== 'comments');
  return Object.fromEntries(kept.map(([key, value]) => [key, meaning(value)]));
}

export interface EntryAt {
  readonly kind: string;
  readonly line: number;
  readonly lastLine: number;
}

const ENTRIES = new Set([
  ...['item', 'values', 'test', 'salesforce', 'where', 'jira', 'sync', 'create', 'fields', 'new-issue', 'status'],
  ...['rule', 'otherwise', 'comments', 'switch', 'show', 'mapping', 'row', 'table-otherwise', 'setting'],
  ...['change', 'cycle', 'expect'],
]);

/** Every clause, mapping, row, setting, step and declaration with the lines that it stands on. */
export function entriesOf({ program }: Parsed): readonly EntryAt[] {
  const found: EntryAt[] = [];
  const walk = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      node.forEach(walk);
      return;
    }
    const { kind, span } = node as { kind?: string; span?: { start: number; end: number } };
    if (kind !== undefined && span !== undefined && ENTRIES.has(kind)) {
      const { line } = program.file.position(span.start);
      found.push({ kind, line, lastLine: program.file.position(span.end).line });
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'file' && key !== 'span') walk(value);
  };
  walk(program.declarations);
  return found;
}

export const codes = ({ diagnostics }: Parsed): readonly string[] => diagnostics.map(({ code }) => code);
export const errors = ({ diagnostics }: Parsed): readonly Diagnostic[] =>
  diagnostics.filter(({ severity }) => severity === 'error');

export function applied(text: string, { edits }: Fix): string {
  const ordered = [...edits].sort((a, b) => b.span.start - a.span.start);
  return ordered.reduce((now, { span, text: put }) => now.slice(0, span.start) + put + now.slice(span.end), text);
}

/** A program that uses every construct, once at least. */
export const EVERYTHING = `# Worked by the service desk.
item support-cases was old-cases "Support cases" {
  salesforce Case
  where      Origin is not "Web" and Account.Type is one of "Direct", "Channel"
  jira       SUP / "Incident"
  sync       custom
  create     matching since 2026-01-01

  fields {
    Subject             ->  summary             or else "Case {CaseNumber}"
    Description         <-> description         on conflict hold
    Priority            <-> priority            by severity
    Level__c            <-> customfield_10040 {
      1      <-> "One"
      true   ->  "Yes"
      "None" <-  2026-01-01
      otherwise keep
    }
    Resolution_Notes__c <-  "Resolution notes"  cut at 255
    "{Account.Name} ({{{Account.Rating}}})" -> "Customer"
    Owner.Email         ->  assignee            or else skip
  }

  new issue {
    labels = ["from-salesforce", "bridge"]
    "Due date" = 2026-01-31
    flagged = empty
  }

  status Status {
    "New"     <-> "To Do"
    "Closed"  <-> "Done"
  }

  when Account.Rating is "Hot" move to "Done"
  when not (Amount is at least 10 or Amount is at most -5.50) move to "Open"
  when CloseDate is before 2026-01-01 and CloseDate is after 2025-01-01T10:00:00+01:00 move to "Old"
  when Name contains "x" and (Name starts with "y" or Name is not one of "a", "b") move to "Y"
  when Type is empty and Reason is not empty move to "Z"
  otherwise move to "In Progress"

  comments     on, internal too, published
  attachments  on
  associations off
  show         CaseNumber, Status, Account.Name
}

item leads "Leads" {
  salesforce Lead
  jira OPS, SUP
  sync display-only
  show Name
  status Status by severity
  otherwise leave
}

values severity {
  "High"   <-> "Highest"
  "Low"    <-> "Low"
  otherwise "Medium"
}

test "a hot case is done" for support-cases {
  at 0m  salesforce Subject = "Old", Account.Type = "Direct", IsEscalated = true
  at 5m  cycle
  at 7m  jira summary = "Mine", "Due date" = empty
  expect created, summary = "Old", salesforce Subject = "Old", writes to salesforce = 0
  expect not created
}
`;

/** The same program as YAML. */
export const EVERYTHING_YAML = `# Worked by the service desk.
items:
  support-cases:
    was: old-cases
    name: Support cases
    salesforce: Case
    where: { all: [{ field: Origin, isNot: Web }, { field: Account.Type, isOneOf: [Direct, Channel] }] }
    jira: { project: SUP, issueType: Incident }
    sync: custom
    create: { records: matching, since: 2026-01-01 }
    fields:
      - { salesforce: Subject, jira: summary, owner: salesforce, orElse: { text: "Case {CaseNumber}" } }
      - { salesforce: Description, jira: description, owner: both, onConflict: hold }
      - { salesforce: Priority, jira: priority, owner: both, by: severity }
      - salesforce: Level__c
        jira: customfield_10040
        owner: both
        by: { pairs: { 1: One }, toJira: { true: "Yes" }, toSalesforce: { 2026-01-01: None }, otherwise: keep }
      - { salesforce: Resolution_Notes__c, jira: Resolution notes, owner: jira, cutAt: 255 }
      - { template: "{Account.Name} ({{{Account.Rating}}})", jira: Customer, owner: salesforce }
      - { salesforce: Owner.Email, jira: assignee, owner: salesforce, orElse: skip }
    newIssue: { labels: [from-salesforce, bridge], Due date: 2026-01-31, flagged: null }
    status: { field: Status, pairs: { New: To Do, Closed: Done } }
    rules:
      - { when: { field: Account.Rating, is: Hot }, moveTo: Done }
      - when: { not: { any: [{ field: Amount, isAtLeast: 10 }, { field: Amount, isAtMost: -5.50 }] } }
        moveTo: Open
      - when:
          all:
            - { field: CloseDate, isBefore: 2026-01-01 }
            - { field: CloseDate, isAfter: 2025-01-01T10:00:00+01:00 }
        moveTo: Old
      - when:
          all:
            - { field: Name, contains: x }
            - { any: [{ field: Name, startsWith: y }, { field: Name, isNotOneOf: [a, b] }] }
        moveTo: Y
      - { when: { all: [{ field: Type, isEmpty: true }, { field: Reason, isNotEmpty: true }] }, moveTo: Z }
      - { otherwise: { moveTo: In Progress } }
    comments: { internal: true, published: true }
    attachments: on
    associations: no
    show: [CaseNumber, Status, Account.Name]
  leads:
    name: Leads
    salesforce: Lead
    jira: { projects: [OPS, SUP] }
    sync: display-only
    show: [Name]
    status: { field: Status, by: severity }
    rules: [{ otherwise: leave }]
values:
  severity: { pairs: { High: Highest, Low: Low }, otherwise: { text: Medium } }
tests:
  - name: a hot case is done
    item: support-cases
    steps:
      - { at: 0m, salesforce: { Subject: Old, Account.Type: Direct, IsEscalated: true } }
      - { at: 5m, cycle: true }
      - { at: 7m, jira: { summary: Mine, Due date: null } }
      - expect: { created: true, jira: { summary: Old }, salesforce: { Subject: Old }, writes: { salesforce: 0 } }
      - expect: { created: false }
`;
