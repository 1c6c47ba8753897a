// The Secret of the CA: the certificate and key that sign, and the certificates of those that signed before.
import { resources } from '../../src/kube/resources.ts';
import { readAuthority, type Authority, type Unusable } from './authority.ts';
import type { KeyPair } from './key-pair.ts';
import { toApply, type ObjectPlace, type Patch } from './own-object.ts';
import { readData, readState, type SeenState } from './seen-state.ts';
import { formatBundle, parseBundle, type TrustedCertificate } from './trusted-certificate.ts';

/** Of the Secret, and of the ConfigMap with what clients are to trust. */
export const caName = 'dorgu-ca';
/** Owns what is written into both. */
export const fieldManager = 'dorgu-operator';

/** It, as it was seen. Its key is a KeyObject, which no dump shows. */
export interface CaSecret extends SeenState {
  authority: Authority | Unusable;
  /** Newest first. */
  previous: readonly TrustedCertificate[];
}

const keys = { cert: 'tls.crt', key: 'tls.key', previous: 'previous.crt' } as const;
const head = { apiVersion: 'v1', kind: 'Secret' } as const;

/** Where it is. */
export function caSecretIn(namespace: string): ObjectPlace<CaSecret> {
  return { resource: resources.secrets, name: caName, namespace, project: readCaSecret };
}

/** Whatever stands there. */
export function readCaSecret(object: unknown): CaSecret {
  return {
    ...readState(object),
    authority: readAuthority(readData(object, keys.cert), readData(object, keys.key)),
    previous: parseBundle(readData(object, keys.previous)),
  };
}

/**
 * Makes one, by a manager of its own and without force: where somebody was faster their content is not touched, and the answer is a conflict.
 * Applied, not posted: so the right to create it can be given by name. What it holds is no CA, and is taken for one by nobody; it is there because
 * API servers warn of such a Secret without a certificate.
 */
export function toNewSecret(placeholder: KeyPair): Patch {
  const data = { [keys.cert]: encode(placeholder.cert), [keys.key]: encode(placeholder.key) };
  const body = { ...head, metadata: { name: caName }, type: 'kubernetes.io/tls', data };
  return toApply(body, { fieldManager: `${fieldManager}-creation`, force: false });
}

/** Puts a CA into the Secret that was seen. Its type stays: it can never be changed. */
export function toFilledSecret(
  { uid, resourceVersion }: SeenState,
  pair: KeyPair,
  previous: readonly TrustedCertificate[],
): Patch {
  const labels = { 'app.kubernetes.io/name': 'dorgu-operator' };
  const data = {
    [keys.cert]: encode(pair.cert),
    [keys.key]: encode(pair.key),
    [keys.previous]: encode(formatBundle(previous)),
  };
  const body = { ...head, metadata: { name: caName, uid, resourceVersion, labels }, data };
  return toApply(body, { fieldManager, force: true });
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}
