/** The cases of the local Salesforce, newest first; a click opens one for editing, as a person there would. */
import { type FormEvent, useEffect, useState } from 'react';
import { type CaseRow, salesforce } from './api.ts';
import type { SideProps } from './side.ts';

const statuses = ['New', 'Working', 'Escalated', 'Closed'];
const priorities = ['High', 'Medium', 'Low'];

export function SalesforceSide({ world, focus, onFocus, act, busy }: SideProps) {
  const [open, setOpen] = useState<string>();
  const [adding, setAdding] = useState(false);
  const issueOf = new Map(world.state.links.map(link => [link.record, link.issueKey]));

  return (
    <section className="side salesforce" aria-labelledby="salesforce-title">
      <div className="side-head">
        <h2 id="salesforce-title">
          Salesforce <span>cases</span>
        </h2>
        <button type="button" className="button small" aria-expanded={adding} onClick={() => setAdding(!adding)}>
          New case
        </button>
      </div>
      {adding && (
        <NewCase
          busy={busy}
          onSave={async fields => {
            await act('new case', () => salesforce.create('Case', fields));
            setAdding(false);
          }}
        />
      )}
      <ul className="cards">
        {world.cases.map(row => {
          const issueKey = issueOf.get(row.Id);
          return (
            <li
              key={row.Id}
              className={focus.record === row.Id ? 'card lit' : 'card'}
              onPointerEnter={() => onFocus({ record: row.Id, ...(issueKey === undefined ? {} : { issueKey }) })}
              onPointerLeave={() => onFocus({})}
            >
              <button
                type="button"
                className="card-head"
                aria-expanded={open === row.Id}
                onClick={() => setOpen(open === row.Id ? undefined : row.Id)}
              >
                <span className="key">{row.CaseNumber}</span>
                <span className="name">{row.Subject ?? '(no subject)'}</span>
                <span className="facts">
                  <span
                    className={`lozenge ${row.Status === 'Closed' ? 'done' : row.Status === 'New' ? 'new' : 'going'}`}
                  >
                    {row.Status}
                  </span>
                  <span>{row.Priority}</span>
                  {row.Account && <span>{row.Account.Name}</span>}
                  {row.Account?.Rating && (
                    <span className={`rating ${row.Account.Rating.toLowerCase()}`}>{row.Account.Rating}</span>
                  )}
                  {issueKey && <span className="peer">⇄ {issueKey}</span>}
                </span>
              </button>
              {open === row.Id && (
                <EditCase
                  row={row}
                  busy={busy}
                  onSave={(object, id, fields) => act('edit', () => salesforce.update(object, id, fields))}
                />
              )}
            </li>
          );
        })}
        {world.cases.length === 0 && <li className="empty">No case yet. Make one, then run a cycle.</li>}
      </ul>
    </section>
  );
}

/** The form's texts by name; empty ones are null, as Salesforce stores them. */
function fieldsOf(event: FormEvent<HTMLFormElement>): Record<string, string | null> {
  event.preventDefault();
  return Object.fromEntries(
    [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value) === '' ? null : String(value)]),
  );
}

const takeFocus = (field: HTMLElement | null) => field?.focus();

function NewCase({
  busy,
  onSave,
}: {
  readonly busy: boolean;
  readonly onSave: (fields: Record<string, unknown>) => Promise<void>;
}) {
  const [accounts, setAccounts] = useState<Awaited<ReturnType<typeof salesforce.accounts>>>();
  useEffect(() => {
    void salesforce.accounts().then(setAccounts, () => setAccounts([]));
  }, []);
  // The example sees cases of customers only: a visitor's first case is one of them.
  const customer = accounts?.find(({ Type }) => Type?.startsWith('Customer'))?.Id ?? '';
  return (
    <form className="edit" onSubmit={event => void onSave({ ...fieldsOf(event), Origin: 'Phone' })}>
      <label>
        Subject
        <input name="Subject" required maxLength={255} placeholder="Printer on fire" ref={takeFocus} />
      </label>
      <label>
        Description
        <textarea name="Description" rows={2} />
      </label>
      <div className="row">
        <Choice label="Priority" name="Priority" options={priorities} value="Medium" />
        <label>
          Account
          <select name="AccountId" key={customer} defaultValue={customer}>
            <option value="">None</option>
            {accounts?.map(account => (
              <option key={account.Id} value={account.Id}>
                {account.Name}
                {account.Rating ? ` (${account.Rating})` : ''}
              </option>
            ))}
          </select>
        </label>
      </div>
      <button type="submit" className="button primary small" disabled={busy}>
        Create case
      </button>
    </form>
  );
}

interface EditCaseProps {
  readonly row: CaseRow;
  readonly busy: boolean;
  readonly onSave: (object: string, id: string, fields: Record<string, unknown>) => Promise<void>;
}

function EditCase({ row, busy, onSave }: EditCaseProps) {
  return (
    <form className="edit" key={JSON.stringify(row)} onSubmit={event => void onSave('Case', row.Id, fieldsOf(event))}>
      <label>
        Subject
        <input name="Subject" defaultValue={row.Subject ?? ''} maxLength={255} />
      </label>
      <label>
        Description
        <textarea name="Description" rows={3} defaultValue={row.Description ?? ''} />
      </label>
      <div className="row">
        <Choice label="Status" name="Status" options={statuses} value={row.Status} />
        <Choice label="Priority" name="Priority" options={priorities} value={row.Priority} />
      </div>
      <div className="row end">
        {row.Account && (
          <button
            type="button"
            className="button small"
            disabled={busy}
            onClick={() =>
              void onSave('Account', row.Account!.Id, { Rating: row.Account!.Rating === 'Hot' ? 'Warm' : 'Hot' })
            }
          >
            Make {row.Account.Name} {row.Account.Rating === 'Hot' ? 'warm' : 'hot'}
          </button>
        )}
        <button type="submit" className="button primary small" disabled={busy}>
          Save in Salesforce
        </button>
      </div>
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly name: string;
  readonly options: readonly string[];
  readonly value: string;
}

function Choice({ label, name, options, value }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name} defaultValue={value}>
        {options.map(option => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}
