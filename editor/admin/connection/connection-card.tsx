/** The Salesforce connection (C-2, C-5): a form while there is none, a summary with a way out while there is. */
import Button from '@atlaskit/button/new';
import Lozenge from '@atlaskit/lozenge';
import SectionMessage from '@atlaskit/section-message';
import { useId, useState } from 'react';
import type { ConnectionSummary } from '../../bridge/contract.ts';
import type { Call } from '../../bridge/use-call.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { NotRead } from '../../parts/failure.tsx';
import { tell } from '../../parts/flags.ts';
import { call } from '../call.ts';
import { ConnectForm } from './connect-form.tsx';
import './connection.css';

interface ConnectionCardProps {
  readonly connection: Call<ConnectionSummary>;
  readonly onChange: () => Promise<void>;
}

export function ConnectionCard({ connection, onChange }: ConnectionCardProps) {
  const { value, error } = connection;
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <section className="card connection" aria-labelledby="connection">
      <div className="card-head">
        <h2 id="connection">Salesforce connection</h2>
        {value && (
          <Lozenge appearance={value.connected ? 'success' : 'default'}>
            {value.connected ? 'Connected' : 'Not connected'}
          </Lozenge>
        )}
        {value?.connected === true && (
          <>
            <span className="grow connection-org">{value.orgName}</span>
            <button
              type="button"
              className="plain-link connection-fold"
              aria-expanded={open}
              aria-controls={id}
              onClick={() => setOpen(!open)}
            >
              {open ? 'Less' : 'Details'}
            </button>
            <Revoke org={value.orgName ?? ''} onChange={onChange} />
          </>
        )}
      </div>
      <NotRead call={connection} title="The connection could not be read" />
      {value === undefined && error === undefined && <div className="skeleton" style={{ blockSize: 44 }} />}
      {value?.connected === true && <Summary id={id} connection={value} open={open} onChange={onChange} />}
      {value?.connected === false && <ConnectForm onConnected={onChange} />}
    </section>
  );
}

const facts: readonly (readonly [keyof ConnectionSummary, string])[] = [
  ['orgName', 'Org name'],
  ['orgId', 'Org ID'],
  ['loginUrl', 'Login URL'],
  ['instanceUrl', 'Instance URL'],
  ['clientId', 'Client ID'],
];

interface SummaryProps {
  readonly id: string;
  /** On a narrow page, where it is folded away at first. */
  readonly open: boolean;
  readonly connection: ConnectionSummary;
  readonly onChange: () => Promise<void>;
}

function Summary({ id, open, connection, onChange }: SummaryProps) {
  return (
    <>
      {connection.warning && (
        <SectionMessage appearance="warning" title="Syncing is held back">
          <p>{connection.warning}</p>
          {connection.otherOrg === true && (
            <>
              <p>
                Nothing is lost: revoke this connection and connect to the links’ own org, and they go on. If that org
                is gone for good, end its links and start over with this one.
              </p>
              <StartOver org={connection.orgName ?? ''} onChange={onChange} />
            </>
          )}
        </SectionMessage>
      )}
      <dl id={id} className={open ? 'facts open' : 'facts'}>
        {facts.map(([key, label]) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{String(connection[key] ?? '–')}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** C-5: links of an org that is gone for good end, batch by batch. */
function StartOver({ org, onChange }: { readonly org: string; readonly onChange: () => Promise<void> }) {
  const [asking, setAsking] = useState(false);
  const end = async () => {
    let last = await call('connection.startOver', {});
    let { ended } = last;
    while (last.more) {
      last = await call('connection.startOver', {});
      ended += last.ended;
    }
    if (last.goesOn) tell('No link ended', `They are links to ${org}, and go on.`, 'info');
    else tell(`Started over with ${org}`, ended === 1 ? '1 link ended.' : `${ended} links ended.`, 'info');
    await onChange();
  };
  return (
    <>
      <Button spacing="compact" onClick={() => setAsking(true)}>
        Start over with {org}…
      </Button>
      {asking && (
        <Confirm
          title={`Start over with ${org}?`}
          action="End the links and start over"
          dangerous
          onClose={() => setAsking(false)}
          onConfirm={end}
        >
          <p>
            All links to the other org end; this cannot be taken back. Issues and records stay as they are, on both
            sides. Syncing goes on with this org, and begins with records that are new in it from now on.
          </p>
        </Confirm>
      )}
    </>
  );
}

function Revoke({ org, onChange }: { readonly org: string; readonly onChange: () => Promise<void> }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button spacing="compact" onClick={() => setAsking(true)}>
        Revoke connection
      </Button>
      {asking && (
        <Confirm
          title="Revoke this connection?"
          action="Revoke"
          dangerous
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await call('connection.revoke', {});
            tell('Connection revoked', 'Nothing is synced until you connect again.', 'info');
            await onChange();
          }}
        >
          <p>
            Syncing with <strong>{org}</strong> stops at once, and the saved client ID and secret are deleted. Items and
            links stay, and go on when you connect to the same org again.
          </p>
        </Confirm>
      )}
    </>
  );
}
