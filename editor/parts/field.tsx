/** A label, what is filled in, and below it what helps or what is wrong; tied together for screen readers. */
import { type ReactNode, useId } from 'react';

import { Marked } from './marked.tsx';

export interface FieldParts {
  readonly id: string;
  readonly 'aria-describedby': string;
}

interface FieldProps {
  readonly label: string;
  readonly required?: boolean;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly good?: ReactNode;
  readonly children: (parts: FieldParts) => ReactNode;
}

export function Field({ label, required = false, hint, error, good, children }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {required && (
          <span className="required" aria-hidden>
            *
          </span>
        )}
      </label>
      {children({ id, 'aria-describedby': `${id}-note` })}
      <div
        id={`${id}-note`}
        className={error !== undefined ? 'note bad' : good ? 'note good' : 'note'}
        role={error !== undefined ? 'alert' : undefined}
      >
        {error === undefined ? (good ?? hint) : <Marked text={error} />}
      </div>
    </div>
  );
}
