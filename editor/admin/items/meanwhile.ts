/** What somebody decided on a list that somebody else has changed meanwhile is not done; the list is read anew first. */
import { AppError } from '../../bridge/invoke.ts';

export async function unlessChanged<T>(work: Promise<T>, readAgain: () => Promise<unknown>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    await readAgain();
    throw new AppError(
      'conflict',
      'Somebody else activated another version meanwhile, so nothing was done. The list shows it now: look at it, then decide again.',
    );
  }
}
