/** One item on one chosen record, before anything is active: what would be written, and why. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Files, FoundRecord, PreviewEntry } from '../../bridge/contract.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { useDoing } from '../../parts/failure.tsx';
import { RecordLink } from '../../parts/links.tsx';
import { RecordSearch } from '../../parts/record-search.tsx';
import { call } from '../call.ts';
import { PreviewEntries } from './preview-entries.tsx';

interface TryRecordProps {
  readonly files: Files;
  readonly item: string;
  readonly name: string;
  /** Labels of the fields in which records are looked for. */
  readonly searched: readonly string[];
  onClose(): void;
}

interface Tried {
  readonly record: FoundRecord;
  readonly entries: readonly PreviewEntry[];
}

export function TryRecord({ files, item, name, searched, onClose }: TryRecordProps) {
  const [tried, setTried] = useState<Tried>();
  const doing = useDoing();
  const look = (record: FoundRecord) =>
    doing.run(async () => {
      const { entries } = await call('items.try', { files, itemId: item, recordId: record.recordId });
      setTried({ record, entries });
    });
  return (
    <Dialog
      title={`Try ${name} on a record`}
      wide
      onClose={onClose}
      footer={
        <>
          {tried !== undefined && (
            <Button appearance="subtle" onClick={() => setTried(undefined)}>
              Another record
            </Button>
          )}
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {tried === undefined ? (
        <RecordSearch
          label="Search a record, or paste its ID or address. Nothing is written, on either side."
          searched={searched}
          nothing="Try a shorter part of a word, or paste the record’s ID of 15 or 18 characters, or its address."
          {...(doing.busy ? { busy: 'Looking at what the item would do with it…' } : {})}
          {...(doing.failure === undefined ? {} : { failure: doing.failure })}
          search={query => {
            doing.clear();
            return call('items.records', { files, itemId: item, query });
          }}
          onChoose={record => void look(record)}
        />
      ) : (
        <section aria-label="What would happen" className="tried">
          <p>
            <strong dir="auto">{tried.record.label}</strong> <RecordLink id={tried.record.recordId} />
          </p>
          {tried.entries.length === 0 ? (
            <p className="subtle">Both sides are aligned: nothing would be written.</p>
          ) : (
            <PreviewEntries entries={tried.entries} one />
          )}
        </section>
      )}
    </Dialog>
  );
}
