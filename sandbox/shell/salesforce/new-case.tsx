/** The form of a new case. A visitor's first one is of a customer, since the example looks at those only. */
import { type FormEvent, useEffect, useState } from 'react';
import { type AccountRow, salesforce } from '../api/salesforce.ts';

interface NewCaseProps {
  readonly busy: boolean;
  onSave(fields: Record<string, unknown>): Promise<unknown>;
  onCancel(): void;
}

export const priorities = ['High', 'Medium', 'Low'];
const origins = ['Phone', 'Email', 'Web'];
const takeFocus = (field: HTMLElement | null) => field?.focus();
const customer = ({ Type }: AccountRow) => Type?.startsWith('Customer') === true;

export function NewCase({ busy, onSave, onCancel }: NewCaseProps) {
  const [accounts, setAccounts] = useState<readonly AccountRow[]>();
  useEffect(() => {
    void salesforce.accounts().then(setAccounts, () => setAccounts([]));
  }, []);
  const first = accounts?.find(customer)?.Id ?? '';
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = [...new FormData(event.currentTarget)].map(([name, value]) => [name, value === '' ? null : value]);
    void onSave(Object.fromEntries(fields) as Record<string, unknown>);
  };
  return (
    <form className="edit" onSubmit={save}>
      <label>
        Subject
        <input name="Subject" required maxLength={255} defaultValue="Printer on fire" ref={takeFocus} />
      </label>
      <label>
        Description
        <textarea name="Description" rows={2} placeholder="What the customer says" />
      </label>
      <div className="row">
        <label>
          Account
          <select name="AccountId" key={first} defaultValue={first}>
            <option value="">None</option>
            <optgroup label="Customers">
              {accounts?.filter(customer).map(account => (
                <AccountOption key={account.Id} account={account} />
              ))}
            </optgroup>
            <optgroup label="Others, which the example leaves alone">
              {accounts
                ?.filter(one => !customer(one))
                .map(account => (
                  <AccountOption key={account.Id} account={account} />
                ))}
            </optgroup>
          </select>
        </label>
      </div>
      <div className="row">
        <Choice label="Priority" name="Priority" options={priorities} value="Medium" />
        <Choice label="Origin" name="Origin" options={origins} value="Phone" />
      </div>
      <div className="row end">
        <button type="button" className="button small quiet" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button primary small" disabled={busy}>
          Create case
        </button>
      </div>
    </form>
  );
}

const AccountOption = ({ account }: { readonly account: AccountRow }) => (
  <option value={account.Id}>
    {account.Name}
    {account.Rating ? ` (${account.Rating})` : ''}
  </option>
);

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
