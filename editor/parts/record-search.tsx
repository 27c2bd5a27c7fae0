/**
 * Looking for a Salesforce record: as one types, from two characters on and not at every letter; or by a pasted
 * id or address, told why one is refused. All of it by keyboard too.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { FoundRecord } from '../bridge/contract.ts';
import type { AppError } from '../bridge/invoke.ts';
import { Marked } from './marked.tsx';
import './record-search.css';
import './search-input.css';

const fewest = 2;
const restMs = 250;
/** As many as the app answers at once. */
const most = 20;

interface RecordSearchProps {
  readonly label: ReactNode;
  /** Labels of the fields in which words are looked for. */
  readonly searched: readonly string[];
  /** Said where nothing was found. */
  readonly nothing: string;
  /** What is being done with the chosen record; nothing else can be chosen meanwhile. */
  readonly busy?: string;
  readonly failure?: AppError;
  search(query: string): Promise<readonly FoundRecord[]>;
  onChoose(record: FoundRecord): void;
}

export function RecordSearch({ label, searched, nothing, busy, failure, search, onChoose }: RecordSearchProps) {
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<readonly FoundRecord[]>();
  const [at, setAt] = useState(0);
  const [searching, setSearching] = useState(false);
  const [refused, setRefused] = useState<AppError>();
  const turn = useRef(0);
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(search);
  latest.current = search;
  const id = useId();
  const query = typed.trim();

  useEffect(() => {
    if (input.current === null) return;
    // For a dialog around it, which opens after this and chooses where the focus goes.
    input.current.autofocus = true;
    input.current.focus();
  }, []);
  useEffect(() => {
    // While it was disabled the focus went elsewhere.
    if (failure !== undefined && busy === undefined) input.current?.focus();
  }, [failure, busy]);
  useEffect(() => {
    // Newer browsers answer a promise, which is no way to clean up.
    void document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  useEffect(() => {
    turn.current += 1;
    const mine = turn.current;
    setRefused(undefined);
    setFound(undefined);
    if (query.length < fewest) return setSearching(false);
    setSearching(true);
    const timer = setTimeout(async () => {
      try {
        const answer = await latest.current(query);
        if (mine !== turn.current) return;
        setFound(answer);
        setAt(0);
      } catch (error) {
        if (mine === turn.current) setRefused(error as AppError);
      }
      if (mine === turn.current) setSearching(false);
    }, restMs);
    return () => clearTimeout(timer);
  }, [query]);

  const records = found ?? [];
  const move = (event: KeyboardEvent) => {
    if (records.length === 0) return;
    if (event.key === 'ArrowDown') setAt((at + 1) % records.length);
    else if (event.key === 'ArrowUp') setAt((at - 1 + records.length) % records.length);
    else if (event.key === 'Enter') onChoose(records[at]!);
    else return;
    event.preventDefault();
  };
  const said =
    busy ??
    (searching
      ? 'Searching…'
      : query.length > 0 && query.length < fewest
        ? 'Type one more character.'
        : found === undefined
          ? searched.length > 0 && `Looks in ${searched.join(', ')}.`
          : found.length > 0 &&
            `${found.length === most ? `The first ${most} records` : found.length === 1 ? '1 record' : `${found.length} records`}. Choose one with the arrow keys and Enter.`);
  const shown = failure ?? refused;
  return (
    <div className="record-search">
      <label htmlFor={id} className="small">
        {label}
      </label>
      <input
        ref={input}
        id={id}
        className="search-input"
        role="combobox"
        aria-expanded={records.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={records.length > 0 ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        value={typed}
        disabled={busy !== undefined}
        placeholder={searched.slice(0, 2).join(', ') || 'Two characters or more'}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={move}
      />
      <div role="status" className="small subtle">
        {said}
      </div>
      {found?.length === 0 && !searching && (
        <div className="note">
          <p>
            <strong>No matching records found</strong>
          </p>
          <p className="subtle">
            {searched.length > 0 && `Looked in ${searched.join(', ')}. `}
            {nothing}
          </p>
        </div>
      )}
      {shown !== undefined && (
        <p className="note bad" role="alert">
          <Marked text={shown.message} />
        </p>
      )}
      <div id={`${id}-list`} role="listbox" aria-label="Records found" className="results" tabIndex={-1}>
        {records.map((record, index) => (
          <button
            key={record.recordId}
            id={`${id}-${index}`}
            type="button"
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            disabled={busy !== undefined}
            onMouseMove={() => setAt(index)}
            onClick={() => onChoose(record)}
          >
            <span dir="auto">{record.label}</span> <code className="subtle">{record.recordId}</code>
          </button>
        ))}
      </div>
    </div>
  );
}
