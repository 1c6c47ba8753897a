// Starts components in order, waits to be told to stop, and stops them in the opposite order.
import type { Component } from './component.ts';
import type { Logger } from './logger.ts';

/**
 * Resolves when all have stopped. Where one does not start, those before it are stopped, and its error is thrown.
 * A signal in the middle of the start stops what has been started.
 */
export async function runComponents(
  components: readonly Component[],
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  const started: Component[] = [];
  try {
    for (const component of components) {
      if (signal.aborted) break;
      started.push(component);
      await component.start();
    }
    await waitFor(signal);
  } finally {
    logger.info('Stopping');
    for (const component of started.toReversed()) {
      const startedAt = performance.now();
      await component.stop();
      logger.debug('Stopped', {
        component: component.name,
        tookMs: Math.round(performance.now() - startedAt),
      });
    }
  }
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
