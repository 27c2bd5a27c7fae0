/** What the check says, worst first: where, why, what to do, and the ways out as buttons. */
import Button from '@atlaskit/button/new';
import Lozenge from '@atlaskit/lozenge';
import { memo, useEffect, useState } from 'react';
import type { TextEdit } from '../../language/index.ts';
import type { Problem } from '../../monaco/protocol.ts';
import { Marked } from '../../parts/marked.tsx';

interface ProblemsProps {
  readonly problems: readonly Problem[];
  readonly checked: boolean;
  /** Findings stand beside the code; a form shows them in place. */
  readonly unfolded: boolean;
  readonly errors: number;
  readonly warnings: number;
  onShow(problem: Problem): void;
  onFix(edits: readonly TextEdit[]): void;
}

const ranks = { error: 0, warning: 1, hint: 2 } as const;
export const looks = { error: 'removed', warning: 'moved', hint: 'default' } as const;

export const Problems = memo(function Problems({
  problems,
  checked,
  unfolded,
  errors,
  warnings,
  onShow,
  onFix,
}: ProblemsProps) {
  const [open, setOpen] = useState<boolean>();
  const lasting = useLasting(unfolded && errors > 0, problems);
  const shown = open ?? lasting;
  const sorted = [...problems].sort((a, b) => ranks[a.severity] - ranks[b.severity]);
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const said =
    problems.length === 0
      ? checked
        ? 'No findings: this compiles'
        : 'Checking…'
      : [
          errors > 0 ? count(errors, 'error') : '',
          warnings > 0 ? count(warnings, 'warning') : '',
          problems.length > errors + warnings ? count(problems.length - errors - warnings, 'hint') : '',
        ]
          .filter(part => part !== '')
          .join(', ');
  return (
    <section className="problems card" aria-label="Findings">
      <button type="button" className="run-head" aria-expanded={shown} onClick={() => setOpen(!shown)}>
        <strong role="status">{said}</strong>
        {errors > 0 && <span className="subtle">An item with errors cannot be activated.</span>}
      </button>
      {shown && (
        <ul className="rows">
          {sorted.slice(0, 200).map(problem => (
            <li key={`${problem.path} ${problem.span.start} ${problem.code} ${problem.message}`} className="problem">
              <Lozenge appearance={looks[problem.severity]}>{problem.severity}</Lozenge>
              <div className="grow">
                <p>
                  <Marked text={problem.message} />{' '}
                  <button type="button" className="plain-link code small" onClick={() => onShow(problem)}>
                    {problem.path}:{problem.line}
                  </button>
                </p>
                {problem.reason !== undefined && (
                  <p className="subtle">
                    <Marked text={problem.reason} />
                  </p>
                )}
                {problem.help !== undefined && (
                  <p className="subtle">
                    <Marked text={problem.help} />
                  </p>
                )}
              </div>
              <div className="actions">
                {problem.fixes.slice(0, 3).map(fix => (
                  <Button key={fix.title} spacing="compact" onClick={() => onFix(fix.edits)}>
                    <Marked text={fix.title} />
                  </Button>
                ))}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
});

const pauseMs = 600;

/** Ways out of a finding, a list that closes when the code changes its size. */
const areFixesOpen = () => document.querySelector('.action-widget') !== null;

/**
 * What is so since a while: half a word is an error, and the code is not to become smaller and larger with each letter of
 * somebody who types.
 */
function useLasting(now: boolean, problems: readonly Problem[]): boolean {
  const [lasting, setLasting] = useState(now);
  // Each check begins the pause anew.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      timer = setTimeout(() => (areFixesOpen() ? wait() : setLasting(now)), pauseMs);
    };
    wait();
    return () => clearTimeout(timer);
  }, [now, problems]);
  return lasting;
}
