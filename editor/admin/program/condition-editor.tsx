/**
 * A condition as rows in groups, as deep as the language lets them nest. What is not filled in yet lives here, not
 * in the text; whoever works by keyboard stays at the place of the change.
 */
import Button from '@atlaskit/button/new';
import { useEffect, useRef, useState } from 'react';
import type { Condition } from '../../../dsl/index.ts';
import {
  type ConditionGroup,
  type ConditionPart,
  type ConditionRow,
  conditionOf,
  emptyRow,
  groupOf,
  type Join,
  joins,
} from '../../form/conditions.ts';
import { CrossIcon } from '../../parts/icons.ts';
import { ConditionRowFields } from './condition-row.tsx';
import type { Lookups } from './lookups.ts';

interface ConditionEditorProps {
  /** What it is a condition of, for screen readers: `Which records`. */
  readonly label: string;
  readonly condition: Condition | undefined;
  readonly lookups: Lookups;
  readonly empty: string;
  onChange(condition: Condition | undefined): void;
}

export function ConditionEditor({ label, condition, lookups, empty, onChange }: ConditionEditorProps) {
  const say = (group: ConditionGroup) =>
    JSON.stringify(conditionOf(group, lookups.typeOf) ?? null, (key, value) => (key === 'span' ? undefined : value));
  const written = groupOf(condition);
  const [draft, setDraft] = useState<ConditionGroup>();
  const key = say(written);
  // What comes from the code replaces what is half filled in here; what came from here does not.
  useEffect(() => setDraft(now => (now !== undefined && say(now) === key ? now : undefined)), [key]);
  return (
    <Group
      label={label}
      group={draft ?? written}
      lookups={lookups}
      empty={empty}
      onChange={next => {
        setDraft(next);
        if (say(next) !== key) onChange(conditionOf(next, lookups.typeOf));
      }}
    />
  );
}

interface GroupProps {
  readonly label: string;
  readonly group: ConditionGroup;
  readonly lookups: Lookups;
  readonly empty: string;
  /** It was made just now, and its last row waits to be filled in. */
  readonly fresh?: boolean;
  /** Absent at the top, which has nothing to go out of. */
  readonly leave?: { remove(): void; dissolve(): void };
  onChange(group: ConditionGroup): void;
}

/** Put where the focus goes: a part that was added, by its place; or the buttons below, after a removal. */
type Focus = number | 'buttons' | undefined;

function Group({ label, group, lookups, empty, fresh = false, leave, onChange }: GroupProps) {
  const { join, of } = group;
  const [focus, setFocus] = useState<Focus>(fresh ? of.length - 1 : undefined);
  const add = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focus === 'buttons') add.current?.focus();
  }, [focus, of.length]);

  const set = (parts: readonly ConditionPart[], then?: Focus) => {
    setFocus(then);
    onChange({ ...group, of: parts });
  };
  const replace = (index: number, parts: readonly ConditionPart[], then?: Focus) =>
    set([...of.slice(0, index), ...parts, ...of.slice(index + 1)], then);
  const asksHow = of.length > 1 || (join !== 'all' && join !== 'any') || leave !== undefined;
  return (
    <fieldset className={leave === undefined ? 'condition' : 'condition nested'}>
      <legend className="hidden">{label}</legend>
      {asksHow && (
        <div className="condition-head">
          <select
            aria-label={`${label}: how these go together`}
            value={join}
            onChange={event => onChange({ ...group, join: event.target.value as Join })}
          >
            {joins.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
          <span className="grow" />
          {leave !== undefined && (
            <>
              <Button spacing="compact" appearance="subtle" onClick={leave.dissolve}>
                Ungroup
              </Button>
              <button type="button" className="icon-button" aria-label={`${label}: remove`} onClick={leave.remove}>
                <CrossIcon label="" />
              </button>
            </>
          )}
        </div>
      )}
      {of.length === 0 && <p className="subtle">{empty}</p>}
      {of.map((part, index) =>
        part.kind === 'group' ? (
          <Group
            key={index}
            label={`${label}, group ${index + 1}`}
            group={part}
            lookups={lookups}
            empty="Nothing is asked in this group yet."
            fresh={focus === index}
            leave={{
              remove: () => replace(index, [], 'buttons'),
              dissolve: () => replace(index, part.of, 'buttons'),
            }}
            onChange={next => replace(index, [next])}
          />
        ) : (
          <Row
            key={index}
            label={of.length === 1 && leave === undefined ? label : `${label}, row ${index + 1}`}
            row={part}
            lookups={lookups}
            focus={focus === index}
            {...(of.length > 1
              ? { onGroup: () => replace(index, [{ kind: 'group', join: other(join), of: [part, emptyRow] }], index) }
              : {})}
            onChange={next => replace(index, [next])}
            onRemove={() => replace(index, [], 'buttons')}
          />
        ),
      )}
      <div className="actions">
        <Button
          ref={add}
          spacing="compact"
          appearance="subtle"
          aria-label={`${label}: add a condition`}
          onClick={() => set([...of, emptyRow], of.length)}
        >
          Add a condition
        </Button>
        {of.length > 0 && (
          <Button
            spacing="compact"
            appearance="subtle"
            aria-label={`${label}: add a group`}
            onClick={() => set([...of, { kind: 'group', join: other(join), of: [emptyRow] }], of.length)}
          >
            Add a group
          </Button>
        )}
      </div>
    </fieldset>
  );
}

/** A group is made for what its surroundings do not say. */
const other = (join: Join): Join => (join === 'all' || join === 'none' ? 'any' : 'all');

interface RowProps {
  readonly label: string;
  readonly row: ConditionRow;
  readonly lookups: Lookups;
  readonly focus: boolean;
  /** Absent where it is alone. */
  readonly onGroup?: () => void;
  onChange(row: ConditionRow): void;
  onRemove(): void;
}

const Row = ({ label, row, lookups, focus, onGroup, onChange, onRemove }: RowProps) => (
  <div className="condition-row">
    <ConditionRowFields label={label} row={row} lookups={lookups} focus={focus} onChange={onChange} />
    <span className="actions nowrap">
      {onGroup !== undefined && (
        <button
          type="button"
          className="icon-button code"
          aria-label={`${label}: put into a group`}
          title="Put into a group"
          onClick={onGroup}
        >
          ( )
        </button>
      )}
      <button type="button" className="icon-button" aria-label={`${label}: remove`} onClick={onRemove}>
        <CrossIcon label="" />
      </button>
    </span>
  </div>
);
