/** Before the first item: what an item is, and four ways to begin. */
import Button from '@atlaskit/button/new';

export type Kind = 'display-only' | 'one-way' | 'two-way' | 'custom';

export const kinds: readonly { readonly kind: Kind; readonly name: string; readonly text: string }[] = [
  {
    kind: 'display-only',
    name: 'Show records on issues',
    text: 'Agents link a record by hand and see its fields beside the issue. Nothing is written on either side.',
  },
  {
    kind: 'one-way',
    name: 'Bring records into Jira',
    text: 'Salesforce is the source of truth: its fields are written to the issue every five minutes.',
  },
  {
    kind: 'two-way',
    name: 'Keep both sides aligned',
    text: 'A change on either side reaches the other; of two changes to one field the later wins.',
  },
  {
    kind: 'custom',
    name: 'Decide field by field',
    text: 'Each mapping has its own owner: Salesforce, JSM, or both.',
  },
];

interface NoItemsProps {
  readonly connected: boolean;
  onChoose(kind: Kind): void;
}

export function NoItems({ connected, onChoose }: NoItemsProps) {
  if (!connected)
    return (
      <div className="empty">
        <h2>First, connect Salesforce</h2>
        <p className="subtle">
          Items are checked against your org: its objects, fields and values. Once connected you can make the first one
          here.
        </p>
      </div>
    );
  return (
    <div className="empty">
      <h2>Make your first Smart Connected Item</h2>
      <p className="subtle">
        An item says which Salesforce records belong with which Jira issues, and who owns each field. It is checked as
        you build it, and you see what it would do before it runs.
      </p>
      <ul className="kinds">
        {kinds.map(({ kind, name, text }) => (
          <li key={kind} className="card">
            <h3>{name}</h3>
            <p className="subtle">{text}</p>
            <Button onClick={() => onChoose(kind)} aria-label={`Start with this: ${name}`}>
              Start with this
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
