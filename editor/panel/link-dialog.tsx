/**
 * The dialog *Link a Salesforce record* (P-2): search as one types, from two characters on and not at every
 * letter; or paste an id, and be told why one is refused. All of it by keyboard too.
 */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Card, PanelContract } from '../bridge/contract.ts';
import type { AppError } from '../bridge/invoke.ts';
import { Dialog } from '../parts/dialog.tsx';
import { call } from './call.ts';

type Found = PanelContract['search']['result'];

const fewest = 2;
const restMs = 250;

interface LinkDialogProps {
  readonly card: Card;
  onClose(): void;
  onLinked(): Promise<void>;
}

export function LinkDialog({ card, onClose, onLinked }: LinkDialogProps) {
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<Found>();
  const [at, setAt] = useState(0);
  const [searching, setSearching] = useState(false);
  const [linking, setLinking] = useState<string>();
  const [failure, setFailure] = useState<AppError>();
  const turn = useRef(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const query = typed.trim();

  useEffect(() => input.current?.focus(), []);
  useEffect(() => document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' }), [id, at]);
  useEffect(() => {
    turn.current += 1;
    const mine = turn.current;
    setFailure(undefined);
    setFound(undefined);
    if (query.length < fewest) return setSearching(false);
    setSearching(true);
    const timer = setTimeout(async () => {
      try {
        const answer = await call('search', { itemId: card.itemId, query });
        if (mine !== turn.current) return;
        setFound(answer);
        setAt(0);
      } catch (error) {
        if (mine === turn.current) setFailure(error as AppError);
      }
      if (mine === turn.current) setSearching(false);
    }, restMs);
    return () => clearTimeout(timer);
  }, [query, card.itemId]);

  const link = async (recordId: string) => {
    setLinking(recordId);
    setFailure(undefined);
    try {
      await call('link', { itemId: card.itemId, recordId });
      await onLinked();
    } catch (error) {
      setFailure(error as AppError);
      setLinking(undefined);
    }
  };
  const records = found ?? [];
  const move = (event: KeyboardEvent) => {
    if (records.length === 0) return;
    if (event.key === 'ArrowDown') setAt((at + 1) % records.length);
    else if (event.key === 'ArrowUp') setAt((at - 1 + records.length) % records.length);
    else if (event.key === 'Enter') void link(records[at]!.recordId);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title="Link a Salesforce record" onClose={onClose}>
      <label htmlFor={id} className="small">
        Search {card.object} records of “{card.name}”, or paste a record ID
      </label>
      <input
        ref={input}
        id={id}
        role="combobox"
        aria-expanded={records.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={records.length > 0 ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        value={typed}
        disabled={linking !== undefined}
        placeholder={card.searched.slice(0, 2).join(', ') || 'Two characters or more'}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={move}
      />
      <div role="status" className="small subtle">
        {linking !== undefined
          ? 'Linking, and taking over what the item maps…'
          : searching
            ? 'Searching…'
            : query.length > 0 && query.length < fewest
              ? 'Type one more character.'
              : found === undefined
                ? card.searched.length > 0 && `Looks in ${card.searched.join(', ')}.`
                : found.length > 0
                  ? `${found.length === 20 ? 'The first 20 records' : found.length === 1 ? '1 record' : `${found.length} records`}. Choose one with the arrow keys and Enter.`
                  : undefined}
      </div>
      {found?.length === 0 && !searching && (
        <div className="note">
          <p>
            <strong>No matching records found</strong>
          </p>
          <p className="subtle">
            {card.searched.length > 0 && `Looked in ${card.searched.join(', ')}. `}
            Only records that the item covers are found. Try a shorter part of a word, or paste the record’s ID.
          </p>
        </div>
      )}
      {failure !== undefined && (
        <p className="note bad" role="alert">
          {failure.message}
        </p>
      )}
      <div id={`${id}-list`} role="listbox" aria-label="Records found" className="results" tabIndex={-1}>
        {records.map(({ recordId, label }, index) => (
          <button
            key={recordId}
            id={`${id}-${index}`}
            type="button"
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            disabled={linking !== undefined}
            onMouseMove={() => setAt(index)}
            onClick={() => void link(recordId)}
          >
            <span dir="auto">{label}</span> <code className="subtle">{recordId}</code>
          </button>
        ))}
      </div>
    </Dialog>
  );
}
