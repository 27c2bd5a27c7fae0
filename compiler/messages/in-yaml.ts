/**
 * Findings speak the words of Bridge; of a file in YAML they say what stands there instead. Whole phrases in
 * backticks are looked up, so that a name of somebody's own stays as it is.
 */
const phrases: Readonly<Record<string, string>> = {
  '->': 'owner: salesforce',
  '<-': 'owner: jira',
  '<->': 'owner: both',
  'new issue': 'newIssue',
  'or else': 'orElse',
  'cut at': 'cutAt',
  'on conflict': 'onConflict',
  'or else skip': 'orElse: skip',
  'or else keep': 'orElse: keep',
  'or else clear': 'orElse: clear',
  'or else "…"': 'orElse: { text: … }',
  'or else …': 'orElse: …',
  'otherwise keep': 'otherwise: keep',
  'otherwise leave': '{ otherwise: leave }',
  'otherwise move to "…"': '{ otherwise: { moveTo: … } }',
  'when … move to "…"': '{ when: …, moveTo: … }',
  'when … move to …': '{ when: …, moveTo: … }',
  'create all': 'create: all',
  'create matching': 'create: matching',
  'create off': 'create: off',
  'comments on': 'comments: on',
  'comments off': 'comments: off',
  'is empty': 'isEmpty: true',
  'is one of': 'isOneOf',
};

const patterns: readonly (readonly [RegExp, string])[] = [
  [/^cut at (\d+)$/, 'cutAt: $1'],
  [/^values (\S+) \{ … \}$/, 'values: { $1: … }'],
  [/^jira (\S+) \/ "…"$/, 'jira: { project: $1, issueType: … }'],
];

export const inYaml = (sentence: string): string =>
  sentence.replace(/`([^`]+)`/g, (quoted, words: string) => {
    if (Object.hasOwn(phrases, words)) return `\`${phrases[words]}\``;
    const pattern = patterns.find(([form]) => form.test(words));
    return pattern === undefined ? quoted : `\`${words.replace(...pattern)}\``;
  });
