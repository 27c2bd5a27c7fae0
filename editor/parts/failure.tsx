/** What went wrong, where it went wrong; and a small state machine for doing something that can. */
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { createContext, useContext, useState } from 'react';
import type { AppError } from '../bridge/invoke.ts';
import type { Call } from '../bridge/use-call.ts';

import { Marked } from './marked.tsx';

export function Failure({ error, title }: { readonly error: AppError | undefined; readonly title?: string }) {
  if (error === undefined) return null;
  return (
    <div role="alert">
      <SectionMessage appearance="error" {...(title === undefined ? {} : { title })}>
        <p>
          <Marked text={error.message} />
        </p>
      </SectionMessage>
    </div>
  );
}

/** The code of what the page says once for all that cannot be read because of it. */
export const ToldAbove = createContext<string | undefined>(undefined);

/** What could not be read, with a way to read it again. */
export function NotRead({ call, title }: { readonly call: Call<unknown>; readonly title: string }) {
  const told = useContext(ToldAbove);
  if (call.error === undefined || call.error.code === told) return null;
  return (
    <div role="alert">
      <SectionMessage appearance="error" title={title}>
        <p>
          <Marked text={call.error.message} />
        </p>
        <Button spacing="compact" isLoading={call.running} onClick={() => void call.again()}>
          Try again
        </Button>
      </SectionMessage>
    </div>
  );
}

export interface Doing {
  readonly busy: boolean;
  readonly failure: AppError | undefined;
  /** Answers whether it was done. */
  run(work: () => Promise<unknown>): Promise<boolean>;
  clear(): void;
}

export function useDoing(): Doing {
  const [state, setState] = useState<{ readonly busy: boolean; readonly failure?: AppError }>({ busy: false });
  return {
    busy: state.busy,
    failure: state.failure,
    clear: () => setState({ busy: false }),
    async run(work) {
      setState({ busy: true });
      try {
        await work();
        setState({ busy: false });
        return true;
      } catch (error) {
        setState({ busy: false, failure: error as AppError });
        return false;
      }
    },
  };
}
