/**
 * Connecting: three values out of Salesforce. The address is looked at as it is typed, by the very check that
 * the app makes; a refusal of Salesforce is told with its cause and its remedy (C-1, C-2). The secret is kept
 * in the field only, and leaves it once.
 */
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { type FormEvent, useState } from 'react';
import { checkHost } from '../../../runtime/salesforce/hosts.ts';
import { Failure, useDoing } from '../../parts/failure.tsx';
import { Field } from '../../parts/field.tsx';
import { tell } from '../../parts/flags.ts';
import { call } from '../call.ts';

interface ConnectValues {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const steps = [
  [
    'Make an app in Salesforce',
    'Setup › App Manager › New External Client App. Its only OAuth scope is “Manage user data via APIs (api)”.',
  ],
  [
    'Let it run as a user',
    'In the app’s Policies, enable the Client Credentials Flow and choose an integration user as Run As. A callback URL is not needed.',
  ],
  [
    'Copy three values here',
    'Your My Domain address, the client ID (consumer key) and the client secret (consumer secret).',
  ],
] as const;

const shared = /^https:\/\/(?:login|test)\.salesforce\.com$/;

export function ConnectForm({ onConnected }: { readonly onConnected: () => Promise<void> }) {
  const doing = useDoing();
  const [values, setValues] = useState<ConnectValues>({ loginUrl: '', clientId: '', clientSecret: '' });
  const [left, setLeft] = useState(false);
  const [tried, setTried] = useState(false);
  const host = checkHost(values.loginUrl);
  const set = (name: keyof ConnectValues) => (event: FormEvent<HTMLInputElement>) =>
    setValues({ ...values, [name]: event.currentTarget.value });
  const missing = (name: keyof ConnectValues, text: string) => (tried && values[name].trim() === '' ? text : undefined);
  const submit = async () => {
    setLeft(true);
    setTried(true);
    if (!host.ok || values.clientId.trim() === '' || values.clientSecret.trim() === '') return;
    const done = await doing.run(async () => {
      await call('connection.save', { ...values });
      await onConnected();
    });
    if (done) tell('Connected to Salesforce');
  };
  return (
    <div className="connect">
      <ol className="steps">
        {steps.map(([title, text]) => (
          <li key={title}>
            <strong>{title}</strong>
            <span className="subtle">{text}</span>
          </li>
        ))}
      </ol>
      <div>
        <Failure error={doing.failure} title="Salesforce was not connected" />
        <form
          noValidate
          onSubmit={event => {
            event.preventDefault();
            void submit();
          }}
        >
          <Field
            label="Salesforce login URL"
            required
            error={(left && !host.ok && host.reason) || undefined}
            good={host.ok && !shared.test(host.origin) ? `Will connect to ${host.origin}` : undefined}
            hint={
              host.ok
                ? 'Salesforce answers the client credentials flow on the org’s My Domain only; if this address is refused, enter that one.'
                : 'Your My Domain, as Setup › My Domain shows it.'
            }
          >
            {parts => (
              <Textfield
                {...parts}
                placeholder="https://acme.my.salesforce.com"
                autoComplete="url"
                value={values.loginUrl}
                isInvalid={left && !host.ok}
                onBlur={() => setLeft(values.loginUrl.trim() !== '')}
                onChange={set('loginUrl')}
              />
            )}
          </Field>
          <Field
            label="OAuth client ID"
            required
            error={missing('clientId', 'Enter the client ID: the Consumer Key of the app.')}
          >
            {parts => <Textfield {...parts} autoComplete="off" value={values.clientId} onChange={set('clientId')} />}
          </Field>
          <Field
            label="OAuth client secret"
            required
            error={missing('clientSecret', 'Enter the client secret: the Consumer Secret of the app.')}
            hint="Kept in Forge’s secret storage. It is never shown again, not even to you."
          >
            {parts => (
              <Textfield
                {...parts}
                type="password"
                autoComplete="new-password"
                value={values.clientSecret}
                onChange={set('clientSecret')}
              />
            )}
          </Field>
          <div className="actions">
            <Button type="submit" appearance="primary" isLoading={doing.busy}>
              Connect
            </Button>
            {doing.busy && <span className="subtle">Asking Salesforce for a token and the org’s name…</span>}
          </div>
        </form>
      </div>
    </div>
  );
}
