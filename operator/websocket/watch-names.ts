// Whether the certificate is for the name by which the CLI asks: one from files may be for others.
import { X509Certificate } from 'node:crypto';
import type { ServingCertificate } from '../certificates/serving-certificate.ts';
import type { Logger } from '../manager/logger.ts';

/** Says so of each certificate that is not; returns what ends that. */
export function watchNames(
  certificate: ServingCertificate,
  host: string | undefined,
  logger: Logger,
): () => void {
  const look = (): void => {
    const pair = certificate.get();
    if (pair === undefined || host === undefined) return;
    const { subjectAltName: names = '' } = new X509Certificate(pair.cert);
    if (new X509Certificate(pair.cert).checkHost(host) === undefined)
      logger.warn('The certificate is not for the stream: who checks it will not connect', {
        expected: host,
        names,
      });
  };
  look();
  return certificate.subscribe(look);
}
