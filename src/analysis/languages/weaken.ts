// Makes claims about what lies in a folder below give way to claims about what lies beside.
import type { Claims } from '../../application/claims.ts';
import { CONFIDENCE } from '../../application/fact.ts';

/** The same claims, believed no more than an image's name: what lies deeper may be a part of the component, or a tool of its. */
export function weaken(claims: Claims): Claims {
  const weaker = Object.entries(claims).map(([key, facts]) => [
    key,
    (facts as { confidence?: number }[]).map((fact) =>
      fact.confidence === undefined
        ? fact
        : { ...fact, confidence: Math.min(fact.confidence, CONFIDENCE.imageTable) },
    ),
  ]);
  return Object.fromEntries(weaker) as Claims;
}
