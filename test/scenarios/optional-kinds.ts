// Kinds that not every cluster has, beside personas: Argo Rollouts instead of Deployments, KEDA's ScaledObjects instead of HPAs.
import { expect } from 'chai';
import { createOpenKind } from '../cluster/open-kind.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { createDeployment, createPersona } from './objects.ts';
import { readyOf } from './life-of-a-persona.ts';
import type { PersonaStatus, Stage } from './stage.ts';

const namespace = 'optional-kinds';

/** A Rollout of two replicas as its controller reports it. */
function createRollout(available: number): object {
  const labels = { 'app.kubernetes.io/name': 'shop' };
  const container = { name: 'shop', image: 'registry.example.com/shop:1' };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'shop', labels, annotations: { 'rollout.argoproj.io/revision': '1' } },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      strategy: { canary: {} },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
    status: {
      // Text, as this controller writes it; without a subresource each report is a generation of its own.
      observedGeneration: '9',
      phase: available === 2 ? 'Healthy' : 'Progressing',
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: available,
      availableReplicas: available,
    },
  };
}

function createScaledObject(maxReplicaCount: number): object {
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'worker' },
    spec: { scaleTargetRef: { name: 'worker' }, minReplicaCount: 2, maxReplicaCount, triggers: [] },
  };
}

/** Tests of a stage that runs; in order, for the kinds come and go. */
export function describeOptionalKinds(stage: () => Stage): void {
  const apply = (...objects: object[]) => stage().apply(namespace, ...objects);
  const until = (name: string, fits: (status: PersonaStatus) => boolean) =>
    stage().until(namespace, name, fits);
  const install = async (group: string, kind: string) => {
    const definition = createOpenKind(group, kind, 'v1alpha1');
    await stage().kubectl(['apply', '--server-side', '-f', '-'], definition);
    const path = `/apis/${group}/v1alpha1/${kind.toLowerCase()}s`;
    const ask = () =>
      stage()
        .kubectl(['get', '--raw', path])
        .then(
          () => true,
          () => undefined,
        );
    await waitUntil(`${kind}s to be served`, ask, { timeoutMs: 20_000 });
  };
  const rulesOf = ({ validation }: PersonaStatus) => validation?.issues?.map(({ rule }) => rule) ?? [];
  before(() => stage().kubectl(['create', 'namespace', namespace]));

  it('judges an Argo Rollout like a Deployment, from its kind’s coming to its going', async () => {
    await apply(createPersona('shop'));
    await until('shop', (status) => readyOf(status) === 'False NoWorkload');
    await install('argoproj.io', 'Rollout');
    await apply(createRollout(2));
    const running = await until('shop', (status) => readyOf(status) === 'True Available');
    expect(running.deployments).to.include({ current: 'shop:1', lastSuccessful: 'shop:1' });
    await apply(createRollout(1));
    await until('shop', (status) => readyOf(status) === 'False PartlyAvailable');
    await stage().kubectl(['delete', 'crd', 'rollouts.argoproj.io']);
    await until('shop', (status) => readyOf(status) === 'False NoWorkload');
  });

  it('judges a ScaledObject like an HPA, from its kind’s coming to its going', async () => {
    const scaling = { minReplicas: 2, maxReplicas: 4 };
    await apply(createPersona('worker', { scaling }), createDeployment('worker', { replicas: 2 }));
    const isExceeded = (status: PersonaStatus) => rulesOf(status).includes('scaling/hpa-bounds');
    await until('worker', (status) => readyOf(status) === 'True Available' && !isExceeded(status));
    await install('keda.sh', 'ScaledObject');
    await apply(createScaledObject(9));
    await until('worker', isExceeded);
    await apply(createScaledObject(4));
    await until('worker', (status) => !isExceeded(status));
    await apply(createScaledObject(9));
    await until('worker', isExceeded);
    await stage().kubectl(['delete', 'crd', 'scaledobjects.keda.sh']);
    await until('worker', (status) => !isExceeded(status));
  });
}
