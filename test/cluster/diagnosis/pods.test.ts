// Why a pod is not up: image, configuration, ends, probes, nodes; each with what to do.
import { expect } from 'chai';
import {
  createPod,
  createWorkload,
  crashed,
  event,
  explain,
  explainPod,
  httpProbe,
  lines,
  waiting,
} from './evidence.ts';

describe('the diagnosis of a pod', () => {
  const pull = 'failed to pull and unpack image "ghcr.io/acme/shop:1": ghcr.io/acme/shop:1: not found';
  const cases: Record<
    string,
    [causes: ReturnType<typeof explain>, code: string, what: string, todo: string]
  > = {
    'names an image that does not exist': [
      explainPod({ status: waiting('ErrImagePull', pull) }),
      'ImageUnavailable',
      `container shop: image ghcr.io/acme/shop:1 cannot be pulled: ${pull}`,
      'push the image, or name one that exists: kubectl -n store set image deployment/shop shop=…',
    ],
    'takes the reason from the Event while the kubelet only says that it backs off': [
      explainPod({ status: waiting('ImagePullBackOff', 'Back-off pulling image "ghcr.io/acme/shop:1"') }, [
        event('Failed', 'Failed to pull image "ghcr.io/acme/shop:1": 401 Unauthorized'),
      ]),
      'ImageUnavailable',
      'container shop: image ghcr.io/acme/shop:1 cannot be pulled: Failed to pull image "ghcr.io/acme/shop:1": 401 Unauthorized',
      'kubectl -n store create secret docker-registry … --docker-server=… --docker-username=… --docker-password=…, and name it in imagePullSecrets',
    ],
    'names the Secret that the kubelet misses': [
      explainPod({ status: waiting('CreateContainerConfigError', 'secret "shop-db" not found') }),
      'SecretMissing',
      'Secret shop-db does not exist',
      'kubectl -n store create secret generic shop-db --from-literal=…',
    ],
    'names the key that the kubelet misses': [
      explainPod({
        status: waiting('CreateContainerConfigError', "couldn't find key url in Secret store/shop-db"),
      }),
      'SecretKeyMissing',
      'Secret shop-db has no key url',
      'kubectl -n store describe secret shop-db',
    ],
    'explains an image that wants to be root': [
      explainPod({
        status: waiting(
          'CreateContainerConfigError',
          'container has runAsNonRoot and image will run as root',
        ),
      }),
      'ConfigurationFailed',
      'container shop cannot be configured: container has runAsNonRoot and image will run as root',
      'set runAsUser to the numeric user of the image, or a numeric USER in its Dockerfile',
    ],
    'says that the command is not in the image': [
      explainPod({
        status: waiting('RunContainerError', 'exec: "shopd": executable file not found in $PATH'),
      }),
      'StartFailed',
      'container shop cannot be started: exec: "shopd": executable file not found in $PATH',
      'its command is not in the image: mend command and args, or the image',
    ],
    'says how much memory was too little': [
      explainPod({
        container: { resources: { limits: { memory: '64Mi' } } },
        status: crashed({ exitCode: 137, reason: 'OOMKilled' }),
      }),
      'OutOfMemory',
      'container shop was killed because it went over its memory limit of 64Mi, 4 restarts',
      'kubectl -n store set resources deployment/shop -c shop --limits=memory=…',
    ],
    'repeats what a container said at its end': [
      explainPod({
        status: crashed({ exitCode: 1, reason: 'Error', message: 'panic: no DATABASE_URL\n  at main' }, 1),
      }),
      'Crashed',
      'container shop ended with exit code 1, 1 restart: panic: no DATABASE_URL at main',
      'kubectl -n store logs shop-1 -c shop --previous',
    ],
    'explains exit codes of shells': [
      explainPod({ status: crashed({ exitCode: 127 }) }),
      'Crashed',
      'container shop ended with exit code 127 (the command was not found), 4 restarts',
      'kubectl -n store logs shop-1 -c shop --previous',
    ],
    'wants a process that stays': [
      explainPod({ status: crashed({ exitCode: 0, reason: 'Completed' }) }),
      'Crashed',
      'container shop ended with exit code 0 (it ends by itself, and should stay), 4 restarts',
      'kubectl -n store logs shop-1 -c shop --previous',
    ],
    'gives the question that a readiness probe asks': [
      explainPod({ container: { readinessProbe: httpProbe }, status: { state: { running: {} } } }, [
        event('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'),
      ]),
      'ReadinessFailing',
      'container shop: Readiness probe failed: HTTP probe failed with statuscode: 503',
      'kubectl get --raw /api/v1/namespaces/store/pods/shop-1:8080/proxy/readyz',
    ],
    'blames the liveness probe for the kill that it asked for': [
      explainPod(
        { container: { livenessProbe: httpProbe }, status: crashed({ exitCode: 137, reason: 'Error' }) },
        [event('Unhealthy', 'Liveness probe failed: connection refused')],
      ),
      'LivenessFailing',
      'container shop: Liveness probe failed: connection refused',
      'kubectl get --raw /api/v1/namespaces/store/pods/shop-1:8080/proxy/readyz',
    ],
    'says what no node has': [
      explainPod({
        podStatus: {
          phase: 'Pending',
          containerStatuses: [],
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              reason: 'Unschedulable',
              message: '0/2 nodes are available: 2 Insufficient cpu.',
            },
          ],
        },
      }),
      'Unschedulable',
      'no node takes the pod: 0/2 nodes are available: 2 Insufficient cpu.',
      'kubectl -n store set resources deployment/shop --requests=cpu=…, or add nodes: kubectl describe nodes',
    ],
    'says which volume cannot be mounted': [
      explainPod({ status: waiting('ContainerCreating') }, [
        event(
          'FailedMount',
          'MountVolume.SetUp failed for volume "config" : configmap "shop-config" not found',
          { fieldPath: '' },
        ),
      ]),
      'ConfigMapMissing',
      'ConfigMap shop-config does not exist',
      'kubectl -n store create configmap shop-config --from-literal=…',
    ],
    'says why a pod was sent away': [
      explainPod({
        podStatus: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
      }),
      'Evicted',
      'the pod was ended (Evicted): The node was low on resource: memory.',
      'kubectl -n store describe pod shop-1',
    ],
    'says that the pod waits for a gate': [
      explainPod({
        status: { ready: true, state: { running: {} } },
        podStatus: {
          conditions: [
            { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', message: 'the gate is shut' },
          ],
        },
      }),
      'NotReady',
      'the containers are ready, the pod is not: the gate is shut',
      'kubectl -n store describe pod shop-1',
    ],
  };
  for (const [title, [causes, ...expected]] of Object.entries(cases)) {
    it(title, () => expect(lines(causes)).to.deep.equal([expected]));
  }

  it('has nothing against a pod that is ready, done or on its way out', () => {
    const broken = waiting('ErrImagePull', 'no');
    const ready = { conditions: [{ type: 'Ready', status: 'True' }] };
    expect(explainPod({ status: broken, podStatus: ready })).to.deep.equal([]);
    expect(explainPod({ status: broken, podStatus: { phase: 'Succeeded' } })).to.deep.equal([]);
    const ending = createPod({ status: broken });
    Object.assign(ending.metadata, { deletionTimestamp: '2026-11-23T09:40:00Z' });
    expect(explain({ pods: [ending] })).to.deep.equal([]);
  });

  it('tells of one fault in many pods once, and counts them', () => {
    const pods = ['shop-1', 'shop-2', 'shop-3'].map((name) =>
      createPod({ name, status: waiting('ErrImagePull', 'no') }),
    );
    expect(explain({ pods }).map(({ code, pods: count }) => [code, count])).to.deep.equal([
      ['ImageUnavailable', 3],
    ]);
  });

  it('does not take a Job that has ended for a fault, but one that failed', () => {
    const workload = createWorkload('Job');
    const ended = (exitCode: number) =>
      explain({
        workload,
        pods: [
          createPod({ status: { state: { terminated: { exitCode } } }, podStatus: { phase: 'Failed' } }),
        ],
      });
    expect(ended(0)).to.deep.equal([]);
    expect(ended(3).map(({ what }) => what)).to.deep.equal(['container shop ended with exit code 3']);
  });
});
