// What there is to see where rights are compared: a few namespaces with the same names in each, and one namespace that is never made.
import type { StreamStage } from '../stage.ts';

/** Namespaces that are there. */
export const namespaces = ['rights-a', 'rights-b', 'rights-c'] as const;

/** As long as the others, so that nothing but rights could tell it apart. */
export const absentNamespace = 'rights-z';

const personaNames = ['shop', 'cart', 'constructor'];
const clusterNames = ['prod', 'constructor'];

/** Makes all of it. */
export async function createWorld({ kubectl }: Pick<StreamStage, 'kubectl'>): Promise<void> {
  await kubectl(
    ['create', '-f', '-'],
    ...namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  );
  await kubectl(
    ['create', '-f', '-'],
    ...clusterNames.map((name) => ({
      apiVersion: 'dorgu.io/v1',
      kind: 'ClusterPersona',
      metadata: { name },
      spec: { name, environment: 'production' },
    })),
    ...namespaces.flatMap((namespace) => personaNames.flatMap((name) => createApplication(namespace, name))),
  );
}

function createApplication(namespace: string, name: string): object[] {
  const labels = { app: name, place: namespace };
  return [
    {
      apiVersion: 'dorgu.io/v1',
      kind: 'ApplicationPersona',
      metadata: { namespace, name, labels },
      spec: { name, type: 'api', tier: 'standard' },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace, name, labels },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name, image: 'registry.example.com/a:1' }] },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { namespace, name: `${name}.told` },
      involvedObject: { apiVersion: 'dorgu.io/v1', kind: 'ApplicationPersona', namespace, name },
      type: 'Normal',
      reason: 'Told',
      message: 'by the test',
      firstTimestamp: new Date().toISOString(),
      lastTimestamp: new Date().toISOString(),
      count: 1,
    },
  ];
}
