/** Parts of the form that are one clause each: where its issues are, when they are made, what else travels. */
import type { Name } from '../../../dsl/index.ts';
import {
  clauseOf,
  dateLiteral,
  name,
  nameText,
  nowhere,
  switchOf,
  text,
  withClause,
  withSwitch,
} from '../../form/nodes.ts';
import { Field } from '../../parts/field.tsx';
import { inside, LazyText, Notes, type PartProps } from './parts.tsx';
import { Pick, PickMany } from './pick.tsx';
import { Turn } from './turn.tsx';

export function JiraScope({ item, lookups, onChange, display }: PartProps & { readonly display: boolean }) {
  const clause = clauseOf(item, 'jira');
  const keys = (clause?.projects ?? []).map(nameText);
  const type = clause?.issueType?.kind === 'text' ? clause.issueType.value : '';
  const set = (projects: readonly string[], issueType: string) =>
    onChange(
      withClause(
        item,
        'jira',
        projects.length === 0
          ? undefined
          : {
              kind: 'jira',
              span: nowhere,
              projects: projects.map(name),
              ...(issueType === '' ? {} : { issueType: text(issueType) }),
            },
      ),
    );
  if (display)
    return (
      <PickMany label="Jira projects" options={lookups.projects} values={keys} onChange={values => set(values, '')} />
    );
  return (
    <>
      <Pick
        label="Jira project"
        options={lookups.projects}
        value={keys[0] ?? ''}
        onChange={value => set([value], type)}
      />
      <Pick
        label="Issue type"
        options={lookups.issueTypes(keys[0] ?? '')}
        value={type}
        disabled={keys.length === 0}
        onChange={value => set(keys.slice(0, 1), value)}
      />
    </>
  );
}

export function Create({ item, problems, onChange }: PartProps) {
  const clause = clauseOf(item, 'create');
  const records = nameText(clause?.records) || 'off';
  const since = clause?.since?.kind === 'date' ? clause.since.value : '';
  const hasRule = item.clauses.some(({ kind }) => kind === 'rule');
  const set = (value: string, day: string) =>
    onChange(
      withClause(
        item,
        'create',
        value === 'off' && clause === undefined
          ? undefined
          : {
              kind: 'create',
              span: nowhere,
              records: name(value),
              ...(day === '' || value === 'off' ? {} : { since: dateLiteral(day) }),
            },
      ),
    );
  return (
    <>
      <div className="two">
        <Pick
          label="Auto-create Jira issues"
          options={[
            { value: 'off', label: 'Off: records are linked by hand' },
            { value: 'all', label: 'For every new record' },
            ...(hasRule || records === 'matching'
              ? [{ value: 'matching', label: 'For new records that meet the rule' }]
              : []),
          ]}
          value={records}
          onChange={value => set(value, since)}
        />
        {records !== 'off' && (
          <Field label="Also records created since" hint="Empty: only records that are created from now on.">
            {field => <LazyText {...field} type="date" value={since} onChange={day => set(records, day)} />}
          </Field>
        )}
      </div>
      <Notes problems={inside(problems, clause?.span)} />
    </>
  );
}

export function Comments({ item, problems, onChange }: PartProps) {
  const clause = clauseOf(item, 'comments');
  const on = nameText(clause?.state) === 'on';
  const options = (clause?.options ?? []).map(({ text: word }) => word);
  const set = (state: boolean, words: readonly string[]) =>
    onChange(
      withClause(
        item,
        'comments',
        state
          ? { kind: 'comments', span: nowhere, state: name('on'), options: words.map((word): Name => name(word)) }
          : undefined,
      ),
    );
  const turn = (word: string) =>
    set(true, options.includes(word) ? options.filter(each => each !== word) : [...options, word]);
  return (
    <>
      <Turn
        label="Comments"
        about="Both ways, with the author’s name. Nothing is posted twice."
        on={on}
        onChange={value => set(value, [])}
      />
      {on && (
        <div className="indented">
          <Turn
            label="Internal comments too"
            about="Jira’s internal comments travel as unpublished ones."
            on={options.includes('internal')}
            onChange={() => turn('internal')}
          />
          <Turn
            label="Published"
            about="Jira’s public comments may be seen by the customer in Salesforce."
            on={options.includes('published')}
            onChange={() => turn('published')}
          />
        </div>
      )}
      <Notes problems={inside(problems, clause?.span)} />
    </>
  );
}

interface SwitchProps extends PartProps {
  readonly feature: 'attachments' | 'associations';
  readonly label: string;
  readonly about: string;
}

export function Switch({ item, feature, label, about, problems, onChange }: SwitchProps) {
  const clause = switchOf(item, feature);
  return (
    <>
      <Turn
        label={label}
        about={about}
        on={nameText(clause?.state) === 'on'}
        onChange={on => onChange(withSwitch(item, feature, on))}
      />
      <Notes problems={inside(problems, clause?.span)} />
    </>
  );
}
