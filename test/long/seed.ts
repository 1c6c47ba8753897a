// Fills a cluster with personas and with Deployments that look rolled out.
import type { KubeClient } from '../../src/kube/client.ts';
import type { KubeObject } from '../../src/kube/objects.ts';
import { pathOf, resources, type Resource } from '../../src/kube/resources.ts';
import { inParallel } from './in-parallel.ts';
import {
  createDeployment,
  createPersona,
  createRolledOutStatus,
  desiredReplicas,
  listNamespaces,
  placeOf,
  type Place,
} from './large-objects.ts';

/** Requests on their way at once: more make an API server of two cores no faster. */
const width = 32;

const asThe = {
  argo: 'argocd-controller',
  controller: 'kube-controller-manager',
};

/** Cheaper for the API server than applying; for what nobody looks at the managed fields of. */
async function create(client: KubeClient, resource: Resource, object: KubeObject): Promise<void> {
  const { namespace } = object.metadata;
  const path = pathOf(resource, namespace === undefined ? {} : { namespace });
  await client.request({ method: 'POST', path, query: { fieldManager: asThe.argo }, body: object });
}

async function apply(client: KubeClient, resource: Resource, object: KubeObject): Promise<void> {
  const { namespace, name } = object.metadata;
  await client.request({
    method: 'PATCH',
    path: pathOf(resource, { name, ...(namespace === undefined ? {} : { namespace }) }),
    query: { fieldManager: asThe.argo },
    contentType: 'application/apply-patch+yaml',
    body: object,
  });
}

/**
 * Writes a Deployment's status as its controller would, which these clusters do not have: 10,000 Deployments would be 30,000 pods.
 * @returns the answer's resourceVersion
 */
export async function writeDeploymentStatus(client: KubeClient, place: Place, ready: number): Promise<void> {
  await client.request({
    method: 'PATCH',
    path: pathOf(resources.deployments, { ...place, subresource: 'status' }),
    query: { fieldManager: asThe.controller },
    contentType: 'application/merge-patch+json',
    body: {
      metadata: { annotations: { 'deployment.kubernetes.io/revision': '1' } },
      status: createRolledOutStatus(ready, new Date().toISOString()),
    },
  });
}

/** Creates `count` personas and as many Deployments, all of them rolled out. */
export async function seedCluster(client: KubeClient, count: number): Promise<void> {
  await inParallel(listNamespaces(), width, (object) => create(client, resources.namespaces, object));
  const indices = Array.from({ length: count }, (_, index) => index);
  await inParallel(indices, width, async (index) => {
    const place = placeOf(index);
    await create(client, resources.applicationPersonas, createPersona(place));
    await apply(client, resources.deployments, createDeployment(place));
    await writeDeploymentStatus(client, place, desiredReplicas);
  });
}
