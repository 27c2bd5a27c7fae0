/** The mappings: a Salesforce field, who owns it, a Jira field; behind each what helps where values do not fit. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Arrow, Mapping } from '../../../dsl/index.ts';
import {
  clauseOf,
  jiraField,
  mapping as newMapping,
  nowhere,
  path,
  pathText,
  template,
  withMappings,
} from '../../form/nodes.ts';
import { MappingOptions, optionsText } from './mapping-options.tsx';
import { inside, LazyText, Notes, PairRow, type PartProps, Segments } from './parts.tsx';
import { Pick } from './pick.tsx';
import { replaced, useHalf } from './rows.ts';

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
  const mode = clauseOf(item, 'sync')?.mode;
  const fixed = mode?.kind === 'name' && mode.text in arrowOf ? arrowOf[mode.text as keyof typeof arrowOf] : undefined;
  const set = (index: number, next: Mapping | undefined) =>
    onChange(withMappings(item, replaced(mappings, index, next)));
  const {
    row: half,
    begin,
    drop,
    fill,
  } = useHalf<NewMapping>(
    ({ from, to }) => from !== '' && to !== '',
    ({ from, to, text }) => {
      const made = newMapping(from, fixed ?? '->', to);
      onChange(withMappings(item, [...mappings, text === true ? { ...made, source: template(from) } : made]));
    },
  );
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
        <PairRow
          left={
            half.text === true ? (
              <LazyText
                focus
                aria-label="New mapping: text with fields in braces"
                placeholder="{Account.Name} ({CaseNumber})"
                value={half.from}
                onChange={from => fill({ ...half, from })}
              />
            ) : (
              <Pick
                bare
                focus
                label="New mapping: Salesforce field"
                placeholder="Salesforce field"
                options={lookups.fields}
                value={half.from}
                onChange={from => fill({ ...half, from })}
              />
            )
          }
          sign={fixed === '<->' ? '↔' : '→'}
          right={
            <Pick
              bare
              label="New mapping: Jira field"
              placeholder="Jira field"
              options={lookups.jiraFields}
              value={half.to}
              onChange={to => fill({ ...half, to })}
            />
          }
          remove="Drop the new mapping"
          onRemove={drop}
        />
      )}
      <div>
        <Button
          spacing="compact"
          isDisabled={lookups.object === undefined || lookups.issueType === undefined}
          onClick={() => begin({ from: '', to: '' })}
        >
          Add a mapping
        </Button>
        {fixed !== '<->' && (
          <Button
            spacing="compact"
            appearance="subtle"
            isDisabled={lookups.object === undefined || lookups.issueType === undefined}
            onClick={() => begin({ from: '', to: '', text: true })}
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
interface NewMapping {
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

function MappingRow(props: RowProps) {
  const { mapping, number, fixed, lookups, problems, onMapping } = props;
  const [open, setOpen] = useState(false);
  const { source, arrow, target } = mapping;
  const from = source.kind === 'path' ? pathText(source) : source.kind === 'template' ? source.value : '';
  const to = target.kind === 'jira-field' ? target.name : '';
  const way = arrow.kind === 'arrow' ? arrow.arrow : '->';
  const label = (what: string) => `Mapping ${number}: ${what}`;
  const said = optionsText(mapping);
  return (
    <div className="mapping">
      <PairRow
        left={
          source.kind === 'template' ? (
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
          )
        }
        sign={
          <Segments
            label={label('who owns it')}
            value={way}
            options={fixed === undefined || way !== fixed ? owners : owners.filter(([key]) => key === fixed)}
            onChange={value => onMapping({ ...mapping, arrow: { kind: 'arrow', span: nowhere, arrow: value } })}
          />
        }
        right={
          <Pick
            bare
            label={label('Jira field')}
            options={lookups.jiraFields}
            value={lookups.jiraChoice(to)}
            onChange={value => onMapping({ ...mapping, target: jiraField(value) })}
          />
        }
        more={
          <Button
            spacing="compact"
            appearance="subtle"
            aria-expanded={open}
            aria-label={label('options')}
            onClick={() => setOpen(!open)}
          >
            Options
          </Button>
        }
        remove={label('remove')}
        onRemove={() => onMapping(undefined)}
      />
      {said !== '' && !open && <p className="subtle small">{said}</p>}
      <Notes problems={problems} onOptions={() => setOpen(true)} />
      {open && <MappingOptions {...props} label={label} />}
    </div>
  );
}
