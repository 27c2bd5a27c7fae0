/** A record of another kind than a case, edited in place as far as its fields are plain. */
import { useEffect, useState } from 'react';
import {
  choicesOf,
  fieldValue,
  kindOf,
  nameOf,
  type ObjectDescribe,
  type ObjectField,
  record,
  type Values,
} from '../api/objects.ts';
import { salesforce } from '../api/salesforce.ts';
import { DeleteButton } from '../parts/delete-button.tsx';
import { Editable } from '../parts/editable.tsx';
import type { SideProps } from '../side.ts';

interface Shown {
  readonly about: ObjectDescribe;
  readonly values: Values;
}

export function OtherRecord({ id, world, place, go, act, busy }: SideProps & { readonly id: string }) {
  const [shown, setShown] = useState<Shown>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    // What is being done may be the end of it; when it is done, it is looked at again.
    if (busy) return;
    let current = true;
    record(id).then(
      found => {
        if (!current) return;
        setShown(found);
        setProblem(undefined);
      },
      (error: Error) => current && setProblem(error.message),
    );
    return () => {
      current = false;
    };
  }, [id, world.look, busy]);
  if (shown === undefined || problem !== undefined)
    return (
      <p className="empty">
        {problem === undefined
          ? 'Opening the record…'
          : `Salesforce says: ${problem} It may be deleted; go back to the list.`}
      </p>
    );
  const { about, values } = shown;
  const issue = world.state.links.find(link => link.record === id)?.issueKey;
  const edited = about.fields.filter(field => field.updateable && kindOf(field) !== undefined);
  const isSet = ({ name }: ObjectField) =>
    values[name] !== null && values[name] !== undefined && values[name] !== false;
  const field = (one: ObjectField) => {
    const kind = kindOf(one)!;
    return (
      <Editable
        key={one.name}
        label={one.label}
        kind={kind}
        choices={choicesOf(one)}
        optional={one.nillable && one.type !== 'boolean'}
        value={values[one.name] === null || values[one.name] === undefined ? '' : String(values[one.name])}
        className={kind === 'text' ? 'wide' : ''}
        onSave={text => act('edit', () => salesforce.update(about.name, id, { [one.name]: fieldValue(one, text) }))}
      />
    );
  };
  const more = edited.filter(one => !isSet(one));
  return (
    <article className="record" aria-label={`${about.label} ${String(values[nameOf(about)] ?? id)}`}>
      <header className="record-head">
        <p className="trail">{about.label}</p>
        <h3 dir="auto">{String(values[nameOf(about)] ?? id)}</h3>
      </header>
      {issue !== undefined && (
        <div className="pair">
          <button type="button" className="link" onClick={() => go({ ...place, issue })}>
            ⇄ {issue} in Jira
          </button>
        </div>
      )}
      <div className="fields">
        {edited.filter(isSet).map(field)}
        {more.length > 0 && (
          <details className="wide">
            <summary>{more.length} more fields</summary>
            <div className="fields">{more.map(field)}</div>
          </details>
        )}
      </div>
      <footer>
        <DeleteButton
          what="Delete this record"
          disabled={busy}
          onDelete={() =>
            void act('delete', async () => {
              await salesforce.remove(about.name, id);
              const { record: _, ...rest } = place;
              go(rest);
            })
          }
        />
      </footer>
    </article>
  );
}
