// One container: image, ports, probes, variables, mounts, resources.
import { compareQuantities, parseQuantity } from '../quantity/index.ts';
import { checkPortNumber, checkQuantity, checkSyntax, checkUnique } from './check-values.ts';
import type { ContainerEntry } from './check-values.ts';
import type { Finding, Report } from './finding.ts';
import { fieldAt, fieldsOf, listOf, textOf } from '../api/foreign-fields.ts';
import { imageReference, portName, variableName } from './syntax.ts';

/** Findings about a container; `volumes` are the names that it can mount. */
export function checkContainer(
  container: ContainerEntry,
  volumes: ReadonlySet<string>,
  report: Report,
): Finding[] {
  const { path, value } = container;
  return [
    ...checkSyntax(value['image'], imageReference, `${path}.image`, 'the image', report),
    ...checkPorts(container, report),
    ...checkProbes(container, report),
    ...checkVariables(container, report),
    ...checkMounts(container, volumes, report),
    ...checkResources(container, report),
  ];
}

function checkPorts({ path, value }: ContainerEntry, report: Report): Finding[] {
  const ports = listOf(value['ports']);
  const keys = ports.map(
    (port) => `${String(fieldAt(port, 'containerPort'))}/${textOf(fieldAt(port, 'protocol')) || 'TCP'}`,
  );
  return [
    ...ports.flatMap((port, index) => [
      ...checkPortNumber(fieldAt(port, 'containerPort'), `${path}.ports[${index}].containerPort`, report),
      ...(fieldAt(port, 'name') === undefined
        ? []
        : checkSyntax(
            fieldAt(port, 'name'),
            portName,
            `${path}.ports[${index}].name`,
            "the port's name",
            report,
          )),
    ]),
    ...checkUnique(keys, `${path}.ports`, 'port', report),
  ];
}

const probeNames = ['startupProbe', 'readinessProbe', 'livenessProbe'];

const probeActions = ['httpGet', 'tcpSocket', 'grpc', 'exec'];

function checkProbes({ path, value }: ContainerEntry, report: Report): Finding[] {
  const ports = listOf(value['ports']);
  const known = new Set(ports.flatMap((port) => [fieldAt(port, 'name'), fieldAt(port, 'containerPort')]));
  const findings = probeNames.flatMap((name) => {
    const probe = fieldsOf(value[name]);
    if (value[name] === undefined) return [];
    const actions = probeActions.filter((action) => probe[action] !== undefined);
    if (actions.length !== 1) {
      return [
        report(`${path}.${name}`, 'a probe does one thing', 'one of httpGet, tcpSocket, grpc, exec', actions),
      ];
    }
    const action = actions[0] ?? '';
    const port = fieldAt(probe, action, 'port');
    if (action === 'exec' || known.has(port)) return [];
    return [
      report(
        `${path}.${name}.${action}.port`,
        'the probe asks a port that is not there',
        'a port of the container',
        port,
      ),
    ];
  });
  return [...findings, ...checkIdentical({ path, value }, report)];
}

/** The same question twice, by whatever name the port is called and however patiently it is asked. */
function checkIdentical({ path, value }: ContainerEntry, report: Report): Finding[] {
  const { readinessProbe, livenessProbe } = value;
  const [ready, alive] = [readinessProbe, livenessProbe].map((probe) => describeQuestion(probe, value));
  if (ready === undefined || ready !== alive) return [];
  return [
    report(
      `${path}.livenessProbe`,
      'liveness and readiness ask the same',
      'two probes that differ',
      livenessProbe,
    ),
  ];
}

function describeQuestion(probe: unknown, container: ContainerEntry['value']): string | undefined {
  const action = probeActions.find((name) => fieldAt(probe, name) !== undefined);
  if (action === undefined) return undefined;
  const { port, ...rest } = fieldsOf(fieldAt(probe, action));
  const named = listOf(container['ports']).find((entry) => fieldAt(entry, 'name') === port);
  return JSON.stringify([action, named === undefined ? port : fieldAt(named, 'containerPort'), rest]);
}

function checkVariables({ path, value }: ContainerEntry, report: Report): Finding[] {
  const names = listOf(value['env']).map((entry) => textOf(fieldAt(entry, 'name')));
  return [
    ...names.flatMap((name, index) =>
      checkSyntax(name, variableName, `${path}.env[${index}].name`, 'the variable', report),
    ),
    ...checkUnique(names, `${path}.env`, 'variable', report),
  ];
}

function checkMounts(
  { path, value }: ContainerEntry,
  volumes: ReadonlySet<string>,
  report: Report,
): Finding[] {
  const mounts = listOf(value['volumeMounts']);
  const paths = mounts.map((mount) => textOf(fieldAt(mount, 'mountPath')));
  return [
    ...mounts.flatMap((mount, index) => {
      const name = textOf(fieldAt(mount, 'name'));
      if (volumes.has(name)) return [];
      return [
        report(
          `${path}.volumeMounts[${index}].name`,
          'the mount has no volume',
          "a name of the pod's volumes",
          name,
        ),
      ];
    }),
    ...paths.flatMap((mountPath, index) =>
      mountPath.startsWith('/') && !mountPath.includes(':')
        ? []
        : [
            report(
              `${path}.volumeMounts[${index}].mountPath`,
              'nothing can be mounted there',
              'an absolute path',
              mountPath,
            ),
          ],
    ),
    ...checkUnique(paths, `${path}.volumeMounts`, 'mount', report),
  ];
}

function checkResources({ path, value }: ContainerEntry, report: Report): Finding[] {
  const requests = fieldsOf(fieldAt(value, 'resources', 'requests'));
  const limits = fieldsOf(fieldAt(value, 'resources', 'limits'));
  return [
    ...Object.entries({ requests, limits }).flatMap(([side, amounts]) =>
      Object.entries(amounts).flatMap(([name, amount]) =>
        checkQuantity(amount, `${path}.resources.${side}.${name}`, report),
      ),
    ),
    ...Object.keys(requests).flatMap((name) => {
      const [request, limit] = [parseQuantity(requests[name]), parseQuantity(limits[name])];
      if (!request.ok || !limit.ok || compareQuantities(request.quantity, limit.quantity) <= 0) return [];
      const expected = `at most the limit ${String(limits[name])}`;
      return [
        report(
          `${path}.resources.requests.${name}`,
          'the request is over the limit',
          expected,
          requests[name],
        ),
      ];
    }),
  ];
}
