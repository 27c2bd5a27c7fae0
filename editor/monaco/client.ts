/** The page's end of the worker: a question is a call that answers later. */
import type { Answer, Answered, Arguments, Asked, Question } from './protocol.ts';

export interface LanguageClient {
  ask<Q extends Question>(question: Q, ...given: Arguments<Q>): Promise<Answer<Q>>;
  stop(): void;
}

export function startLanguageClient(): LanguageClient {
  // A file of its own: the page's policy knows no worker out of a blob.
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const open = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let last = 0;
  worker.onmessage = ({ data }: MessageEvent<Answered>) => {
    const waiting = open.get(data.id);
    open.delete(data.id);
    if (waiting === undefined) return;
    if ('error' in data) waiting.reject(new Error(data.error));
    else waiting.resolve(data.value as never);
  };
  worker.onerror = event => {
    for (const { reject } of open.values()) reject(new Error(event.message));
    open.clear();
  };
  return {
    ask: (question, ...given) =>
      new Promise((resolve, reject) => {
        last += 1;
        open.set(last, { resolve: resolve as never, reject });
        worker.postMessage({ id: last, question, given } satisfies Asked);
      }),
    stop: () => worker.terminate(),
  };
}
