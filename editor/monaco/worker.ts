/** The service behind messages, in a worker: a keystroke is never kept waiting by a check. */
import type { Answered, Asked } from './protocol.ts';
import { NotLoaded, roomsOnDemand, withRooms } from './rooms/index.ts';
import { createService } from './service.ts';

const service = createService(roomsOnDemand()) as unknown as Readonly<
  Record<string, (...given: readonly unknown[]) => unknown>
>;
const port = globalThis as unknown as {
  onmessage: (event: MessageEvent<Asked>) => void;
  postMessage(answer: Answered): void;
};

/** One after the other, in the order in which they came: a text before the question about it. */
let before: Promise<unknown> = Promise.resolve();
port.onmessage = ({ data }) => {
  before = before.then(() => answer(data));
};

async function answer({ id, question, given }: Asked): Promise<void> {
  try {
    port.postMessage({ id, value: await withRooms(() => service[question]!(...given)) });
  } catch (error) {
    port.postMessage({
      id,
      error: error instanceof Error ? error.message : String(error),
      ...(error instanceof NotLoaded ? { notLoaded: true } : {}),
    });
  }
}
