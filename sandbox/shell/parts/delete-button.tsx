/** Asks once before it deletes. */
import { useState } from 'react';

interface DeleteButtonProps {
  /** `Delete this case` */
  readonly what: string;
  readonly disabled: boolean;
  onDelete(): void;
}

export function DeleteButton({ what, disabled, onDelete }: DeleteButtonProps) {
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <button type="button" className="button small quiet" disabled={disabled} onClick={() => setAsking(true)}>
        {what}
      </button>
    );
  return (
    <span className="asking">
      <button type="button" className="button small danger" disabled={disabled} onClick={onDelete}>
        {what}, really
      </button>
      <button type="button" className="button small quiet" onClick={() => setAsking(false)}>
        Keep it
      </button>
    </span>
  );
}
