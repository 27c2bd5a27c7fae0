/** The mappings: a Salesforce field, who owns it, a Jira field; behind each what helps where values do not fit. */
import Button from '@atlaskit/button/new';
import { useEffect, useState } from 'react';
import { recordLabel } from '../../../compiler/catalogue/index.ts';
import type { Arrow, Mapping, Modifier, Values } from '../../../dsl/index.ts';
import {
  clauseOf,
  fallback,
  fallbackText,
  jiraField,
  name,
  mapping as newMapping,
  nowhere,
  path,
  pathText,
  tableOf,
  template,
  withMappings,
  withModifier,
} from '../../form/nodes.ts';
import { CrossIcon } from '../../parts/icons.ts';
import { inside, LazyText, Notes, type PartProps, Segments } from './parts.tsx';
import { type Choice, Pick } from './pick.tsx';
import { TableRows } from './table-rows.tsx';

const owners: readonly (readonly [Arrow, string, string])[] = [
  ['->', '→', 'Salesforce owns: its value is written to Jira'],
  ['<-', '←', 'JSM owns: Jira’s value is written to Salesforce'],
  ['<->', '↔', 'Both own: a change on either side reaches the other'],
];
/** The arrow that a mode asks for; the custom mode leaves it to each mapping. */
const arrowOf = { 'one-way': '->', 'two-way': '<->' } as const;

export function Mappings(props: PartProps) {
  const { item, lookups, problems, onChange } = props;
  const clause = clauseOf(item, 'fields');
  const mappings = clause?.mappings ?? [];
  const [half, setHalf] = useState<Half>();
  const mode = clauseOf(item, 'sync')?.mode;
  const fixed = mode?.kind === 'name' && mode.text in arrowOf ? arrowOf[mode.text as keyof typeof arrowOf] : undefined;
  const set = (index: number, next: Mapping | undefined) =>
    onChange(
      withMappings(
        item,
        mappings.flatMap((each, at) => (at === index ? (next === undefined ? [] : [next]) : [each])),
      ),
    );
  const add = (next: Half) => {
    if (next.from === '' || next.to === '') return setHalf(next);
    setHalf(undefined);
    const made = newMapping(next.from, fixed ?? '->', next.to);
    onChange(withMappings(item, [...mappings, next.text === true ? { ...made, source: template(next.from) } : made]));
  };
  return (
    <>
      {mappings.length === 0 && half === undefined && (
        <p className="subtle">
          No field travels yet. An item may also do without: for status, comments or files alone.
        </p>
      )}
      {mappings.map((mapping, index) => (
        <MappingRow
          key={index}
          {...props}
          mapping={mapping}
          number={index + 1}
          fixed={fixed}
          problems={inside(problems, mapping.span)}
          onMapping={next => set(index, next)}
        />
      ))}
      {half !== undefined && (
        <div className="mapping-row">
          {half.text === true ? (
            <LazyText
              aria-label="New mapping: text with fields in braces"
              placeholder="{Account.Name} ({CaseNumber})"
              value={half.from}
              onChange={from => add({ ...half, from })}
            />
          ) : (
            <Pick
              bare
              label="New mapping: Salesforce field"
              placeholder="Salesforce field"
              options={lookups.fields}
              value={half.from}
              onChange={from => add({ ...half, from })}
            />
          )}
          <span className="arrow">{fixed === '<->' ? '↔' : '→'}</span>
          <Pick
            bare
            label="New mapping: Jira field"
            placeholder="Jira field"
            options={lookups.jiraFields}
            value={half.to}
            onChange={to => add({ ...half, to })}
          />
          <button
            type="button"
            className="icon-button"
            aria-label="Drop the new mapping"
            onClick={() => setHalf(undefined)}
          >
            <CrossIcon label="" />
          </button>
        </div>
      )}
      <div>
        <Button
          spacing="compact"
          isDisabled={lookups.object === undefined || lookups.issueType === undefined}
          onClick={() => setHalf({ from: '', to: '' })}
        >
          Add a mapping
        </Button>
        {fixed !== '<->' && (
          <Button
            spacing="compact"
            appearance="subtle"
            isDisabled={lookups.object === undefined || lookups.issueType === undefined}
            onClick={() => setHalf({ from: '', to: '', text: true })}
          >
            Add a text of several fields
          </Button>
        )}
        {(lookups.object === undefined || lookups.issueType === undefined) && (
          <span className="subtle small"> Choose the object and the issue type first.</span>
        )}
      </div>
    </>
  );
}

/** A mapping that is not filled in yet. */
interface Half {
  readonly from: string;
  readonly to: string;
  /** Its left side is a text in which fields are filled in. */
  readonly text?: true;
}

interface RowProps extends PartProps {
  readonly mapping: Mapping;
  readonly number: number;
  readonly fixed: Arrow | undefined;
  onMapping(mapping: Mapping | undefined): void;
}

function MappingRow({ mapping, number, fixed, lookups, problems, tables, named, onMapping }: RowProps) {
  const [open, setOpen] = useState(false);
  const { source, arrow, target, modifiers } = mapping;
  const from = source.kind === 'path' ? pathText(source) : source.kind === 'template' ? source.value : '';
  const to = target.kind === 'jira-field' ? target.name : '';
  const way = arrow.kind === 'arrow' ? arrow.arrow : '->';
  const jira = to === '' ? undefined : lookups.jiraFieldAt(to);
  const set = <K extends Modifier['kind']>(kind: K, modifier: Extract<Modifier, { kind: K }> | undefined) =>
    onMapping(withModifier(mapping, kind, modifier));
  const one = <K extends Modifier['kind']>(kind: K) =>
    modifiers.find((each): each is Extract<Modifier, { kind: K }> => each.kind === kind);
  const label = (what: string) => `Mapping ${number}: ${what}`;
  const by = one('by');
  const table = one('inline-table');
  const cut = one('cut-at');
  const orElse = one('or-else');
  const conflict = one('on-conflict');
  const action = orElse?.fallback.action;
  const said = [
    by?.table.kind === 'name' ? `values by ${by.table.text}` : table === undefined ? '' : 'values by a table',
    cut?.length.kind === 'number' ? `cut at ${cut.length.value}` : '',
    action?.kind === 'name'
      ? `or else ${action.text}`
      : action === undefined || action.kind === 'missing'
        ? ''
        : `or else “${action.value}”`,
    conflict?.choice.kind === 'name' ? `on conflict ${conflict.choice.text}` : '',
  ].filter(part => part !== '');
  return (
    <div className="mapping">
      <div className="mapping-row">
        {source.kind === 'template' ? (
          <LazyText
            aria-label={label('template')}
            value={from}
            onChange={value => onMapping({ ...mapping, source: template(value) })}
          />
        ) : (
          <Pick
            bare
            label={label('Salesforce field')}
            options={lookups.fields}
            value={from}
            onChange={value => onMapping({ ...mapping, source: path(value) })}
          />
        )}
        <Segments
          label={label('who owns it')}
          value={way}
          options={fixed === undefined || way !== fixed ? owners : owners.filter(([key]) => key === fixed)}
          onChange={value => onMapping({ ...mapping, arrow: { kind: 'arrow', span: nowhere, arrow: value } })}
        />
        <Pick
          bare
          label={label('Jira field')}
          options={lookups.jiraFields}
          value={jira === undefined ? to : choiceValue(lookups, to)}
          onChange={value => onMapping({ ...mapping, target: jiraField(value) })}
        />
        <span className="actions nowrap">
          <Button
            spacing="compact"
            appearance="subtle"
            aria-expanded={open}
            aria-label={label('options')}
            onClick={() => setOpen(!open)}
          >
            Options
          </Button>
          <button
            type="button"
            className="icon-button"
            aria-label={label('remove')}
            onClick={() => onMapping(undefined)}
          >
            <CrossIcon label="" />
          </button>
        </span>
      </div>
      {said.length > 0 && !open && <p className="subtle small">{said.join(', ')}</p>}
      <Notes problems={problems} />
      {open && (
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
                onMapping(
                  withModifier(rest, 'inline-table', { kind: 'inline-table', span: nowhere, table: tableOf([]) }),
                );
              else onMapping(withModifier(rest, 'by', { kind: 'by', span: nowhere, table: name(value) }));
            }}
          />
          <Pick
            label="Where a value does not fit"
            placeholder="Not said"
            clearable
            options={[
              { value: 'skip', label: 'Skip the field and record it' },
              { value: 'keep', label: 'Keep what is there, silently' },
              { value: 'clear', label: 'Empty the field' },
              ...(way === '<->' ? [] : [{ value: 'text', label: 'Write a text instead' }]),
            ]}
            value={
              action?.kind === 'name' ? action.text : action === undefined || action.kind === 'missing' ? '' : 'text'
            }
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
            <NamedTable
              id={by.table.text}
              named={named}
              left={lookups.valuesOf(from)}
              right={lookups.jiraValuesOf(to)}
            />
          )}
          {table !== undefined && (
            <TableRows
              label={label('values')}
              table={table.table}
              left={lookups.valuesOf(from)}
              right={lookups.jiraValuesOf(to)}
              onChange={next => set('inline-table', { ...table, table: next })}
            />
          )}
        </div>
      )}
    </div>
  );
}

interface NamedTableProps {
  readonly id: string;
  readonly named: PartProps['named'];
  readonly left: readonly Choice[];
  readonly right: readonly Choice[];
}

/** A table that others may use too. */
function NamedTable({ id, named, left, right }: NamedTableProps) {
  const [node, setNode] = useState<Values>();
  const { read, turn } = named;
  useEffect(() => {
    let gone = false;
    void read(id).then(found => {
      if (!gone) setNode(found);
    });
    return () => {
      gone = true;
    };
  }, [id, turn]);
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
          setNode({ ...node, table });
          named.write(id, { ...node, table });
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

/** The option that stands for a Jira field, whichever of its names the text uses. */
export function choiceValue(lookups: PartProps['lookups'], written: string): string {
  const field = lookups.jiraFieldAt(written);
  if (field === undefined) return written;
  const all = lookups.jiraFields.flatMap(({ options }) => options);
  return all.find(({ value }) => value === written || value === field.id || value === field.name)?.value ?? written;
}
