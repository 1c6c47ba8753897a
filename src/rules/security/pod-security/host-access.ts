// Baseline checks on what a pod reaches of its node: namespaces, ports, paths, and addresses that the kubelet is sent to.
import { fieldAt, listOf } from '../../../api/foreign-fields.ts';
import type { Container } from '../../../workload/workload.ts';
import {
  findForbidden,
  isAllowed,
  listSetters,
  type PodSecurityCheck,
  type PodSecurityProblem,
} from './check.ts';

const hostNamespaces: PodSecurityCheck = {
  id: 'hostNamespaces',
  level: 'baseline',
  find: (pod) =>
    ['hostNetwork', 'hostPID', 'hostIPC'].flatMap((name) =>
      findForbidden({ container: undefined, path: pod.path, fields: pod.spec }, [name], [false]),
    ),
};

const hostPorts: PodSecurityCheck = {
  id: 'hostPorts',
  level: 'baseline',
  find: ({ containers }) =>
    containers.flatMap(({ name, path, fields }) =>
      listOf(fieldAt(fields, 'ports')).flatMap((port, index) =>
        findForbidden({ container: name, path: `${path}.ports[${index}]`, fields: port }, ['hostPort'], [0]),
      ),
    ),
};

const hostPathVolumes: PodSecurityCheck = {
  id: 'hostPathVolumes',
  level: 'baseline',
  find: ({ spec, path }) =>
    listOf(fieldAt(spec, 'volumes')).flatMap((volume, index) => {
      const actual = fieldAt(volume, 'hostPath');
      if (isAllowed(actual, [])) return [];
      const shown = fieldAt(actual, 'path') ?? actual;
      const subject = `volume ${String(index)}: hostPath`;
      return [{ field: `${path}.volumes[${index}].hostPath`, actual: shown, expected: 'unset', subject }];
    }),
};

const hostProbesAndHostLifecycle: PodSecurityCheck = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  find: ({ containers }) => containers.flatMap(findProbeHosts),
};

const handlers = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

function findProbeHosts({ name, path, fields }: Container): PodSecurityProblem[] {
  return handlers.flatMap((handler) =>
    ['httpGet', 'tcpSocket'].flatMap((action) =>
      findForbidden({ container: name, path, fields }, [...handler, action, 'host'], ['']),
    ),
  );
}

const windowsHostProcess: PodSecurityCheck = {
  id: 'windowsHostProcess',
  level: 'baseline',
  find: (pod) =>
    listSetters(pod).flatMap((setter) => findForbidden(setter, ['windowsOptions', 'hostProcess'], [false])),
};

/** The checks on access to the node. */
export const hostAccessChecks: readonly PodSecurityCheck[] = [
  hostNamespaces,
  hostPorts,
  hostPathVolumes,
  hostProbesAndHostLifecycle,
  windowsHostProcess,
];
