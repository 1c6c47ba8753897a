// Applications on a stage: personas and Deployments, and what a deployment controller would say of them.
import type { Stage } from './stage.ts';

/** A persona with as much of its status as is looked at. */
export interface SeenPersona {
  metadata: { name: string; namespace: string; uid: string; generation: number };
  status?: PersonaStatus;
}

export interface PersonaStatus {
  observedGeneration?: number;
  phase?: string;
  health?: { status?: string; replicas?: { desired?: number; ready?: number; updated?: number } };
  validation?: { passed?: boolean };
  conditions?: {
    type: string;
    status: string;
    reason: string;
    message: string;
    lastTransitionTime: string;
    observedGeneration?: number;
  }[];
}

/** Applications of one namespace. */
export interface Applications {
  namespace: string;
  createPersona(name: string): Promise<void>;
  revisePersona(name: string): Promise<void>;
  /** A Deployment of two replicas, of which so many are ready. */
  createDeployment(name: string, ready: number): Promise<void>;
  /** The deployment controller has a new figure. */
  setReady(name: string, ready: number): Promise<void>;
  removeDeployment(name: string): Promise<void>;
  personas(): Promise<SeenPersona[]>;
}

const replicas = 2;

/** Creates the namespace. */
export async function createApplications(stage: Stage, namespace: string): Promise<Applications> {
  const { client } = stage;
  await stage.kubectl(['create', 'namespace', namespace]);
  const personas = `/apis/dorgu.io/v1/namespaces/${namespace}/applicationpersonas`;
  const deployments = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  const setReady = async (name: string, ready: number): Promise<void> => {
    await client.request({
      method: 'PATCH',
      path: `${deployments}/${name}/status`,
      contentType: 'application/merge-patch+json',
      body: { status: statusOf(ready) },
    });
  };
  return {
    namespace,
    createPersona: async (name) => {
      const body = {
        apiVersion: 'dorgu.io/v1',
        kind: 'ApplicationPersona',
        metadata: { name, namespace },
        spec: { name, type: 'api', policies: lenient },
      };
      await client.request({ method: 'POST', path: personas, body });
    },
    revisePersona: async (name) => {
      await client.request({
        method: 'PATCH',
        path: `${personas}/${name}`,
        contentType: 'application/merge-patch+json',
        body: { spec: { technical: { description: `revised at ${Date.now()}` } } },
      });
    },
    createDeployment: async (name, ready) => {
      await client.request({ method: 'POST', path: deployments, body: deploymentOf(name, namespace) });
      await setReady(name, ready);
    },
    setReady,
    removeDeployment: async (name) => {
      await client.request({ method: 'DELETE', path: `${deployments}/${name}` });
    },
    personas: async () => {
      const { body } = await client.request<{ items: SeenPersona[] }>({ method: 'GET', path: personas });
      return body.items;
    },
  };
}

/** Nothing here is about findings. */
const lenient = {
  security: { runAsNonRoot: false, readOnlyRootFilesystem: false, allowPrivilegeEscalation: true },
};

function statusOf(ready: number): object {
  const isWhole = ready === replicas;
  return {
    observedGeneration: 1,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: ready,
    availableReplicas: ready,
    unavailableReplicas: replicas - ready,
    conditions: [
      { type: 'Available', status: isWhole ? 'True' : 'False', reason: 'MinimumReplicas', message: '' },
      { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message: '' },
    ],
  };
}

function deploymentOf(name: string, namespace: string): object {
  const labels = { 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name, image: `registry.example/${name}:1.0` }] },
      },
    },
  };
}

/** The condition Ready's reason, as people see it. */
export function readyReason(persona: SeenPersona): string | undefined {
  return persona.status?.conditions?.find(({ type }) => type === 'Ready')?.reason;
}
