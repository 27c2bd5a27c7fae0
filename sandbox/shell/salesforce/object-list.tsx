/** The newest records of an object other than the case. */
import { useEffect, useState } from 'react';
import { type RecordRow, rows } from '../api/objects.ts';
import { useFlash } from '../parts/use-flash.ts';
import type { SideProps } from '../side.ts';

export function ObjectList({ object, world, focus, onFocus, place, go }: SideProps & { readonly object: string }) {
  const [found, setFound] = useState<readonly RecordRow[]>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let current = true;
    rows(object).then(
      next => {
        if (!current) return;
        setFound(next);
        setProblem(undefined);
      },
      (error: Error) => current && setProblem(error.message),
    );
    return () => {
      current = false;
    };
  }, [object, world.look]);
  const issueOf = new Map(world.state.links.map(link => [link.record, link.issueKey]));
  if (problem !== undefined) return <p className="empty">Salesforce says: {problem} Choose another object above.</p>;
  if (found?.length === 0) return <p className="empty">No record yet. Make one, then run a cycle.</p>;
  return (
    <ul className="cards">
      {found?.map(row => {
        const issue = issueOf.get(row.id);
        return (
          <li
            key={row.id}
            className={focus.record === row.id ? 'card lit' : 'card'}
            onPointerEnter={() => onFocus({ record: row.id, ...(issue === undefined ? {} : { issueKey: issue }) })}
            onPointerLeave={() => onFocus({})}
          >
            <button
              type="button"
              className="card-head"
              onClick={() => go({ ...place, record: row.id, ...(issue === undefined ? {} : { issue }) })}
            >
              <RecordLine row={row} issue={issue} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function RecordLine({ row, issue }: { readonly row: RecordRow; readonly issue: string | undefined }) {
  const changed = useFlash(`${row.title} ${row.facts.join(' ')} ${issue}`);
  return (
    <>
      <span className="name whole" dir="auto">
        {row.title}
      </span>
      <span className={changed ? 'facts flash' : 'facts'}>
        {row.facts.map(fact => (
          <span key={fact}>{fact}</span>
        ))}
        {issue && <span className="peer">⇄ {issue}</span>}
      </span>
    </>
  );
}
