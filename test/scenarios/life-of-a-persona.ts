// The life of a persona beside its workload, on a real cluster.
import { expect } from 'chai';
import { waitUntil } from '../cluster/wait-until.ts';
import { createDeployment, createPersona } from './objects.ts';
import type { PersonaStatus, Stage } from './stage.ts';

/** `True Available` of condition Ready. */
export function readyOf({ conditions = [] }: PersonaStatus): string {
  const ready = conditions.find(({ type }) => type === 'Ready');
  return ready === undefined ? '' : `${ready.status} ${ready.reason}`;
}

/** Tests of a stage that runs. */
export function describeLife(stage: () => Stage): void {
  let namespace = '';
  let count = 0;
  beforeEach(async () => {
    count += 1;
    namespace = `life-${count}`;
    await stage().kubectl(['create', 'namespace', namespace]);
  });
  const apply = (...objects: object[]) => stage().apply(namespace, ...objects);
  const until = (name: string, ready: string) =>
    stage().until(namespace, name, (status) => readyOf(status) === ready);
  const listEvents = async (name: string) => {
    const selector = `involvedObject.kind=ApplicationPersona,involvedObject.name=${name}`;
    const path = '{range .items[*]}{.type} {.reason}{"\\n"}{end}';
    const args = ['get', 'events', '-n', namespace, '--field-selector', selector, '-o', `jsonpath=${path}`];
    return (await stage().kubectl(args)).split('\n').filter((line) => line !== '');
  };
  const patchPods = async (name: string, status: object) => {
    const pods = await waitUntil(
      `a pod of ${name}`,
      async () =>
        (await stage().kubectl(['get', 'pods', '-n', namespace, '-l', `run=${name}`, '-o', 'name'])) ||
        undefined,
      { timeoutMs: 20_000 },
    );
    for (const pod of pods.trim().split('\n'))
      await stage().kubectl([
        ...['patch', pod, '-n', namespace, '--subresource=status', '--type=merge'],
        ...['-p', JSON.stringify({ status })],
      ]);
  };
  const waiting = (name: string, reason: string) => ({
    phase: 'Pending',
    conditions: [{ type: 'Ready', status: 'False' }],
    containerStatuses: [
      {
        name,
        image: 'x',
        imageID: '',
        ready: false,
        restartCount: 0,
        state: { waiting: { reason, message: 'not found' } },
      },
    ],
  });

  it('begins before its Deployment', async () => {
    await apply(createPersona('shop'));
    expect(await until('shop', 'False NoWorkload')).to.include({ phase: 'Pending' });
    await apply(createDeployment('shop', { replicas: 2 }));
    await stage().kubectl([
      'wait',
      '--for=condition=Ready',
      'applicationpersona/shop',
      '-n',
      namespace,
      '--timeout=30s',
    ]);
    const status = await stage().status(namespace, 'shop');
    expect(status).to.include({ phase: 'Active' });
    expect(status.deployments).to.include({ current: 'shop:1', lastSuccessful: 'shop:1' });
  });

  it('begins after its Deployment, and follows its rollout, its scale and its end', async () => {
    await apply(createDeployment('shop'));
    await stage().kubectl(['rollout', 'status', 'deployment/shop', '-n', namespace, '--timeout=30s']);
    await apply(createPersona('shop'));
    await until('shop', 'True Available');
    await apply(createDeployment('shop', { tag: '2' }));
    const updated = await stage().until(
      namespace,
      'shop',
      ({ deployments }) => deployments?.lastSuccessful === 'shop:2',
    );
    expect(updated.deployments).to.not.have.property('lastFailed');
    await until('shop', 'True Available');
    await stage().kubectl(['scale', 'deployment/shop', '-n', namespace, '--replicas=0']);
    expect(await until('shop', 'False ScaledToZero')).to.include({ phase: 'Active' });
    await stage().kubectl(['scale', 'deployment/shop', '-n', namespace, '--replicas=1']);
    await until('shop', 'True Available');
    await stage().kubectl(['delete', 'deployment', 'shop', '-n', namespace]);
    expect(await until('shop', 'False NoWorkload')).to.include({ phase: 'Pending' });
    expect(await listEvents('shop')).to.deep.equal([]);
  });

  it('says that an image cannot be pulled, and that it has recovered', async () => {
    await apply(createPersona('shop'), createDeployment('shop'));
    await until('shop', 'True Available');
    await apply(createDeployment('shop', { tag: 'broken', scheduler: 'nobody' }));
    await stage().kubectl([
      'wait',
      '--for=jsonpath={.status.updatedReplicas}=1',
      'deployment/shop',
      '-n',
      namespace,
    ]);
    const pods = await waitUntil(
      'the new pod',
      async () => {
        const args = ['get', 'pods', '-n', namespace, '--field-selector=status.phase=Pending', '-o', 'name'];
        return (await stage().kubectl(args)).trim() || undefined;
      },
      { timeoutMs: 20_000 },
    );
    await stage().kubectl([
      ...['patch', pods, '-n', namespace, '--subresource=status', '--type=merge'],
      ...['-p', JSON.stringify({ status: waiting('shop', 'ErrImagePull') })],
    ]);
    const broken = await until('shop', 'False PodsFailing');
    expect(broken).to.include({ phase: 'Degraded' });
    expect(broken.health?.podFailures?.[0]?.reason).to.equal('ImagePullBackOff');
    await stage().until(namespace, 'shop', ({ deployments }) => deployments?.lastFailed === 'shop:broken');
    await stage().kubectl(['rollout', 'undo', 'deployment/shop', '-n', namespace]);
    const healed = await until('shop', 'True Available');
    expect(healed.deployments).to.include({ current: 'shop:1', lastFailed: 'shop:broken' });
    await waitUntil('both Events', async () => ((await listEvents('shop')).length >= 2 ? true : undefined), {
      timeoutMs: 10_000,
    });
    expect((await listEvents('shop')).toSorted()).to.deep.equal(['Normal Recovered', 'Warning Degraded']);
  });

  it('is Failed when every pod crashes', async () => {
    await apply(createPersona('shop'), createDeployment('shop', { scheduler: 'nobody' }));
    await patchPods('shop', waiting('shop', 'CrashLoopBackOff'));
    expect(await until('shop', 'False PodsFailing')).to.include({ phase: 'Failed' });
  });

  it('judges an autoscaler that comes later', async () => {
    await apply(
      createPersona('shop', { scaling: { minReplicas: 1, maxReplicas: 3 } }),
      createDeployment('shop'),
    );
    await until('shop', 'True Available');
    await apply({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'shop' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
        minReplicas: 1,
        maxReplicas: 9,
      },
    });
    const issues = ({ validation }: PersonaStatus) => JSON.stringify(validation ?? {});
    await stage().until(namespace, 'shop', (status) => issues(status).includes('scaling/hpa-bounds'));
    await stage().kubectl(['delete', 'hpa', 'shop', '-n', namespace]);
    await stage().until(namespace, 'shop', (status) => !issues(status).includes('scaling/hpa-bounds'));
  });

  it('changes hands when an application is renamed, and names both personas of one application', async () => {
    await apply(createPersona('old'), createPersona('new'), createDeployment('web', { app: 'old' }));
    await until('old', 'True Available');
    await apply(createDeployment('web', { app: 'new' }));
    await Promise.all([until('old', 'False NoWorkload'), until('new', 'True Available')]);
    await apply(createPersona('old', { name: 'new' }));
    const [one, two] = await Promise.all([until('old', 'False Ambiguous'), until('new', 'False Ambiguous')]);
    expect([one, two].map(({ phase }) => phase)).to.deep.equal(['Degraded', 'Degraded']);
    await stage().kubectl(['delete', 'applicationpersona', 'old', '-n', namespace]);
    await until('new', 'True Available');
  });
}
