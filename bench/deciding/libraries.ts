/**
 * The same rule for the libraries, each as its documentation says it is run fastest. They compare texts exactly,
 * where ours, as SOQL does, takes `hot` for `Hot`: that is to their advantage. `eval` says which of them make code
 * out of texts, which a page under Forge's content policy may not do.
 */
type Fields = Readonly<Record<string, unknown>>;
type Verdict = string;

export interface Library {
  readonly eval: boolean;
  /** The status to move to; a promise from those that answer no other way. */
  load(): Promise<(fields: Fields) => Verdict | Promise<Verdict>>;
}

// In a variable, so that nothing looks for the packages before they are there.
const load = async <T>(name: string): Promise<T> => {
  const module = (await import(name)) as T & { readonly default?: T };
  return module.default === undefined ? module : { ...module.default, ...module };
};

const statuses = ['Escalated', 'In Progress', 'To Do'] as const;

/** Two conditions are evaluated one after the other, as two branches are. */
const branches =
  (first: (fields: Fields) => unknown, second: (fields: Fields) => unknown) =>
  (fields: Fields): Verdict =>
    first(fields) ? statuses[0] : second(fields) ? statuses[1] : statuses[2];

const logic = {
  if: [
    {
      and: [
        { '==': [{ var: 'Level__c' }, 'High'] },
        { '>=': [{ var: 'Amount__c' }, 50_000] },
        { in: [{ var: 'Region__c' }, ['EMEA', 'APAC']] },
      ],
    },
    statuses[0],
    { and: [{ '==': [{ var: 'Account__r.Rating__c' }, 'Hot'] }, { '!': [{ in: ['test', { var: 'Subject__c' }] }] }] },
    statuses[1],
    statuses[2],
  ],
};
const cel = [
  'Level__c == "High" && Amount__c >= 50000.0 && Region__c in ["EMEA", "APAC"]',
  'Account__r.Rating__c == "Hot" && !Subject__c.contains("test")',
] as const;
const both = <T>(make: (text: string) => T, texts: readonly [string, string]): readonly [T, T] => [
  make(texts[0]),
  make(texts[1]),
];

export const libraries: Readonly<Record<string, Library>> = {
  'json-logic-engine, compiled': {
    eval: true,
    async load() {
      const { LogicEngine } = await load<{
        LogicEngine: new () => { build(rule: unknown): (data: Fields) => Verdict };
      }>('json-logic-engine');
      return new LogicEngine().build(logic);
    },
  },
  'json-logic-engine': {
    eval: false,
    async load() {
      const { LogicEngine } = await load<{
        LogicEngine: new (
          methods?: undefined,
          options?: { readonly disableInterpretedOptimization: boolean },
        ) => { run(rule: unknown, data: Fields): Verdict };
      }>('json-logic-engine');
      const engine = new LogicEngine();
      return fields => engine.run(logic, fields);
    },
  },
  filtrex: {
    eval: true,
    async load() {
      const { compileExpression } = await load<{
        compileExpression(text: string, options: object): (data: Fields) => unknown;
      }>('filtrex');
      const options = {
        extraFunctions: { contains: (text: string, part: string) => text.includes(part) },
        customProp: (name: string, _: unknown, fields: Fields) =>
          name === 'Rating' ? (fields.Account__r as Fields).Rating__c : fields[name],
      };
      const made = both(
        text => compileExpression(text, options),
        [
          'Level__c == "High" and Amount__c >= 50000 and Region__c in ("EMEA", "APAC")',
          'Rating == "Hot" and not contains(Subject__c, "test")',
        ],
      );
      return branches(...made);
    },
  },
  '@marcbachmann/cel-js': {
    eval: false,
    async load() {
      const { Environment } = await load<{
        Environment: new (options: object) => { parse(text: string): (data: Fields) => unknown };
      }>('@marcbachmann/cel-js');
      const environment = new Environment({ unlistedVariablesAreDyn: true });
      return branches(...both(text => environment.parse(text), cel));
    },
  },
  '@bufbuild/cel': {
    eval: false,
    async load() {
      const { celEnv, parse, plan } = await load<{
        celEnv(): unknown;
        parse(text: string): unknown;
        plan(env: unknown, tree: unknown): (data: Fields) => unknown;
      }>('@bufbuild/cel');
      const env = celEnv();
      return branches(...both(text => plan(env, parse(text)), cel));
    },
  },
  'cel-js': {
    eval: false,
    async load() {
      const { parse, evaluate } = await load<{
        parse(text: string): { readonly isSuccess: boolean; readonly cst: unknown };
        evaluate(tree: unknown, data: Fields, functions: object): unknown;
      }>('cel-js');
      const functions = { contains: (text: string, part: string) => text.includes(part) };
      const made = both(
        text => {
          const { cst } = parse(text);
          return (fields: Fields) => evaluate(cst, fields, functions);
        },
        [cel[0].replace('50000.0', '50000'), 'Account__r.Rating__c == "Hot" && !contains(Subject__c, "test")'],
      );
      return branches(...made);
    },
  },
  '@jmespath-community/jmespath': {
    eval: false,
    async load() {
      const { compile, TreeInterpreter } = await load<{
        compile(text: string): unknown;
        TreeInterpreter: { search(tree: unknown, data: unknown): unknown };
      }>('@jmespath-community/jmespath');
      const made = both(
        text => {
          const tree = compile(text);
          return (fields: Fields) => TreeInterpreter.search(tree, fields);
        },
        [
          'Level__c == \'High\' && Amount__c >= `50000` && contains(`["EMEA", "APAC"]`, Region__c)',
          "Account__r.Rating__c == 'Hot' && !contains(Subject__c, 'test')",
        ],
      );
      return branches(...made);
    },
  },
  'json-logic-js': {
    eval: false,
    async load() {
      const { apply } = await load<{ apply(rule: unknown, data: Fields): Verdict }>('json-logic-js');
      return fields => apply(logic, fields);
    },
  },
  'expr-eval-fork': {
    eval: false,
    async load() {
      const { Parser } = await load<{
        Parser: new (
          options: object,
        ) => {
          readonly functions: Record<string, unknown>;
          parse(text: string): { evaluate(data: Fields): unknown };
        };
      }>('expr-eval-fork');
      const parser = new Parser({ allowMemberAccess: true, operators: { in: true, logical: true, comparison: true } });
      parser.functions.contains = (text: string, part: string) => text.includes(part);
      const made = both(
        text => {
          const expression = parser.parse(text);
          return (fields: Fields) => expression.evaluate(fields);
        },
        [
          'Level__c == "High" and Amount__c >= 50000 and Region__c in ["EMEA", "APAC"]',
          'Account__r.Rating__c == "Hot" and not contains(Subject__c, "test")',
        ],
      );
      return branches(...made);
    },
  },
  jexl: {
    eval: false,
    async load() {
      const { Jexl } = await load<{
        Jexl: new () => {
          addTransform(name: string, transform: unknown): void;
          compile(text: string): { evalSync(data: Fields): unknown };
        };
      }>('jexl');
      const jexl = new Jexl();
      jexl.addTransform('contains', (text: string, part: string) => text.includes(part));
      const made = both(
        text => {
          const expression = jexl.compile(text);
          return (fields: Fields) => expression.evalSync(fields);
        },
        [
          'Level__c == "High" && Amount__c >= 50000 && Region__c in ["EMEA", "APAC"]',
          'Account__r.Rating__c == "Hot" && !(Subject__c|contains("test"))',
        ],
      );
      return branches(...made);
    },
  },
  jsonata: {
    eval: false,
    async load() {
      const { default: jsonata } = (await import('jsonata' as string)) as {
        default(text: string): { evaluate(data: Fields): Promise<Verdict> };
      };
      const expression = jsonata(
        'Level__c = "High" and Amount__c >= 50000 and Region__c in ["EMEA", "APAC"] ? "Escalated" : Account__r.Rating__c = "Hot" and $not($contains(Subject__c, "test")) ? "In Progress" : "To Do"',
      );
      return fields => expression.evaluate(fields);
    },
  },
  'json-rules-engine': {
    eval: false,
    async load() {
      const { Engine } = await load<{
        Engine: new (
          rules: readonly unknown[],
          options: object,
        ) => { run(facts: Fields): Promise<{ readonly events: readonly { readonly type: string }[] }> };
      }>('json-rules-engine');
      const fact = (name: string, operator: string, value: unknown, path?: string) => ({
        fact: name,
        operator,
        value,
        ...(path === undefined ? {} : { path }),
      });
      const engine = new Engine(
        [
          {
            priority: 2,
            conditions: {
              all: [
                fact('Level__c', 'equal', 'High'),
                fact('Amount__c', 'greaterThanInclusive', 50_000),
                fact('Region__c', 'in', ['EMEA', 'APAC']),
              ],
            },
            event: { type: statuses[0] },
          },
          {
            conditions: {
              all: [fact('Account__r', 'equal', 'Hot', '$.Rating__c'), fact('Subject__c', 'lacks', 'test')],
            },
            event: { type: statuses[1] },
          },
        ],
        { allowUndefinedFacts: true },
      ) as unknown as {
        addOperator(name: string, test: (actual: string, part: string) => boolean): void;
        run(facts: Fields): Promise<{ readonly events: readonly { readonly type: string }[] }>;
      };
      engine.addOperator('lacks', (text, part) => !text.includes(part));
      return async fields => (await engine.run(fields)).events[0]?.type ?? statuses[2];
    },
  },
};
