// Asking the API server whether it is ready.
import { Agent, get } from 'node:https';
import type { KeyPair } from './certificates.ts';

/** Whether GET /readyz answers 200. Refused connections and any other answer mean: not yet. */
export function isApiServerReady(
  server: string,
  authority: string,
  { certificate, key }: KeyPair,
): Promise<boolean> {
  const agent = new Agent({ ca: authority, cert: certificate, key, keepAlive: false });
  return new Promise((resolve) => {
    const request = get(`${server}/readyz`, { agent, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
