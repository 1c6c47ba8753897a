// TLS of the stream: the operator's certificate and the CAs of client certificates, each of which may change while it serves.
import { constants } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { ClientAuthorities } from '../access/client-authorities.ts';
import { leastTls } from '../certificates/serve-with.ts';
import type { ServingCertificate } from '../certificates/serving-certificate.ts';
import { formatBundle } from '../certificates/trusted-certificate.ts';

/** A token and the rest of a request. */
const maxHeaderBytes = 32 * 1024;
/** Without tickets nobody comes back with a certificate that was looked at long ago. */
const secureOptions = constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION;

/** A server that asks for a client certificate and lets everybody in who has none; not listening, and without a certificate. */
export function createTlsServer(handshakeMs: number): Server {
  const server = createServer({
    handshakeTimeout: handshakeMs,
    headersTimeout: handshakeMs,
    requestTimeout: handshakeMs,
    connectionsCheckingInterval: Math.min(1000, handshakeMs),
    keepAliveTimeout: 1,
    maxHeaderSize: maxHeaderBytes,
    requestCert: true,
    // Whose certificate is no good may have a token.
    rejectUnauthorized: false,
    minVersion: leastTls,
    secureOptions,
    ca: [],
  });
  server.maxHeadersCount = 100;
  return server;
}

/** Puts both on the server, and each later one; returns what ends that. Connections that are open stay with what they began with. */
export function followTls(
  server: Pick<Server, 'setSecureContext'>,
  certificate: ServingCertificate,
  authorities: ClientAuthorities,
): () => void {
  const put = (): void => {
    const pair = certificate.get();
    if (pair === undefined) return;
    // All of it each time: what is left out goes back to Node's defaults, and without `ca` to all CAs of the internet.
    server.setSecureContext({
      cert: pair.cert,
      key: pair.key,
      minVersion: leastTls,
      secureOptions,
      ca: authorities.trusted.length === 0 ? [] : [formatBundle(authorities.trusted)],
      allowPartialTrustChain: true,
    });
  };
  put();
  const ends = [certificate.subscribe(put), authorities.subscribe(put)];
  return () => {
    for (const end of ends) end();
  };
}
