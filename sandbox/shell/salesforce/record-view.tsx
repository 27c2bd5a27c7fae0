/** One case as Salesforce shows it: highlights, details that are edited in place, its feed and its files. */
import { useEffect, useState } from 'react';
import { type CaseRow, type RecordComment, type RecordFile, salesforce } from '../api/salesforce.ts';
import { DeleteButton } from '../parts/delete-button.tsx';
import { Editable } from '../parts/editable.tsx';
import { Comments, Files } from '../parts/talk.tsx';
import type { SideProps } from '../side.ts';
import { priorities } from './new-case.tsx';

const statuses = ['New', 'Working', 'Escalated', 'Closed'];
const ratings = ['Hot', 'Warm', 'Cold'];

interface Beside {
  readonly comments: readonly RecordComment[];
  readonly files: readonly RecordFile[];
}

export function RecordView({ row, world, place, go, act, busy }: SideProps & { readonly row: CaseRow }) {
  const [beside, setBeside] = useState<Beside>();
  useEffect(() => {
    // What is being done may be the end of it; when it is done, it is looked at again.
    if (busy) return;
    let current = true;
    Promise.all([salesforce.comments(row.Id), salesforce.files(row.Id)]).then(
      ([comments, files]) => current && setBeside({ comments, files }),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [row.Id, world.look, busy]);

  const issue = world.state.links.find(link => link.record === row.Id)?.issueKey;
  const set = (field: string) => (text: string) =>
    act('edit', () => salesforce.update('Case', row.Id, { [field]: text === '' ? null : text }));
  const { Account: account } = row;
  return (
    <article className="record" aria-label={`Case ${row.CaseNumber}`}>
      <header className="record-head">
        <p className="trail">Case · {row.CaseNumber}</p>
        <h3 dir="auto">{row.Subject ?? '(no subject)'}</h3>
        <ol className="path" aria-label="Status">
          {statuses.map(status => (
            <li key={status}>
              <button
                type="button"
                disabled={busy}
                aria-current={status === row.Status ? 'step' : undefined}
                onClick={() => status !== row.Status && void set('Status')(status)}
              >
                {status}
              </button>
            </li>
          ))}
        </ol>
      </header>
      <div className="pair">
        {issue === undefined ? (
          <p>No Jira issue yet. Run a cycle: the bridge makes one if the program covers this case.</p>
        ) : (
          <button type="button" className="link" onClick={() => go({ ...place, issue })}>
            ⇄ {issue} in Jira
          </button>
        )}
      </div>
      <div className="fields">
        <Editable label="Subject" value={row.Subject ?? ''} onSave={set('Subject')} className="wide" />
        <Editable
          label="Description"
          kind="text"
          value={row.Description ?? ''}
          onSave={set('Description')}
          className="wide"
        />
        <Editable
          label="Priority"
          kind="choice"
          choices={priorities}
          value={row.Priority ?? ''}
          onSave={set('Priority')}
        />
        <Editable
          label="Origin"
          kind="choice"
          choices={['Phone', 'Email', 'Web']}
          optional
          value={row.Origin ?? ''}
          onSave={set('Origin')}
        />
        <Editable
          label="Resolution notes"
          kind="text"
          value={row.Resolution_Notes__c ?? ''}
          onSave={set('Resolution_Notes__c')}
          className="wide"
        />
      </div>
      {account !== null && (
        <section className="fields account">
          <h4>Account: {account.Name}</h4>
          <Editable
            label="Rating"
            kind="choice"
            choices={ratings}
            optional
            value={account.Rating ?? ''}
            onSave={text => act('edit', () => salesforce.update('Account', account.Id, { Rating: text || null }))}
          />
          <p className="said">
            <span>Type</span> {account.Type ?? 'None'}
          </p>
        </section>
      )}
      <Comments
        comments={beside?.comments ?? []}
        busy={busy}
        onAdd={text => act('comment', () => salesforce.addComment(row.Id, text))}
        onRemove={id =>
          void act('delete', () =>
            salesforce.remove(beside?.comments.find(one => one.id === id)?.kind ?? 'CaseComment', id),
          )
        }
      />
      <Files
        files={(beside?.files ?? []).map(({ document: id, version, name, bytes }) => ({
          id,
          name,
          bytes,
          url: salesforce.fileUrl(version),
        }))}
        busy={busy}
        onAdd={file => act('file', () => salesforce.addFile(row.Id, file))}
        onRemove={id => void act('delete', () => salesforce.remove('ContentDocument', id))}
      />
      <footer>
        <DeleteButton
          what="Delete this case"
          disabled={busy}
          onDelete={() =>
            void act('delete', async () => {
              await salesforce.remove('Case', row.Id);
              const { record: _, ...rest } = place;
              go(rest);
            })
          }
        />
      </footer>
    </article>
  );
}
