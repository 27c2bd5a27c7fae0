/** The service behind messages, in a worker: a keystroke is never kept waiting by a check. */
import type { Answered, Asked } from './protocol.ts';
import { createService } from './service.ts';

const service = createService() as unknown as Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;
const port = globalThis as unknown as {
  onmessage: (event: MessageEvent<Asked>) => void;
  postMessage(answer: Answered): void;
};

port.onmessage = ({ data: { id, question, given } }) => {
  try {
    port.postMessage({ id, value: service[question]!(...given) });
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
};
