/**
 * A judge that Atlassian wrote: every accepted request and every answer is held to the OpenAPI document of
 * Jira's REST API v3. The document is not ours to ship, so it is read from the folder that the environment
 * variable BRIDGE_REFERENCE names; where that is unset the check does nothing, and says so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { isRecord } from './context.ts';
import type { JiraStandIn } from './index.ts';

export interface Contract {
  /** False where the document is not at hand. */
  readonly active: boolean;
  /** What was checked against, or why nothing was. */
  readonly note: string;
  /** The same stand-in; whatever breaks the contract is remembered. */
  watch(standIn: JiraStandIn): JiraStandIn;
  /** For a test without a stand-in: only the request is judged, and what it breaks is remembered. */
  hold(request: Request): Promise<void>;
  /** One line a finding, each once. */
  violations(): readonly string[];
  /** How many exchanges were held to the document. */
  checked(): number;
}

interface Allowance {
  readonly operation?: RegExp;
  readonly finding: RegExp;
  readonly reason: string;
}

/** Where the document is wrong or stricter than the live service; every row says how that is known. */
const allowances: readonly Allowance[] = [
  {
    finding: /\/items\/\d+\/(from|fromString|to|toString) must be string/,
    reason: 'a live site sends null for an empty side of a change',
  },
  {
    operation: /^GET \/rest\/api\/3\/field$/,
    finding: /additional properties: untranslatedName/,
    reason: 'seen on custom fields of real sites, missing in the document',
  },
  {
    operation: /^PUT .*\/assignee$/,
    finding: /body\/accountId must be string/,
    reason: "the operation's own description says that null unassigns",
  },
];

/** Answers that the document leaves out for most operations although the service gives them. */
const undocumentedStatuses: Readonly<Record<number, string>> = {
  400: 'any request can be malformed',
  401: 'credentials can be missing anywhere',
  403: 'permission can be missing anywhere',
  404: 'what is hidden looks absent',
  410: 'removed operations answer so',
  413: 'limits of one issue or upload',
  415: 'a body of the wrong type',
  429: 'rate limits hold everywhere',
  503: 'any service can be down',
};

type Json = Readonly<Record<string, unknown>>;

const errorCollection = { $ref: '#/components/schemas/ErrorCollection' };

interface Operation {
  readonly name: string;
  readonly pattern: RegExp;
  readonly literals: number;
  readonly method: string;
  readonly spec: Json;
}

export function createContract(folder: string | undefined = process.env.BRIDGE_REFERENCE): Contract {
  const file = folder === undefined ? undefined : join(folder, 'jira-openapi', 'swagger-v3.json');
  if (file === undefined || !existsSync(file)) {
    const why = file === undefined ? 'BRIDGE_REFERENCE is not set' : `${file} does not exist`;
    return {
      active: false,
      note: `Jira's answers were not held to Atlassian's OpenAPI document: ${why}.`,
      watch: standIn => standIn,
      hold: async () => {},
      violations: () => [],
      checked: () => 0,
    };
  }
  const document = JSON.parse(readFileSync(file, 'utf8')) as { paths: Record<string, Json>; components: Json };
  const judge = makeJudge(document);
  const found = new Set<string>();
  let checked = 0;

  return {
    active: true,
    note: `held to ${file}`,
    violations: () => [...found],
    checked: () => checked,
    async hold(request) {
      const sent = await request.clone().text();
      checked += 1;
      for (const finding of judge.request(request, sent)) found.add(finding);
    },
    watch: standIn => ({
      ...standIn,
      async fetch(request, principal) {
        const sent = await request.clone().text();
        const response = await standIn.fetch(request, principal);
        const got = await response.clone().text();
        checked += 1;
        for (const finding of judge.exchange(request, sent, response, got)) found.add(finding);
        return response;
      },
    }),
  };
}

function makeJudge(document: { paths: Record<string, Json>; components: Json }) {
  const ajv = new Ajv({ strict: false, allErrors: true, ownProperties: true, logger: false, validateFormats: true });
  addFormats.default(ajv);
  for (const format of ['int32', 'int64', 'binary', 'byte', 'url']) ajv.addFormat(format, true);
  // Jira writes offsets without a colon.
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/);
  ajv.addSchema({ $id: 'jira', components: document.components });
  const operations = listOperations(document.paths);
  const compiled = new Map<unknown, ValidateFunction>();
  const validatorOf = (schema: unknown): ValidateFunction => {
    const known = compiled.get(schema);
    if (known) return known;
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"jira#/components/');
    const made = ajv.compile(JSON.parse(text) as Json);
    compiled.set(schema, made);
    return made;
  };
  const problems = (schema: unknown, value: unknown): readonly string[] => {
    const validate = validatorOf(schema);
    return validate(value) ? [] : (validate.errors ?? []).map(describe);
  };

  const operationOf = ({ method, url }: Request): Operation | undefined =>
    operations.find(item => item.method === method && item.pattern.test(new URL(url).pathname));
  const unknown = ({ method, url }: Request): string =>
    `${method} ${new URL(url).pathname}: the document has no such operation`;
  const meant = (operation: Operation, findings: readonly string[]): readonly string[] =>
    findings.filter(finding => !allowed(operation, finding)).map(finding => `${operation.name}: ${finding}`);

  return {
    request(request: Request, sent: string): readonly string[] {
      const operation = operationOf(request);
      if (!operation) return [unknown(request)];
      return meant(operation, requestFindings(operation, new URL(request.url), request, sent));
    },
    exchange(request: Request, sent: string, response: Response, got: string): readonly string[] {
      const url = new URL(request.url);
      if (!url.pathname.startsWith('/rest/api/') || response.status === 501) return [];
      const operation = operationOf(request);
      // Removed operations are answered as removed although the document no longer has them.
      if (!operation) return response.status === 410 ? [] : [unknown(request)];
      return meant(operation, [
        ...(response.status < 400 ? requestFindings(operation, url, request, sent) : []),
        ...responseFindings(operation, response, got),
      ]);
    },
  };

  function requestFindings(operation: Operation, url: URL, request: Request, sent: string): string[] {
    const findings: string[] = [];
    const parameters = (operation.spec.parameters as readonly Json[] | undefined) ?? [];
    const query = new Map(parameters.filter(item => item.in === 'query').map(item => [String(item.name), item]));
    for (const name of new Set(url.searchParams.keys())) {
      const parameter = query.get(name);
      if (!parameter) findings.push(`request: the query parameter ${name} is not documented`);
      else {
        const value = coerce(parameter.schema as Json, url.searchParams.getAll(name));
        findings.push(...problems(parameter.schema, value).map(text => `request: ${name}${text}`));
      }
    }
    for (const [name, parameter] of query) {
      if (parameter.required === true && !url.searchParams.has(name)) findings.push(`request: ${name} is required`);
    }
    const body = operation.spec.requestBody as { content?: Record<string, Json>; required?: boolean } | undefined;
    const schema = body?.content?.['application/json']?.schema;
    const isJson = !/multipart/.test(request.headers.get('Content-Type') ?? '');
    if (sent === '') {
      if (body?.required) findings.push('request: a body is required');
    } else if (!body) findings.push('request: no body is documented');
    else if (schema && isJson) findings.push(...problems(schema, JSON.parse(sent)).map(text => `request body${text}`));
    return findings;
  }

  function responseFindings(operation: Operation, response: Response, got: string): string[] {
    const responses = operation.spec.responses as Record<string, { content?: Record<string, Json> }>;
    const documented = responses[String(response.status)];
    if (!documented && !(response.status in undocumentedStatuses)) {
      return [`answer: the status ${response.status} is not documented`];
    }
    if (response.status === 204 && got !== '') return ['answer: a 204 has no body'];
    const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
    const schema = documented?.content?.['application/json']?.schema;
    if (response.status >= 400 && isJson) {
      // Where a refusal has a schema of its own, a request that could not be read is refused in the common form.
      const body: unknown = JSON.parse(got);
      const common = problems(errorCollection, body);
      const own = isRecord(schema) ? problems(schema, body) : common;
      return common.length === 0 || own.length === 0 ? [] : own.map(text => `${response.status}${text}`);
    }
    if (!isRecord(schema) || Object.keys(schema).length === 0) return [];
    if (got === '') return [`answer: the body of a ${response.status} is missing`];
    return problems(schema, JSON.parse(got)).map(text => `answer${text}`);
  }
}

function listOperations(paths: Record<string, Json>): readonly Operation[] {
  const methods = ['get', 'post', 'put', 'delete', 'patch'];
  return Object.entries(paths)
    .flatMap(([path, item]) =>
      methods
        .filter(method => isRecord(item[method]))
        .map(method => ({
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}/?$`),
          literals: path.split('/').filter(part => !part.startsWith('{')).length,
          spec: item[method] as Json,
        })),
    )
    .sort((a, b) => b.literals - a.literals);
}

/** Query values arrive as texts; the schema says what they stand for. */
function coerce(schema: Json | undefined, values: readonly string[]): unknown {
  if (schema?.type === 'array') {
    const items = values.flatMap(value => value.split(','));
    return items.map(value => coerce(schema.items as Json, [value]));
  }
  const [value = ''] = values;
  if (schema?.type === 'integer' || schema?.type === 'number') return value.trim() === '' ? value : Number(value);
  if (schema?.type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}

function describe(error: ErrorObject): string {
  const extra =
    error.keyword === 'additionalProperties'
      ? `additional properties: ${String(error.params.additionalProperty)}`
      : error.message;
  const values = error.keyword === 'enum' ? ` (${JSON.stringify(error.params.allowedValues)})` : '';
  return `${error.instancePath} ${extra}${values}`;
}

const allowed = (operation: Operation, finding: string): boolean =>
  allowances.some(item => (item.operation?.test(operation.name) ?? true) && item.finding.test(finding));
