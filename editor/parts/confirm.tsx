/** Asks before something that cannot be taken back, and says what will happen. */
import Button from '@atlaskit/button/new';
import type { ReactNode } from 'react';
import { Dialog } from './dialog.tsx';
import { Failure, useDoing } from './failure.tsx';

interface ConfirmProps {
  readonly title: string;
  /** What the button says that does it. */
  readonly action: string;
  readonly dangerous?: boolean;
  readonly children: ReactNode;
  onClose(): void;
  onConfirm(): Promise<unknown>;
}

export function Confirm({ title, action, dangerous = false, children, onClose, onConfirm }: ConfirmProps) {
  const doing = useDoing();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button appearance="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button
            appearance={dangerous ? 'danger' : 'primary'}
            isLoading={doing.busy}
            onClick={async () => {
              if (await doing.run(onConfirm)) onClose();
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <Failure error={doing.failure} />
      {children}
    </Dialog>
  );
}
