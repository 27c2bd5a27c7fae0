/** Status sync: which field, and which of its values goes with which status; the rest pairs by closest match. */
import { clauseOf, name, nameText, nowhere, tableOf, withStatus } from '../../form/nodes.ts';
import { inside, Notes, type PartProps } from './parts.tsx';
import { TableRows } from './table-rows.tsx';
import { Turn } from './turn.tsx';

export function StatusSync({ item, lookups, problems, onChange }: PartProps) {
  const clause = clauseOf(item, 'status');
  const [best] = lookups.statusFields;
  if (clause === undefined && best === undefined)
    return (
      <p className="subtle">
        {lookups.object === undefined
          ? 'Choose the object first.'
          : `${lookups.object.label} has no field that says a status, so there is nothing to keep aligned.`}
      </p>
    );
  const field = nameText(clause?.field) || best?.value || '';
  const label = lookups.fieldAt(field)?.label ?? field;
  return (
    <>
      <Turn
        label={`Keep ${label} and the issue’s status aligned`}
        about="Independent of the fields’ owners: the side whose status changed last wins."
        on={clause !== undefined}
        onChange={on =>
          onChange(withStatus(item, on ? { kind: 'status', span: nowhere, field: name(field) } : undefined))
        }
      />
      {clause !== undefined && clause.by === undefined && (
        <>
          <p className="subtle small">Pairs given here win; other values go with the closest safe match.</p>
          <TableRows
            label="Status pairs"
            table={clause.table ?? tableOf([])}
            left={lookups.valuesOf(field)}
            right={lookups.statuses}
            onChange={table => {
              const { table: _, ...rest } = clause;
              onChange(withStatus(item, table.rows.length === 0 ? rest : { ...rest, table }));
            }}
          />
        </>
      )}
      {clause?.by?.kind === 'name' && (
        <p className="subtle">Pairs come from the value table {clause.by.text}; change them in the code.</p>
      )}
      <Notes problems={inside(problems, clause?.span)} />
    </>
  );
}
