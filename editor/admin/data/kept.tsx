/** What is kept of one issue or one person: shown in numbers, taken away as a file, or erased. */
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { Subject } from '../../bridge/contract.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Failure, useDoing } from '../../parts/failure.tsx';
import { Field } from '../../parts/field.tsx';
import { tell } from '../../parts/flags.ts';
import { call } from '../call.ts';
import { Segments } from '../program/parts.tsx';
import { PersonPick } from './person-pick.tsx';

type Of = 'issue' | 'person';
type Found = Readonly<Record<string, readonly unknown[]>>;

interface Shown {
  readonly subject: Subject;
  /** As people call it: `SUP-12`, a name. */
  readonly name: string;
  readonly found: Found;
}

const kinds: Readonly<Record<string, readonly [one: string, many: string]>> = {
  links: ['link', 'links'],
  pairs: ['list of paired comments and files', 'lists of paired comments and files'],
  journal: ['entry of the run history', 'entries of the run history'],
  attention: ['point of attention', 'points of attention'],
  audit: ['entry of the activity', 'entries of the activity'],
  programVersions: ['saved version', 'saved versions'],
};

/** As the app takes it. */
const keyShape = /^[A-Z][A-Z0-9_]*-\d+$/;

interface KeptProps {
  /** Records whose issue's memory was erased are left alone from then on. */
  onErased(): Promise<void>;
}

export function Kept({ onErased }: KeptProps) {
  const [of, setOf] = useState<Of>('issue');
  const [issueKey, setIssueKey] = useState('');
  const [shown, setShown] = useState<Shown>();
  const [asking, setAsking] = useState(false);
  const doing = useDoing();
  const look = (subject: Subject, name: string) =>
    doing.run(async () => {
      setShown(undefined);
      setShown({ subject, name, found: await call('data.export', subject) });
    });
  const key = issueKey.trim().toUpperCase();
  const [wrong, setWrong] = useState(false);
  return (
    <section className="card data-card" aria-labelledby="kept">
      <h2 id="kept">Take away or erase what is kept of…</h2>
      <Segments<Of>
        label="Of what"
        value={of}
        options={[
          ['issue', 'an issue'],
          ['person', 'a person'],
        ]}
        onChange={next => {
          setOf(next);
          setShown(undefined);
          doing.clear();
        }}
      />
      {of === 'issue' ? (
        <form
          className="data-form"
          onSubmit={event => {
            event.preventDefault();
            setWrong(!keyShape.test(key));
            if (keyShape.test(key)) void look({ issueKey: key }, key);
          }}
        >
          <Field
            label="Issue key"
            hint="Such as SUP-12; also of an issue that is deleted."
            error={wrong ? 'An issue key is that of a project, a hyphen and a number, such as `SUP-12`.' : undefined}
          >
            {parts => (
              <Textfield
                {...parts}
                isCompact
                value={issueKey}
                onChange={event => {
                  setIssueKey(event.currentTarget.value);
                  setWrong(false);
                }}
              />
            )}
          </Field>
          <Button type="submit" isLoading={doing.busy} isDisabled={key === ''}>
            Look
          </Button>
        </form>
      ) : (
        <PersonPick onChoose={({ accountId, name }) => void look({ accountId }, name)} />
      )}
      <Failure error={doing.failure} />
      {shown !== undefined && (
        <div className="kept" role="status">
          <p>{saidOf(shown)}</p>
          {countOf(shown.found) > 0 && (
            <div className="actions">
              <Button onClick={() => save(shown)}>Download as JSON</Button>
              <Button appearance="subtle" onClick={() => setAsking(true)}>
                Erase…
              </Button>
            </div>
          )}
        </div>
      )}
      {asking && shown !== undefined && (
        <Confirm
          title={`Erase what is kept of ${shown.name}?`}
          action="Erase"
          dangerous
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await call('data.erase', shown.subject);
            tell(`What was kept of ${shown.name} is erased`);
            await Promise.all([look(shown.subject, shown.name), onErased()]);
          }}
        >
          <p>
            {'issueKey' in shown.subject
              ? 'Its links end, and what runs wrote on it is forgotten; this cannot be taken back. The issue and its records stay as they are, but for the mark by which the bridge knows the issue, and no other issue is made for the records by itself.'
              : 'What this person did stays in the lists, but by nobody in particular; this cannot be taken back. User fields in which the person stands are agreed on anew at the next change.'}
          </p>
        </Confirm>
      )}
    </section>
  );
}

const countOf = (found: Found): number => Object.values(found).reduce((sum, list) => sum + list.length, 0);

function saidOf({ name, found }: Shown): string {
  const parts = Object.entries(found)
    .filter(([, list]) => list.length > 0)
    .map(([kind, { length }]) => `${length} ${(kinds[kind] ?? [kind, kind])[length === 1 ? 0 : 1]}`);
  return parts.length === 0 ? `Nothing is kept of ${name}.` : `Of ${name} are kept: ${parts.join(', ')}.`;
}

function save({ name, found }: Shown): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(found, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `salesforce-bridge-${name.replace(/[^\w-]+/g, '-')}.json`;
  link.click();
  // Not before the browser took it up.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
