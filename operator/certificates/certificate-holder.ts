// The certificate that is served now, and those who are told of the next one.
import type { Logger } from '../manager/logger.ts';
import type { KeyPair } from './key-pair.ts';
import type { ServingCertificate } from './serving-certificate.ts';

/** Holds one, once there is one. */
export class CertificateHolder implements ServingCertificate {
  readonly #logger: Logger;
  readonly #listeners = new Set<(pair: KeyPair) => void>();
  #pair: KeyPair | undefined;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get(): KeyPair | undefined {
    return this.#pair;
  }

  subscribe(listener: (pair: KeyPair) => void): () => void {
    // Wrapped, so that one listener may be subscribed twice.
    const own = (pair: KeyPair): void => listener(pair);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** Tells everybody, whatever one of them thinks of it. */
  set(pair: KeyPair): void {
    this.#pair = pair;
    for (const listener of this.#listeners) {
      try {
        listener(pair);
      } catch {
        // OpenSSL's error is not shown: it is about a text that holds a key.
        this.#logger.error('A server did not take its certificate');
      }
    }
  }
}
