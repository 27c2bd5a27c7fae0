/** A sentence whose user text stands in backticks. */
export const Marked = ({ text }: { readonly text: string }) => (
  <>
    {text.split(/`([^`]*)`/).map((part, index) =>
      // Every second part stood in backticks. The parts of one sentence never change their order.
      index % 2 === 1 ? <code key={`${index} ${part}`}>{part}</code> : part,
    )}
  </>
);
