// What is read of a workload, and that nothing in it can break the reading.
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { findMainContainer } from '../../src/workload/main-container.ts';
import { readSurroundings } from '../../src/workload/read-surroundings.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import { workloadKinds, type Workload } from '../../src/workload/workload.ts';

const read = (yaml: string): Workload => readWorkload(parse(yaml))!;

/** apiVersion and kind, and the path of the pod's spec; undefined where it is no workload of ours. */
const kinds: Readonly<Record<string, string | undefined>> = {
  'apps/v1 Deployment': 'spec.template.spec',
  'extensions/v1beta1 Deployment': 'spec.template.spec',
  'apps/v1 StatefulSet': 'spec.template.spec',
  'apps/v1 DaemonSet': 'spec.template.spec',
  'apps/v1 ReplicaSet': 'spec.template.spec',
  'argoproj.io/v1alpha1 Rollout': 'spec.template.spec',
  'batch/v1 Job': 'spec.template.spec',
  'batch/v1 CronJob': 'spec.jobTemplate.spec.template.spec',
  'v1 Pod': 'spec',
  'v1 Service': undefined,
  'example.com/v1 Deployment': undefined,
  'v1 Deployment': undefined,
  'apps/v1 Pod': undefined,
  ' Deployment': undefined,
};

describe('readWorkload', () => {
  for (const [type, path] of Object.entries(kinds)) {
    it(path === undefined ? `leaves ${type} to others` : `finds the pods of ${type} in ${path}`, () => {
      const [apiVersion, kind] = type.split(' ');
      const spec = { containers: [{ name: 'shop' }] };
      const template = { spec };
      const object = {
        apiVersion,
        kind,
        metadata: { name: 'shop' },
        spec: kind === 'Pod' ? spec : { template, jobTemplate: { spec: { template } } },
      };
      const workload = readWorkload(object);
      expect(workload?.pod.path).to.equal(path);
      if (path !== undefined) expect(workload?.pod.containers[0]?.path).to.equal(`${path}.containers[0]`);
    });
  }

  it('tells containers, sidecars and init containers apart', () => {
    const { pod } = read(`
      apiVersion: apps/v1
      kind: Deployment
      spec: { template: { spec: {
        containers: [{ name: shop }],
        initContainers: [{ name: migrate }, { name: proxy, restartPolicy: Always }],
        ephemeralContainers: [{ name: debug }] } } }`);
    expect(pod.containers.map(({ name, role }) => `${name}: ${role}`)).to.deep.equal([
      'shop: container',
      'migrate: init',
      'proxy: sidecar',
      'debug: ephemeral',
    ]);
  });

  it('gives probes the defaults that the API server would give them', () => {
    const { pod } = read(`
      apiVersion: v1
      kind: Pod
      spec: { containers: [{
        livenessProbe: { httpGet: { port: http }, periodSeconds: 0 },
        readinessProbe: { tcpSocket: { port: 80 }, initialDelaySeconds: 5, periodSeconds: 3, failureThreshold: 9 },
        startupProbe: {} }] }`);
    const [container] = pod.containers;
    expect(container?.livenessProbe).to.deep.include({ kind: 'httpGet', path: '/', port: 'http', scheme: 'HTTP', periodSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3, initialDelaySeconds: 0 }); // prettier-ignore
    expect(container?.readinessProbe).to.deep.include({ kind: 'tcpSocket', path: undefined, port: 80, initialDelaySeconds: 5, periodSeconds: 3, failureThreshold: 9 }); // prettier-ignore
    expect(container?.startupProbe?.kind).to.equal('none');
  });

  it('reads who applies the replicas: who made the object owns its defaults as well', () => {
    const managed = (manager: string, fields: unknown, operation = 'Apply') => ({
      manager,
      operation,
      fieldsV1: fields,
    });
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        managedFields: [
          managed('kubectl', { 'f:spec': { 'f:replicas': {}, 'f:template': {} } }),
          managed('kube-controller-manager', { 'f:spec': { 'f:replicas': {} } }, 'Update'),
          managed('helm', { 'f:spec': { 'f:template': {} } }),
          managed('kubectl', { 'f:spec': { 'f:replicas': {} } }),
          null,
          'x',
        ],
      },
    };
    expect(readWorkload(object)?.replicasManagers).to.deep.equal(['kubectl']);
  });

  it('reads the strategy where each kind has it', () => {
    const strategyOf = (type: string, spec: unknown) => {
      const [apiVersion, kind] = type.split(' ');
      const { type: name, maxSurge, maxUnavailable, path } = readWorkload({ apiVersion, kind, spec })!.strategy;
      return [path, name, maxSurge, maxUnavailable];
    };
    const rolling = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '10%', maxUnavailable: 0 } };
    expect(strategyOf('apps/v1 Deployment', { strategy: rolling })).to.deep.equal(['spec.strategy', 'RollingUpdate', '10%', 0]);
    expect(strategyOf('apps/v1 StatefulSet', { updateStrategy: rolling })).to.deep.equal(['spec.updateStrategy', 'RollingUpdate', '10%', 0]);
    expect(strategyOf('apps/v1 DaemonSet', { updateStrategy: { type: 'OnDelete' } })).to.deep.equal(['spec.updateStrategy', 'OnDelete', undefined, undefined]);
    expect(strategyOf('argoproj.io/v1alpha1 Rollout', { strategy: { canary: { maxSurge: 1 } } })).to.deep.equal(['spec.strategy', 'Canary', 1, undefined]);
    expect(strategyOf('argoproj.io/v1alpha1 Rollout', { strategy: { blueGreen: {} } })).to.deep.equal(['spec.strategy', 'BlueGreen', undefined, undefined]);
    expect(strategyOf('batch/v1 Job', {})).to.deep.equal(['spec.strategy', undefined, undefined, undefined]);
  }); // prettier-ignore

  it('takes names such as __proto__ for names', () => {
    const labels = '{"__proto__": "a", "constructor": "b", "toString": "c"}';
    const object: unknown = JSON.parse(
      `{"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": ${labels}}, "spec": {"containers": [{"resources": {"limits": {"__proto__": "1"}}}], "volumes": [{"name": "__proto__", "emptyDir": {}}]}}`,
    );
    const workload = readWorkload(object)!;
    expect([...workload.labels.entries()]).to.deep.equal([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['toString', 'c'],
    ]);
    expect(workload.pod.containers[0]?.resources.limits.get('__proto__')).to.equal('1');
    expect(workload.pod.volumes.get('__proto__')).to.deep.equal({ name: '__proto__', emptyDir: {} });
  });

  it('never throws, and reads the same twice, whatever is in a field', () => {
    const kind = fc.constantFrom(...workloadKinds);
    const apiVersion = fc.constantFrom('apps/v1', 'batch/v1', 'v1', 'argoproj.io/v1alpha1');
    const any = fc.jsonValue({ maxDepth: 4 });
    const pod = fc.record({ containers: fc.oneof(fc.array(any), any), initContainers: fc.array(any), securityContext: any, volumes: fc.array(any), affinity: any }, { requiredKeys: [] }); // prettier-ignore
    const spec = fc.record({ template: fc.oneof(any, fc.record({ metadata: any, spec: pod })), selector: any, strategy: any, updateStrategy: any, jobTemplate: any, replicas: any }, { requiredKeys: [] }); // prettier-ignore
    const object = fc.record({
      apiVersion,
      kind,
      metadata: any,
      spec: fc.oneof(spec, pod, any),
      status: any,
    });
    fc.assert(
      fc.property(object, (value) => {
        expect(readWorkload(value)).to.deep.equal(readWorkload(structuredClone(value)));
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.anything(), (value) => void readWorkload(value)));
  });
});

describe('findMainContainer', () => {
  const pod = (annotations: string, names: string) => read(`{apiVersion: v1, kind: Pod, metadata: {annotations: ${annotations}}, spec: {containers: [${names}], initContainers: [{name: shop-init, restartPolicy: Always}]}}`); // prettier-ignore
  const two = '{name: proxy}, {name: shop}';

  /** By a sentence: the workload, and the container that is the application. */
  const cases: Readonly<Record<string, readonly [Workload, string | undefined]>> = {
    'the one that the annotation names': [pod('{kubectl.kubernetes.io/default-container: proxy}', two), 'proxy'],
    'not one that the annotation names and that is not there': [pod('{kubectl.kubernetes.io/default-container: x}', two), 'shop'],
    'not a sidecar': [pod('{kubectl.kubernetes.io/default-container: shop-init}', two), 'shop'],
    'the one named like the persona': [pod('{}', two), 'shop'],
    'else the first': [pod('{}', '{name: proxy}, {name: web}'), 'proxy'],
    'none where there is none': [pod('{}', ''), undefined],
  }; // prettier-ignore
  for (const [sentence, [workload, name]] of Object.entries(cases)) {
    it(sentence, () => {
      expect(findMainContainer(workload, 'shop')?.name).to.equal(name);
    });
  }
});

describe('readSurroundings', () => {
  it('reads autoscalers of both versions and KEDA, budgets and Services, and nothing else', () => {
    const objects: unknown[] = [
      parse('{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: new}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}, maxReplicas: 5, metrics: [{type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 75}}}, {type: ContainerResource, containerResource: {name: cpu, container: shop, target: {averageUtilization: 50}}}, {type: Pods}]}}'),
      parse('{apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: {name: old}, spec: {scaleTargetRef: {kind: Deployment, name: shop}, minReplicas: 2, maxReplicas: 5, targetCPUUtilizationPercentage: 60}}'),
      parse('{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: bare}, spec: {}}'),
      parse('{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: keda}, spec: {scaleTargetRef: {name: shop}, triggers: [{type: cpu, metricType: Utilization, metadata: {value: "70"}}, {type: kafka}]}}'),
      parse('{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: pdb}, spec: {minAvailable: 50%, selector: {matchLabels: {app: shop}}}}'),
      parse('{apiVersion: v1, kind: Service, metadata: {name: shop}, spec: {selector: {app: shop}, ports: [{port: 80, targetPort: http}, {port: 81}]}}'),
      parse('{apiVersion: v1, kind: Service, metadata: {name: bare}, spec: {}}'),
      parse('{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: other}}'),
      null,
      'text',
    ]; // prettier-ignore
    const { autoscalers, disruptionBudgets, services } = readSurroundings(objects);
    expect(
      autoscalers.map(({ name, target, minReplicas, maxReplicas, targetCPU, targetMemory, measuredResources }) => [
        name, `${target.kind}/${target.name}`, minReplicas, maxReplicas, targetCPU, targetMemory, measuredResources.join(','),
      ]),
    ).to.deep.equal([
      ['new', 'Deployment/shop', undefined, 5, undefined, 75, 'memory,cpu'],
      ['old', 'Deployment/shop', 2, 5, 60, undefined, 'cpu'],
      ['bare', '/', undefined, undefined, 80, undefined, 'cpu'],
      ['keda', 'Deployment/shop', 0, 100, 70, undefined, 'cpu'],
    ]); // prettier-ignore
    expect(disruptionBudgets.map(({ name, minAvailable }) => [name, minAvailable])).to.deep.equal([
      ['pdb', '50%'],
    ]);
    expect(services.map(({ name, selector, ports }) => [name, selector?.size, ports.map(({ targetPort }) => targetPort)])).to.deep.equal([['shop', 1, ['http', 81]], ['bare', undefined, []]]); // prettier-ignore
  });

  it('never throws', () => {
    const kinds = fc.constantFrom(
      'HorizontalPodAutoscaler',
      'ScaledObject',
      'PodDisruptionBudget',
      'Service',
    );
    const versions = fc.constantFrom('autoscaling/v2', 'keda.sh/v1alpha1', 'policy/v1', 'v1');
    const object = fc.record({
      apiVersion: versions,
      kind: kinds,
      metadata: fc.jsonValue(),
      spec: fc.jsonValue(),
    });
    fc.assert(fc.property(fc.array(object), (objects) => void readSurroundings(objects)));
  });
});
