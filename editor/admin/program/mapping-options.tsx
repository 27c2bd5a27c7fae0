/** What helps where values of a mapping do not fit: a table, a fallback, a length, and who wins a conflict. */
import { useCallback, useContext, useEffect, useRef, useState } from 'react';
import { recordLabel } from '../../../compiler/catalogue/index.ts';
import type { Mapping, Modifier, Values } from '../../../dsl/index.ts';
import { fallback, fallbackText, name, nowhere, pathText, tableOf, withModifier } from '../../form/nodes.ts';
import { LazyText, type PartProps, Turn } from './parts.tsx';
import { type Choice, Pick } from './pick.tsx';
import { TableRows } from './table-rows.tsx';

interface OptionsProps extends PartProps {
  readonly mapping: Mapping;
  /** Names a control for screen readers. */
  label(what: string): string;
  onMapping(mapping: Mapping): void;
}

export function MappingOptions({ mapping, label, lookups, tables, named, onMapping }: OptionsProps) {
  const { source, arrow, target } = mapping;
  const from = source.kind === 'path' ? pathText(source) : source.kind === 'template' ? source.value : '';
  const to = target.kind === 'jira-field' ? target.name : '';
  const way = arrow.kind === 'arrow' ? arrow.arrow : '->';
  const set = <K extends Modifier['kind']>(kind: K, modifier: Extract<Modifier, { kind: K }> | undefined) =>
    onMapping(withModifier(mapping, kind, modifier));
  const by = modifierOf(mapping, 'by');
  const table = modifierOf(mapping, 'inline-table');
  const cut = modifierOf(mapping, 'cut-at');
  const action = modifierOf(mapping, 'or-else')?.fallback.action;
  const conflict = modifierOf(mapping, 'on-conflict');
  return (
    <div className="mapping-options">
      <Pick
        label="Translate values"
        options={[
          { value: '', label: 'As they are' },
          { value: '{}', label: 'By a table of this mapping' },
          ...tables.map(each => ({ value: each, label: `By the table ${each}` })),
        ]}
        value={by?.table.kind === 'name' ? by.table.text : table === undefined ? '' : '{}'}
        placeholder="As they are"
        onChange={value => {
          const rest = withModifier(withModifier(mapping, 'by', undefined), 'inline-table', undefined);
          if (value === '') onMapping(rest);
          else if (value === '{}')
            onMapping(withModifier(rest, 'inline-table', { kind: 'inline-table', span: nowhere, table: tableOf([]) }));
          else onMapping(withModifier(rest, 'by', { kind: 'by', span: nowhere, table: name(value) }));
        }}
      />
      <Pick
        label="Where a value is empty or does not fit"
        placeholder="Not said"
        clearable
        options={[
          { value: 'skip', label: 'Skip the field and record it' },
          { value: 'keep', label: 'Keep what is there, silently' },
          { value: 'clear', label: 'Empty the field' },
          ...(way === '<->' ? [] : [{ value: 'text', label: 'Write a text instead' }]),
        ]}
        value={action?.kind === 'name' ? action.text : action === undefined || action.kind === 'missing' ? '' : 'text'}
        onChange={value =>
          set(
            'or-else',
            value === ''
              ? undefined
              : {
                  kind: 'or-else',
                  span: nowhere,
                  fallback: value === 'text' ? fallbackText(instead(lookups, from)) : fallback(value),
                },
          )
        }
      />
      {action !== undefined && action.kind !== 'name' && action.kind !== 'missing' && (
        <div className="field">
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the control names itself. */}
          <label>The text</label>
          <LazyText
            aria-label={label('text instead')}
            value={action.value}
            onChange={value => set('or-else', { kind: 'or-else', span: nowhere, fallback: fallbackText(value) })}
          />
        </div>
      )}
      <div className="field">
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the control names itself. */}
        <label>Cut at (characters)</label>
        <LazyText
          aria-label={label('cut at')}
          placeholder="Never"
          value={cut?.length.kind === 'number' ? cut.length.raw : ''}
          onChange={value => {
            const length = Number(value);
            set(
              'cut-at',
              /^\d+$/.test(value)
                ? {
                    kind: 'cut-at',
                    span: nowhere,
                    length: { kind: 'number', span: nowhere, value: length, raw: value },
                  }
                : undefined,
            );
          }}
        />
      </div>
      {way === '<->' && (
        <Pick
          label="When both changed"
          options={[
            { value: 'latest', label: 'The later change wins' },
            { value: 'salesforce', label: 'Salesforce wins' },
            { value: 'jira', label: 'Jira wins' },
            { value: 'hold', label: 'Keep both and ask' },
          ]}
          value={conflict?.choice.kind === 'name' ? conflict.choice.text : 'latest'}
          onChange={value =>
            set(
              'on-conflict',
              value === 'latest' ? undefined : { kind: 'on-conflict', span: nowhere, choice: name(value) },
            )
          }
        />
      )}
      {by?.table.kind === 'name' && (
        <NamedTable id={by.table.text} named={named} left={lookups.valuesOf(from)} right={lookups.jiraValuesOf(to)} />
      )}
      {table !== undefined && (
        <TableRows
          label={label('values')}
          table={table.table}
          left={lookups.valuesOf(from)}
          right={lookups.jiraValuesOf(to)}
          oneWay={way === '->'}
          onChange={next => set('inline-table', { ...table, table: next })}
        />
      )}
    </div>
  );
}

/** What a mapping's options say, in a line. */
export function optionsText(mapping: Mapping): string {
  const by = modifierOf(mapping, 'by');
  const cut = modifierOf(mapping, 'cut-at');
  const action = modifierOf(mapping, 'or-else')?.fallback.action;
  const conflict = modifierOf(mapping, 'on-conflict');
  const table = modifierOf(mapping, 'inline-table');
  return [
    by?.table.kind === 'name' ? `values by ${by.table.text}` : table === undefined ? '' : 'values by a table',
    cut?.length.kind === 'number' ? `cut at ${cut.length.value}` : '',
    action?.kind === 'name'
      ? `or else ${action.text}`
      : action === undefined || action.kind === 'missing'
        ? ''
        : `or else “${action.value}”`,
    conflict?.choice.kind === 'name' ? `on conflict ${conflict.choice.text}` : '',
  ]
    .filter(part => part !== '')
    .join(', ');
}

const modifierOf = <K extends Modifier['kind']>(
  { modifiers }: Mapping,
  kind: K,
): Extract<Modifier, { kind: K }> | undefined =>
  modifiers.find((each): each is Extract<Modifier, { kind: K }> => each.kind === kind);

interface NamedTableProps {
  readonly id: string;
  readonly named: PartProps['named'];
  readonly left: readonly Choice[];
  readonly right: readonly Choice[];
}

/** A table that others may use too. */
function NamedTable({ id, named, left, right }: NamedTableProps) {
  const [node, setNode] = useState<Values>();
  // The text that says it, once what was chosen is written.
  const said = useRef<Promise<{ readonly path: string; readonly text: string }>>(undefined);
  const open = useRef(0);
  const { read, write } = named;
  const turn = useContext(Turn);
  const asked = useRef(0);
  const look = useCallback(() => {
    const mine = ++asked.current;
    void read(id).then(found => {
      // What is being written is still to come there.
      if (mine !== asked.current || open.current > 0) return;
      setNode(found?.node);
      said.current = found && Promise.resolve(found);
    });
  }, [id, read]);
  useEffect(look, [look, turn]);
  if (node === undefined) return null;
  return (
    <div className="table-rows named">
      <p className="subtle small">The table {id}: every mapping that names it translates by it.</p>
      <TableRows
        label={`Table ${id}`}
        table={node.table}
        left={left}
        right={right}
        onChange={table => {
          const next = { ...node, table };
          setNode(next);
          open.current += 1;
          said.current = said.current?.then(async ({ path, text }) => {
            const written = await write({ path, id }, text, next).catch(() => undefined);
            open.current -= 1;
            if (written === undefined) look();
            return { path, text: written ?? text };
          });
        }}
      />
    </div>
  );
}

/** What can always be said of a record: `Case {CaseNumber}`. */
function instead({ object }: PartProps['lookups'], of: string): string {
  if (object === undefined) return '–';
  const { title } = recordLabel(object);
  return title === of ? object.label : `${object.label} {${title}}`;
}
