// What is decided about CA and leaf, case by case.
import { expect } from 'chai';
import { readAuthority, type Authority } from '../../../operator/certificates/authority.ts';
import type { CaSecret } from '../../../operator/certificates/ca-secret.ts';
import { defaultLifetimes } from '../../../operator/certificates/lifetimes.ts';
import { mintAuthority } from '../../../operator/certificates/mint.ts';
import { planAuthority, type AuthorityFacts } from '../../../operator/certificates/plan-authority.ts';
import { planLeaf, type LeafFacts } from '../../../operator/certificates/plan-leaf.ts';
import { dayMs } from './world.ts';

const now = Date.parse('2026-11-23T09:30:00Z');

async function createCa(fromDay: number, toDay: number): Promise<Authority> {
  const validity = { notBefore: now + fromDay * dayMs, notAfter: now + toDay * dayMs };
  const { cert, key } = await mintAuthority('ca', validity);
  const authority = readAuthority(cert, key);
  if ('unusable' in authority) throw new Error(authority.unusable);
  return authority;
}

describe('what is to be done about the CA', () => {
  let young: Authority;
  let other: Authority;
  let third: Authority;
  let old: Authority;
  let dead: Authority;
  before(async () => {
    young = await createCa(-10, 355);
    other = await createCa(-20, 345);
    third = await createCa(-30, 335);
    old = await createCa(-244, 121);
    dead = await createCa(-366, -1);
  });

  const plan = (facts: Partial<AuthorityFacts>) => {
    const whole = { secret: undefined, remembered: [], inUse: undefined, now, ...facts };
    const made = planAuthority(whole, defaultLifetimes);
    const names = 'previous' in made ? made.previous.map((each) => nameOf(each.fingerprint)) : [];
    return [made.kind, ...('why' in made ? [made.why] : []), ...names].join(' | ');
  };
  const nameOf = (fingerprint: string) =>
    Object.entries({ young, other, third, old, dead }).find(([, ca]) => ca.fingerprint === fingerprint)?.[0];
  const secret = (authority: CaSecret['authority'], previous: CaSecret['previous'] = []): CaSecret => ({
    uid: 'u',
    resourceVersion: '1',
    authority,
    previous,
  });

  const cases: Record<string, [() => Partial<AuthorityFacts>, string]> = {
    'one is made where there is none': [() => ({}), 'replace | there is none'],
    'what this process knows stays trusted, what it serves first, each once': [
      () => ({ remembered: [young, other], inUse: other }),
      'replace | there is none | other | young',
    ],
    'what is dead is trusted no more': [
      () => ({ remembered: [dead, young] }),
      'replace | there is none | young',
    ],
    'a good one is kept': [() => ({ secret: secret(young), inUse: young }), 'keep'],
    'a good one is kept with those before it': [
      () => ({ secret: secret(young, [old, other]), inUse: other }),
      'keep',
    ],
    'an unusable one is replaced, and those before it stay': [
      () => ({ secret: secret({ unusable: 'tls.key is no private key' }, [other]), remembered: [young] }),
      'replace | tls.key is no private key | young | other',
    ],
    'one that is old enough is replaced, and stays trusted': [
      () => ({ secret: secret(old, [dead]), inUse: old }),
      'replace | two thirds of its life are over | old',
    ],
    'an expired one is replaced': [() => ({ secret: secret(dead) }), 'replace | it has expired'],
    'of those before it three are kept': [
      () => ({ secret: secret({ unusable: 'x' }, [old, third]), remembered: [young, other] }),
      'replace | x | young | other | old',
    ],
    'one from elsewhere is taken, and what is served stays trusted': [
      () => ({ secret: secret(young), inUse: other, remembered: [other] }),
      'remember | other',
    ],
    'those that have expired are forgotten': [
      () => ({ secret: secret(young, [other, dead]), inUse: young }),
      'remember | other',
    ],
  };
  for (const [title, [facts, expected]] of Object.entries(cases))
    it(title, () => expect(plan(facts())).to.equal(expected));
});

describe('what is to be done about what is served', () => {
  let ca: Authority;
  let next: Authority;
  let ending: Authority;
  before(async () => {
    [ca, next, ending] = [await createCa(-10, 355), await createCa(-1, 364), await createCa(-363, 2)];
  });

  const leafOf = (authority: Authority, fromDay: number, toDay: number) => ({
    authority,
    notBefore: now + fromDay * dayMs,
    notAfter: now + toDay * dayMs,
  });
  const facts = (changes: Partial<LeafFacts>): LeafFacts => ({
    leaf: undefined,
    authority: ca,
    bundle: [changes.authority ?? ca],
    publishedForMs: 0,
    isPublishingStuck: false,
    now,
    ...changes,
  });
  const unpublished = { publishedForMs: undefined };

  const cases: Record<string, [() => Partial<LeafFacts>, 'renew' | 'keep']> = {
    'the first one is signed once its CA is published': [() => ({}), 'renew'],
    'the first one waits for that': [() => unpublished, 'keep'],
    'but not for ever: where that cannot be done, it is served all the same': [
      () => ({ ...unpublished, isPublishingStuck: true }),
      'renew',
    ],
    'it is kept for two thirds of its life': [() => ({ leaf: leafOf(ca, -4, 3) }), 'keep'],
    'then it is renewed, published or not: its CA is the same': [
      () => ({ ...unpublished, leaf: leafOf(ca, -5, 2) }),
      'renew',
    ],
    'one that is of another time is renewed': [() => ({ leaf: leafOf(ca, 1, 8) }), 'renew'],
    'one of an older CA stays while the new one is not published': [
      () => ({ ...unpublished, leaf: leafOf(ca, -1, 6), authority: next, bundle: [next, ca] }),
      'keep',
    ],
    'and while that has not settled': [
      () => ({ publishedForMs: 119_000, leaf: leafOf(ca, -1, 6), authority: next, bundle: [next, ca] }),
      'keep',
    ],
    'then it is renewed': [
      () => ({ publishedForMs: 120_000, leaf: leafOf(ca, -1, 6), authority: next, bundle: [next, ca] }),
      'renew',
    ],
    'at once, where the old CA is trusted no more': [
      () => ({ leaf: leafOf(ca, -1, 6), authority: next, bundle: [next] }),
      'renew',
    ],
    'a CA that is of another time signs nothing': [() => ({ now: now + 356 * dayMs }), 'keep'],
    'one that is as old as its CA can be is not renewed again and again': [
      () => ({ leaf: leafOf(ending, -5, 2), authority: ending }),
      'keep',
    ],
  };
  for (const [title, [changes, expected]] of Object.entries(cases))
    it(title, () => {
      const validity = planLeaf(facts(changes()), defaultLifetimes);
      expect(validity === undefined ? 'keep' : 'renew').to.equal(expected);
    });

  it('it never lives longer than its CA', () => {
    expect(planLeaf(facts({ authority: ending }), defaultLifetimes)?.notAfter).to.equal(ending.notAfter);
  });
});
