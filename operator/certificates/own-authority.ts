// Certificates of the operator's own making: the CA in its Secret, published to those who are to trust it, and a serving certificate in memory.
import type { Clock } from '../manager/clock.ts';
import type { Logger } from '../manager/logger.ts';
import type { Authority } from './authority.ts';
import type { BundleTarget } from './bundle-target.ts';
import { createCaConfigMap } from './ca-config-map.ts';
import { caName, caSecretIn, toFilledSecret, toNewSecret, type CaSecret } from './ca-secret.ts';
import type { CertificateHolder } from './certificate-holder.ts';
import type { CertificateMetrics } from './certificate-metrics.ts';
import type { CertificateSource } from './certificate-source.ts';
import type { KeyPair } from './key-pair.ts';
import { isAlive, type Lifetimes, type Validity } from './lifetimes.ts';
import type { Mint } from './mint.ts';
import { OwnObject, type Patch, type ServerParts } from './own-object.ts';
import { readState, type SeenState } from './seen-state.ts';
import { planAuthority, type AuthorityPlan } from './plan-authority.ts';
import { planLeaf, type Leaf } from './plan-leaf.ts';
import {
  formatBundle,
  parseCertificate,
  withoutRepeats,
  type TrustedCertificate,
} from './trusted-certificate.ts';
import { createWebhookConfiguration, type WebhookPlace } from './webhook-configuration.ts';

/** What it is made of. */
export interface OwnAuthorityParts {
  server: ServerParts;
  namespace: string;
  /** Names that the serving certificate is for. */
  dnsNames: readonly string[];
  /** Undefined where nobody is called: no webhook is served here. */
  webhook: WebhookPlace | undefined;
  holder: CertificateHolder;
  metrics: CertificateMetrics;
  logger: Logger;
  lifetimes: Lifetimes;
  mint: Mint;
  /** The wall clock, milliseconds since the epoch. */
  now: () => number;
}

/** Any number of replicas may do this at once. */
export function createOwnAuthority(parts: OwnAuthorityParts): CertificateSource {
  return new OwnAuthority(parts);
}

class OwnAuthority implements CertificateSource {
  readonly #parts: OwnAuthorityParts;
  readonly #clock: Clock;
  readonly #secret: OwnObject<CaSecret>;
  readonly #targets: readonly BundleTarget[];
  #wake = (): void => undefined;
  #leaf: Leaf | undefined;
  /** CAs seen in good state: whoever replaces a Secret that was lost keeps them trusted. */
  #remembered: readonly TrustedCertificate[] = [];
  /** The CA that is published everywhere, and since when. */
  #published: { fingerprint: string; atMs: number } | undefined;
  #failure: string | undefined;

  constructor(parts: OwnAuthorityParts) {
    const { server, namespace, webhook } = parts;
    const onChange = (): void => this.#wake();
    this.#parts = parts;
    this.#clock = server.clock;
    this.#secret = new OwnObject(server, caSecretIn(namespace), onChange);
    this.#targets = [
      createCaConfigMap(server, namespace, onChange),
      ...(webhook === undefined ? [] : [createWebhookConfiguration(server, webhook, onChange)]),
    ];
  }

  get problem(): string | undefined {
    const problems = [this.#secret.problem, ...this.#targets.map(({ problem }) => problem), this.#failure];
    const told = problems.filter((problem) => problem !== undefined);
    return told.length === 0 ? undefined : told.join('; ');
  }

  start(wake: () => void): void {
    this.#wake = wake;
    for (const object of [this.#secret, ...this.#targets]) object.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#secret, ...this.#targets].map((object) => object.stop()));
  }

  async pass(): Promise<void> {
    try {
      const authority = await this.#keepAuthority();
      if (authority !== undefined) await this.#serve(authority);
      this.#failure = undefined;
    } catch {
      // Nothing of ours should throw; what is thrown here may be about keys, and is not shown.
      this.#failure = 'a certificate could not be made';
    }
  }

  /** The CA that signs; undefined while there is none of use. */
  async #keepAuthority(): Promise<Authority | undefined> {
    if (!this.#secret.isSynced) return undefined;
    const secret = this.#secret.value;
    const { now, lifetimes } = this.#parts;
    const inUse = this.#findLiving()?.authority;
    const plan = planAuthority({ secret, remembered: this.#remembered, inUse, now: now() }, lifetimes);
    if (plan.kind === 'keep') this.#secret.settle();
    else if (this.#secret.mayWrite) await this.#write(plan, secret);
    if (secret === undefined || 'unusable' in secret.authority) return undefined;
    this.#remembered = [secret.authority, ...secret.previous];
    this.#parts.metrics.expires('ca', secret.authority.notAfter);
    return secret.authority;
  }

  async #write(plan: Exclude<AuthorityPlan, { kind: 'keep' }>, secret: CaSecret | undefined): Promise<void> {
    const { logger, metrics } = this.#parts;
    const pair = plan.kind === 'replace' ? await this.#mintAuthority() : toPair(plan.authority);
    const fill = (seen: SeenState): Patch => toFilledSecret(seen, pair, plan.previous);
    const isWritten =
      secret === undefined ? await this.#create(fill) : await this.#secret.write(() => fill(secret));
    if (!isWritten || plan.kind !== 'replace') return;
    metrics.renewed('ca');
    const trusted = plan.previous.length;
    logger.info('A new CA was made', { secret: caName, why: plan.why, previousStillTrusted: trusted });
  }

  async #create(fill: (seen: SeenState) => Patch): Promise<boolean> {
    const { mint } = this.#parts;
    const now = this.#parts.now();
    const validity = { notBefore: now, notAfter: now + 1000 };
    const placeholder = await mint.leaf({ commonName: 'placeholder', dnsNames: ['invalid'], validity });
    return this.#secret.write(
      () => toNewSecret(placeholder),
      (made) => fill(readState(made)),
    );
  }

  #mintAuthority(): Promise<KeyPair> {
    const { now, lifetimes, mint } = this.#parts;
    const at = now();
    return mint.authority(caName, {
      notBefore: at - lifetimes.backdateMs,
      notAfter: at + lifetimes.authorityMs,
    });
  }

  /** Publishes, and serves what is signed by it once that can be verified. */
  async #serve(authority: Authority): Promise<void> {
    const { now, lifetimes, logger } = this.#parts;
    const bundle = withoutRepeats([authority, ...(this.#secret.value?.previous ?? [])]);
    const text = formatBundle(bundle);
    await Promise.all(
      this.#targets.map(async (target) => {
        if (await target.publish(text))
          logger.info('CA bundle published', { in: target.title, certificates: bundle.length });
      }),
    );
    const looks = this.#targets.map((target) => target.look(text));
    const publishedForMs = this.#measure(
      authority,
      looks.every((look) => look === 'held' || look === 'dormant'),
    );
    const isPublishingStuck = looks.includes('stuck') && !looks.includes('pending');
    const facts = { leaf: this.#leaf, authority, bundle, publishedForMs, isPublishingStuck, now: now() };
    const validity = planLeaf(facts, lifetimes);
    if (validity !== undefined) await this.#renew(authority, validity);
  }

  #measure({ fingerprint }: Authority, isPublished: boolean): number | undefined {
    if (!isPublished) return undefined;
    const nowMs = this.#clock.now();
    if (this.#published?.fingerprint !== fingerprint) this.#published = { fingerprint, atMs: nowMs };
    return nowMs - this.#published.atMs;
  }

  async #renew(authority: Authority, validity: Validity): Promise<void> {
    const { dnsNames, holder, metrics, logger, mint } = this.#parts;
    const pair = await mint.leaf({ commonName: 'dorgu-operator', dnsNames, validity }, authority);
    const certificate = parseCertificate(pair.cert);
    if (!certificate?.verify(authority.certificate.publicKey))
      throw new Error('what was signed cannot be verified');
    // As it says itself: to the second.
    const notBefore = certificate.validFromDate.getTime();
    const notAfter = certificate.validToDate.getTime();
    this.#leaf = { authority, notBefore, notAfter };
    holder.set(pair);
    metrics.renewed('serving');
    metrics.expires('serving', notAfter);
    logger.info('Serving certificate renewed', { notAfter: new Date(notAfter).toISOString() });
  }

  #findLiving(): Leaf | undefined {
    return this.#leaf && isAlive(this.#leaf, this.#parts.now()) ? this.#leaf : undefined;
  }
}

function toPair({ pem, key }: Authority): KeyPair {
  return { cert: pem, key: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}
