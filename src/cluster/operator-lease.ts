// Whether an operator leads in the cluster at this moment: what it has said then still holds, however long ago that was.
import { fieldAt, textOf } from '../api/foreign-fields.ts';
import type { KubeClient } from '../kube/client.ts';
import { KubeError } from '../kube/kube-error.ts';
import { listObjects } from '../kube/list.ts';
import type { Resource } from '../kube/resources.ts';
import { parseInstant } from '../status/plain-text.ts';

/** The name of its Lease, in whatever namespace it was installed. */
export const operatorLeaseName = 'dorgu-operator';

/** Leases. */
export const leases: Resource = {
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
  kind: 'Lease',
  isNamespaced: true,
};

/** The Lease bears the holder's time, and clocks differ; a leader renews it every few seconds. */
const toleranceMs = 60_000;

/** False also where the user may not look: nothing is taken for granted then. @throws KubeError for what concerns every request */
export async function isOperatorLeading(
  client: KubeClient,
  { now, signal }: { now: Date; signal: AbortSignal },
): Promise<boolean> {
  try {
    const query = { fieldSelector: `metadata.name=${operatorLeaseName}`, signal };
    return (await listObjects(client, leases, query)).some((lease) => isLeaseHeld(lease, now));
  } catch (error) {
    if (error instanceof KubeError && error.httpStatus !== undefined && error.httpStatus !== 401)
      return false;
    throw error;
  }
}

/** Whether somebody renews it; `lease` may be anything. */
export function isLeaseHeld(lease: unknown, now: Date): boolean {
  const renewedAtMs = parseInstant(textOf(fieldAt(lease, 'spec', 'renewTime'))) ?? -Infinity;
  const isReleased = textOf(fieldAt(lease, 'spec', 'holderIdentity')) === '';
  return !isReleased && Math.abs(now.getTime() - renewedAtMs) <= toleranceMs;
}
