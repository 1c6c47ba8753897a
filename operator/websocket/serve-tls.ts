// TLS of the stream: the operator's certificate and the CAs of client certificates, each of which may change while it serves.
import { constants } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { ClientAuthorities } from '../access/client-authorities.ts';
import { leastTls } from '../certificates/serve-with.ts';
import type { ServingCertificate } from '../certificates/serving-certificate.ts';
import { formatBundle } from '../certificates/trusted-certificate.ts';

/** A token and the rest of a request. */
const maxHeaderBytes = 32 * 1024;
/** Without tickets nobody comes back with a certificate that was looked at long ago. */
const secureOptions = constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION;

/** A server, and what puts certificate and CAs on it. */
export interface TlsServer {
  /** Asks for a client certificate, and lets everybody in who has none. Not listening. */
  server: Server;
  /** Puts both on the server, and each later one; returns what ends that. Connections that are open stay with what they began with. */
  follow: (certificate: ServingCertificate, authorities: ClientAuthorities) => () => void;
}

/** `handshakeMs` is the limit of TLS' handshake, and of the request after it. */
export function createTlsServer(handshakeMs: number): TlsServer {
  let context: SecureContext | undefined;
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
    // Only a context of one's own may trust a CA whose issuer it does not know, as API servers do.
    SNICallback: (_, done) => done(null, context),
  });
  server.maxHeadersCount = 100;
  const put = (options: SecureContextOptions): void => {
    // For those who name no server. All of it each time: what is left out goes back to Node's defaults.
    server.setSecureContext(options);
    context = createSecureContext({ ...options, allowPartialTrustChain: true });
  };
  return {
    server,
    follow: (certificate, authorities) => {
      const renew = (): void => {
        const pair = certificate.get();
        if (pair !== undefined) put({ ...pair, ...toTrust(authorities) });
      };
      renew();
      const ends = [certificate.subscribe(renew), authorities.subscribe(renew)];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

/** An empty list trusts nobody; none at all would trust all CAs of the internet. */
function toTrust({ trusted }: ClientAuthorities): SecureContextOptions {
  const ca = trusted.length === 0 ? [] : [formatBundle(trusted)];
  return { ca, minVersion: leastTls, secureOptions };
}
