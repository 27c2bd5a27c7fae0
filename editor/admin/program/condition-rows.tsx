/** Rows of a condition: field, operator, value. Rows that are not filled in yet live here, not in the text. */
import Button from '@atlaskit/button/new';
import { useEffect, useState } from 'react';
import type { Condition } from '../../../dsl/index.ts';
import {
  type ConditionRow,
  conditionOf,
  isWhole,
  needsValue,
  type Operator,
  operators,
  type Rows,
  rowsOf,
  takesSeveral,
} from '../../form/conditions.ts';
import { CrossIcon } from '../../parts/icons.ts';
import type { Lookups } from './lookups.ts';
import { LazyText, Segments } from './parts.tsx';
import { Pick, PickMany } from './pick.tsx';

interface ConditionRowsProps {
  /** What it is a condition of, for screen readers: `Which records`. */
  readonly label: string;
  readonly condition: Condition | undefined;
  readonly lookups: Lookups;
  readonly empty: string;
  onChange(condition: Condition | undefined): void;
}

/** What the filled-in rows say. */
const sayOf = (given: Rows | undefined): string => {
  const whole = given?.rows.filter(isWhole) ?? [];
  return given === undefined ? 'deeper' : JSON.stringify([whole.length > 1 ? given.join : 'all', whole]);
};

const empty: ConditionRow = { field: '', operator: 'is', values: [] };
const choices = operators.map(([value, label]) => ({ value, label }));

export function ConditionRows({ label, condition, lookups, empty: none, onChange }: ConditionRowsProps) {
  const written = rowsOf(condition);
  const [draft, setDraft] = useState<Rows>();
  const key = sayOf(written);
  // What comes from the code replaces what is half filled in here; what came from here does not.
  useEffect(() => setDraft(now => (now !== undefined && sayOf(now) === key ? now : undefined)), [key]);
  if (written === undefined)
    return (
      <p className="subtle">
        This condition nests deeper than rows can show. It is kept as it is; change it in the code.
      </p>
    );
  const { join, rows } = draft ?? written;
  const set = (next: Rows) => {
    setDraft(next);
    if (sayOf(next) !== key) onChange(conditionOf(next, lookups.typeOf));
  };
  const setRow = (index: number, row: ConditionRow) =>
    set({ join, rows: rows.map((each, at) => (at === index ? row : each)) });
  return (
    <div className="condition">
      {rows.length > 1 && (
        <Segments
          label={`${label}: how the rows go together`}
          value={join}
          options={[
            ['all', 'All of these'],
            ['any', 'Any of these'],
          ]}
          onChange={value => set({ join: value, rows })}
        />
      )}
      {rows.length === 0 && <p className="subtle">{none}</p>}
      {rows.map((row, index) => (
        <div key={index} className="condition-row">
          <Pick
            bare
            label={`${label}: field`}
            placeholder="Field"
            options={lookups.fields}
            value={row.field}
            onChange={field => setRow(index, { ...row, field, values: [] })}
          />
          <Pick
            bare
            label={`${label}: operator`}
            options={choices}
            value={row.operator}
            onChange={operator =>
              setRow(index, {
                ...row,
                operator: operator as Operator,
                values: needsValue(operator as Operator)
                  ? row.values.slice(0, takesSeveral(operator as Operator) ? undefined : 1)
                  : [],
              })
            }
          />
          {needsValue(row.operator) && (
            <ValueOf
              label={`${label}: value`}
              row={row}
              lookups={lookups}
              onChange={values => setRow(index, { ...row, values })}
            />
          )}
          <button
            type="button"
            className="icon-button"
            aria-label={`${label}: remove row ${index + 1}`}
            onClick={() => set({ join, rows: rows.filter((_, at) => at !== index) })}
          >
            <CrossIcon label="" />
          </button>
        </div>
      ))}
      <div>
        <Button spacing="compact" appearance="subtle" onClick={() => setDraft({ join, rows: [...rows, empty] })}>
          Add a condition
        </Button>
      </div>
    </div>
  );
}

interface ValueProps {
  readonly label: string;
  readonly row: ConditionRow;
  readonly lookups: Lookups;
  onChange(values: readonly string[]): void;
}

function ValueOf({ label, row, lookups, onChange }: ValueProps) {
  const values = lookups.valuesOf(row.field);
  if (takesSeveral(row.operator)) {
    if (values.length > 0)
      return <PickMany bare label={label} options={values} values={row.values} onChange={onChange} />;
    return (
      <LazyText
        aria-label={label}
        placeholder="Values, with commas between"
        value={row.values.join(', ')}
        onChange={typed =>
          onChange(
            typed
              .split(',')
              .map(each => each.trim())
              .filter(each => each !== ''),
          )
        }
      />
    );
  }
  if (values.length > 0 && ['is', 'is-not'].includes(row.operator))
    return (
      <Pick
        bare
        label={label}
        placeholder="Value"
        options={values}
        value={row.values[0] ?? ''}
        onChange={value => onChange([value])}
      />
    );
  const type = lookups.typeOf(row.field);
  return (
    <LazyText
      aria-label={label}
      placeholder={type === 'datetime' ? '2026-01-31T09:00:00Z' : 'Value'}
      type={type === 'date' ? 'date' : 'text'}
      value={row.values[0] ?? ''}
      onChange={value => onChange(value === '' ? [] : [value])}
    />
  );
}
