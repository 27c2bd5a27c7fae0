/** One comparison: field, operator, value. */
import {
  type ConditionRow,
  changedRow,
  needsValue,
  type Operator,
  operators,
  takesSeveral,
} from '../../form/conditions.ts';
import type { Lookups } from './lookups.ts';
import { LazyText } from './parts.tsx';
import { Pick, PickMany } from './pick.tsx';

const choices = operators.map(([value, label]) => ({ value, label }));

interface ConditionRowProps {
  /** For screen readers: `Which records, row 2`. */
  readonly label: string;
  readonly row: ConditionRow;
  readonly lookups: Lookups;
  /** It was added just now. */
  readonly focus: boolean;
  onChange(row: ConditionRow): void;
}

export function ConditionRowFields({ label, row, lookups, focus, onChange }: ConditionRowProps) {
  return (
    <>
      <Pick
        bare
        label={`${label}: field`}
        placeholder="Field"
        options={lookups.fields}
        value={row.field}
        focus={focus}
        onChange={field => onChange(changedRow(row, { field }))}
      />
      <Pick
        bare
        label={`${label}: operator`}
        options={choices}
        value={row.operator}
        onChange={operator => onChange(changedRow(row, { operator: operator as Operator }))}
      />
      {needsValue(row.operator) && (
        <ValueOf
          label={`${label}: value`}
          row={row}
          lookups={lookups}
          onChange={values => onChange(changedRow(row, { values }))}
        />
      )}
    </>
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
