/** What `format` and `convert` promise is proven of each text, so that a printer with a fault costs nobody a line. */
import { describe, expect, it } from 'vitest';
import { createSourceFile, type Notation, parse } from '../index.ts';
import { MAX_FILE } from '../limits.ts';
import { print } from './index.ts';
import { proven } from './proof.ts';

const written: Readonly<Record<Notation, string>> = {
  bridge: `# Who asks?
item support "Support \\"cases\\"" {
  salesforce Case # of the service desk
  jira SUP / "Incident"
  sync custom
  fields {
    # the agents' words
    Subject -> summary or else "Case {CaseNumber}"
    Resolution__c <- "Resolution notes" cut at 255
  }
}
`,
  yaml: `# Who asks?
items:
  support:
    name: Support "cases"
    salesforce: Case # of the service desk
    jira: { project: SUP, issueType: Incident }
    sync: custom
    fields:
      # the agents' words
      - { salesforce: Subject, jira: summary, owner: salesforce, orElse: { text: "Case {CaseNumber}" } }
      - { salesforce: Resolution__c, jira: Resolution notes, owner: jira, cutAt: 255 }
`,
};

/** What a printer could do wrong, and where it would be seen. */
const faults: readonly (readonly [string, Notation, (text: string) => string])[] = [
  ['loses a comment above a line', 'bridge', text => text.replace(/ *# the agents.*\n/, '')],
  ['loses a comment behind a line', 'bridge', text => text.replace(/ +# of the service desk/, '')],
  ['cuts a comment short', 'bridge', text => text.replace('# Who asks?', '# Who asks')],
  ['writes another comment', 'bridge', text => text.replace('# Who asks?', '# Who askS?')],
  ['takes a line into a comment', 'bridge', text => text.replace('words\n', 'words')],
  [
    'writes a comment into a text',
    'bridge',
    text => text.replace(/ *# the agents' words\n/, '').replace('notes"', 'notes # the agents\' words"'),
  ],
  ['loses a mapping', 'bridge', text => text.replace(/ *Resolution__c.*\n/, '')],
  ['writes a mapping twice', 'bridge', text => text.replace(/ *Resolution__c.*\n/, '$&$&')],
  ['turns an arrow', 'bridge', text => text.replace('->', '<-')],
  ['writes another letter in a name', 'bridge', text => text.replace('Subject', 'subject')],
  ['writes another letter in a text', 'bridge', text => text.replace('Incident', 'incident')],
  ['writes a blank more in a text', 'bridge', text => text.replace('Resolution notes', 'Resolution  notes')],
  ['loses what escapes a quote', 'bridge', text => text.replaceAll('\\"', "'")],
  ['joins two words', 'bridge', text => text.replace(/sync +custom/, 'synccustom')],
  ['takes a number apart', 'bridge', text => text.replace('255', '25 5')],
  ['writes another number', 'bridge', text => text.replace('255', '256')],
  ['loses the last brace', 'bridge', text => text.replace(/\}\n$/, '')],
  ['writes behind the end', 'bridge', text => `${text}values more {}\n`],
  ['loses a comment above a line', 'yaml', text => text.replace(/ *# the agents.*\n/, '')],
  ['loses a comment behind a line', 'yaml', text => text.replace(/ +# of the service desk/, '')],
  ['loses a mapping', 'yaml', text => text.replace(/ *- \{ salesforce: Resolution__c.*\n/, '')],
  ['turns an owner', 'yaml', text => text.replace('owner: jira', 'owner: salesforce')],
  ['writes another number', 'yaml', text => text.replace('255', '256')],
  ['writes what is no YAML', 'yaml', text => text.replace('fields:', 'fields: [')],
];

describe('L-1 a printer that', () => {
  it.each(faults)('%s in %s is found out, and nothing is written', (_, notation, fault) => {
    // Of the same notation, as `fmt` writes it, and of the other, as `convert` does.
    for (const from of ['bridge', 'yaml'] as const) {
      const { program } = parse(createSourceFile(`a.${from}`, `\n${written[from]}`, from));
      const sound = print(program, notation);
      expect(proven(program, notation, () => sound)).toEqual({ program, text: sound, diagnostics: [] });
      expect(fault(sound), 'the fault is one').not.toBe(sound);
      const { text, diagnostics } = proven(program, notation, () => fault(sound));
      expect(text, from).toBeUndefined();
      expect(
        diagnostics.map(({ code }) => code),
        from,
      ).toEqual(['not-proven']);
    }
  });

  it.each(['bridge', 'yaml'] as const)('refuses a text in %s that is larger than a file may be', notation => {
    const { program } = parse(createSourceFile('a.bridge', written.bridge));
    const result = proven(program, notation, () => print(program, notation).padEnd(MAX_FILE + 1, '\n'));
    expect(result.text).toBeUndefined();
    expect(result.diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      expect.stringMatching(/^too-large-written: laid out in (Bridge|YAML), this file would have 10\.1 MB/),
    ]);
  });
});
