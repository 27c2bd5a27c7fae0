/** The left side: the list of cases, a new one, or one of them. */
import { salesforce } from '../api/salesforce.ts';
import type { SideProps } from '../side.ts';
import { CaseList } from './case-list.tsx';
import { NewCase } from './new-case.tsx';
import { OtherRecord } from './other-record.tsx';
import { RecordView } from './record-view.tsx';

interface Props extends SideProps {
  readonly adding: boolean;
  onAdding(adding: boolean): void;
}

export function SalesforceSide({ adding, onAdding, ...side }: Props) {
  const { world, place, go, act, busy } = side;
  const { record, ...rest } = place;
  const row = world.cases.find(one => one.Id === record);
  return (
    <section className="side salesforce" aria-labelledby="salesforce-title">
      <div className="side-head">
        {record !== undefined && (
          <button type="button" className="button small quiet" onClick={() => go(rest)}>
            ← All cases
          </button>
        )}
        <h2 id="salesforce-title">Salesforce {record === undefined && <span>cases</span>}</h2>
        {record === undefined && (
          <button
            type="button"
            className="button small"
            id="new-case"
            aria-expanded={adding}
            onClick={() => onAdding(!adding)}
          >
            New case
          </button>
        )}
      </div>
      <div className="side-body">
        {record === undefined ? (
          <>
            {adding && (
              <NewCase
                busy={busy}
                onCancel={() => onAdding(false)}
                onSave={async fields => {
                  if (await act('new case', () => salesforce.create('Case', fields))) onAdding(false);
                }}
              />
            )}
            <CaseList {...side} />
          </>
        ) : row === undefined ? (
          <OtherRecord key={record} id={record} />
        ) : (
          <RecordView key={row.Id} {...side} row={row} />
        )}
      </div>
    </section>
  );
}
