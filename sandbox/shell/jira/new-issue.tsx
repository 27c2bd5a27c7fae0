/** The form of a new issue; one that people make is linked by hand, in its panel. */
import { type FormEvent, useEffect, useState } from 'react';
import { jira, type Role } from '../api/jira.ts';

interface NewIssueProps {
  readonly busy: boolean;
  readonly role: Role;
  onSave(fields: Record<string, unknown>): Promise<unknown>;
  onCancel(): void;
}

const takeFocus = (field: HTMLElement | null) => field?.focus();

export function NewIssue({ busy, role, onSave, onCancel }: NewIssueProps) {
  const [types, setTypes] = useState<readonly string[]>([]);
  useEffect(() => {
    let current = true;
    jira.types(role).then(
      // What the demo's program links comes first.
      found => current && setTypes(found.toSorted((a, b) => Number(b.startsWith('SUP')) - Number(a.startsWith('SUP')))),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [role]);
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [project = '', type = ''] = String(form.get('type')).split(' · ');
    void onSave({ project: { key: project }, issuetype: { name: type }, summary: String(form.get('summary')) });
  };
  return (
    <form className="edit" onSubmit={save}>
      <label>
        Summary
        <input name="summary" required maxLength={255} placeholder="What has to be done" ref={takeFocus} />
      </label>
      <div className="row end">
        <label>
          Project and type
          <select name="type">
            {types.map(type => (
              <option key={type}>{type}</option>
            ))}
          </select>
        </label>
        <button type="button" className="button small quiet" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button primary small" disabled={busy}>
          Create issue
        </button>
      </div>
    </form>
  );
}
