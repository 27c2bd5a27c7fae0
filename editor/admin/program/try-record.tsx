/** One item on one chosen record, before anything is active: what would be written, and why. */
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { Files, PreviewEntry } from '../../bridge/contract.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Failure, useDoing } from '../../parts/failure.tsx';
import { Field } from '../../parts/field.tsx';
import { RecordLink } from '../../parts/links.tsx';
import { call } from '../call.ts';
import { PreviewEntries } from './preview-entries.tsx';

interface TryRecordProps {
  readonly files: Files;
  readonly item: string;
  readonly name: string;
  onClose(): void;
}

export function TryRecord({ files, item, name, onClose }: TryRecordProps) {
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<{ readonly recordId: string; readonly entries: readonly PreviewEntry[] }>();
  const doing = useDoing();
  const look = () =>
    doing.run(async () => {
      setFound(undefined);
      setFound(await call('items.try', { files, itemId: item, recordId: typed }));
    });
  return (
    <Dialog title={`Try ${name} on a record`} wide onClose={onClose} footer={<Button onClick={onClose}>Close</Button>}>
      <form
        className="try"
        onSubmit={event => {
          event.preventDefault();
          void look();
        }}
      >
        <Field label="Record ID, or the record’s address" hint="Nothing is written, on either side.">
          {parts => <Textfield {...parts} value={typed} onChange={event => setTyped(event.currentTarget.value)} />}
        </Field>
        <Button type="submit" appearance="primary" isLoading={doing.busy} isDisabled={typed.trim() === ''}>
          Try
        </Button>
      </form>
      <Failure error={doing.failure} />
      {found !== undefined && (
        <section aria-label="What would happen">
          <p>
            <RecordLink id={found.recordId} />
          </p>
          {found.entries.length === 0 ? (
            <p className="subtle">Both sides are aligned: nothing would be written.</p>
          ) : (
            <PreviewEntries entries={found.entries} />
          )}
        </section>
      )}
    </Dialog>
  );
}
