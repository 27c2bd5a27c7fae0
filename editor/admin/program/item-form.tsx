/**
 * An item as a form: everything that the language says of one, in the order in which an admin thinks of it. Each
 * part shows the findings of its own lines, and every change is an edit of the text.
 */
import { memo, type ReactNode, useEffect, useId, useMemo, useRef } from 'react';
import type { Metadata } from '../../../compiler/metadata/model.ts';
import type { Item } from '../../../dsl/index.ts';
import type { AppError } from '../../bridge/invoke.ts';
import { clauseOf, name, nameText, nowhere, path, pathText, text, withClause } from '../../form/nodes.ts';
import type { Problem } from '../../monaco/protocol.ts';
import { Field } from '../../parts/field.tsx';
import { Marked } from '../../parts/marked.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import { Comments, Create, JiraScope, Switch } from './item-parts.tsx';
import { lookupsFor, parentsOf, scopeOf } from './lookups.ts';
import { Mappings } from './mappings.tsx';
import type { MetadataStore } from './metadata.ts';
import { NewIssue } from './new-issue.tsx';
import { inside, LazyText, type NamedTables, Notes, type PartProps } from './parts.tsx';
import { Pick, PickMany } from './pick.tsx';
import { Rules } from './rules.tsx';
import { same, useSame } from './same.ts';
import { StatusSync } from './status-sync.tsx';

interface ItemFormProps {
  readonly path: string;
  readonly item: Item;
  readonly metadata: Metadata | undefined;
  readonly failure: AppError | undefined;
  readonly store: MetadataStore;
  readonly problems: readonly Problem[];
  readonly tables: readonly string[];
  readonly named: NamedTables;
  onChange(item: Item): void;
}

const modes = [
  ['display-only', 'Display only', 'Records are linked by hand and shown. Nothing is written.'],
  ['one-way', 'One-way', 'Salesforce is the source of truth; its values are written to Jira.'],
  ['two-way', 'Two-way', 'A change on either side reaches the other.'],
  ['custom', 'Custom per mapping', 'Each mapping has an owner of its own.'],
] as const;

/** While the text of the item cannot be read, what it said last waits below what is in the way. */
export function ItemForm(props: ItemFormProps) {
  const readable = isReadable(props.item);
  const last = useRef(props);
  if (readable) {
    const { item, problems } = last.current;
    last.current = { ...props, item: same(item, props.item), problems: same(problems, props.problems) };
  }
  const unread = readable ? null : (
    <div className="empty unread">
      <h2>The text of this item cannot be read</h2>
      <p className="subtle">
        The form shows the item again as soon as its text reads. What is in the way stands here, with a way out.
      </p>
      <Notes problems={props.problems.filter(({ severity }) => severity === 'error')} />
    </div>
  );
  if (!isReadable(last.current.item)) return unread;
  return (
    <>
      {unread}
      <Sections {...last.current} inert={!readable} />
    </>
  );
}

const isReadable = ({ broken, closed }: Item): boolean => broken !== true && closed;

const Sections = memo(function Sections({
  path: place,
  item,
  metadata,
  failure,
  store,
  problems,
  tables,
  named,
  inert,
  onChange,
}: ItemFormProps & { readonly inert: boolean }) {
  const scope = useSame(scopeOf(item));
  const lookups = useMemo(() => lookupsFor(metadata, scope), [metadata, scope]);
  const parents = parentsOf(lookups.object).join(' ');
  useEffect(() => {
    if (parents !== '') store.want(parents.split(' '), []);
  }, [parents, store]);

  const mode = nameText(clauseOf(item, 'sync')?.mode);
  const display = mode === 'display-only';
  const placed = item.clauses.map(({ span }) => span);
  const elsewhere = problems.filter(
    ({ span }) => !placed.some(each => span.start >= each.start && span.end <= each.end),
  );
  const parts: PartProps = { item, lookups, problems, tables, named, onChange };
  return (
    <form
      className="item-form"
      inert={inert}
      onSubmit={event => event.preventDefault()}
      aria-label={`Form of ${place}`}
    >
      {failure !== undefined && (
        <p className="bad" role="alert">
          The fields of Salesforce and Jira cannot be read just now: <Marked text={failure.message} />
        </p>
      )}
      <Part title="What it is">
        <Field label="Name" required>
          {field => (
            <LazyText
              {...field}
              value={item.name.kind === 'text' ? item.name.value : ''}
              onChange={value => onChange({ ...item, name: text(value) })}
            />
          )}
        </Field>
        <fieldset className="modes">
          <legend>Sync mode</legend>
          {modes.map(([key, label, about]) => (
            <label key={key} className={mode === key ? 'mode chosen' : 'mode'}>
              <input
                type="radio"
                name="mode"
                checked={mode === key}
                onChange={() => onChange(withClause(item, 'sync', { kind: 'sync', span: nowhere, mode: name(key) }))}
              />
              <span>
                <strong>{label}</strong>
                <span className="subtle small">{about}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <Notes
          problems={[
            ...elsewhere.filter(({ code }) => code !== 'missing-clause'),
            ...inside(problems, clauseOf(item, 'sync')?.span),
          ]}
        />
      </Part>

      <Part title="Which records, which issues">
        <div className="two">
          <Pick
            label="Salesforce object"
            options={lookups.objects}
            value={nameText(clauseOf(item, 'salesforce')?.object)}
            onChange={value =>
              onChange(withClause(item, 'salesforce', { kind: 'salesforce', span: nowhere, object: name(value) }))
            }
          />
          <JiraScope {...parts} display={display} />
        </div>
        <Notes
          problems={[
            ...elsewhere.filter(({ code }) => code === 'missing-clause').map(inWords),
            ...inside(problems, clauseOf(item, 'salesforce')?.span),
            ...inside(problems, clauseOf(item, 'jira')?.span),
          ]}
        />
        {!display && (
          <>
            <h4>Only records for which</h4>
            <ConditionEditor
              label="Which records"
              condition={clauseOf(item, 'where')?.condition}
              lookups={lookups}
              empty="Every record of the object."
              onChange={condition =>
                onChange(
                  withClause(
                    item,
                    'where',
                    condition === undefined ? undefined : { kind: 'where', span: nowhere, condition },
                  ),
                )
              }
            />
            <Notes problems={inside(problems, clauseOf(item, 'where')?.span)} />
          </>
        )}
      </Part>

      {!display && (
        <>
          <Part title="Fields">
            <Mappings {...parts} />
          </Part>
          <Part title="New issues">
            <Create {...parts} />
            <NewIssue {...parts} />
          </Part>
          <Part title="Status">
            <StatusSync {...parts} />
          </Part>
          <Part
            title="Conditional Sync Rule"
            about="Moves the issue by a field of the record. It takes precedence over the status above."
          >
            <Rules {...parts} />
          </Part>
          <Part title="Also kept aligned">
            <Comments {...parts} />
            <Switch
              {...parts}
              feature="attachments"
              label="Attachments"
              about="Files of both sides, up to 10 MB each. Deletions are not mirrored."
            />
          </Part>
        </>
      )}
      <Part title="On the issue">
        <PickMany
          label="Fields that the card shows"
          placeholder={display ? 'Choose at least one' : 'The mapped ones'}
          options={lookups.fields}
          values={(clauseOf(item, 'show')?.paths ?? []).map(pathText)}
          onChange={values =>
            onChange(
              withClause(
                item,
                'show',
                values.length === 0 ? undefined : { kind: 'show', span: nowhere, paths: values.map(path) },
              ),
            )
          }
        />
        <Notes problems={inside(problems, clauseOf(item, 'show')?.span)} />
        <Switch
          {...parts}
          feature="associations"
          label="Associated records"
          about="Related records as read-only groups below the card."
        />
      </Part>
    </form>
  );
});

/** Who fills in a form needs neither the word of the language nor how it is written. */
const inWords = ({ help: _, ...problem }: Problem): Problem => ({
  ...problem,
  message: problem.message.replace(/^this item has no `[^`]*`: /, ''),
});

function Part({
  title,
  about,
  children,
}: {
  readonly title: string;
  readonly about?: string;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="card part" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {about !== undefined && <p className="subtle small">{about}</p>}
      {children}
    </section>
  );
}
