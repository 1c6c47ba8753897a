// Starts components in order, waits to be told to stop, and stops them in the opposite order.
import type { Component } from './component.ts';
import type { Logger } from './logger.ts';

/**
 * Resolves when all have stopped. Those of one stage start and stop together, so that no stop waits for another one's work; the stages one after the other.
 * Where one does not start, what was begun is stopped, and its error is thrown. A signal in the middle of the start stops what has been started.
 */
export async function runComponents(
  stages: readonly (readonly Component[])[],
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  const begun: (readonly Component[])[] = [];
  try {
    for (const stage of stages) {
      if (signal.aborted) break;
      begun.push(stage);
      const starts = await Promise.allSettled(stage.map((component) => component.start()));
      for (const start of starts) if (start.status === 'rejected') throw start.reason;
    }
    await waitFor(signal);
  } finally {
    logger.info('Stopping');
    for (const stage of begun.toReversed())
      await Promise.all(stage.map((component) => stopOne(component, logger)));
  }
}

async function stopOne(component: Component, logger: Logger): Promise<void> {
  const startedAt = performance.now();
  await component.stop();
  const tookMs = Math.round(performance.now() - startedAt);
  logger.debug('Stopped', { component: component.name, tookMs });
}

/** Its timer keeps the process alive, whatever is switched off. */
function waitFor(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => undefined, 60_000);
    const finish = (): void => {
      clearInterval(timer);
      resolve();
    };
    if (signal.aborted) finish();
    else signal.addEventListener('abort', finish, { once: true });
  });
}
