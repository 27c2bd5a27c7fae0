/** What ends everything at once, a session or a right: said once, above what the page still shows. */
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { router } from '@forge/bridge';
import { useState } from 'react';
import type { AppError } from '../bridge/invoke.ts';
import type { Call } from '../bridge/use-call.ts';
import { Marked } from '../parts/marked.tsx';

const titles: Readonly<Record<string, string>> = {
  'signed-out': 'You are signed out of Jira',
  forbidden: 'This page is for Jira administrators',
};

/** The first of the calls that failed for such a reason. */
export const endOf = (...calls: readonly Call<unknown>[]): AppError | undefined =>
  calls.find(({ error }) => error !== undefined && error.code in titles)?.error;

export function Ended({ error, again }: { readonly error: AppError; readonly again: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const tryAgain = async () => {
    setBusy(true);
    await again();
    setBusy(false);
  };
  return (
    <div role="alert">
      <SectionMessage appearance="warning" title={titles[error.code]!}>
        <p>
          <Marked text={error.message} />
        </p>
        <div className="actions">
          {error.code === 'signed-out' && (
            <Button spacing="compact" onClick={() => void router.open('/jira')}>
              Open Jira in another tab
            </Button>
          )}
          <Button spacing="compact" isLoading={busy} onClick={() => void tryAgain()}>
            Try again
          </Button>
        </div>
      </SectionMessage>
    </div>
  );
}
