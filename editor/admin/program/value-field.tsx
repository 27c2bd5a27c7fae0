/** A value out of a list where there is one, else as a text. */
import { LazyText } from './parts.tsx';
import { type Choice, Pick } from './pick.tsx';

interface ValueFieldProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly focus?: boolean;
  readonly placeholder?: string;
  onChange(value: string): void;
}

export const ValueField = ({ label, choices, value, focus = false, placeholder, onChange }: ValueFieldProps) =>
  choices.length > 0 ? (
    <Pick bare focus={focus} label={label} options={choices} value={value} onChange={onChange} />
  ) : (
    <LazyText
      focus={focus}
      aria-label={label}
      {...(placeholder === undefined ? {} : { placeholder })}
      value={value}
      onChange={onChange}
    />
  );
