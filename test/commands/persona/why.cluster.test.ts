// Why a workload is not up, asked of a real control plane through `persona status`.
import { expect } from 'chai';
import { goodPodSpec, persona, untouched, workload } from './cluster-objects.ts';
import { until, useStatusSession } from './status-session.ts';

describe('persona status of what is not up', () => {
  const { cluster, apply, run, read, findPod, patchPod, getNamespace } = useStatusSession();

  it('finds the Secret and the key that are missing, without a word of what is in it', async () => {
    const env = [
      { name: 'URL', valueFrom: { secretKeyRef: { name: 'half', key: 'url' } } },
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'half', key: 'password' } } },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'absent', key: 'token' } } },
    ];
    await cluster.expectKubectl([
      'create',
      'secret',
      'generic',
      'half',
      '-n',
      getNamespace(),
      '--from-literal=password=hunter2hunter2',
    ]);
    await apply(
      persona('secretive'),
      workload('Deployment', 'secretive', { podSpec: untouched(goodPodSpec({ env })) }),
    );
    await findPod('secretive');
    const { stdout } = await run('secretive');
    expect(stdout).to.match(
      /^all pods {6}SecretMissing {5}Secret absent does not exist: container main reads TOKEN from it$/m,
    );
    expect(stdout).to.match(
      /^all pods {6}SecretKeyMissing {2}Secret half has no key url: container main reads URL from it$/m,
    );
    const { stdout: json } = await run('secretive', '-o', 'json');
    for (const text of [stdout, json]) expect(text).not.to.match(/hunter2|aHVudGVyM/);
  });

  it('says what the kubelet says of an image', async () => {
    await apply(
      persona('imageless'),
      workload('Deployment', 'imageless', { podSpec: untouched(goodPodSpec()) }),
    );
    const message = 'failed to resolve reference "registry.invalid/acme/shop:1.8.2": not found';
    await patchPod('imageless', {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'main',
          image: 'x',
          imageID: '',
          ready: false,
          restartCount: 0,
          state: { waiting: { reason: 'ErrImagePull', message } },
        },
      ],
    });
    const [diagnosis] = (await read('imageless')).diagnoses;
    expect(diagnosis?.causes.map(({ code }) => code)).to.deep.equal(['ImageUnavailable']);
    expect(diagnosis?.causes[0]?.what).to.contain(message);
  });

  it('says how a container ended, and exits 1 for CI', async () => {
    await apply(
      persona('crashing'),
      workload('Deployment', 'crashing', { podSpec: untouched(goodPodSpec()) }),
    );
    const terminated = {
      exitCode: 1,
      reason: 'Error',
      message: 'no database',
      startedAt: null,
      finishedAt: null,
    };
    await patchPod('crashing', {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'main',
          image: 'x',
          imageID: '',
          ready: false,
          restartCount: 4,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated },
        },
      ],
    });
    const { code, stdout } = await run('crashing', '--exit-code');
    expect(code).to.equal(1);
    expect(stdout).to.match(
      /^1 pod {9}Crashed {2}container main ended with exit code 1, 4 restarts: no database$/m,
    );
    expect(stdout).to.match(/ Failed$/m);
  });

  it('says what the namespace refuses', async () => {
    const account = untouched({ ...goodPodSpec(), serviceAccountName: 'absent' });
    await apply(persona('refused'), workload('Deployment', 'refused', { podSpec: account }));
    await until('the refusal', async () => {
      const [diagnosis] = (await read('refused')).diagnoses;
      return diagnosis?.causes[0]?.code === 'ServiceAccountMissing';
    });
    const [diagnosis] = (await read('refused')).diagnoses;
    expect(diagnosis?.causes.map(({ todo }) => todo)).to.deep.equal([
      `kubectl -n ${getNamespace()} create serviceaccount absent`,
    ]);
  });

  it('says that no node takes the pod', async () => {
    const podSpec = { ...goodPodSpec(), nodeSelector: { disk: 'none-of-this' } };
    await apply(persona('homeless'), workload('StatefulSet', 'homeless', { podSpec }));
    await until('the scheduler', async () => (await read('homeless')).diagnoses.length > 0);
    const [diagnosis] = (await read('homeless')).diagnoses;
    expect(diagnosis?.causes[0]?.code).to.equal('Unschedulable');
    expect(diagnosis?.causes[0]?.todo).to.contain('kubectl get nodes --show-labels');
  });
});
