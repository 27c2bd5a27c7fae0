/**
 * A field as both products have it: it shows the value, and saves what was typed when one leaves it or presses Enter.
 * What comes from elsewhere meanwhile shows up, but never under somebody's fingers.
 */
import { type KeyboardEvent, useId, useState } from 'react';
import { useFlash } from './use-flash.ts';

interface EditableProps {
  readonly label: string;
  readonly value: string;
  readonly kind?: 'line' | 'text' | 'choice' | 'date' | 'number' | 'labels';
  readonly choices?: readonly string[];
  /** A choice may be none. */
  readonly optional?: boolean;
  readonly disabled?: boolean;
  readonly className?: string;
  /** Whether it was taken. */
  onSave(text: string): Promise<boolean>;
}

export function Editable({
  label,
  value,
  kind = 'line',
  choices = [],
  optional,
  disabled,
  className,
  onSave,
}: EditableProps) {
  const [draft, setDraft] = useState<string>();
  const flash = useFlash(value);
  const id = useId();
  const shown = draft ?? value;
  const save = async (text: string | undefined) => {
    const taken = text === undefined || text === value || (await onSave(text));
    // What somebody typed is not lost to a refusal; Escape lets go of it.
    if (taken || kind === 'choice') setDraft(undefined);
  };
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') {
      setDraft(undefined);
      event.stopPropagation();
    } else if (event.key === 'Enter' && (kind !== 'text' || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save(draft);
    }
  };
  const common = {
    id,
    value: shown,
    disabled,
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
    onBlur: () => void save(draft),
    onKeyDown: keys,
  };
  return (
    <div className={`editable${flash ? ' flash' : ''}${className === undefined ? '' : ` ${className}`}`}>
      <label htmlFor={id}>{label}</label>
      {kind === 'text' ? (
        <textarea {...common} rows={Math.min(8, Math.max(2, shown.split('\n').length))} dir="auto" />
      ) : kind === 'choice' ? (
        <select
          id={id}
          value={shown}
          disabled={disabled}
          onChange={event => {
            setDraft(event.target.value);
            void save(event.target.value);
          }}
        >
          {(optional === true || shown === '') && <option value="">None</option>}
          {[...new Set([...choices, ...(shown === '' ? [] : [shown])])].map(choice => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <input {...common} type={kind === 'date' || kind === 'number' ? kind : 'text'} dir="auto" />
      )}
    </div>
  );
}
