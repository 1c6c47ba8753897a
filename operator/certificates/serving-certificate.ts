// What an endpoint over TLS serves, which may change while it serves.
import type { KeyPair } from './self-signed.ts';

/** A certificate that is replaced before it ends. */
export interface ServingCertificate {
  /** Undefined until there is one: connections are refused till then. */
  get(): KeyPair | undefined;
  /** Calls `listener` with each later one; returns what ends that. */
  subscribe(listener: (pair: KeyPair) => void): () => void;
}
