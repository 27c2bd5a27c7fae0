/** What a new issue is given once, when the bridge creates it; required fields that nothing fills come first (I-5). */
import Button from '@atlaskit/button/new';
import type { Setting } from '../../../dsl/index.ts';
import { clauseOf, jiraField, nowhere, text, valueTexts, withClause } from '../../form/nodes.ts';
import { inside, LazyText, Notes, PairRow, type PartProps } from './parts.tsx';
import { Pick } from './pick.tsx';
import { replaced, useHalf } from './rows.ts';
import { ValueField } from './value-field.tsx';

interface NewValue {
  readonly field: string;
  readonly value: string;
}

export function NewIssue({ item, lookups, problems, onChange }: PartProps) {
  const clause = clauseOf(item, 'new-issue');
  const settings = clause?.settings ?? [];
  const write = (next: readonly Setting[]) =>
    onChange(
      withClause(
        item,
        'new-issue',
        next.length === 0
          ? undefined
          : { ...(clause ?? { kind: 'new-issue', span: nowhere, closed: true }), settings: next },
      ),
    );
  const set = (index: number, next: Setting | undefined) => write(replaced(settings, index, next));
  const {
    row: half,
    begin,
    drop,
    fill,
  } = useHalf<NewValue>(
    ({ field, value }) => field !== '' && value !== '',
    ({ field, value }) =>
      write([...settings, { kind: 'setting', span: nowhere, field: jiraField(field), value: text(value) }]),
  );
  const missing = required(lookups, item).filter(field => half?.field !== field.value);
  return (
    <>
      <h4>Given once, when an issue is created</h4>
      {settings.map((setting, index) => {
        const field = setting.field.kind === 'jira-field' ? setting.field.name : '';
        const values = valueTexts(setting.value);
        return (
          <div key={index}>
            <PairRow
              left={
                <Pick
                  bare
                  label={`New issue: field ${index + 1}`}
                  options={lookups.jiraFields}
                  value={lookups.jiraChoice(field)}
                  onChange={value => set(index, { ...setting, field: jiraField(value) })}
                />
              }
              sign="="
              right={
                values.length > 1 ? (
                  <LazyText
                    aria-label={`New issue: values of ${field}`}
                    value={values.join(', ')}
                    onChange={typed =>
                      set(index, {
                        ...setting,
                        value: { kind: 'list', span: nowhere, values: typed.split(',').map(each => text(each.trim())) },
                      })
                    }
                  />
                ) : (
                  <Given
                    lookups={lookups}
                    field={field}
                    value={values[0] ?? ''}
                    onChange={value => set(index, { ...setting, value: text(value) })}
                  />
                )
              }
              remove={`New issue: remove ${field}`}
              onRemove={() => set(index, undefined)}
            />
            <Notes problems={inside(problems, setting.span)} />
          </div>
        );
      })}
      {half !== undefined && (
        <PairRow
          left={
            <Pick
              bare
              focus={half.field === ''}
              label="New issue: another field"
              placeholder="Jira field"
              options={lookups.jiraFields}
              value={half.field}
              onChange={field => fill({ ...half, field })}
            />
          }
          sign="="
          right={
            <Given
              lookups={lookups}
              field={half.field}
              value={half.value}
              focus={half.field !== ''}
              onChange={value => fill({ ...half, value })}
            />
          }
          remove="Drop the new value"
          onRemove={drop}
        />
      )}
      <div className="actions">
        {missing.map(({ value, label }) => (
          <Button key={value} spacing="compact" onClick={() => begin({ field: value, value: '' })}>
            {`Set ${label}, which is required`}
          </Button>
        ))}
        <Button
          spacing="compact"
          appearance="subtle"
          isDisabled={lookups.issueType === undefined}
          onClick={() => begin({ field: '', value: '' })}
        >
          Add a value
        </Button>
      </div>
    </>
  );
}

/** Required on the screen, without a default, and neither mapped towards Jira nor set here. */
function required({ issueType, jiraFieldAt, jiraFields }: PartProps['lookups'], item: PartProps['item']) {
  const filled = new Set(
    [
      ...(clauseOf(item, 'fields')?.mappings ?? []).map(({ target }) => target),
      ...(clauseOf(item, 'new-issue')?.settings ?? []).map(({ field }) => field),
    ].flatMap(field => (field.kind === 'jira-field' ? [jiraFieldAt(field.name)?.id ?? field.name] : [])),
  );
  const own: ReadonlySet<string> = new Set(['project', 'issuetype', 'reporter']);
  const choices = jiraFields.flatMap(({ options }) => options);
  return (issueType?.fields ?? [])
    .filter(field => field.required && !field.hasDefault && !own.has(field.id) && !filled.has(field.id))
    .flatMap(field => choices.filter(({ value }) => jiraFieldAt(value)?.id === field.id));
}

interface GivenProps {
  readonly lookups: PartProps['lookups'];
  readonly field: string;
  readonly value: string;
  readonly focus?: boolean;
  onChange(value: string): void;
}

const Given = ({ lookups, field, ...rest }: GivenProps) => (
  <ValueField
    {...rest}
    label={`New issue: value of ${field || 'the field'}`}
    choices={lookups.jiraValuesOf(field)}
    placeholder="Value"
  />
);
