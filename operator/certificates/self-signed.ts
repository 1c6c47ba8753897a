// A certificate that nobody has signed, for an endpoint whose clients do not check it or are told its CA by hand.
import type { KeyPair } from './key-pair.ts';
import { mintLeaf } from './mint.ts';

export type { KeyPair } from './key-pair.ts';

const hourMs = 60 * 60 * 1000;
/** Longer than any pod lives between two updates of its node. */
const validMs = 365 * 24 * hourMs;

/** A fresh one for the DNS names, valid for a year from an hour ago, so that a clock that is a little off does no harm. */
export function createSelfSigned(
  commonName: string,
  dnsNames: readonly string[],
  now: number,
): Promise<KeyPair> {
  return mintLeaf({ commonName, dnsNames, validity: { notBefore: now - hourMs, notAfter: now + validMs } });
}
