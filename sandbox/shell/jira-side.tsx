/** The issues of the local Jira, newest first; a click opens one for editing and moving, as an agent there would. */
import { type FormEvent, useEffect, useState } from 'react';
import { type IssueRow, jira, richText, type Transition } from './api.ts';
import type { SideProps } from './side.ts';

const priorities = ['Highest', 'High', 'Medium', 'Low', 'Lowest'];
const lozenge = { new: 'new', indeterminate: 'going', done: 'done' } as const;

export function JiraSide({ world, focus, onFocus, act, busy }: SideProps) {
  const [open, setOpen] = useState<string>();
  const linkOf = new Map(world.state.links.map(link => [link.issueKey, link]));
  const caseNumber = new Map(world.cases.map(row => [row.Id, row.CaseNumber]));

  return (
    <section className="side jira" aria-labelledby="jira-title">
      <div className="side-head">
        <h2 id="jira-title">
          Jira <span>issues</span>
        </h2>
      </div>
      <ul className="cards">
        {world.issues.map(issue => {
          const link = linkOf.get(issue.key);
          return (
            <li
              key={issue.id}
              className={focus.issueKey === issue.key ? 'card lit' : 'card'}
              onPointerEnter={() =>
                onFocus({ issueKey: issue.key, ...(link === undefined ? {} : { record: link.record }) })
              }
              onPointerLeave={() => onFocus({})}
            >
              <button
                type="button"
                className="card-head"
                aria-expanded={open === issue.key}
                onClick={() => setOpen(open === issue.key ? undefined : issue.key)}
              >
                <span className="key">{issue.key}</span>
                <span className="name">{issue.summary}</span>
                <span className="facts">
                  <span className={`lozenge ${lozenge[issue.status.category]}`}>{issue.status.name}</span>
                  {issue.priority && <span>{issue.priority}</span>}
                  {link && <span className="peer">⇄ {caseNumber.get(link.record) ?? link.record}</span>}
                </span>
              </button>
              {open === issue.key && <EditIssue issue={issue} busy={busy} act={act} />}
            </li>
          );
        })}
        {world.issues.length === 0 && <li className="empty">No issue yet. Run a cycle, and the bridge makes them.</li>}
      </ul>
    </section>
  );
}

interface EditIssueProps {
  readonly issue: IssueRow;
  readonly busy: boolean;
  readonly act: SideProps['act'];
}

function EditIssue({ issue, busy, act }: EditIssueProps) {
  const [moves, setMoves] = useState<readonly Transition[]>([]);
  useEffect(() => {
    let current = true;
    jira.transitions(issue.key).then(
      found => current && setMoves(found),
      () => current && setMoves([]),
    );
    return () => {
      current = false;
    };
  }, [issue.key, issue.status.name]);

  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = String(form.get('description'));
    // Only what was changed, as an issue view sends it.
    const fields = {
      ...(form.get('summary') === issue.summary ? {} : { summary: form.get('summary') }),
      ...(text === issue.description ? {} : { description: text === '' ? null : richText(text) }),
      ...(form.get('priority') === issue.priority ? {} : { priority: { name: form.get('priority') } }),
    };
    if (Object.keys(fields).length > 0) void act('edit', () => jira.update(issue.key, fields));
  };

  return (
    <form className="edit" key={JSON.stringify(issue)} onSubmit={save}>
      <label>
        Summary
        <input name="summary" required maxLength={255} defaultValue={issue.summary} />
      </label>
      <label>
        Description
        <textarea name="description" rows={3} defaultValue={issue.description} />
      </label>
      <div className="row end">
        <label>
          Priority
          <select name="priority" defaultValue={issue.priority ?? 'Medium'}>
            {priorities.map(priority => (
              <option key={priority}>{priority}</option>
            ))}
          </select>
        </label>
        <button type="submit" className="button primary small" disabled={busy}>
          Save in Jira
        </button>
      </div>
      <div className="moves">
        <span>Move to</span>
        {moves.map(move => (
          <button
            key={move.id}
            type="button"
            className="button small"
            disabled={busy}
            onClick={() => void act('move', () => jira.move(issue.key, move.id))}
          >
            {move.to.name}
          </button>
        ))}
      </div>
    </form>
  );
}
