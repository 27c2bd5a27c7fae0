/** A person of the site, looked for by name as the admin who looks; or an account id, of somebody who is gone. */
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useEffect, useState } from 'react';
import { Field } from '../../parts/field.tsx';
import { findPeople, type Person } from '../../parts/people.ts';

const restMs = 250;

export function PersonPick({ onChoose }: { onChoose(person: Person): void }) {
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<readonly Person[]>();
  const query = typed.trim();
  useEffect(() => {
    let gone = false;
    setFound(undefined);
    if (query.length < 2) return;
    const timer = setTimeout(async () => {
      const people = await findPeople(query).catch(() => []);
      if (!gone) setFound(people);
    }, restMs);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [query]);
  return (
    <div className="kept">
      <form
        className="data-form"
        onSubmit={event => {
          event.preventDefault();
          const [first, second] = found ?? [];
          if (first !== undefined && second === undefined) onChoose(first);
          else if (found?.length === 0) onChoose({ accountId: query, name: query });
        }}
      >
        <Field label="Person" hint="A name, or the account ID of somebody whose account is gone.">
          {parts => (
            <Textfield {...parts} isCompact value={typed} onChange={event => setTyped(event.currentTarget.value)} />
          )}
        </Field>
      </form>
      <div className="actions">
        {(found ?? []).map(person => (
          <Button key={person.accountId} spacing="compact" onClick={() => onChoose(person)}>
            {person.name}
          </Button>
        ))}
        {found?.length === 0 && (
          <>
            <span className="subtle">Nobody of that name.</span>
            <Button spacing="compact" onClick={() => onChoose({ accountId: query, name: query })}>
              {`Take “${query}” as an account ID`}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
