/** The form of a new record of any object: its name, and what Salesforce requires. */
import { type FormEvent, useEffect, useId, useState } from 'react';
import { choicesOf, describe, fieldValue, kindOf, type ObjectDescribe } from '../api/objects.ts';

interface NewRecordProps {
  readonly object: string;
  readonly busy: boolean;
  onSave(fields: Record<string, unknown>): Promise<unknown>;
  onCancel(): void;
}

export function NewRecord({ object, busy, onSave, onCancel }: NewRecordProps) {
  const id = useId();
  const [about, setAbout] = useState<ObjectDescribe>();
  useEffect(() => {
    let current = true;
    describe(object).then(
      found => current && setAbout(found),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [object]);
  if (about === undefined) return null;
  const asked = about.fields.filter(
    field =>
      field.createable &&
      kindOf(field) !== undefined &&
      (field.nameField || field.name === 'LastName' || (!field.nillable && !field.defaultedOnCreate)),
  );
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = asked.flatMap(field => {
      const text = String(form.get(field.name) ?? '');
      return text === '' ? [] : [[field.name, fieldValue(field, text)] as const];
    });
    void onSave(Object.fromEntries(given));
  };
  return (
    <form className="edit" onSubmit={save}>
      {asked.map(field => {
        const kind = kindOf(field);
        const required = !field.nillable && !field.defaultedOnCreate && field.type !== 'boolean';
        return (
          <div className="asked" key={field.name}>
            <label htmlFor={`${id}-${field.name}`}>{field.label}</label>
            {kind === 'choice' ? (
              <select id={`${id}-${field.name}`} name={field.name} required={required}>
                {choicesOf(field).map(choice => (
                  <option key={choice}>{choice}</option>
                ))}
              </select>
            ) : (
              <input
                id={`${id}-${field.name}`}
                name={field.name}
                required={required}
                type={kind === 'date' || kind === 'number' ? kind : 'text'}
              />
            )}
          </div>
        );
      })}
      <div className="row end">
        <button type="button" className="button small quiet" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button primary small" disabled={busy}>
          Create {about.label.toLowerCase()}
        </button>
      </div>
    </form>
  );
}
