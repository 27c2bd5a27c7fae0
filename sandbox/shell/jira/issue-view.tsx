/** One issue as Jira shows it: status, fields that are edited in place, comments, files, and the app's panel in its frame. */
import { useEffect, useState } from 'react';
import { fieldValue, type IssueDetail, jira, type Transition } from '../api/jira.ts';
import { richText } from '../api/rich-text.ts';
import { AppFrame } from '../parts/app-frame.tsx';
import { DeleteButton } from '../parts/delete-button.tsx';
import { Editable } from '../parts/editable.tsx';
import { Comments, Files } from '../parts/talk.tsx';
import { useFlash } from '../parts/use-flash.ts';
import type { SideProps } from '../side.ts';
import { tones } from './issue-list.tsx';

export function IssueView({ issueKey, world, place, go, act, busy, role }: SideProps & { readonly issueKey: string }) {
  const [issue, setIssue] = useState<IssueDetail>();
  const [moves, setMoves] = useState<readonly Transition[]>([]);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    // What is being done may be the end of it; when it is done, it is looked at again.
    if (busy) return;
    let current = true;
    Promise.all([jira.issue(issueKey, role), jira.transitions(issueKey, role)]).then(
      ([found, offered]) => {
        if (!current) return;
        setIssue(found);
        setMoves(offered);
        setProblem(undefined);
      },
      (error: Error) => current && setProblem(error.message),
    );
    return () => {
      current = false;
    };
  }, [issueKey, role, world.look, busy]);
  const moved = useFlash(issue?.status.name);

  if (issue === undefined || problem !== undefined)
    return <p className="empty">{problem === undefined ? `Opening ${issueKey}…` : `Jira says: ${problem}`}</p>;
  const update = (fields: Record<string, unknown>) => act('edit', () => jira.update(issueKey, role, fields));
  const links = world.state.links.filter(link => link.issueKey === issueKey);
  const linked = [...new Set(links.map(({ record }) => record))];
  const numberOf = (record: string) => world.cases.find(row => row.Id === record)?.CaseNumber;
  const main = issue.fields.filter(({ kind, value, name }) => kind !== 'none' && (value !== '' || often.has(name)));
  const more = issue.fields.filter(field => !main.includes(field));
  const field = (one: IssueDetail['fields'][number]) =>
    one.kind === 'none' ? (
      <p className="said" key={one.id}>
        <span>{one.name}</span> {one.value}
      </p>
    ) : (
      <Editable
        key={one.id}
        label={one.name}
        kind={one.kind}
        choices={one.choices}
        optional={one.id !== 'priority'}
        value={one.value}
        className={one.kind === 'text' || one.value.length > 18 ? 'wide' : ''}
        onSave={text => update({ [one.id]: fieldValue(one, text) })}
      />
    );
  return (
    <article className="record" aria-label={`Issue ${issueKey}`}>
      <header className="record-head">
        <p className="trail">
          {issueKey.split('-')[0]} / {issueKey} · {issue.type}
        </p>
        <Editable label="Summary" value={issue.summary} className="headline" onSave={summary => update({ summary })} />
        <p className="moves">
          <span className={`lozenge ${tones[issue.status.category]}${moved ? ' flash' : ''}`}>{issue.status.name}</span>
          {moves.length > 0 && <span>Move to</span>}
          {moves.map(move => (
            <button
              key={move.id}
              type="button"
              className="button small"
              disabled={busy}
              onClick={() => void act('move', () => jira.move(issueKey, role, move.id))}
            >
              {move.to.name}
            </button>
          ))}
        </p>
      </header>
      {linked.map(record => (
        <div className="pair" key={record}>
          <button type="button" className="link" onClick={() => go({ ...place, record })}>
            ⇄ {numberOf(record) === undefined ? `The record ${record}` : `Case ${numberOf(record)}`} in Salesforce
          </button>
        </div>
      ))}
      <div className="fields">
        <Editable
          label="Description"
          kind="text"
          value={issue.description}
          className="wide"
          onSave={text => update({ description: text === '' ? null : richText(text) })}
        />
        {main.map(field)}
        {more.length > 0 && (
          <details className="wide">
            <summary>{more.length} more fields</summary>
            <div className="fields">{more.map(field)}</div>
          </details>
        )}
      </div>
      <section className="panel-place" aria-labelledby="panel-title">
        <h4 id="panel-title">Salesforce</h4>
        <AppFrame
          grows
          title={`The Salesforce panel of ${issueKey}`}
          src={`/app/panel/?issue=${issueKey}&user=${role}`}
        />
      </section>
      <Comments
        comments={issue.comments}
        busy={busy}
        onAdd={text => act('comment', () => jira.addComment(issueKey, role, text))}
        onRemove={id => void act('delete', () => jira.removeComment(issueKey, role, id))}
      />
      <Files
        files={issue.files.map(({ id, name, bytes }) => ({ id, name, bytes, url: jira.fileUrl(id) }))}
        busy={busy}
        onAdd={file => act('file', () => jira.addFile(issueKey, role, file))}
        onRemove={id => void act('delete', () => jira.removeFile(role, id))}
      />
      <footer>
        <DeleteButton
          what="Delete this issue"
          disabled={busy}
          onDelete={() =>
            void act('delete', async () => {
              await jira.remove(issueKey, role);
              const { issue: _, ...rest } = place;
              go(rest);
            })
          }
        />
      </footer>
    </article>
  );
}

/** Shown also while they are empty: what the example writes, and what a visitor wants to try. */
const often = new Set(['Priority', 'Resolution notes', 'Customer', 'Labels', 'Due date']);
