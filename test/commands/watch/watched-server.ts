// A fake API server with personas for tests that watch them: no Kubernetes, so that a test decides what happens when.
import { FakeApiServer } from '../../faults/fake-api-server.ts';
import { ObjectStorage } from '../../faults/object-storage.ts';
import { writeKubeconfig } from '../../kube/connecting.ts';

/** What a persona's status says. */
export interface PersonaState {
  phase?: string;
  ready?: 'True' | 'False';
  replicas?: readonly [ready: number, desired: number];
  errors?: number;
  message?: string;
  team?: string;
}

/** A server, and the kubeconfig that leads to it. */
export interface WatchedServer {
  readonly server: FakeApiServer;
  readonly kubeconfig: string;
  put(key: string, state?: PersonaState): void;
  remove(key: string): void;
  stop(): Promise<void>;
}

/** Starts one; the kubeconfig lies in `folder` and means namespace `shop`. */
export async function startWatchedServer(folder: string): Promise<WatchedServer> {
  const storage = new ObjectStorage({ apiVersion: 'dorgu.io/v1', kind: 'ApplicationPersona' });
  const server = await FakeApiServer.start(storage);
  return {
    server,
    kubeconfig: writeKubeconfig(
      folder,
      { server: server.url },
      {},
      `config-${storage.revision}-${Date.now()}`,
    ),
    put: (key, state) => void storage.put(key, toPersonaFields(key, state)),
    remove: (key) => void storage.delete(key),
    stop: () => server.stop(),
  };
}

function toPersonaFields(key: string, state: PersonaState | undefined): Record<string, unknown> {
  const spec = {
    name: key.split('/')[1],
    type: 'api',
    ...(state?.team === undefined ? {} : { ownership: { team: state.team } }),
  };
  if (state === undefined) return { spec };
  const { phase = 'Active', ready = 'True', replicas, errors = 0, message = '' } = state;
  return {
    spec,
    status: {
      phase,
      lastUpdated: new Date().toISOString(),
      health: {
        status: ready === 'True' ? 'Healthy' : 'Degraded',
        ...(replicas === undefined ? {} : { replicas: { ready: replicas[0], desired: replicas[1] } }),
      },
      validation: {
        passed: errors === 0,
        issues: Array.from({ length: errors }, () => ({ severity: 'error', message: 'wrong' })),
      },
      conditions: [{ type: 'Ready', status: ready, reason: 'Because', message }],
    },
  };
}
