/**
 * A small Salesforce behind the port: records with whole-second stamps, parents, soft deletion, and the
 * forms that a real org keeps of what it is given (trimmed texts).
 */
import {
  type Allowance,
  type Failure,
  type Outcome,
  PortError,
  type QueryAnswer,
  type SalesforceChange,
  type SalesforcePort,
} from '../../runtime/ports.ts';
import { parseSoql } from './soql.ts';

interface Row {
  readonly id: string;
  readonly object: string;
  readonly fields: Record<string, unknown>;
  stamp: number;
  readonly createdAt: number;
  deleted: boolean;
}

export interface MemorySalesforce extends SalesforcePort {
  allowance: Allowance | undefined;
  create(object: string, fields: Readonly<Record<string, unknown>>): string;
  edit(id: string, fields: Readonly<Record<string, unknown>>): void;
  /** As a formula field does: no stamp tells of it. */
  shift(id: string, fields: Readonly<Record<string, unknown>>): void;
  delete(id: string): void;
  read(id: string, field: string): unknown;
  /** Records that refuse every change, and objects of which none can be made. */
  readonly refusing: Map<string, Failure>;
  /** Fields that the integration user may not read. */
  readonly unreadable: Set<string>;
  /** Rows of a page of a paged query. */
  pageSize: number;
  /** Fields that a flow rewrites whenever they are written. */
  readonly reforming: Map<string, (value: unknown) => unknown>;
}

export function createMemorySalesforce(now: () => number): MemorySalesforce {
  const rows = new Map<string, Row>();
  const refusing = new Map<string, Failure>();
  const reforming = new Map<string, (value: unknown) => unknown>();
  const unreadable = new Set<string>();
  /** Rows of paged queries as they were when they were asked for, by locator. */
  const waiting = new Map<string, QueryAnswer['rows']>();
  const stamp = () => Math.floor(now() / 1000) * 1000;
  const written = (instant: number) => new Date(instant).toISOString().replace('Z', '+0000');
  const kept = (value: unknown) => (typeof value === 'string' ? value.trimEnd() || null : (value ?? null));

  const read = (row: Row | undefined, path: readonly string[]): unknown => {
    if (row === undefined) return null;
    const [first, ...rest] = path;
    if (rest.length > 0) return read(rows.get(String(row.fields[`${first}Id`])), rest);
    if (first === 'Id') return row.id;
    if (first === 'SystemModstamp') return written(row.stamp);
    if (first === 'CreatedDate') return written(row.createdAt);
    if (first === 'IsDeleted') return row.deleted;
    return row.fields[first!] ?? null;
  };

  const rowOf = (row: Row, fields: readonly (readonly string[])[]) => {
    const answer: Record<string, unknown> = { attributes: { type: row.object } };
    for (const path of fields) {
      let into = answer;
      for (const [index, step] of path.entries()) {
        if (index === path.length - 1) into[step] = read(row, path);
        else {
          const parent = rows.has(String(read(row, [...path.slice(0, index), `${step}Id`])));
          if (!parent) {
            into[step] = null;
            break;
          }
          into[step] ??= {};
          into = into[step] as Record<string, unknown>;
        }
      }
    }
    return answer;
  };

  const unused = (name: string) => async (): Promise<never> => {
    throw new Error(`${name} is not part of this model`);
  };

  return {
    allowance: undefined,
    pageSize: 2_000,
    refusing,
    unreadable,
    reforming,
    create(object, fields) {
      const prefix = { Case: '500', Account: '001' }[object] ?? 'a00';
      const id = `${prefix}${String(rows.size + 1).padStart(12, '0')}AAA`;
      rows.set(id, { id, object, fields: { ...fields }, stamp: stamp(), createdAt: stamp(), deleted: false });
      return id;
    },
    edit(id, fields) {
      const row = rows.get(id)!;
      for (const [name, value] of Object.entries(fields))
        row.fields[name] = kept(reforming.get(name)?.(value) ?? value);
      row.stamp = stamp();
    },
    shift(id, fields) {
      Object.assign(rows.get(id)!.fields, fields);
    },
    delete(id) {
      const row = rows.get(id)!;
      row.deleted = true;
      row.stamp = stamp();
    },
    read: (id, field) => read(rows.get(id), field.split('.')),

    async query(requests) {
      const pageOf = (all: QueryAnswer['rows']): QueryAnswer => {
        if (all.length <= this.pageSize) return { rows: all };
        const locator = `rows-${waiting.size + 1}`;
        waiting.set(locator, all.slice(this.pageSize));
        return { rows: all.slice(0, this.pageSize), rest: { locator } };
      };
      const answers = requests.map((request): QueryAnswer => {
        if ('locator' in request) return pageOf(waiting.get(request.locator)!);
        const { soql, all, optional, paged } = request;
        const query = parseSoql(soql);
        const hidden = query.fields.map(path => path.join('.')).find(name => unreadable.has(name));
        if (hidden !== undefined) {
          const message = `No such column '${hidden}' on entity '${query.object}'.`;
          const failure: Failure = {
            system: 'salesforce',
            kind: 'refused',
            code: 'INVALID_FIELD',
            message,
            fields: [],
          };
          if (optional !== true) throw new PortError(failure);
          return { rows: [], failure };
        }
        const found = [...rows.values()]
          .filter(row => row.object === query.object && (all || !row.deleted))
          .filter(row => query.holds(path => read(row, path)))
          .sort((a, b) => (query.order[0] === 'Id' ? 0 : a.stamp - b.stamp) || (a.id < b.id ? -1 : 1))
          .slice(0, query.limit);
        const answer = found.map(row => rowOf(row, query.fields));
        return paged ? pageOf(answer) : { rows: answer };
      });
      return { answers, serverTime: now() };
    },
    async change(changes: readonly SalesforceChange[]) {
      if (new Set(changes.map(({ id }) => id)).size < changes.length) {
        throw new PortError({
          system: 'salesforce',
          kind: 'refused',
          code: 'DUPLICATE_VALUE',
          message: 'the same id twice in one collection',
          fields: [],
        });
      }
      return changes.map(({ id, fields }): Outcome<void> => {
        const failure = refusing.get(id);
        if (failure !== undefined) return { ok: false, failure };
        this.edit(id, fields);
        return { ok: true, value: undefined };
      });
    },
    async update(changes, soql) {
      const read = async () => (await this.query([{ soql, all: true, optional: true }])).answers[0]!.rows;
      const before = await read();
      const outcomes = await this.change(changes);
      return { before, outcomes, after: await read() };
    },
    async insert(made) {
      return made.map(({ object, fields }): Outcome<string> => {
        const failure = refusing.get(object);
        return failure === undefined ? { ok: true, value: this.create(object, fields) } : { ok: false, failure };
      });
    },
    createFile: unused('createFile'),
    fileBytes: unused('fileBytes'),
    describe: unused('describe'),
    offered: async () => undefined,
    describeGlobal: unused('describeGlobal'),
    organization: async () => ({ id: '00D000000000001AAA', name: 'Model' }),
    instanceUrl: async () => 'https://model.my.salesforce.com',
    bindTo() {},
  };
}
