/** What every part of the form shares: what it works on, findings in place, a text that is written when it is left. */
import Textfield from '@atlaskit/textfield';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Item, Span, Values } from '../../../dsl/index.ts';
import type { TextEdit } from '../../language/index.ts';
import type { Answer, ItemPlace, Problem } from '../../monaco/protocol.ts';
import { CrossIcon } from '../../parts/icons.ts';
import { Marked } from '../../parts/marked.tsx';
import type { Lookups } from './lookups.ts';

export interface PartProps {
  readonly item: Item;
  readonly lookups: Lookups;
  readonly problems: readonly Problem[];
  /** Ids of the program's value tables. */
  readonly tables: readonly string[];
  onChange(item: Item): void;
  /** A named value table, to look at and to change. */
  readonly named: NamedTables;
}

export interface NamedTables {
  /** And the text that it stands in. */
  read(id: string): Promise<Answer<'table'>>;
  /** What becomes of `was`, the text that the table was changed on; nothing where it cannot be said there. */
  write(place: ItemPlace, was: string, table: Values): Promise<string | undefined>;
}

/** Counts the checks: after each a table may be another. */
export const Turn = createContext(0);

export const inside = (problems: readonly Problem[], span: Span | undefined): readonly Problem[] =>
  span === undefined ? [] : problems.filter(each => each.span.start >= span.start && each.span.end <= span.end);

/** Applies a way out that a finding offers. */
export const FixWith = createContext<(edits: readonly TextEdit[]) => void>(() => {});

interface NotesProps {
  readonly problems: readonly Problem[];
  /** Opens where a form says what in the code stands behind a mapping. */
  readonly onOptions?: () => void;
}

const saidInOptions = /`(?:or else|cut at)/;

/** Hints are for the code; a form shows what should be acted on. */
export function Notes({ problems, onOptions }: NotesProps) {
  const fix = useContext(FixWith);
  const shown = problems.filter(({ severity }) => severity !== 'hint');
  if (shown.length === 0) return null;
  return (
    <ul className="form-notes">
      {shown.map(({ severity, code, message, help, span, fixes }) => (
        <li key={`${code} ${span.start} ${message}`} className={severity}>
          <strong className="hidden">{severity}: </strong>
          <Marked text={message} />
          {help !== undefined &&
            (onOptions !== undefined && saidInOptions.test(help) ? (
              <button type="button" className="plain-link fix" onClick={onOptions}>
                Say in its options what is written then
              </button>
            ) : (
              <span className="subtle">
                {' — '}
                <Marked text={help} />
              </span>
            ))}
          {fixes.slice(0, 2).map(({ title, edits }) => (
            <button key={title} type="button" className="plain-link fix" onClick={() => fix(edits)}>
              <Marked text={title} />
            </button>
          ))}
        </li>
      ))}
    </ul>
  );
}

interface PairRowProps {
  readonly left: ReactNode;
  /** How the two go together: an arrow, or a choice of arrows. */
  readonly sign: ReactNode;
  readonly right: ReactNode;
  /** Before the button that takes the pair away. */
  readonly more?: ReactNode;
  readonly remove: string;
  onRemove(): void;
}

/** Something of Salesforce and something of Jira, side by side. */
export const PairRow = ({ left, sign, right, more, remove, onRemove }: PairRowProps) => (
  <div className="mapping-row">
    {left}
    {typeof sign === 'string' ? <span className="arrow">{sign}</span> : sign}
    {right}
    <span className="actions nowrap">
      {more}
      <button type="button" className="icon-button" aria-label={remove} onClick={onRemove}>
        <CrossIcon label="" />
      </button>
    </span>
  </div>
);

interface LazyTextProps {
  readonly id?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-describedby'?: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly type?: string;
  readonly invalid?: boolean;
  /** Takes the focus when it appears. */
  readonly focus?: boolean;
  onChange(value: string): void;
}

/** Written when the field is left or Enter is pressed, so that the text does not change at every letter. */
export function LazyText({ value, onChange, invalid = false, focus = false, ...rest }: LazyTextProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const write = () => {
    if (typed !== value) onChange(typed);
  };
  return (
    <Textfield
      {...rest}
      isCompact
      isInvalid={invalid}
      autoFocus={focus}
      value={typed}
      onChange={event => setTyped(event.currentTarget.value)}
      onBlur={write}
      onKeyDown={event => {
        if (event.key === 'Enter') write();
      }}
    />
  );
}

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly value: T | '';
  readonly options: readonly (readonly [T, string, string?])[];
  onChange(value: T): void;
}

/** A few ways, one of them taken. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  return (
    <fieldset className="segments">
      <legend className="hidden">{label}</legend>
      {options.map(([key, name, hint]) => (
        <button
          key={key}
          type="button"
          aria-pressed={key === value}
          aria-label={hint}
          title={hint}
          onClick={() => onChange(key)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
