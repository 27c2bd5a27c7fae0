/** Records that lost their issue: an item makes no other one for them by itself, until a person says so here. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { ItemSummary, LeftAlone } from '../../bridge/contract.ts';
import type { Call } from '../../bridge/use-call.ts';
import { Failure, NotRead, useDoing } from '../../parts/failure.tsx';
import { tell } from '../../parts/flags.ts';
import { RecordLink } from '../../parts/links.tsx';
import { call } from '../call.ts';

const page = 50;

interface LeftAloneProps {
  readonly items: readonly ItemSummary[];
  readonly records: Call<readonly LeftAlone[]>;
}

export function LeftAloneList({ items, records }: LeftAloneProps) {
  const [most, setMost] = useState(page);
  const all = records.value ?? [];
  return (
    <section className="card data-card" aria-labelledby="left-alone">
      <h2 id="left-alone">Records that are left alone</h2>
      <p className="subtle">
        When an issue is deleted, unlinked or erased, its item makes no other issue for the record by itself. Allow it
        here, and the item looks at the record again at once.
      </p>
      <NotRead call={records} title="The records could not be read" />
      {records.value === undefined && records.error === undefined && (
        <div className="skeleton" style={{ blockSize: 44 }} />
      )}
      {records.value !== undefined && all.length === 0 && <p>There are none.</p>}
      <ul className="rows">
        {all.slice(0, most).map(one => (
          <Row
            key={`${one.itemId} ${one.recordId}`}
            one={one}
            name={items.find(({ id }) => id === one.itemId)?.name}
            again={records.again}
          />
        ))}
      </ul>
      {all.length > most && (
        <div className="actions">
          <Button spacing="compact" appearance="subtle" onClick={() => setMost(most + page)}>
            {`Show ${Math.min(page, all.length - most)} more of ${all.length}`}
          </Button>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  readonly one: LeftAlone;
  /** Absent where the item is gone. */
  readonly name: string | undefined;
  again(): Promise<void>;
}

function Row({ one, name, again }: RowProps) {
  const doing = useDoing();
  return (
    <li className="left-alone">
      <RecordLink id={one.recordId} />
      <span className="grow">
        by <strong>{name ?? one.itemId}</strong>
        {name === undefined && <span className="subtle"> which is not among the items any more</span>}
      </span>
      <Button
        spacing="compact"
        isLoading={doing.busy}
        isDisabled={name === undefined}
        aria-label={`Allow a new issue for ${one.recordId}`}
        onClick={async () => {
          const done = await doing.run(() => call('tombstones.lift', one));
          if (done) tell('The item may make an issue for it again', 'It looks at the record now.');
          await again();
        }}
      >
        Allow a new issue
      </Button>
      <Failure error={doing.failure} />
    </li>
  );
}
