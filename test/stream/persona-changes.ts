// Personas that do not stand still: made, changed, relabelled, removed and made again, as fast as an API server takes it.
import { KubeError } from '../../src/kube/kube-error.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { pathOf, resources } from '../../src/kube/resources.ts';

/** Changes on their way. */
export interface PersonaChanges {
  /** Made so far. */
  readonly made: number;
  /** Rejects with what went wrong, at once; resolves after {@link stop}. */
  readonly ended: Promise<unknown>;
  /** No further ones; resolves when the last has been answered. */
  stop(): Promise<void>;
}

const resource = resources.applicationPersonas;

/** Changes `count` personas of a namespace, `width` at once. */
export function startPersonaChanges(
  client: KubeClient,
  {
    namespace,
    count,
    width,
    random,
  }: { namespace: string; count: number; width: number; random: () => number },
): PersonaChanges {
  let isStopping = false;
  let made = 0;
  const work = async (): Promise<void> => {
    while (!isStopping) {
      const name = `app-${Math.floor(random() * count)}`;
      made += 1;
      await change(client, { namespace, name }, made, random()).catch((error: unknown) => {
        // Two who change one meet each other's work.
        const isRace = error instanceof KubeError && [404, 409].includes(error.httpStatus ?? 0);
        if (isRace) return;
        isStopping = true;
        throw error;
      });
    }
  };
  const workers = Promise.all(Array.from({ length: width }, work));
  workers.catch(() => undefined);
  return {
    ended: workers,
    get made() {
      return made;
    },
    stop: async () => {
      isStopping = true;
      await workers;
    },
  };
}

async function change(
  client: KubeClient,
  place: { namespace: string; name: string },
  number: number,
  dice: number,
): Promise<void> {
  const path = pathOf(resource, place);
  if (dice < 0.15) {
    await client.request({ method: 'DELETE', path });
    return;
  }
  // A label is in no item: who follows items hears nothing of it.
  if (dice < 0.3) {
    await client.request({
      method: 'PATCH',
      path,
      contentType: 'application/merge-patch+json',
      body: { metadata: { labels: { touched: `${number}` } } },
    });
    return;
  }
  await client.request({
    method: 'PATCH',
    path,
    query: { fieldManager: 'team', force: true },
    contentType: 'application/apply-patch+yaml',
    body: {
      apiVersion: 'dorgu.io/v1',
      kind: 'ApplicationPersona',
      metadata: place,
      spec: { name: place.name, type: 'api', tier: 'standard', ownership: { team: `team-${number}` } },
    },
  });
}
