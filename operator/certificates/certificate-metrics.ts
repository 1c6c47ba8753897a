// What /metrics says about certificates.
import { Counter, Gauge } from 'prom-client';
import type { Metrics } from '../manager/metrics.ts';

/** `ca` signs, `serving` is served. */
export type CertificateRole = 'ca' | 'serving';

/** Told by the sources. */
export interface CertificateMetrics {
  /** Seen or made; milliseconds since the epoch. */
  expires(role: CertificateRole, notAfter: number): void;
  /** Made, or taken from a file that has changed. */
  renewed(role: CertificateRole): void;
}

/** Registers them; `isFailing` is asked at each scrape. */
export function createCertificateMetrics(
  { registry }: Metrics,
  isFailing: () => boolean,
): CertificateMetrics {
  const registers = [registry];
  const labelNames = ['certificate'] as const;
  const expiry = new Gauge({
    name: 'dorgu_certificate_expiry_timestamp_seconds',
    help: 'When the CA and the serving certificate end',
    labelNames,
    registers,
  });
  const renewals = new Counter({
    name: 'dorgu_certificate_renewals_total',
    help: 'Certificates that this process has made, or taken from files',
    labelNames,
    registers,
  });
  const failing: Gauge = new Gauge({
    name: 'dorgu_certificates_failing',
    help: 'Whether certificates cannot be kept as they should be; the log says why',
    registers,
    collect: () => failing.set(Number(isFailing())),
  });
  return {
    expires: (certificate, notAfter) => expiry.set({ certificate }, notAfter / 1000),
    renewed: (certificate) => renewals.inc({ certificate }),
  };
}
