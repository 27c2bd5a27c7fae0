/**
 * Every five minutes: whether there is anything to do, and if so one job for the queue, which has the time
 * to do it. Nothing here reads either system.
 */
import { createDeps, licensed } from './deps.ts';
import { problemOf } from './reply.ts';

export async function onSchedule(): Promise<{ readonly statusCode: number }> {
  const { store, queue, log, newId } = createDeps();
  if (!licensed()) {
    log.warn('not licensed: no sync');
    return { statusCode: 204 };
  }
  try {
    if ((await store.connection()) !== undefined) await queue.push([{ job: { v: 1, kind: 'cycle', run: newId() } }]);
  } catch (problem) {
    // The next one comes in five minutes; a schedule that throws is not repeated anyway.
    log.warn('the cycle was not queued', { code: problemOf(problem).code });
  }
  return { statusCode: 204 };
}
