// What one object says of another: selectors, ports, accounts, config, scale targets, backends.
import { templateLabels } from './check-metadata.ts';
import { containersOf, podOf } from './check-pod.ts';
import type { CheckedObject, Finding, Report } from './finding.ts';
import { fieldAt, fieldsOf, listOf, textOf } from '../api/foreign-fields.ts';
import { reportFor } from './finding.ts';

/** Findings about references between the objects; a reference to a Secret is never one, because Secrets are not generated. */
export function checkReferences(objects: readonly CheckedObject[]): Finding[] {
  return objects.flatMap((object) => {
    const report = reportFor(object.file);
    return [
      ...checkSelected(object, objects, report),
      ...checkTargetPorts(object, objects, report),
      ...checkPodReferences(object, objects, report),
      ...checkScaleTarget(object, objects, report),
      ...checkBackends(object, objects, report),
      ...checkGoverningService(object, objects, report),
      ...checkDouble(object, objects, report),
      ...checkNamespaceExists(object, objects, report),
    ];
  });
}

const selectorPaths: Readonly<Record<string, readonly string[]>> = {
  Service: ['spec', 'selector'],
  PodDisruptionBudget: ['spec', 'selector', 'matchLabels'],
  NetworkPolicy: ['spec', 'podSelector', 'matchLabels'],
};

/** Workloads of the namespace whose pods have all the labels. */
function selectWorkloads(
  selector: unknown,
  namespace: string,
  objects: readonly CheckedObject[],
): CheckedObject[] {
  const wanted = Object.entries(fieldsOf(selector));
  return objects.filter((object) => {
    const labels = templateLabels(object);
    return (
      labels.size > 0 &&
      object.namespace === namespace &&
      wanted.every(([key, value]) => labels.get(key) === value)
    );
  });
}

function checkSelected(object: CheckedObject, objects: readonly CheckedObject[], report: Report): Finding[] {
  const path = Object.hasOwn(selectorPaths, object.kind) ? selectorPaths[object.kind] : undefined;
  if (!path) return [];
  const selector = fieldAt(object.value, ...path);
  const found = selectWorkloads(selector, object.namespace, objects);
  if (found.length === 1 && Object.keys(fieldsOf(selector)).length > 0) return [];
  return [
    report(
      path.join('.'),
      'the selector does not select one workload',
      'the labels of one workload',
      selector,
    ),
  ];
}

function checkTargetPorts(
  object: CheckedObject,
  objects: readonly CheckedObject[],
  report: Report,
): Finding[] {
  if (object.kind !== 'Service') return [];
  const known = new Set(
    selectWorkloads(fieldAt(object.value, 'spec', 'selector'), object.namespace, objects).flatMap(
      containerPorts,
    ),
  );
  return listOf(fieldAt(object.value, 'spec', 'ports')).flatMap((port, index) => {
    const target = fieldAt(port, 'targetPort') ?? fieldAt(port, 'port');
    if (known.has(target)) return [];
    return [
      report(
        `spec.ports[${index}].targetPort`,
        'no container has that port',
        'a port of the container',
        target,
      ),
    ];
  });
}

function containerPorts(workload: CheckedObject): unknown[] {
  const pod = podOf(workload);
  if (!pod) return [];
  return containersOf(pod).flatMap(({ value }) =>
    listOf(value['ports']).flatMap((port) => [fieldAt(port, 'name'), fieldAt(port, 'containerPort')]),
  );
}

/** Accounts, config and claims that the pods name. */
function checkPodReferences(
  object: CheckedObject,
  objects: readonly CheckedObject[],
  report: Report,
): Finding[] {
  const pod = podOf(object);
  if (!pod) return [];
  const has = (kind: string, name: unknown): boolean =>
    objects.some(
      (other) => other.kind === kind && other.name === name && other.namespace === object.namespace,
    );
  const missing = (kind: string, name: unknown, path: string): Finding[] =>
    name === undefined || has(kind, name)
      ? []
      : [report(path, `there is no such ${kind} among the files`, `a ${kind} that is generated`, name)];
  const account = pod.value['serviceAccountName'];
  return [
    ...(account === 'default' ? [] : missing('ServiceAccount', account, `${pod.path}.serviceAccountName`)),
    ...containersOf(pod).flatMap(({ path, value }) => [
      ...listOf(value['envFrom']).flatMap((entry, index) =>
        missing(
          'ConfigMap',
          fieldAt(entry, 'configMapRef', 'name'),
          `${path}.envFrom[${index}].configMapRef.name`,
        ),
      ),
      ...listOf(value['env']).flatMap((entry, index) =>
        missing(
          'ConfigMap',
          fieldAt(entry, 'valueFrom', 'configMapKeyRef', 'name'),
          `${path}.env[${index}].valueFrom`,
        ),
      ),
    ]),
    ...listOf(pod.value['volumes']).flatMap((volume, index) => [
      ...missing(
        'PersistentVolumeClaim',
        fieldAt(volume, 'persistentVolumeClaim', 'claimName'),
        `${pod.path}.volumes[${index}]`,
      ),
      ...missing('ConfigMap', fieldAt(volume, 'configMap', 'name'), `${pod.path}.volumes[${index}]`),
    ]),
  ];
}

function checkScaleTarget(
  object: CheckedObject,
  objects: readonly CheckedObject[],
  report: Report,
): Finding[] {
  if (object.kind !== 'HorizontalPodAutoscaler') return [];
  const target = fieldsOf(fieldAt(object.value, 'spec', 'scaleTargetRef'));
  const workload = objects.find(
    (other) =>
      other.kind === target['kind'] && other.name === target['name'] && other.namespace === object.namespace,
  );
  const path = 'spec.scaleTargetRef';
  if (!workload || workload.apiVersion !== target['apiVersion']) {
    return [report(path, 'there is nothing to scale', 'a workload among the files', target)];
  }
  const replicas = fieldAt(workload.value, 'spec', 'replicas');
  if (replicas === undefined) return [];
  return [
    report(path, 'the workload has fixed replicas, which fight with the HPA', 'no replicas there', replicas),
  ];
}

function checkBackends(object: CheckedObject, objects: readonly CheckedObject[], report: Report): Finding[] {
  return backendsOf(object).flatMap(({ path, name, port }) => {
    const service = objects.find(
      (other) => other.kind === 'Service' && other.name === name && other.namespace === object.namespace,
    );
    if (!service) return [report(path, 'the backend is not there', 'a Service among the files', name)];
    const ports = listOf(fieldAt(service.value, 'spec', 'ports')).flatMap((entry) => [
      fieldAt(entry, 'name'),
      fieldAt(entry, 'port'),
    ]);
    return ports.includes(port)
      ? []
      : [report(path, 'the Service has no such port', 'a port of the Service', port)];
  });
}

/** A StatefulSet's pods have their names from a headless Service. */
function checkGoverningService(
  { kind, namespace, value }: CheckedObject,
  objects: readonly CheckedObject[],
  report: Report,
): Finding[] {
  if (kind !== 'StatefulSet') return [];
  const name = fieldAt(value, 'spec', 'serviceName');
  const service = objects.find(
    (other) => other.kind === 'Service' && other.name === name && other.namespace === namespace,
  );
  const isHeadless = service !== undefined && fieldAt(service.value, 'spec', 'clusterIP') === 'None';
  return isHeadless
    ? []
    : [report('spec.serviceName', 'its pods get no names', 'a headless Service among the files', name)];
}

function backendsOf({ kind, value }: CheckedObject): { path: string; name: string; port: unknown }[] {
  const rules = listOf(fieldAt(value, 'spec', 'rules'));
  if (kind === 'Ingress') {
    return rules.flatMap((rule, index) =>
      listOf(fieldAt(rule, 'http', 'paths')).map((entry, place) => {
        const service = fieldAt(entry, 'backend', 'service');
        const port = fieldAt(service, 'port', 'name') ?? fieldAt(service, 'port', 'number');
        return {
          path: `spec.rules[${index}].http.paths[${place}].backend`,
          name: textOf(fieldAt(service, 'name')),
          port,
        };
      }),
    );
  }
  if (kind !== 'HTTPRoute') return [];
  return rules.flatMap((rule, index) =>
    listOf(fieldAt(rule, 'backendRefs')).map((entry, place) => ({
      path: `spec.rules[${index}].backendRefs[${place}]`,
      name: textOf(fieldAt(entry, 'name')),
      port: fieldAt(entry, 'port'),
    })),
  );
}

function checkDouble(object: CheckedObject, objects: readonly CheckedObject[], report: Report): Finding[] {
  const first = objects.find(
    ({ kind, name, namespace }) =>
      kind === object.kind && name === object.name && namespace === object.namespace,
  );
  if (first === object) return [];
  return [
    report(
      'metadata.name',
      `there are two of this ${object.kind}`,
      `one; the other is in ${first?.file ?? ''}`,
      object.name,
    ),
  ];
}

/** Every namespace that is written into an object is made, or every cluster has it. Argo CD's is Argo CD's. */
function checkNamespaceExists(
  object: CheckedObject,
  objects: readonly CheckedObject[],
  report: Report,
): Finding[] {
  const { kind, namespace } = object;
  const isGiven = kind === 'Namespace' || kind === 'Application' || /^(default|kube-.*)$/.test(namespace);
  const namespaces = objects.filter((other) => other.kind === 'Namespace');
  if (isGiven || namespaces.some(({ name }) => name === namespace)) return [];
  const expected = namespaces.map(({ name }) => name).join(' or ') || 'a Namespace among the files';
  return [report('metadata.namespace', 'the namespace is not made', expected, namespace)];
}
