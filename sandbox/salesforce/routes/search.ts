/**
 * Finding records by words: SOSL over `/search`, and `/parameterizedSearch` with plain text. A record matches when each
 * word begins a word of one of its searched fields. The index of a real org lags behind; this one does not.
 */
import type { CatalogueObject, FieldDefinition } from '../catalogue/index.ts';
import { can } from '../describe.ts';
import { SalesforceError } from '../errors.ts';
import { compileWhere, runSoql } from '../soql/run.ts';
import type { Json } from '../soql/scope.ts';
import type { Row } from '../state.ts';
import { inputOf } from './records.ts';
import { type Answer, type Call, ok, type Route } from './route.ts';

type Group = 'ALL' | 'NAME' | 'EMAIL' | 'PHONE';

/** What NAME FIELDS covers besides the name field. */
const nameLike: Readonly<Record<string, readonly string[]>> = {
  Account: ['Website', 'Site'],
  Asset: ['SerialNumber'],
  Case: ['SuppliedName', 'SuppliedCompany', 'Subject'],
  Contact: ['AssistantName'],
  Event: ['Subject'],
  Lead: ['Company'],
};

interface Wanted {
  readonly object: CatalogueObject;
  readonly fields: readonly string[];
  readonly where?: string | undefined;
  readonly orderBy?: string | undefined;
  readonly limit?: number | undefined;
}

const searchedTypes = new Set(['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'combobox', 'multipicklist']);

function searchedFields(object: CatalogueObject, group: Group): readonly FieldDefinition[] {
  switch (group) {
    case 'EMAIL':
      return object.fields.filter(field => field.type === 'email');
    case 'PHONE':
      return object.fields.filter(field => field.type === 'phone');
    case 'NAME':
      return object.fields.filter(
        field =>
          (field.nameField && !field.autoNumber) ||
          field.compound === 'Name' ||
          (nameLike[object.name] ?? []).includes(field.name),
      );
    default:
      return object.fields.filter(field => searchedTypes.has(field.type) && !field.encrypted);
  }
}

/** Words of a plain text; `*` and `?` stand for any text and one character. */
function matcher(text: string): ((value: string) => boolean) | undefined {
  const words = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  if (words.length === 0) return undefined;
  const patterns = words.map(
    word =>
      new RegExp(
        `(?:^|[^\\p{L}\\p{N}])${word
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '\\S*')
          .replaceAll('?', '\\S')}`,
        'iu',
      ),
  );
  return value => patterns.every(pattern => pattern.test(value));
}

function search(call: Call, text: string, group: Group, wanted: readonly Wanted[], overall: number): readonly Json[] {
  const matchesText = matcher(text);
  if (!matchesText || text.replace(/[*?"]/g, '').trim().length < 2) return [];
  const found: Json[] = [];
  for (const { object, fields, where, orderBy, limit } of wanted) {
    if (!can(object, 'searchable'))
      throw new SalesforceError('INVALID_SEARCH', `The object ${object.name} is not searchable`);
    const searched = searchedFields(object, group);
    const context = call.org.queryContext(call.version, false, call.now);
    const meets = where ? compileWhere(context, object, where) : () => true;
    const ids: string[] = [];
    for (const row of call.org.state.scan(object.name))
      if (!row.deleted && !context.hides(row) && matchesText(searchedText(call, row, searched)) && meets(row))
        ids.push(row.id);
    if (ids.length === 0) continue;
    const list = ids.map(id => `'${id}'`).join(',');
    const result = runSoql(
      context,
      `SELECT ${fields.join(', ')} FROM ${object.name} WHERE Id IN (${list})${orderBy ? ` ORDER BY ${orderBy}` : ''} LIMIT ${limit ?? 2000}`.slice(
        0,
        99_000,
      ),
    );
    for (let at = 0; at < result.length && found.length < overall; at++) found.push(result.render(at));
  }
  return found;
}

function searchedText(call: Call, row: Row, fields: readonly FieldDefinition[]): string {
  return fields
    .map(field => call.org.reader.read(row, field))
    .filter(value => typeof value === 'string')
    .join('\n');
}

function wantedObject(call: Call, name: string): CatalogueObject {
  const object = call.org.catalogue.object(name);
  if (!object) throw new SalesforceError('INVALID_TYPE', `sObject type '${name}' is not supported.`);
  return object;
}

const answer = (call: Call, records: readonly Json[]): Answer =>
  ok(Number(call.version) >= 37 ? { searchRecords: records } : records);

const groupOf = (word: string | undefined): Group => {
  const group = (word ?? 'ALL').toUpperCase();
  return group === 'NAME' || group === 'EMAIL' || group === 'PHONE' ? group : 'ALL';
};

function parameterized(call: Call, input: Readonly<Record<string, unknown>>): Answer {
  const text = String(input.q ?? '');
  if (text.trim() === '') throw new SalesforceError('MALFORMED_SEARCH', 'search term must be specified');
  const sobjects = Array.isArray(input.sobjects) ? input.sobjects.map(inputOf) : [];
  const common = Array.isArray(input.fields) ? input.fields.map(String) : ['Id'];
  const usual = Number(input.defaultLimit ?? 2000);
  const wanted =
    sobjects.length > 0
      ? sobjects.map(each => ({
          object: wantedObject(call, String(each.name ?? '')),
          fields: Array.isArray(each.fields) ? each.fields.map(String) : common,
          where: each.where === undefined ? undefined : String(each.where),
          orderBy: Array.isArray(each.orderBy)
            ? each.orderBy.map(String).join(', ')
            : (each.orderBy as string | undefined),
          limit: Number(each.limit ?? usual),
        }))
      : call.org.catalogue.objects
          .filter(object => can(object, 'searchable'))
          .map(object => ({ object, fields: common, limit: usual }));
  return answer(
    call,
    search(call, text, groupOf(input.in as string | undefined), wanted, Number(input.overallLimit ?? 2000)),
  );
}

const sosl = (call: Call): Answer => {
  const text = (call.query.get('q') ?? '').trim();
  const head = /^FIND\s*\{((?:\\.|[^}\\])*)\}\s*/i.exec(text);
  if (!head)
    throw new SalesforceError('MALFORMED_SEARCH', 'No search term found. The search term must be enclosed in braces.');
  const rest = text.slice(head[0].length);
  const clause =
    /^(?:IN\s+(ALL|NAME|EMAIL|PHONE|SIDEBAR)\s+FIELDS\s*)?(?:RETURNING\s+([\s\S]*?))?(?:\s+LIMIT\s+(\d+))?$/i.exec(
      rest,
    );
  if (!clause) throw new SalesforceError('MALFORMED_SEARCH', `unexpected token: '${rest.split(/\s/)[0]}'`);
  const term = (head[1] as string).replace(/\\(.)/g, '$1').replace(/"/g, '');
  if (term.replace(/[*?]/g, '').trim().length < 2)
    throw new SalesforceError('MALFORMED_SEARCH', 'search term must be longer than one character: ' + term);
  const wanted = clause[2]
    ? splitTop(clause[2]).map(part => returning(call, part))
    : call.org.catalogue.objects
        .filter(object => can(object, 'searchable'))
        .map(object => ({ object, fields: ['Id'] }));
  return answer(call, search(call, term, groupOf(clause[1]), wanted, Number(clause[3] ?? 2000)));
};

/** `Case(Id, Subject WHERE IsClosed = false ORDER BY Id LIMIT 5)`. */
function returning(call: Call, part: string): Wanted {
  const match = /^(\w+)\s*(?:\(([\s\S]*)\))?$/.exec(part.trim());
  if (!match) throw new SalesforceError('MALFORMED_SEARCH', `unexpected token: '${part.trim()}'`);
  const inner = /^([\s\S]*?)(?:\s+WHERE\s+([\s\S]*?))?(?:\s+ORDER\s+BY\s+([\s\S]*?))?(?:\s+LIMIT\s+(\d+))?$/i.exec(
    (match[2] ?? 'Id').trim(),
  );
  return {
    object: wantedObject(call, match[1] as string),
    fields: (inner?.[1] ?? 'Id').split(',').map(name => name.trim()),
    where: inner?.[2],
    orderBy: inner?.[3],
    limit: inner?.[4] === undefined ? undefined : Number(inner[4]),
  };
}

/** Parts between commas that are not inside parentheses. */
function splitTop(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

export const searchRoutes: readonly Route[] = [
  { method: 'GET', path: '/search', handle: sosl },
  { method: 'POST', path: '/parameterizedSearch', handle: call => parameterized(call, inputOf(call.body)) },
  {
    method: 'GET',
    path: '/parameterizedSearch',
    handle: call =>
      parameterized(call, {
        q: call.query.get('q'),
        in: call.query.get('in') ?? undefined,
        ...(call.query.has('sobject')
          ? {
              sobjects: call.query.getAll('sobject').map(name => ({
                name,
                fields: (call.query.get(`${name}.fields`) ?? 'Id').split(','),
                limit: call.query.get(`${name}.limit`) ?? undefined,
              })),
            }
          : {}),
      }),
  },
];
