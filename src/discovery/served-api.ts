// What an API server serves, by group and resource, in one request where the server can: everyone who is signed in may ask.
import { fieldAt, listOf, textOf } from '../api/foreign-fields.ts';
import type { KubeClient } from '../kube/client.ts';
import { listServedResources } from '../kube/discovery.ts';
import { addonDefinitions } from '../status/cluster/addon-table.ts';

/** Groups, and resources as `applications.argoproj.io`. */
export interface ServedApi {
  groups: ReadonlySet<string>;
  resources: ReadonlySet<string>;
}

const aggregated = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat('application/json')
  .join(',');

/** @throws KubeError */
export async function readServedApi(client: KubeClient, asked: { signal?: AbortSignal }): Promise<ServedApi> {
  const { body } = await client.request({ method: 'GET', path: '/apis', accept: aggregated, ...asked });
  if (fieldAt(body, 'kind') === 'APIGroupDiscoveryList') return readAggregated(body);
  return readGroupByGroup(client, body, asked);
}

function readAggregated(body: unknown): ServedApi {
  const groups = new Set<string>();
  const resources = new Set<string>();
  for (const item of listOf(fieldAt(body, 'items'))) {
    const group = textOf(fieldAt(item, 'metadata', 'name'));
    groups.add(group);
    for (const version of listOf(fieldAt(item, 'versions')))
      for (const resource of listOf(fieldAt(version, 'resources')))
        resources.add(`${textOf(fieldAt(resource, 'resource'))}.${group}`);
  }
  return { groups, resources };
}

/** Before Kubernetes 1.27: a request for each group that an add-on may have brought. */
async function readGroupByGroup(
  client: KubeClient,
  body: unknown,
  asked: { signal?: AbortSignal },
): Promise<ServedApi> {
  const found = listOf(fieldAt(body, 'groups')).map((group) => ({
    group: textOf(fieldAt(group, 'name')),
    version: textOf(fieldAt(group, 'preferredVersion', 'version')),
  }));
  const lists = await Promise.all(
    found
      .filter(({ group }) => addonGroups.has(group))
      .map(async (served) =>
        [...(await listServedResources(client, served, asked))].map((name) => `${name}.${served.group}`),
      ),
  );
  return { groups: new Set(found.map(({ group }) => group)), resources: new Set(lists.flat()) };
}

const addonGroups = new Set(
  addonDefinitions.flatMap(({ resources = [] }) =>
    resources.map((name) => name.slice(name.indexOf('.') + 1)),
  ),
);
