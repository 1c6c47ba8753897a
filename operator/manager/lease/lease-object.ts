// The Lease as it stands on the server, and the requests that read and change it.
import type { KubeClient } from '../../../src/kube/client.ts';
import { KubeError } from '../../../src/kube/kube-error.ts';
import { pathOf, type Resource } from '../../../src/kube/resources.ts';
import type { Permission } from '../permission.ts';

export const leases: Resource = {
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
  kind: 'Lease',
  isNamespaced: true,
};

/** What all replicas agree on. */
export const leaseName = 'dorgu-operator';

export const leasePermissions: readonly Permission[] = [
  {
    group: leases.group,
    resource: leases.plural,
    verbs: ['get', 'create', 'patch', 'update'],
    names: [leaseName],
    isOwnNamespace: true,
    why: 'one replica leads',
  },
];

/** What we read of it. Its times are the holder's clock, and of no meaning to us. */
export interface LeaseState {
  resourceVersion: string;
  /** Empty: nobody. */
  holder: string;
  transitions: number;
}

/** What we write. */
export interface LeaseClaim {
  /** Empty to release it. */
  holder: string;
  durationSeconds: number;
  transitions: number;
  /** Milliseconds since the epoch, for people who read it. */
  now: number;
  acquiredAt: number | undefined;
}

interface LeaseObject {
  metadata?: { resourceVersion?: string };
  spec?: { holderIdentity?: string | null; leaseTransitions?: number | null } & Record<string, unknown>;
}

/** One Lease. Every request ends within `timeoutMs`. */
export class LeaseStore {
  readonly #client: KubeClient;
  readonly #namespace: string;

  constructor(client: KubeClient, namespace: string) {
    this.#client = client;
    this.#namespace = namespace;
  }

  /** Reads it; makes one that nobody holds where there is none. @throws KubeError */
  async read(timeoutMs: number): Promise<LeaseState> {
    const path = pathOf(leases, { namespace: this.#namespace, name: leaseName });
    try {
      const { body } = await this.#client.request<LeaseObject>({ method: 'GET', path, timeoutMs });
      return toState(body);
    } catch (error) {
      if (!(error instanceof KubeError) || error.httpStatus !== 404) throw error;
    }
    // Applied, not posted: so the right to create it can be given by name. Applying nothing changes nothing where somebody was faster.
    const { body } = await this.#client.request<LeaseObject>({
      method: 'PATCH',
      path,
      query: { fieldManager: leaseName },
      contentType: 'application/apply-patch+yaml',
      body: { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: leaseName } },
      timeoutMs,
    });
    return toState(body);
  }

  /** Writes a claim, if nobody has written since `state`. @throws KubeError, with Conflict where somebody has */
  async write(state: LeaseState, claim: LeaseClaim, timeoutMs: number): Promise<LeaseState> {
    const { body } = await this.#client.request<LeaseObject>({
      method: 'PUT',
      path: pathOf(leases, { namespace: this.#namespace, name: leaseName }),
      query: { fieldManager: leaseName },
      body: {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { name: leaseName, namespace: this.#namespace, resourceVersion: state.resourceVersion },
        spec: {
          ...(claim.holder === '' ? {} : { holderIdentity: claim.holder }),
          leaseDurationSeconds: claim.durationSeconds,
          leaseTransitions: claim.transitions,
          renewTime: toMicroTime(claim.now),
          ...(claim.acquiredAt === undefined ? {} : { acquireTime: toMicroTime(claim.acquiredAt) }),
        },
      },
      timeoutMs,
    });
    return toState(body);
  }
}

function toState({ metadata, spec }: LeaseObject): LeaseState {
  return {
    resourceVersion: metadata?.resourceVersion ?? '',
    holder: spec?.holderIdentity ?? '',
    transitions: spec?.leaseTransitions ?? 0,
  };
}

/** As metav1.MicroTime is written. */
function toMicroTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}
