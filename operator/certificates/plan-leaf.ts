// Whether what is served is to be replaced now, and by what.
import type { Authority } from './authority.ts';
import { isAlive, isDue, type Lifetimes, type Validity } from './lifetimes.ts';
import type { TrustedCertificate } from './trusted-certificate.ts';

/** What is served, without its key. */
export interface Leaf extends Validity {
  /** The CA that has signed it. */
  authority: TrustedCertificate;
}

/** What is known. */
export interface LeafFacts {
  leaf: Leaf | undefined;
  /** The CA that signs. */
  authority: Authority;
  /** What clients trust, once it is published. */
  bundle: readonly TrustedCertificate[];
  /** For how long clients have been able to know this bundle; undefined while it is not published everywhere. */
  publishedForMs: number | undefined;
  /** Something that it is to be published in does not take it: nobody knows when it will. */
  isPublishingStuck: boolean;
  now: number;
}

/** The validity of a leaf to be signed now; undefined to keep what is served (which may be nothing yet). */
export function planLeaf(facts: LeafFacts, lifetimes: Lifetimes): Validity | undefined {
  const { leaf, authority, now } = facts;
  // What is signed by such a one helps nobody.
  if (!isAlive(authority, now)) return undefined;
  const next = {
    notBefore: Math.max(now - lifetimes.backdateMs, authority.notBefore),
    notAfter: Math.min(now + lifetimes.leafMs, authority.notAfter),
  };
  if (leaf === undefined || !isAlive(leaf, now)) return mayBegin(facts) ? next : undefined;
  if (leaf.authority.fingerprint !== authority.fingerprint)
    return mayFollow(facts, lifetimes) ? next : undefined;
  // At the end of a CA's life the next one would live no longer: that has to wait for a new CA.
  return isDue(leaf, now, lifetimes) && next.notAfter > leaf.notAfter ? next : undefined;
}

/** Nothing of use is served: as soon as clients can know its CA, or at once where that cannot be said. */
function mayBegin({ publishedForMs, isPublishingStuck }: LeafFacts): boolean {
  return publishedForMs !== undefined || isPublishingStuck;
}

/** Who trusts what is served has no hurry; who does not any more has. */
function mayFollow({ leaf, bundle, publishedForMs }: LeafFacts, { settleMs }: Lifetimes): boolean {
  if (publishedForMs === undefined) return false;
  const isTrusted = bundle.some(({ fingerprint }) => fingerprint === leaf?.authority.fingerprint);
  return !isTrusted || publishedForMs >= settleMs;
}
