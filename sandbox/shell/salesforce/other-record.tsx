/** A record of another kind than a case, as far as it has values: where a link of the panel leads to. */
import { useEffect, useState } from 'react';
import { type RecordValues, salesforce } from '../api/salesforce.ts';

export function OtherRecord({ id }: { readonly id: string }) {
  const [shown, setShown] = useState<RecordValues>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let current = true;
    salesforce.record(id).then(
      found => current && setShown(found),
      (error: Error) => current && setProblem(error.message),
    );
    return () => {
      current = false;
    };
  }, [id]);
  if (shown === undefined)
    return (
      <p className="empty">
        {problem === undefined
          ? 'Opening the record…'
          : `Salesforce says: ${problem} It may be deleted; go back to all cases.`}
      </p>
    );
  return (
    <article className="record" aria-label={`${shown.object} ${id}`}>
      <header className="record-head">
        <p className="trail">{shown.label}</p>
        <h3 dir="auto">{shown.title}</h3>
      </header>
      <dl className="values">
        {shown.values.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
