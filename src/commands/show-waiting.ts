// Tells a person at a terminal what is being waited for, once it takes longer than a second.
import { createProgress } from '../ui/progress.ts';
import type { Invocation } from './invocation.ts';

const INTERVAL_MS = 250;

/** The promise's own outcome; the line on stderr goes as soon as there is one. */
export async function showWaiting<T>(
  text: string,
  work: Promise<T>,
  { stderr }: Pick<Invocation, 'stderr'>,
): Promise<T> {
  if (stderr.isTTY !== true) return work;
  const progress = createProgress(stderr);
  const timer = setInterval(() => progress.update(text), INTERVAL_MS);
  return work.finally(() => {
    clearInterval(timer);
    progress.stop();
  });
}
