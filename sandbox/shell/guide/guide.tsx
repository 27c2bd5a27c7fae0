/** The guided first minute: what to do next, ticked off when it really happened. */
import { useEffect } from 'react';
import type { World } from '../use-world.ts';
import { type Action, type Seen, steps } from './steps.ts';

interface GuideProps {
  readonly world: World;
  readonly seen: Seen;
  readonly ticked: readonly number[];
  readonly busy: boolean;
  onTick(ticked: readonly number[]): void;
  onAction(action: Action): void;
  onHide(): void;
}

export function Guide({ world, seen, ticked, busy, onTick, onAction, onHide }: GuideProps) {
  const done = steps.flatMap((step, at) => (ticked.includes(at) || step.done(world, seen) ? [at] : []));
  const fresh = done.length > ticked.length;
  useEffect(() => {
    if (fresh) onTick(done);
  });
  const current = steps.findIndex((_, at) => !done.includes(at));
  const step = steps[current];
  return (
    <section className={step === undefined ? 'guide all-done' : 'guide'} aria-labelledby="guide-title">
      <h2 id="guide-title">{step === undefined ? 'You know the bridge' : 'Your first minute'}</h2>
      <ol>
        {steps.map(({ name }, at) => (
          <li key={name} className={done.includes(at) ? 'done' : at === current ? 'now' : ''}>
            <span className="mark" aria-hidden="true">
              {done.includes(at) ? '✓' : at + 1}
            </span>
            {name}
            {done.includes(at) && <span className="unseen">, done</span>}
          </li>
        ))}
      </ol>
      <div className="guide-now" role="status">
        {step === undefined ? (
          <p>
            Both sides aligned, every write with its reason, and no trouble that doubled anything. Now change the
            program in the middle, or open the admin page.
          </p>
        ) : (
          <p>{step.says}</p>
        )}
        {step !== undefined && (
          <button type="button" className="button primary small" disabled={busy} onClick={() => onAction(step.action)}>
            {step.does}
          </button>
        )}
        <button type="button" className="button small quiet" onClick={onHide}>
          {step === undefined ? 'Thank you' : 'Hide'}
        </button>
      </div>
      {step === undefined && (
        <div className="sparks" aria-hidden="true">
          {Array.from({ length: 18 }, (_, at) => (
            <i key={at} />
          ))}
        </div>
      )}
    </section>
  );
}
