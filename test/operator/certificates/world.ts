// Replicas that keep certificates on one server, with a clock that passes and a wall clock that is set by the test.
import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import {
  createCertificates,
  type Certificates,
  type CertificatesParts,
} from '../../../operator/certificates/create-certificates.ts';
import { mintAuthority, mintLeaf, type Mint } from '../../../operator/certificates/mint.ts';
import { createMetrics, type Metrics } from '../../../operator/manager/metrics.ts';
import { FakeClock } from '../manager/fake-clock.ts';
import { createMemoryLogger, type MemoryLogger } from '../manager/memory-logger.ts';
import { OwnServer } from './own-server.ts';

export const hourMs = 60 * 60 * 1000;
export const dayMs = 24 * hourMs;

export const paths = {
  secret: '/api/v1/namespaces/dorgu-system/secrets/dorgu-ca',
  configMap: '/api/v1/namespaces/dorgu-system/configmaps/dorgu-ca',
  configuration: '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/hook',
} as const;

/** A replica. */
export interface Replica {
  certificates: Certificates;
  logger: MemoryLogger;
  metrics: Metrics;
  /** What it serves; each one since its start is in `served`. */
  served: X509Certificate[];
  /** Milliseconds that its wall clock is off. */
  offMs: number;
  /** The last one served. */
  leaf(): X509Certificate;
}

/** All of it. */
export class World {
  readonly server = new OwnServer();
  readonly clock = new FakeClock();
  readonly replicas: Replica[] = [];
  /** Text of files, by path. */
  readonly files = new Map<string, string>();
  #pending = 0;
  /** The wall clock. */
  now = Date.parse('2026-11-23T09:30:00Z');

  async start(options: Partial<CertificatesParts> = {}): Promise<Replica> {
    const replica = this.create(options);
    await replica.certificates.start();
    await this.settle();
    return replica;
  }

  create(options: Partial<CertificatesParts> = {}): Replica {
    const { client, createReflector } = this.server;
    const logger = createMemoryLogger();
    const metrics = createMetrics();
    const certificates = createCertificates({
      server: { reads: client, writes: client, createReflector, clock: this.clock, random: () => 0.5 },
      namespace: 'dorgu-system',
      dnsNames: ['dorgu-webhook.dorgu-system.svc', 'dorgu-webhook.dorgu-system.svc.cluster.local'],
      webhook: { service: 'dorgu-webhook', configuration: 'hook', namespace: 'dorgu-system' },
      certPath: '',
      isRequired: true,
      readText: (path) => this.files.get(path),
      mint: this.#mint,
      logger,
      metrics,
      now: () => this.now + replica.offMs,
      ...options,
    });
    const served: X509Certificate[] = [];
    certificates.subscribe(({ cert }) => served.push(new X509Certificate(cert)));
    const replica: Replica = { certificates, logger, metrics, served, offMs: 0, leaf: () => served.at(-1)! };
    this.replicas.push(replica);
    return replica;
  }

  async stop(): Promise<void> {
    for (const { certificates } of this.replicas.splice(0)) await certificates.stop();
  }

  /** Time passes, and the wall clock with it; keys are made and writes are answered in between. */
  async pass(ms: number): Promise<void> {
    const stepMs = ms > hourMs ? ms / 8 : Math.max(2000, ms / 60);
    for (let passed = 0; passed < ms; passed += stepMs) {
      const nextMs = Math.min(stepMs, ms - passed);
      this.now += nextMs;
      await this.clock.advance(nextMs);
      await this.settle();
    }
  }

  /** Until nothing is on its way: no request, no key in the making, and nobody who was told of either. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      await this.clock.settle();
      await new Promise((done) => setImmediate(done));
      if (this.#pending + this.server.pending > 0) quiet = -1;
    }
  }

  readonly #mint: Mint = {
    authority: (...request) => this.#count(mintAuthority(...request)),
    leaf: (...request) => this.#count(mintLeaf(...request)),
  };

  async #count<T>(work: Promise<T>): Promise<T> {
    this.#pending += 1;
    try {
      return await work;
    } finally {
      this.#pending -= 1;
    }
  }

  /** The configuration that admins install; what it says besides caBundle is not ours. */
  putConfiguration(caBundle?: string): void {
    const service = { name: 'dorgu-webhook', namespace: 'dorgu-system', path: '/validate' };
    const clientConfig = { service, ...(caBundle === undefined ? {} : { caBundle }) };
    const foreign = { service: { name: 'other', namespace: 'other' }, caBundle: 'dGhlaXJz' };
    this.server.put(paths.configuration, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'hook' },
      webhooks: [
        { name: 'a.dorgu.io', clientConfig, failurePolicy: 'Ignore' },
        { name: 'theirs.example.com', clientConfig: foreign },
        { name: 'b.dorgu.io', clientConfig: structuredClone(clientConfig) },
      ],
    });
  }

  /** Of the webhooks that are ours. */
  caBundles(): string[] {
    const { webhooks } = this.server.objects.get(paths.configuration) as unknown as {
      webhooks: { clientConfig: { caBundle?: string } }[];
    };
    return [webhooks[0], webhooks[2]].map((webhook) => decode(webhook?.clientConfig.caBundle ?? ''));
  }

  /** What the ConfigMap says. */
  bundle(): string {
    return this.#read(paths.configMap, 'ca.crt');
  }

  /** A value of the Secret. */
  secret(key: 'tls.crt' | 'tls.key' | 'previous.crt'): string {
    return decode(this.#read(paths.secret, key));
  }

  #read(path: string, key: string): string {
    const { data = {} } = (this.server.objects.get(path) ?? {}) as { data?: Record<string, string> };
    return data[key] ?? '';
  }

  putSecret(data: Record<string, string>): void {
    const encoded = Object.entries(data).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
    this.server.put(paths.secret, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'dorgu-ca' },
      type: 'kubernetes.io/tls',
      data: Object.fromEntries(encoded) as Record<string, string>,
    });
  }
}

/** Whoever reads ConfigMap or caBundle trusts what the replicas serve. */
export function expectHealthy(world: World, ...replicas: Replica[]): void {
  const [ca] = readBundle(world.secret('tls.crt'));
  for (const bundle of [world.bundle(), ...world.caBundles()]) {
    expect(readBundle(bundle)[0]?.fingerprint256).to.equal(ca?.fingerprint256);
    for (const replica of replicas)
      expect(isTrusted(replica.leaf(), bundle, world.now + replica.offMs)).to.equal(true);
  }
}

/** How often a replica has said so. */
export function countMessages({ logger }: Replica, text: string): number {
  return logger.lines.filter(({ message }) => message === text).length;
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

/** The certificates of a bundle. */
export function readBundle(text: string): X509Certificate[] {
  return (text.match(/-----BEGIN[^-]*-----[^-]*-----END[^-]*-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );
}

/** Whether one of the bundle's CAs has signed it, and both are of this time. */
export function isTrusted(leaf: X509Certificate, bundle: string, now: number): boolean {
  const isOfNow = (certificate: X509Certificate) =>
    certificate.validFromDate.getTime() <= now && now < certificate.validToDate.getTime();
  return (
    isOfNow(leaf) &&
    readBundle(bundle).some((ca) => isOfNow(ca) && ca.ca && leaf.checkIssued(ca) && leaf.verify(ca.publicKey))
  );
}
