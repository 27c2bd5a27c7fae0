/** What waits for a person: each with its cause, its remedy, and a way to try again or let go. */
import Button, { ButtonGroup } from '@atlaskit/button';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { AttentionSummary } from '../bridge/contract.ts';
import type { AppError } from '../bridge/invoke.ts';
import type { Call } from '../bridge/use-call.ts';
import { call } from './call.ts';

export function AttentionList({ attention }: { readonly attention: Call<readonly AttentionSummary[]> }) {
  const [failure, setFailure] = useState<string>();
  const act = async (name: 'attention.retry' | 'attention.dismiss', id: string) => {
    setFailure(undefined);
    try {
      await call(name, { id });
    } catch (error) {
      setFailure((error as AppError).message);
    }
    await attention.again();
  };
  if (attention.error)
    return (
      <SectionMessage appearance="error" title="What needs attention could not be read">
        <p>{attention.error.message}</p>
      </SectionMessage>
    );
  return (
    <>
      {failure && (
        <SectionMessage appearance="error">
          <p>{failure}</p>
        </SectionMessage>
      )}
      {attention.value?.map(one => (
        <SectionMessage key={one.id} appearance="warning" title={`Attention required: ${one.item}`}>
          <p>
            {[one.issueKey, one.record].filter(Boolean).join(' · ')} {one.cause} {one.remedy}
          </p>
          <ButtonGroup label={`Attention required: ${one.item}`}>
            <Button spacing="compact" onClick={() => void act('attention.retry', one.id)}>
              Try again
            </Button>
            <Button spacing="compact" appearance="subtle" onClick={() => void act('attention.dismiss', one.id)}>
              Dismiss
            </Button>
          </ButtonGroup>
        </SectionMessage>
      ))}
    </>
  );
}
