// How long a change of a Deployment takes into the status of its persona.
import type { KubeClient } from '../../src/kube/client.ts';
import { pathOf, resources } from '../../src/kube/resources.ts';
import { inParallel } from './in-parallel.ts';
import { desiredReplicas, placeOf, type Place } from './large-objects.ts';
import type { PersonaEvents, SeenPersona } from './persona-events.ts';
import { writeDeploymentStatus } from './seed.ts';

/** Milliseconds: from the answer to the change until the watch of personas tells of it, and from its sending. */
export interface Latency {
  fromAnswerMs: number;
  fromSendingMs: number;
}

/** What is changed, and how the persona says that it has seen it. */
interface Change {
  make(client: KubeClient, place: Place): Promise<void>;
  isSeen(persona: SeenPersona): boolean;
}

/** One of three replicas is gone. */
const losesReplica: Change = {
  make: (client, place) => writeDeploymentStatus(client, place, desiredReplicas - 1),
  isSeen: ({ status }) => status?.health?.replicas?.ready === desiredReplicas - 1,
};

/** A new version is on its way. */
const getsImage: Change = {
  make: async (client, place) => {
    await client.request({
      method: 'PATCH',
      path: pathOf(resources.deployments, place),
      query: { fieldManager: 'argocd-controller' },
      contentType: 'application/json-patch+json',
      body: [
        {
          op: 'replace',
          path: '/spec/template/spec/containers/0/image',
          value: `registry.acme.example/${place.name}:1.4.3`,
        },
      ],
    });
  },
  isSeen: ({ status }) =>
    status?.conditions?.some(({ type, reason }) => type === 'Ready' && reason === 'Progressing') === true,
};

/** A status that has not followed by then is lost. */
const patienceMs = 60_000;

/** Which Deployments are changed. Each persona takes part in one run only, since its status tells of the first change. */
export interface ChangeRun {
  first: number;
  count: number;
  /** On their way at once: each change waits for its status before the next is made. */
  width: number;
}

/** Changes Deployments, every second one by its image, the others by what their controller reports. */
export async function measureChanges(
  client: KubeClient,
  events: PersonaEvents,
  { first, count, width }: ChangeRun,
): Promise<Latency[]> {
  const latencies: Latency[] = [];
  const indices = Array.from({ length: count }, (_, index) => first + index);
  await inParallel(indices, width, async (index) => {
    const change = index % 2 === 0 ? losesReplica : getsImage;
    const place = placeOf(index);
    const seen = events.awaitChange(place, (persona) => change.isSeen(persona), patienceMs);
    const sentAt = performance.now();
    await change.make(client, place);
    const answeredAt = performance.now();
    const seenAt = await seen;
    latencies.push({ fromAnswerMs: seenAt - answeredAt, fromSendingMs: seenAt - sentAt });
  });
  return latencies;
}

/** The value that this share (0 to 1) of all values does not exceed; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
