/** The left side: the records of an object, a new one, or one of them. */
import { useEffect, useState } from 'react';
import { control } from '../api/control.ts';
import { salesforce } from '../api/salesforce.ts';
import type { SideProps } from '../side.ts';
import { CaseList } from './case-list.tsx';
import { NewCase } from './new-case.tsx';
import { NewRecord } from './new-record.tsx';
import { ObjectList } from './object-list.tsx';
import { OtherRecord } from './other-record.tsx';
import { RecordView } from './record-view.tsx';

interface Props extends SideProps {
  readonly adding: boolean;
  onAdding(adding: boolean): void;
}

export function SalesforceSide({ adding, onAdding, ...side }: Props) {
  const { world, place, go, act, busy } = side;
  const objects = useObjects();
  const [chosen, setChosen] = useState<string>();
  const object = chosen ?? objects[0] ?? 'Case';
  const { record, ...rest } = place;
  const row = world.cases.find(one => one.Id === record);
  const isCase = object === 'Case';
  const save = async (fields: Record<string, unknown>) => {
    if (await act('new record', () => salesforce.create(object, fields))) onAdding(false);
  };
  return (
    <section className="side salesforce" aria-labelledby="salesforce-title">
      <div className="side-head">
        {record !== undefined && (
          <button type="button" className="button small quiet" onClick={() => go(rest)}>
            ← All {isCase ? 'cases' : 'records'}
          </button>
        )}
        <h2 id="salesforce-title">Salesforce {record === undefined && objects.length < 2 && <span>cases</span>}</h2>
        {record === undefined && objects.length > 1 && (
          <select
            className="as"
            aria-label="Object"
            value={object}
            onChange={event => {
              setChosen(event.target.value);
              onAdding(false);
            }}
          >
            {objects.map(name => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
        {record === undefined && (
          <button type="button" className="button small" aria-expanded={adding} onClick={() => onAdding(!adding)}>
            New {isCase ? 'case' : 'record'}
          </button>
        )}
      </div>
      <div className="side-body">
        {record !== undefined ? (
          row === undefined ? (
            <OtherRecord key={record} {...side} id={record} />
          ) : (
            <RecordView key={row.Id} {...side} row={row} />
          )
        ) : (
          <>
            {adding && isCase && <NewCase busy={busy} onCancel={() => onAdding(false)} onSave={save} />}
            {adding && !isCase && (
              <NewRecord
                key={`new ${object}`}
                object={object}
                busy={busy}
                onCancel={() => onAdding(false)}
                onSave={save}
              />
            )}
            {isCase ? <CaseList {...side} /> : <ObjectList key={object} {...side} object={object} />}
          </>
        )}
      </div>
    </section>
  );
}

/** Those that the program names, the case first; and accounts, which rules and labels look at. */
function useObjects(): readonly string[] {
  const [objects, setObjects] = useState<readonly string[]>([]);
  useEffect(() => {
    control.program().then(
      ({ files }) => {
        const named = Object.values(files).flatMap(text =>
          [...text.matchAll(/^\s*(?:salesforce\s+|salesforce:\s*)([A-Za-z]\w*)\s*$/gm)].map(([, name]) => name!),
        );
        const all = new Set(named);
        setObjects([...(all.has('Case') || all.size === 0 ? ['Case'] : []), ...all, 'Account'].filter(unique));
      },
      () => {},
    );
  }, []);
  return objects;
}

const unique = (name: string, at: number, all: readonly string[]): boolean => all.indexOf(name) === at;
