/** The SELECT clause as what a row's answer looks like: fields, parents, sub-queries, TYPEOF and functions. */
import type { FieldType, Query, Subquery } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition } from '../catalogue/index.ts';
import { notModelled } from '../errors.ts';
import type { Row } from '../state.ts';
import { bindWhere } from './find.ts';
import { bindOrder } from './order.ts';
import { soqlError } from './parse.ts';
import { followTo, type Path, valueAt } from './paths.ts';
import {
  attributesOf,
  innermost,
  type Json,
  labelOf,
  path,
  type QueryContext,
  queriedObject,
  type Scope,
  scopeOf,
} from './scope.ts';
import { compileTree, type RawFunction } from './where.ts';

/** Builds nested objects out of paths: what a row's answer looks like. */
interface Shape {
  readonly leaves: { readonly key: string; readonly value: (row: Row) => unknown }[];
  readonly parents: Map<string, { readonly step: FieldDefinition; readonly shape: Shape }>;
  /** Keys and parents in the order in which they were selected. */
  readonly order: { readonly key: string; readonly parent: boolean }[];
}
const emptyShape = (): Shape => ({ leaves: [], parents: new Map(), order: [] });

export function bindSelect(scope: Scope, fields: readonly FieldType[]): (row: Row) => Json {
  const { context, text } = scope;
  const shape = emptyShape();
  const chosen = new Set<string>();
  const once = (name: string, written: string): void => {
    if (chosen.has(name.toLowerCase()))
      throw soqlError('INVALID_FIELD', text, written, `duplicate field selected: ${name}`);
    chosen.add(name.toLowerCase());
  };
  for (const field of fields) {
    switch (field.type) {
      case 'Field':
      case 'FieldRelationship': {
        const written = 'rawValue' in field && field.rawValue ? field.rawValue : field.field;
        const bound = path(scope, written);
        once(bound.name, written);
        if ('alias' in field && field.alias)
          throw soqlError('MALFORMED_QUERY', text, field.alias, 'only aggregate expressions use field aliasing');
        addLeaf(context, shape, bound);
        break;
      }
      case 'FieldSubquery':
        addLeafOf(shape, ...subquery(scope, field.subquery));
        break;
      case 'FieldTypeof':
        addLeafOf(shape, ...typeOf(scope, field));
        break;
      case 'FieldFunctionExpression': {
        const name = field.functionName.toUpperCase();
        if (name === 'FIELDS') {
          const what = String(field.parameters[0]).toUpperCase();
          for (const each of scope.object.fields)
            if (what === 'ALL' || (what === 'CUSTOM') === each.custom) {
              once(each.name, 'FIELDS');
              addLeaf(context, shape, path(scope, each.name));
            }
          break;
        }
        const bound = path(scope, innermost(field as RawFunction));
        const key = field.alias ?? bound.field.name;
        once(field.alias ?? bound.name, innermost(field as RawFunction));
        if (name === 'TOLABEL') addLeafOf(shape, key, row => labelOf(bound.field, valueAt(context, row, bound)));
        else if (name === 'FORMAT') addLeafOf(shape, key, row => formatted(valueAt(context, row, bound)));
        else if (name === 'CONVERTCURRENCY') addLeaf(context, shape, bound);
        else throw notModelled(`the function ${name} in SELECT`);
        break;
      }
      default:
        throw notModelled('this kind of SELECT');
    }
  }
  return row => render(context, shape, row);
}

function addLeafOf(shape: Shape, key: string, value: (row: Row) => unknown): void {
  shape.leaves.push({ key, value });
  shape.order.push({ key, parent: false });
}

function addLeaf(context: QueryContext, shape: Shape, bound: Path): void {
  let current = shape;
  for (const step of bound.steps) {
    const key = step.relationship as string;
    let next = current.parents.get(key);
    if (!next) {
      next = { step, shape: emptyShape() };
      current.parents.set(key, next);
      current.order.push({ key, parent: true });
    }
    current = next.shape;
  }
  addLeafOf(current, bound.field.name, row =>
    bound.object ? context.reader.read(row, bound.field) : valueAt(context, row, { ...bound, steps: [] }),
  );
}

function render(context: QueryContext, shape: Shape, row: Row): Json {
  const answer: Record<string, unknown> = { attributes: attributesOf(context.version, row) };
  let leaf = 0;
  for (const { key, parent } of shape.order) {
    if (!parent) {
      answer[key] = shape.leaves[leaf++]?.value(row) ?? null;
      continue;
    }
    const { step, shape: inner } = shape.parents.get(key) as { step: FieldDefinition; shape: Shape };
    const target = followTo(context, row, [step]);
    answer[key] = target ? render(context, inner, target) : null;
  }
  return answer;
}

function formatted(value: unknown): unknown {
  return typeof value === 'number' ? value.toLocaleString('en-US') : value;
}

function subquery(scope: Scope, query: Subquery): [string, (row: Row) => unknown] {
  const { context, text } = scope;
  const relation = scope.object.child(query.relationshipName);
  if (!relation)
    throw soqlError(
      'INVALID_TYPE',
      text,
      query.relationshipName,
      `Didn't understand relationship '${query.relationshipName}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  const inner = scopeOf(context, text, relation.object, query.sObjectAlias);
  const select = bindSelect(inner, query.fields ?? []);
  const tree = query.where ? bindWhere(inner, query as unknown as Query) : undefined;
  const test = tree ? compileTree(tree) : undefined;
  const order = bindOrder(inner, query);
  return [
    relation.name as string,
    row => {
      let rows = (context.state.equal(relation.object.name, relation.field.name, row.id) ?? [])
        .filter(child => (context.all || !child.deleted) && !context.hides(child) && (!test || test(child)))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      if (order) rows = rows.sort(order);
      rows = rows.slice(query.offset ?? 0, query.limit === undefined ? undefined : (query.offset ?? 0) + query.limit);
      return rows.length === 0 ? null : { totalSize: rows.length, done: true, records: rows.map(select) };
    },
  ];
}

function typeOf(scope: Scope, field: Extract<FieldType, { type: 'FieldTypeof' }>): [string, (row: Row) => unknown] {
  const { context, text } = scope;
  const step = scope.object.parent(field.field);
  if (!step || step.referenceTo.length < 2)
    throw soqlError('INVALID_TYPE_ON_FIELD_IN_RECORD', text, field.field, `TYPEOF is not allowed on '${field.field}'`);
  const branches = new Map<string, (row: Row) => Json>();
  let otherwise: ((row: Row) => Json) | undefined;
  for (const condition of field.conditions) {
    if (condition.type === 'ELSE') {
      const names = condition.fieldList;
      otherwise = row => ({
        attributes: attributesOf(context.version, row),
        ...Object.fromEntries(names.map(name => [name, readNamed(context, row, name)])),
      });
      continue;
    }
    const object = queriedObject(context, text, condition.objectType ?? '');
    branches.set(object.name, bindSelect(scopeOf(context, text, object, undefined), condition.fieldList.map(asField)));
  }
  return [
    step.relationship as string,
    row => {
      const target = followTo(context, row, [step]);
      if (!target) return null;
      const branch = branches.get(target.object) ?? otherwise;
      return branch ? branch(target) : { attributes: attributesOf(context.version, target) };
    },
  ];
}

const asField = (name: string): FieldType =>
  name.includes('.')
    ? {
        type: 'FieldRelationship',
        field: name.split('.').at(-1) as string,
        relationships: name.split('.').slice(0, -1),
        rawValue: name,
      }
    : { type: 'Field', field: name };

function readNamed(context: QueryContext, row: Row, name: string): unknown {
  const field = context.catalogue.object(row.object)?.field(name);
  return field ? context.reader.read(row, field) : null;
}
