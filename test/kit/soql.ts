/**
 * As much SOQL as the engine writes, evaluated over plain rows: texts compare without case, `null` matches
 * empty fields and fields of absent parents, and other comparisons with empty fields do not hold.
 */
export interface Query {
  readonly fields: readonly (readonly string[])[];
  readonly object: string;
  readonly order: readonly string[];
  readonly limit: number;
  holds(read: (path: readonly string[]) => unknown): boolean;
}

type Read = (path: readonly string[]) => unknown;
type Test = (read: Read) => boolean;

const tokenPattern =
  /\s*('(?:[^'\\]|\\.)*'|\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?|-?\d+(?:\.\d+)?|[A-Za-z_][\w.]*|>=|<=|!=|[<>=(),])/y;

export function parseSoql(text: string): Query {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (match === null) throw new Error(`MALFORMED_QUERY at ${at}: ${text}`);
    tokens.push(match[1]!);
  }
  let next = 0;
  const peek = () => tokens[next];
  const take = (expected?: string) => {
    const token = tokens[next++];
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new Error(`MALFORMED_QUERY: expected ${expected ?? 'more'}, got ${token ?? 'the end'}: ${text}`);
    }
    return token;
  };
  const list = (one: () => string): string[] => {
    const all = [one()];
    while (peek() === ',') {
      take(',');
      all.push(one());
    }
    return all;
  };

  const either = (): Test => {
    const tests = [both()];
    while (peek() === 'OR') {
      take();
      tests.push(both());
    }
    return read => tests.some(test => test(read));
  };
  const both = (): Test => {
    const tests = [one()];
    while (peek() === 'AND') {
      take();
      tests.push(one());
    }
    return read => tests.every(test => test(read));
  };
  const one = (): Test => {
    if (peek() === '(') {
      take('(');
      const test = either();
      take(')');
      return test;
    }
    const path = take().split('.');
    const operator = take();
    if (operator === 'IN' || operator === 'NOT') {
      if (operator === 'NOT') take('IN');
      take('(');
      const values = list(take).map(literalValue);
      take(')');
      return read => {
        const value = read(path) ?? null;
        return operator === 'IN'
          ? values.some(other => compare(value, other) === 0)
          : value !== null && !values.some(other => compare(value, other) === 0);
      };
    }
    const wanted = literalValue(take());
    return read => {
      const value = read(path) ?? null;
      if (operator === '=') return wanted === null ? value === null : compare(value, wanted) === 0;
      if (operator === '!=') return wanted === null ? value !== null : compare(value, wanted) !== 0;
      if (value === null) return false;
      if (operator === 'LIKE') return like(String(wanted)).test(String(value));
      const order = compare(value, wanted);
      if (Number.isNaN(order)) return false;
      if (operator === '>=') return order >= 0;
      if (operator === '<=') return order <= 0;
      return operator === '<' ? order < 0 : order > 0;
    };
  };

  take('SELECT');
  const fields = list(take).map(name => name.split('.'));
  take('FROM');
  const object = take();
  let holds: Test = () => true;
  let order: readonly string[] = [];
  let limit = Number.POSITIVE_INFINITY;
  if (peek() === 'WHERE') {
    take();
    holds = either();
  }
  if (peek() === 'ORDER') {
    take();
    take('BY');
    order = list(take);
  }
  if (peek() === 'LIMIT') {
    take();
    limit = Number(take());
  }
  if (next !== tokens.length) throw new Error(`MALFORMED_QUERY: unexpected ${peek()}: ${text}`);
  return { fields, object, order, limit, holds };
}

const unescapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function literalValue(token: string): unknown {
  // `\%` and `\_` stay as they are: they mean something to LIKE only.
  if (token.startsWith("'")) {
    return token.slice(1, -1).replace(/\\([^%_])/g, (_, char: string) => unescapes[char] ?? char);
  }
  if (/^null$/i.test(token)) return null;
  if (/^(true|false)$/i.test(token)) return /^true$/i.test(token);
  if (/^\d{4}-\d\d-\d\d/.test(token)) return token;
  return Number(token);
}

function like(pattern: string): RegExp {
  const source = pattern.replace(/\\([%_])|[%_]|[\s\S]/g, (found, escaped?: string) =>
    escaped !== undefined
      ? escaped
      : found === '%'
        ? '[\\s\\S]*'
        : found === '_'
          ? '[\\s\\S]'
          : found.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  return new RegExp(`^${source}$`, 'iu');
}

/** Order of two values; `NaN` when they have none. */
function compare(a: unknown, b: unknown): number {
  if (a === null || b === null) return a === b ? 0 : Number.NaN;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'boolean' || typeof b === 'boolean') return String(a) === String(b) ? 0 : Number.NaN;
  const [left, right] = [String(a), String(b)];
  if (/^\d{4}-\d\d-\d\dT/.test(left) && /^\d{4}-\d\d-\d\dT/.test(right)) return time(left) - time(right);
  const [x, y] = [left.toLowerCase(), right.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
}

const time = (text: string) => Date.parse(text.replace(/\+0000$/, 'Z'));
