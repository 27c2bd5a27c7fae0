/** A table of value pairs: Salesforce's on the left, Jira's on the right, each way or both. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Arrow, Fallback, Table, TableRow } from '../../../dsl/index.ts';
import { fallback, fallbackText, literalText, row as newRow, nowhere, tableOf, text } from '../../form/nodes.ts';
import { LazyText, PairRow, Segments } from './parts.tsx';
import { type Choice, Pick } from './pick.tsx';

interface TableRowsProps {
  readonly label: string;
  readonly table: Table;
  readonly left: readonly Choice[];
  readonly right: readonly Choice[];
  /** Values go to Jira only, so that a text can stand for all others. */
  readonly oneWay?: boolean;
  onChange(table: Table): void;
}

const ways: readonly (readonly [Arrow, string, string])[] = [
  ['->', '→', 'towards Jira only'],
  ['<-', '←', 'towards Salesforce only'],
  ['<->', '↔', 'both ways'],
];

export function TableRows({ label, table, left, right, oneWay = false, onChange }: TableRowsProps) {
  const [half, setHalf] = useState<{ readonly left: string; readonly right: string }>();
  const otherwise = table.rows.find(each => each.kind === 'table-otherwise');
  const action = otherwise?.fallback.action;
  const written =
    action === undefined || action.kind === 'name' || action.kind === 'missing' ? undefined : action.value;
  const first = right[0]?.value ?? '–';
  const others = (next: Fallback | undefined) => {
    const rows = table.rows.filter(each => each !== otherwise);
    onChange(
      tableOf(next === undefined ? rows : [...rows, { kind: 'table-otherwise', span: nowhere, fallback: next }]),
    );
  };
  const replace = (index: number, next: TableRow | undefined) =>
    onChange({
      ...table,
      rows: table.rows.flatMap((each, at) => (at === index ? (next === undefined ? [] : [next]) : [each])),
    });
  const add = (next: { readonly left: string; readonly right: string }) => {
    if (next.left === '' || next.right === '') return setHalf(next);
    setHalf(undefined);
    const rows = table.rows.filter(each => each !== otherwise);
    onChange(tableOf([...rows, newRow(next.left, '<->', next.right), ...(otherwise === undefined ? [] : [otherwise])]));
  };
  return (
    <div className="table-rows">
      {table.rows.map((each, index) =>
        each.kind !== 'row' ? null : (
          <PairRow
            key={index}
            left={
              <Value
                label={`${label}: Salesforce value`}
                choices={left}
                value={literalText(each.left)}
                onChange={value => replace(index, { ...each, left: text(value) })}
              />
            }
            sign={
              <Segments
                label={`${label}: which way`}
                value={each.arrow.kind === 'arrow' ? each.arrow.arrow : ''}
                options={ways}
                onChange={arrow => replace(index, { ...each, arrow: { kind: 'arrow', span: nowhere, arrow } })}
              />
            }
            right={
              <Value
                label={`${label}: Jira value`}
                choices={right}
                value={literalText(each.right)}
                onChange={value => replace(index, { ...each, right: text(value) })}
              />
            }
            remove={`${label}: remove the pair of ${literalText(each.left)}`}
            onRemove={() => replace(index, undefined)}
          />
        ),
      )}
      {half !== undefined && (
        <PairRow
          left={
            <Value
              focus
              label={`${label}: new Salesforce value`}
              choices={left}
              value={half.left}
              onChange={value => add({ ...half, left: value })}
            />
          }
          sign="↔"
          right={
            <Value
              label={`${label}: new Jira value`}
              choices={right}
              value={half.right}
              onChange={value => add({ ...half, right: value })}
            />
          }
          remove={`${label}: drop the new pair`}
          onRemove={() => setHalf(undefined)}
        />
      )}
      <div className="actions">
        <Button spacing="compact" appearance="subtle" onClick={() => setHalf({ left: '', right: '' })}>
          Add a pair
        </Button>
        <span className="inline-field">
          Other values:{' '}
          <Pick
            bare
            label={`${label}: other values`}
            placeholder="Not said"
            clearable
            options={[
              { value: 'keep', label: 'leave the target as it is' },
              { value: 'skip', label: 'skip and record it' },
              { value: 'clear', label: 'empty the target' },
              ...(oneWay || written !== undefined ? [{ value: 'text', label: 'become a text' }] : []),
            ]}
            value={action?.kind === 'name' ? action.text : written === undefined ? '' : 'text'}
            onChange={value =>
              others(value === '' ? undefined : value === 'text' ? fallbackText(first) : fallback(value))
            }
          />
          {written !== undefined &&
            (right.length > 0 ? (
              <Pick
                bare
                label={`${label}: what other values become`}
                options={right}
                value={written}
                onChange={value => others(fallbackText(value))}
              />
            ) : (
              <LazyText
                aria-label={`${label}: what other values become`}
                value={written}
                onChange={value => others(fallbackText(value))}
              />
            ))}
        </span>
      </div>
    </div>
  );
}

interface ValueProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly focus?: boolean;
  onChange(value: string): void;
}

const Value = ({ label, choices, value, focus = false, onChange }: ValueProps) =>
  choices.length > 0 ? (
    <Pick bare focus={focus} label={label} options={choices} value={value} onChange={onChange} />
  ) : (
    <LazyText focus={focus} aria-label={label} value={value} onChange={onChange} />
  );
