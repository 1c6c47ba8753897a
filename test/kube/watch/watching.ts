// A reflector of tests: on a fake API server, with patience of milliseconds, its changes checked and replayed.
import { Agent } from 'node:http';
import { fixedTrust } from '../../../src/kube/transport/trust.ts';
import { createFixedAuthenticator, type Authenticator } from '../../../src/kube/auth/authenticator.ts';
import type { ConnectedClient, KubeClient } from '../../../src/kube/client.ts';
import { createClient } from '../../../src/kube/create-client.ts';
import { resources } from '../../../src/kube/resources.ts';
import { defaultRetryPolicy } from '../../../src/kube/retry.ts';
import { createReflector } from '../../../src/kube/watch/create-reflector.ts';
import type { Change, Reflector, ReflectorOptions, WatchTrouble } from '../../../src/kube/watch/reflector.ts';
import type { WatchTuning } from '../../../src/kube/watch/tuning.ts';
import type { FakeApiServer } from '../../faults/fake-api-server.ts';
import { keyOf, ObjectStorage, type StoredObject } from '../../faults/object-storage.ts';

/** What is kept of an object. */
export interface Seen {
  uid: string;
  version: string;
  data: unknown;
}

/** An empty collection of Deployments. */
export function createStorage(): ObjectStorage {
  return new ObjectStorage({ apiVersion: 'apps/v1', kind: 'Deployment' });
}

/** Objects with `isIgnored` are none of our business, and those with `isPoison` make it throw. */
export function project(object: unknown): Seen | undefined {
  const { metadata, data, isIgnored, isPoison } = object as StoredObject;
  if (isPoison) throw new Error('poison');
  return isIgnored ? undefined : { uid: metadata.uid, version: metadata.resourceVersion, data };
}

/** What a reflector should know in the end. */
export function expectedOf(storage: ObjectStorage): Record<string, Seen> {
  const entries = [...storage.objects.values()]
    .map((object) => [keyOf(object), project(object)] as const)
    .filter((entry): entry is [string, Seen] => entry[1] !== undefined);
  return Object.fromEntries(entries.sort(byKey));
}

/** What it knows. */
export function toRecord(objects: ReadonlyMap<string, Seen>): Record<string, Seen> {
  return Object.fromEntries([...objects].sort(byKey));
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** Impatient: everything that takes seconds or minutes takes milliseconds. */
export const impatience: WatchTuning = {
  stallMs: 60,
  firstPauseMs: 1,
  lastPauseMs: 8,
  unreachablePauseMs: 4,
  refusedPauseMs: 2,
  longestRetryAfterMs: 5,
  steadyMs: 40,
  maxLineBytes: 64 * 1024,
};

/** A client of a fake server, with sockets that the caller's agents keep. */
export function createFakeClient(
  server: { url: string },
  authenticator: Authenticator = createFixedAuthenticator({ headers: {} }),
): ConnectedClient {
  const agents = { call: new Agent({ keepAlive: true }), stream: new Agent() };
  return createClient({
    server: new URL(server.url),
    namespace: 'default',
    contextName: undefined,
    clusterName: undefined,
    userAgent: 'kubectl-dorgu/test',
    authenticator,
    agentFor: (_, use) => agents[use],
    closeAgents: () => {
      agents.call.destroy();
      agents.stream.destroy();
    },
    trust: fixedTrust,
    requestTimeoutMs: 0,
    connectTimeoutMs: 5000,
    idleTimeoutMs: 5000,
    isCompressed: false,
    retry: { ...defaultRetryPolicy, attempts: 1 },
    signal: undefined,
    onWarning: undefined,
    onSent: undefined,
  });
}

/** A reflector under watch. */
export interface Watching {
  reflector: Reflector<Seen>;
  client: KubeClient;
  /** Every change that was told. */
  changes: Change<Seen>[];
  /** What the changes say, played one by one. */
  replayed: Map<string, Seen>;
  /** Changes that contradict what was told before, or what the reflector holds. */
  contradictions: string[];
  troubles: WatchTrouble[];
  stop(): Promise<void>;
}

/** Starts one. */
export function startWatching(
  server: FakeApiServer,
  { tuning, options }: { tuning?: WatchTuning; options?: Partial<ReflectorOptions<Seen>> } = {},
): Watching {
  const client = createFakeClient(server);
  const changes: Change<Seen>[] = [];
  const replayed = new Map<string, Seen>();
  const contradictions: string[] = [];
  const troubles: WatchTrouble[] = [];
  const reflector = createReflector<Seen>(
    client,
    {
      resource: resources.deployments,
      project,
      onTrouble: (trouble) => troubles.push(trouble),
      ...options,
      onChange: (change) => {
        const now = change.type === 'deleted' ? undefined : change.value;
        contradictions.push(...listContradictions(change, replayed.get(change.key)));
        if (reflector.objects.get(change.key) !== now)
          contradictions.push(`${change.key}: told, but not held`);
        if (now === undefined) replayed.delete(change.key);
        else replayed.set(change.key, now);
        changes.push(change);
        options?.onChange?.(change);
      },
    },
    { ...impatience, ...tuning },
  );
  reflector.start();
  return {
    reflector,
    client,
    changes,
    replayed,
    contradictions,
    troubles,
    stop: async () => {
      await reflector.stop();
      client.close();
    },
  };
}

/** What is wrong with a change, after what was told before of its key. */
function listContradictions(change: Change<Seen>, before: Seen | undefined): string[] {
  const { type, key } = change;
  const previous = type === 'added' ? undefined : change.previous;
  const wrong = before === previous ? [] : [`${type} ${key}: told of another one before`];
  if (type === 'updated' && change.value.uid !== before?.uid) wrong.push(`${key}: another uid, not deleted`);
  return wrong;
}
