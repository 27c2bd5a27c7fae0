/** Numbers as people write them elsewhere: `10,000`, `1 000`, `5,5`, `- 5`, `.5`. */
import type * as ast from '../ast.ts';
import { classifyDigits } from '../leaves.ts';
import type { Cursor } from './cursor.ts';
import type { TokenKind } from './scan.ts';

const SIGN = String.raw`(?<sign>[-+−–]?)[ \t]*`;
/** In a list a comma and a blank are between two numbers. */
const IN_LIST = new RegExp(String.raw`${SIGN}(?<whole>\d*)(?<fraction>\.\d*)?`, 'y');
const ALONE = [
  new RegExp(String.raw`${SIGN}(?<whole>\d{1,3}(?:,\d{3})+)(?!\d)(?<fraction>\.\d*)?`, 'y'),
  new RegExp(String.raw`${SIGN}(?<whole>\d{1,3}(?:[ \u00a0]\d{3})+)(?!\d)(?<fraction>[.,]\d+)?`, 'y'),
  new RegExp(String.raw`${SIGN}(?<whole>\d{1,3}(?:\.\d{3})+|\d+)(?<fraction>,\d+)`, 'y'),
  IN_LIST,
];
const BEGINS: ReadonlySet<TokenKind> = new Set(['number', 'stray', '.']);

/** Reads one where a number may stand, with what was meant; `alone`: no list stands there. */
export function wrongNumber(
  { peek, reachable, complain, edit, moveTo, index, file }: Cursor,
  alone: boolean,
): ast.NumberLiteral | undefined {
  const first = peek();
  if (!BEGINS.has(first.kind) || !reachable(first)) return undefined;
  for (const pattern of alone ? ALONE : [IN_LIST]) {
    pattern.lastIndex = first.start;
    const found = pattern.exec(file.text);
    if (found === null) continue;
    const [written] = found;
    const { sign, whole, fraction } = found.groups as { sign: string; whole: string; fraction?: string };
    const span = { start: first.start, end: first.start + written.length };
    let count = 1;
    while (peek(count - 1).end < span.end) count++;
    const digits = (fraction ?? '').slice(1);
    const raw = `${/[-−–]/.test(sign) ? '-' : ''}${whole.replace(/\D/g, '') || '0'}${digits && `.${digits}`}`;
    const isWhole = peek(count - 1).end === span.end;
    if (!isWhole || raw === written || !/\d/.test(written) || classifyDigits(raw) !== 'number') continue;
    complain(span, 'wrong-digits', { written, kind: 'number', zone: false }, [
      edit(`write \`${raw}\``, raw, span.start, span.end),
    ]);
    moveTo(index + count);
    return { kind: 'number', span, value: Number(raw), raw };
  }
  return undefined;
}
