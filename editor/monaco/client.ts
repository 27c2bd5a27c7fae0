/** The page's end of the worker: a question is a call that answers later. */
import type { Answer, Answered, Arguments, Asked, Question } from './protocol.ts';

export interface LanguageClient {
  ask<Q extends Question>(question: Q, ...given: Arguments<Q>): Promise<Answer<Q>>;
  stop(): void;
}

/**
 * `onAnew` is told when a worker that could not load a part of itself was replaced: the new one knows nothing yet.
 * Whatever was asked of the old one fails.
 */
export function startLanguageClient(onAnew: () => void): LanguageClient {
  const open = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let last = 0;
  let worker = begin();

  function begin(): Worker {
    // A file of its own: the page's policy knows no worker out of a blob.
    const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    made.onmessage = ({ data }: MessageEvent<Answered>) => {
      const waiting = open.get(data.id);
      open.delete(data.id);
      if (!('error' in data)) waiting?.resolve(data.value as never);
      else if (data.notLoaded === true) anew(data.error, waiting);
      else waiting?.reject(new Error(data.error));
    };
    made.onerror = event => fail(event.message);
    return made;
  }
  function fail(message: string): void {
    for (const { reject } of open.values()) reject(new Error(message));
    open.clear();
  }
  function anew(message: string, waiting: { reject(error: Error): void } | undefined): void {
    worker.terminate();
    worker = begin();
    fail(message);
    onAnew();
    waiting?.reject(new Error(message));
  }

  return {
    ask<Q extends Question>(question: Q, ...given: Arguments<Q>) {
      const answer = new Promise<Answer<Q>>((resolve, reject) => {
        last += 1;
        open.set(last, { resolve: resolve as never, reject });
        worker.postMessage({ id: last, question, given } satisfies Asked);
      });
      // Who does not wait for an answer needs not hear that none came; `onAnew` is told.
      answer.catch(() => {});
      return answer;
    },
    stop: () => worker.terminate(),
  };
}
