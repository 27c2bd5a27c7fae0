/** The dialog *Link a Salesforce record* (P-2): a record is looked for, and choosing it links it. */
import { useState } from 'react';
import type { Card } from '../bridge/contract.ts';
import type { AppError } from '../bridge/invoke.ts';
import { Dialog } from '../parts/dialog.tsx';
import { RecordSearch } from '../parts/record-search.tsx';
import { call } from './call.ts';

interface LinkDialogProps {
  readonly card: Card;
  onClose(): void;
  /** `files` is the queue's job that looks at the files. */
  onLinked(linked: { readonly startedAt: number; readonly files?: string; readonly later?: true }): Promise<void>;
  /** Reads the cards anew: what was refused may be done already, by somebody else. */
  again(): Promise<void>;
}

export function LinkDialog({ card, onClose, onLinked, again }: LinkDialogProps) {
  const [linking, setLinking] = useState(false);
  const [failure, setFailure] = useState<AppError>();
  const link = async (recordId: string) => {
    setLinking(true);
    setFailure(undefined);
    try {
      await onLinked(await call('link', { itemId: card.itemId, recordId }));
    } catch (error) {
      setFailure(error as AppError);
      setLinking(false);
      await again();
    }
  };
  return (
    <Dialog title="Link a Salesforce record" onClose={onClose}>
      {card.mode !== 'display-only' && (
        <p className="small subtle">
          Linking aligns both sides at once: what Salesforce owns is written over in this issue.
        </p>
      )}
      <RecordSearch
        label={`Search ${card.object} records of “${card.name}”, or paste a record ID`}
        searched={card.searched}
        nothing="Only records that the item covers are found. Try a shorter part of a word, or paste the record’s ID."
        {...(linking ? { busy: 'Linking, and taking over what the item maps…' } : {})}
        {...(failure === undefined ? {} : { failure })}
        search={query => {
          setFailure(undefined);
          return call('search', { itemId: card.itemId, query });
        }}
        onChoose={({ recordId }) => void link(recordId)}
      />
    </Dialog>
  );
}
