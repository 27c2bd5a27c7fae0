/** A table of value pairs: Salesforce's on the left, Jira's on the right, each way or both. */
import Button from '@atlaskit/button/new';
import type { Arrow, Fallback, Table, TableRow } from '../../../dsl/index.ts';
import { fallback, fallbackText, literalText, row as newRow, nowhere, tableOf, text } from '../../form/nodes.ts';
import { PairRow, Segments } from './parts.tsx';
import { type Choice, Pick } from './pick.tsx';
import { replaced, useHalf } from './rows.ts';
import { ValueField } from './value-field.tsx';

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

interface NewPair {
  readonly left: string;
  readonly right: string;
}

export function TableRows({ label, table, left, right, oneWay = false, onChange }: TableRowsProps) {
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
    onChange({ ...table, rows: replaced(table.rows, index, next) });
  const {
    row: half,
    begin,
    drop,
    fill,
  } = useHalf<NewPair>(
    ({ left: from, right: to }) => from !== '' && to !== '',
    ({ left: from, right: to }) => {
      const rows = table.rows.filter(each => each !== otherwise);
      onChange(tableOf([...rows, newRow(from, '<->', to), ...(otherwise === undefined ? [] : [otherwise])]));
    },
  );
  return (
    <div className="table-rows">
      {table.rows.map((each, index) =>
        each.kind !== 'row' ? null : (
          <PairRow
            key={index}
            left={
              <ValueField
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
              <ValueField
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
            <ValueField
              focus
              label={`${label}: new Salesforce value`}
              choices={left}
              value={half.left}
              onChange={value => fill({ ...half, left: value })}
            />
          }
          sign="↔"
          right={
            <ValueField
              label={`${label}: new Jira value`}
              choices={right}
              value={half.right}
              onChange={value => fill({ ...half, right: value })}
            />
          }
          remove={`${label}: drop the new pair`}
          onRemove={drop}
        />
      )}
      <div className="actions">
        <Button spacing="compact" appearance="subtle" onClick={() => begin({ left: '', right: '' })}>
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
          {written !== undefined && (
            <ValueField
              label={`${label}: what other values become`}
              choices={right}
              value={written}
              onChange={value => others(fallbackText(value))}
            />
          )}
        </span>
      </div>
    </div>
  );
}
