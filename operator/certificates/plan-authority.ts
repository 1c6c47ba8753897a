// What is to be done about the CA, from what the Secret holds and what this process knows.
import type { Authority } from './authority.ts';
import type { CaSecret } from './ca-secret.ts';
import { isDue, type Lifetimes } from './lifetimes.ts';
import { withoutRepeats, type TrustedCertificate } from './trusted-certificate.ts';

/** Writing the Secret, or leaving it. `previous` is what it shall hold besides the CA that signs. */
export type AuthorityPlan =
  | { kind: 'keep'; authority: Authority }
  /** A new CA. `why` is for people. */
  | { kind: 'replace'; why: string; previous: readonly TrustedCertificate[] }
  /** The same CA with other ones before it. */
  | { kind: 'remember'; authority: Authority; previous: readonly TrustedCertificate[] };

/** What is known. */
export interface AuthorityFacts {
  /** Undefined where there is none. */
  secret: CaSecret | undefined;
  /** CAs that this process has seen in good state. */
  remembered: readonly TrustedCertificate[];
  /** The one that has signed what is served now. */
  inUse: TrustedCertificate | undefined;
  now: number;
}

/** Whose Secret is deleted again and again does not fill the bundle. */
const mostPrevious = 3;

/** Decides. */
export function planAuthority(facts: AuthorityFacts, lifetimes: Lifetimes): AuthorityPlan {
  const { secret, remembered, inUse, now } = facts;
  const pick = (...lists: readonly (readonly TrustedCertificate[])[]): TrustedCertificate[] =>
    withoutRepeats(lists.flat())
      // Not yet valid is no reason to forget it: the clock of who made it may be ahead of ours, and what they serve is signed by it.
      .filter(({ notAfter }) => now < notAfter)
      .slice(0, mostPrevious);
  const served = inUse === undefined ? [] : [inUse];
  if (secret === undefined)
    return { kind: 'replace', why: 'there is none', previous: pick(served, remembered) };
  const { authority, previous } = secret;
  if ('unusable' in authority)
    return { kind: 'replace', why: authority.unusable, previous: pick(served, remembered, previous) };
  if (isDue(authority, now, lifetimes))
    return { kind: 'replace', why: sayWhen(authority, now), previous: pick([authority], served, previous) };
  // One that was put there by hand: whoever is served by the old one has to trust it a little longer.
  const wanted = pick(
    served.filter(({ fingerprint }) => fingerprint !== authority.fingerprint),
    previous.filter(({ fingerprint }) => fingerprint !== authority.fingerprint),
  );
  const isSame = wanted.length === previous.length && wanted.every((each) => previous.some(isSameAs(each)));
  return isSame ? { kind: 'keep', authority } : { kind: 'remember', authority, previous: wanted };
}

function isSameAs({ fingerprint }: TrustedCertificate): (other: TrustedCertificate) => boolean {
  return (other) => other.fingerprint === fingerprint;
}

function sayWhen({ notBefore, notAfter }: TrustedCertificate, now: number): string {
  if (now < notBefore) return 'it is not valid yet';
  return now < notAfter ? 'two thirds of its life are over' : 'it has expired';
}
