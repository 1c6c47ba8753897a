// A certificate for an endpoint that cannot wait: one that nobody has signed, until there is one of the operator's CA.
import type { Component } from '../manager/component.ts';
import type { KeyPair } from './key-pair.ts';
import type { ServingCertificate } from './serving-certificate.ts';

/** `mint` is asked at the start, where there is none by then. */
export function createStopgap(
  certificate: ServingCertificate,
  mint: () => Promise<KeyPair>,
): Component & ServingCertificate {
  let stopgap: KeyPair | undefined;
  return {
    name: 'stopgap certificate',
    get: () => certificate.get() ?? stopgap,
    subscribe: (listener) => certificate.subscribe(listener),
    start: async () => {
      if (certificate.get() === undefined) stopgap = await mint();
    },
    stop: () => Promise.resolve(),
    whyNotReady: () => undefined,
  };
}
