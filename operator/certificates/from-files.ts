// Certificates from outside: a folder that cert-manager's Secret, or anybody else's, is mounted into.
import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from '../manager/logger.ts';
import { parseKey } from './authority.ts';
import type { BundleTarget } from './bundle-target.ts';
import type { CertificateHolder } from './certificate-holder.ts';
import type { CertificateMetrics } from './certificate-metrics.ts';
import type { CertificateSource } from './certificate-source.ts';
import type { KeyPair } from './key-pair.ts';
import { formatBundle, parseBundle, parseCertificate } from './trusted-certificate.ts';

/** What it is made of. */
export interface FromFilesParts {
  /** `--webhook-cert-path` */
  folder: string;
  /** A file's text; undefined where it cannot be read. */
  readText: (path: string) => string | undefined;
  /** Where those who connect look for the CA: the ConfigMap. */
  target: BundleTarget;
  holder: CertificateHolder;
  metrics: CertificateMetrics;
  logger: Logger;
  now: () => number;
}

/** A chain of a few certificates has some kilobytes. */
const longestFile = 256 * 1024;

/** Files are read at each look: a folder that kubelet replaces is not seen reliably otherwise, and they are small. */
export function createFromFiles(parts: FromFilesParts): CertificateSource {
  return new FromFiles(parts);
}

class FromFiles implements CertificateSource {
  readonly #parts: FromFilesParts;
  #served: { text: string; notAfter: number } | undefined;
  #failure: string | undefined;

  constructor(parts: FromFilesParts) {
    this.#parts = parts;
  }

  get problem(): string | undefined {
    const problems = [this.#failure, this.#parts.target.problem].filter((problem) => problem !== undefined);
    return problems.length === 0 ? undefined : problems.join('; ');
  }

  start(): void {
    this.#parts.target.start();
    this.#readPair();
  }

  stop(): Promise<void> {
    return this.#parts.target.stop();
  }

  async pass(): Promise<void> {
    this.#readPair();
    const bundle = formatBundle(parseBundle(this.#read('ca.crt') ?? ''));
    // Without it nothing is known that others could trust: what stands in the ConfigMap is left alone.
    if (bundle === '') return;
    if (await this.#parts.target.publish(bundle))
      this.#parts.logger.info('CA bundle published', { in: this.#parts.target.title });
    this.#parts.target.look(bundle);
  }

  #readPair(): void {
    const pair = { cert: this.#read('tls.crt') ?? '', key: this.#read('tls.key') ?? '' };
    const text = `${pair.cert}\n${pair.key}`;
    if (text === this.#served?.text) this.#failure = this.#sayIfExpired();
    else this.#take(pair, text);
  }

  #take(pair: KeyPair, text: string): void {
    const { folder, holder, metrics, logger, now } = this.#parts;
    const certificate = parseCertificate(firstBlock(pair.cert));
    const why = findFault(certificate, pair);
    const notAfter = certificate?.validToDate.getTime() ?? 0;
    // Half of an update looks like this too, for a moment.
    if (why !== undefined || (now() >= notAfter && now() < (this.#served?.notAfter ?? 0))) {
      const kept = this.#served === undefined ? 'nothing is served' : 'the one before is served';
      this.#failure = `${folder}: ${why ?? 'tls.crt has expired'}; ${kept}`;
      return;
    }
    this.#served = { text, notAfter };
    this.#failure = this.#sayIfExpired();
    holder.set(pair);
    metrics.renewed('serving');
    metrics.expires('serving', notAfter);
    logger.info('Serving certificate taken from files', {
      folder,
      notAfter: new Date(notAfter).toISOString(),
    });
  }

  #sayIfExpired(): string | undefined {
    const { folder, now } = this.#parts;
    return now() < (this.#served?.notAfter ?? 0) ? undefined : `${folder}: tls.crt has expired`;
  }

  #read(name: string): string | undefined {
    const text = this.#parts.readText(join(this.#parts.folder, name));
    return text === undefined || text.length > longestFile ? undefined : text;
  }
}

/** The chain follows the certificate itself. */
function firstBlock(chain: string): string {
  return /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/.exec(chain)?.[0] ?? '';
}

/** What is wrong with it; never a part of it. */
function findFault(certificate: X509Certificate | undefined, { cert, key }: KeyPair): string | undefined {
  if (cert === '') return 'tls.crt is missing, empty or too large';
  if (certificate === undefined) return 'tls.crt is no certificate';
  if (key === '') return 'tls.key is missing, empty or too large';
  const privateKey = parseKey(key);
  if (privateKey === undefined) return 'tls.key is no private key';
  return certificate.checkPrivateKey(privateKey) ? undefined : 'tls.key belongs to another certificate';
}
