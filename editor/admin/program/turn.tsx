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
      <Toggle id={id} isChecked={on} descriptionId={`${id}-about`} onChange={() => onChange(!on)} />
      <div>
        <label htmlFor={id}>{label}</label>
        {about !== undefined && (
          <span id={`${id}-about`} className="subtle small">
            {about}
          </span>
        )}
      </div>
    </div>
  );
}
