/** The right side: the list of issues, a new one, or one of them, as one of the demo's people. */
import { useState } from 'react';
import { jira, type Role } from '../api/jira.ts';
import type { SideProps } from '../side.ts';
import { IssueList } from './issue-list.tsx';
import { IssueView } from './issue-view.tsx';
import { NewIssue } from './new-issue.tsx';

export const people: Readonly<Record<Role, string>> = {
  admin: 'Jira admin',
  agent: 'Agent',
  viewer: 'Viewer: may only look',
  outsider: 'Outsider: may not see SUP',
};

interface Props extends SideProps {
  onRole(role: Role): void;
}

export function JiraSide({ onRole, ...side }: Props) {
  const [adding, setAdding] = useState(false);
  const { place, go, act, busy, role } = side;
  const { issue, ...rest } = place;
  return (
    <section className="side jira" aria-labelledby="jira-title">
      <div className="side-head">
        {issue !== undefined && (
          <button type="button" className="button small quiet" onClick={() => go(rest)}>
            ← All issues
          </button>
        )}
        <h2 id="jira-title">Jira {issue === undefined && <span>issues</span>}</h2>
        {issue === undefined ? (
          <button type="button" className="button small" aria-expanded={adding} onClick={() => setAdding(!adding)}>
            New issue
          </button>
        ) : (
          <select
            className="as"
            aria-label="Look at the issue and work on it as"
            value={role}
            onChange={event => onRole(event.target.value as Role)}
          >
            {Object.entries(people).map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        )}
      </div>
      <div className="side-body">
        {issue === undefined ? (
          <>
            {adding && (
              <NewIssue
                busy={busy}
                role={role}
                onCancel={() => setAdding(false)}
                onSave={fields =>
                  act('new issue', async () => {
                    const { key } = await jira.create(role, fields);
                    setAdding(false);
                    go({ ...rest, issue: key });
                  })
                }
              />
            )}
            <IssueList {...side} />
          </>
        ) : (
          <IssueView key={issue} {...side} issueKey={issue} />
        )}
      </div>
    </section>
  );
}
