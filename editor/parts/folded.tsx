/** A text of which the beginning is shown, and all of it when somebody asks. */
import { useState } from 'react';

const shownAtFirst = 240;
/** A few letters more are no reason to hide them. */
const tolerated = 40;

interface FoldedProps {
  readonly text: string;
  /** Of the button: the pages have links of their own kind. */
  readonly className: string;
}

export function Folded({ text, className }: FoldedProps) {
  const [all, setAll] = useState(false);
  if (text.length <= shownAtFirst + tolerated) return text;
  return (
    <>
      {all ? text : `${text.slice(0, shownAtFirst)}… `}
      <button type="button" className={className} aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? 'Show less' : `Show all ${text.length} letters`}
      </button>
    </>
  );
}
