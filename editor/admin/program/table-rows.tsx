/** A table of value pairs: Salesforce's on the left, Jira's on the right, each way or both. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Arrow, Table, TableRow } from '../../../dsl/index.ts';
import { fallback, literalText, row as newRow, nowhere, tableOf, text } from '../../form/nodes.ts';
import { CrossIcon } from '../../parts/icons.ts';
import { LazyText, Segments } from './parts.tsx';
import { type Choice, Pick } from './pick.tsx';

interface TableRowsProps {
  readonly label: string;
  readonly table: Table;
  readonly left: readonly Choice[];
  readonly right: readonly Choice[];
  onChange(table: Table): void;
}

const ways: readonly (readonly [Arrow, string, string])[] = [
  ['->', '→', 'towards Jira only'],
  ['<-', '←', 'towards Salesforce only'],
  ['<->', '↔', 'both ways'],
];

export function TableRows({ label, table, left, right, onChange }: TableRowsProps) {
  const [half, setHalf] = useState<{ readonly left: string; readonly right: string }>();
  const otherwise = table.rows.find(each => each.kind === 'table-otherwise');
  const action = otherwise?.fallback.action;
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
          <div key={index} className="mapping-row">
            <Value
              label={`${label}: Salesforce value`}
              choices={left}
              value={literalText(each.left)}
              onChange={value => replace(index, { ...each, left: text(value) })}
            />
            <Segments
              label={`${label}: which way`}
              value={each.arrow.kind === 'arrow' ? each.arrow.arrow : ''}
              options={ways}
              onChange={arrow => replace(index, { ...each, arrow: { kind: 'arrow', span: nowhere, arrow } })}
            />
            <Value
              label={`${label}: Jira value`}
              choices={right}
              value={literalText(each.right)}
              onChange={value => replace(index, { ...each, right: text(value) })}
            />
            <button
              type="button"
              className="icon-button"
              aria-label={`${label}: remove the pair of ${literalText(each.left)}`}
              onClick={() => replace(index, undefined)}
            >
              <CrossIcon label="" />
            </button>
          </div>
        ),
      )}
      {half !== undefined && (
        <div className="mapping-row">
          <Value
            label={`${label}: new Salesforce value`}
            choices={left}
            value={half.left}
            onChange={value => add({ ...half, left: value })}
          />
          <span className="arrow">↔</span>
          <Value
            label={`${label}: new Jira value`}
            choices={right}
            value={half.right}
            onChange={value => add({ ...half, right: value })}
          />
          <button
            type="button"
            className="icon-button"
            aria-label={`${label}: drop the new pair`}
            onClick={() => setHalf(undefined)}
          >
            <CrossIcon label="" />
          </button>
        </div>
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
            ]}
            value={action?.kind === 'name' ? action.text : action?.kind === 'text' ? action.value : ''}
            onChange={value => {
              const rows = table.rows.filter(each => each !== otherwise);
              onChange(
                tableOf(
                  value === ''
                    ? rows
                    : [...rows, { kind: 'table-otherwise', span: nowhere, fallback: fallback(value) }],
                ),
              );
            }}
          />
        </span>
      </div>
    </div>
  );
}

interface ValueProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  onChange(value: string): void;
}

const Value = ({ label, choices, value, onChange }: ValueProps) =>
  choices.length > 0 ? (
    <Pick bare label={label} options={choices} value={value} onChange={onChange} />
  ) : (
    <LazyText aria-label={label} value={value} onChange={onChange} />
  );
