// Puts a certificate, and each later one, on a TLS server that goes on serving.
import type { Server } from 'node:tls';
import type { KeyPair } from './key-pair.ts';
import type { ServingCertificate } from './serving-certificate.ts';

/** Of every endpoint. */
export const leastTls = 'TLSv1.2';

/** Returns what ends that. Connections that are open, and handshakes that have begun, stay with the certificate they began with. */
export function serveWith(
  server: Pick<Server, 'setSecureContext'>,
  certificate: ServingCertificate,
): () => void {
  // All of it each time: what is left out goes back to Node's defaults.
  const put = ({ cert, key }: KeyPair): void => server.setSecureContext({ cert, key, minVersion: leastTls });
  const pair = certificate.get();
  if (pair !== undefined) put(pair);
  return certificate.subscribe(put);
}
