/** The Salesforce connection (C-2, C-5): a form while there is none, a summary with a way out while there is. */
import Button, { ButtonGroup } from '@atlaskit/button';
import Form, { ErrorMessage, Field, FormFooter, HelperMessage } from '@atlaskit/form';
import Heading from '@atlaskit/heading';
import Lozenge from '@atlaskit/lozenge';
import SectionMessage from '@atlaskit/section-message';
import Spinner from '@atlaskit/spinner';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { ConnectionSummary } from '../bridge/contract.ts';
import type { AppError } from '../bridge/invoke.ts';
import type { Call } from '../bridge/use-call.ts';
import { call } from './call.ts';

interface ConnectionCardProps {
  readonly connection: Call<ConnectionSummary>;
  readonly onChange: () => Promise<void>;
}

export function ConnectionCard({ connection, onChange }: ConnectionCardProps) {
  const { value, error } = connection;
  return (
    <section className="admin-card" aria-label="Salesforce connection">
      <div className="admin-card-head">
        <Heading size="medium" as="h2">
          Salesforce connection
        </Heading>
        {value && (
          <Lozenge appearance={value.connected ? 'success' : 'default'}>
            {value.connected ? 'Connected' : 'Not connected'}
          </Lozenge>
        )}
      </div>
      {error && (
        <SectionMessage appearance="error" title="The connection could not be read">
          <p>{error.message}</p>
        </SectionMessage>
      )}
      {value === undefined && error === undefined && <Spinner label="Reading the connection" />}
      {value?.connected === true && <Summary connection={value} onChange={onChange} />}
      {value?.connected === false && <ConnectForm onChange={onChange} />}
    </section>
  );
}

const facts: readonly (readonly [keyof ConnectionSummary, string])[] = [
  ['loginUrl', 'Login URL'],
  ['clientId', 'Client ID'],
  ['orgName', 'Org name'],
  ['orgId', 'Org ID'],
  ['instanceUrl', 'Instance URL'],
];

function Summary({
  connection,
  onChange,
}: {
  readonly connection: ConnectionSummary;
  readonly onChange: () => Promise<void>;
}) {
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string>();
  const revoke = async () => {
    try {
      await call('connection.revoke', {});
      await onChange();
    } catch (error) {
      setFailure((error as AppError).message);
    }
  };
  return (
    <>
      {connection.warning && (
        <SectionMessage appearance="warning">
          <p>{connection.warning}</p>
        </SectionMessage>
      )}
      <dl className="admin-facts">
        {facts.map(([key, label]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{String(connection[key] ?? '–')}</dd>
          </div>
        ))}
      </dl>
      {asking ? (
        <SectionMessage appearance="warning" title="Revoke this connection?">
          <p>
            Syncing stops at once and the saved client ID and secret are deleted. Items and links stay, and go on when
            you connect to the same org again.
          </p>
          <ButtonGroup label="Revoke this connection?">
            <Button appearance="danger" onClick={() => void revoke()}>
              Revoke connection
            </Button>
            <Button appearance="subtle" onClick={() => setAsking(false)}>
              Keep it
            </Button>
          </ButtonGroup>
        </SectionMessage>
      ) : (
        <div className="admin-actions">
          <Button onClick={() => setAsking(true)}>Revoke connection</Button>
        </div>
      )}
      {failure && <ErrorMessage>{failure}</ErrorMessage>}
    </>
  );
}

interface ConnectValues {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

function ConnectForm({ onChange }: { readonly onChange: () => Promise<void> }) {
  const [failure, setFailure] = useState<AppError>();
  const submit = async (values: ConnectValues) => {
    setFailure(undefined);
    try {
      await call('connection.save', values);
      await onChange();
    } catch (error) {
      setFailure(error as AppError);
    }
  };
  return (
    <div className="admin-form">
      <p className="admin-subtle">
        In Salesforce, make an External Client App with the client credentials flow, the scope <code>api</code> and an
        integration user to run as. Then enter what it shows.
      </p>
      {failure && (
        <SectionMessage appearance="error" title="Salesforce was not connected">
          <p>{failure.message}</p>
        </SectionMessage>
      )}
      <Form<ConnectValues> onSubmit={submit}>
        {({ formProps, submitting }) => (
          <form {...formProps}>
            <Field name="loginUrl" label="Salesforce login URL" isRequired defaultValue="">
              {({ fieldProps }) => (
                <>
                  <Textfield {...fieldProps} placeholder="https://acme.my.salesforce.com" autoComplete="url" />
                  <HelperMessage>Your My Domain, as Setup, My Domain shows it.</HelperMessage>
                </>
              )}
            </Field>
            <Field name="clientId" label="OAuth client ID" isRequired defaultValue="">
              {({ fieldProps }) => <Textfield {...fieldProps} autoComplete="off" />}
            </Field>
            <Field name="clientSecret" label="OAuth client secret" isRequired defaultValue="">
              {({ fieldProps }) => <Textfield {...fieldProps} type="password" autoComplete="new-password" />}
            </Field>
            <FormFooter>
              <Button type="submit" appearance="primary" isDisabled={submitting}>
                {submitting ? 'Asking Salesforce…' : 'Connect'}
              </Button>
            </FormFooter>
          </form>
        )}
      </Form>
    </div>
  );
}
