// Binds a server to the address that a flag names.
import type { Server } from 'node:net';
import type { BindAddress } from '../../options/kinds-of-values.ts';

/** Resolves once it listens; what goes wrong with it later ends nothing. Rejects with an Error that names `flag` where the address cannot be had. */
export function listen(server: Server, { host, port }: Readonly<BindAddress>, flag: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void =>
      reject(
        new Error(`--${flag}: cannot listen on ${host ?? ''}:${port}: ${error.message}`, { cause: error }),
      );
    server.once('error', fail);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.removeListener('error', fail);
      server.on('error', () => undefined);
      resolve();
    });
  });
}
