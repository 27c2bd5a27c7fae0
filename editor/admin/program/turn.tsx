/** A switch with its name and what it does. */
import Toggle from '@atlaskit/toggle';
import { useId } from 'react';

interface TurnProps {
  readonly label: string;
  readonly about?: string;
  readonly on: boolean;
  onChange(on: boolean): void;
}

export function Turn({ label, about, on, onChange }: TurnProps) {
  const id = useId();
  return (
    <div className="turn">
      <Toggle id={id} isChecked={on} onChange={() => onChange(!on)} />
      <label htmlFor={id}>
        {label}
        {about !== undefined && <span className="subtle small">{about}</span>}
      </label>
    </div>
  );
}
