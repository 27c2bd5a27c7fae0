/** One item: every column of the guide, and what can be done with it. */
import Button from '@atlaskit/button/new';
import Lozenge from '@atlaskit/lozenge';
import { useState } from 'react';
import type { ItemSummary } from '../../bridge/contract.ts';
import { CheckIcon } from '../../parts/icons.ts';
import { Menu } from '../../parts/menu.tsx';
import { Time } from '../../parts/time.tsx';
import { arrows, countsText, createNames, modeNames, ownerNames } from './words.ts';

interface ItemRowProps {
  readonly item: ItemSummary;
  readonly allPaused: boolean;
  onEdit(): void;
  onPause(rest: boolean): void;
  onHistory(): void;
  onVersions(): void;
  onDelete(): void;
}

export function ItemRow({ item, allPaused, ...on }: ItemRowProps) {
  return (
    <tr>
      <th scope="row" data-label="Name">
        <button type="button" className="plain-link item-name" onClick={on.onEdit}>
          {item.name}
        </button>
        <span className="subtle code small">{item.id}</span>
      </th>
      <td data-label="Sync mode">{modeNames[item.mode]}</td>
      <td data-label="Jira scope">{item.projects.join(', ')}</td>
      <td data-label="Issue type">{item.issueType ?? <span className="subtle">Linked by hand</span>}</td>
      <td data-label="Salesforce source">
        {item.objectLabel}
        <span className="subtle small">{item.module}</span>
      </td>
      <td data-label="Fields / mappings">
        <Fields item={item} />
      </td>
      <Indicator title="Auto-create" on={item.create !== 'off'} hint={createNames[item.create]} />
      <Indicator title="Comments" on={item.comments} />
      <Indicator title="Attachments" on={item.attachments} />
      <Indicator
        title="Status"
        on={item.status || item.rules.length > 0}
        {...(item.rules.length > 0 ? { hint: 'By rule' } : {})}
      />
      <Indicator title="Associations" on={item.associations} />
      <td data-label="Latest sync">
        <Latest item={item} />
      </td>
      <td className="row-actions">
        <div className="actions">
          <Button spacing="compact" onClick={on.onEdit} aria-label={`Edit ${item.name}`}>
            Edit
          </Button>
          <Menu
            label={`More for ${item.name}`}
            entries={[
              {
                name: item.paused ? 'Resume' : 'Pause',
                disabled: allPaused,
                run: () => on.onPause(!item.paused),
              },
              { name: 'Run history', run: on.onHistory },
              { name: 'Versions', run: on.onVersions },
              { name: 'Delete', apart: true, run: on.onDelete },
            ]}
          />
        </div>
      </td>
    </tr>
  );
}

const shownAtFirst = 3;
/** A rule of two branches is what the guide has. */
const rulesAtFirst = 2;

function Fields({ item }: { readonly item: ItemSummary }) {
  const [all, setAll] = useState(false);
  if (item.mode === 'display-only') return <>{item.shows.join(', ') || '–'}</>;
  const shown = all ? item.mappings : item.mappings.slice(0, shownAtFirst);
  const rules = all ? item.rules : item.rules.slice(0, rulesAtFirst);
  const more = item.mappings.length - shown.length + item.rules.length - rules.length;
  return (
    <>
      <ul className="mappings">
        {shown.map(({ from, to, owner }) => (
          <li key={to} title={ownerNames[owner]}>
            {from}{' '}
            <span className="arrow" role="img" aria-label={ownerNames[owner]}>
              {arrows[owner]}
            </span>{' '}
            {to}
          </li>
        ))}
        {rules.map(rule => (
          <li key={rule} className="subtle">
            {rule}
          </li>
        ))}
      </ul>
      {item.mappings.length === 0 && item.rules.length === 0 && '–'}
      {(more > 0 || all) && (
        <button type="button" className="plain-link small" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `and ${more} more`}
        </button>
      )}
    </>
  );
}

function Indicator({ title, on, hint }: { readonly title: string; readonly on: boolean; readonly hint?: string }) {
  return (
    <td className="indicator" data-label={title} title={hint}>
      {on ? (
        <span className="on">
          <CheckIcon label={`${title}: on`} />
        </span>
      ) : (
        <span className="off">
          <span aria-hidden>–</span>
          <span className="hidden">{title}: off</span>
        </span>
      )}
      {on && hint !== undefined && <span className="subtle small hint">{hint}</span>}
    </td>
  );
}

function Latest({ item }: { readonly item: ItemSummary }) {
  const { latest, attention, attentionReason } = item;
  return (
    <>
      {item.paused && <Lozenge appearance="moved">Paused</Lozenge>}
      {attention > 0 && <Lozenge appearance="removed">Attention required</Lozenge>}
      {!item.paused && attention === 0 && item.mode === 'display-only' && <Lozenge>Display only</Lozenge>}
      {!item.paused && attention === 0 && item.mode !== 'display-only' && latest === null && <Lozenge>Waiting</Lozenge>}
      {item.pausedBecause !== null && <div className="small">{item.pausedBecause}</div>}
      {attention > 0 && (
        <div className="small">
          {attentionReason}
          {attention > 1 && ` And ${attention - 1} more.`}
        </div>
      )}
      {latest !== null && item.mode !== 'display-only' && (
        <div className={attention > 0 || item.paused ? 'small subtle' : undefined}>
          <span className={latest.counts.failed > 0 ? 'bad' : undefined}>{countsText(latest.counts)}</span>
          <span className="subtle small">
            <Time at={latest.at} />
          </span>
        </div>
      )}
    </>
  );
}
