// The rule that the ports of persona, containers and Services are the same ones.
import type { EffectivePort } from '../../api/personas.ts';
import type { ServiceSnapshot } from '../../workload/surroundings.ts';
import type { ContainerPort, PodSnapshot } from '../../workload/workload.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { lastingContainers } from '../resources/amounts.ts';
import { showValue } from '../show-value.ts';
import { servicesOf } from './services.ts';

/** network/ports */
export const ports: Rule = {
  id: 'network/ports',
  title: 'Ports of persona, containers and Services meet',
  semantics:
    'Each of networking.ports of the persona is a containerPort of a container or native sidecar, with the same protocol. Each targetPort of a Service that selects the pods leads to one: a name has to be the name of a port with the same protocol; a number has to be declared by a container or the persona, where either declares any. A containerPort is a number from 1 to 65535.',
  rationale:
    'A Service whose target is nobody’s port answers every request with a refused connection, although all pods are ready.',
  severity: 'warning',
  otherSeverities: '',
  bad: '# persona: {networking: {ports: [{port: 8080}]}}\nports:\n  - containerPort: 80',
  good: '# persona: {networking: {ports: [{port: 8080}]}}\nports:\n  - name: http\n    containerPort: 8080',
  needsSurroundings: false,
  evaluate({ persona: { spec }, workload, surroundings }) {
    const asked = spec.networking.ports ?? [];
    const services = surroundings ? servicesOf(workload, surroundings) : [];
    const declared = lastingContainers(workload.pod).flatMap((container) => container.ports);
    if (asked.length + services.length + declared.length === 0) return 'not-applicable';
    return [
      ...judgeNumbers(workload.pod),
      ...judgeAsked(asked, declared, workload.pod),
      ...services.flatMap((service) => judgeService(service, declared, asked)),
    ];
  },
};

function judgeNumbers(pod: PodSnapshot): RuleReport[] {
  return pod.containers.flatMap((container) =>
    container.ports.flatMap(({ containerPort }, index): RuleReport[] => {
      if (isPortNumber(containerPort)) return [];
      const actual = showValue(containerPort);
      return [
        {
          field: `${container.path}.ports[${index}].containerPort`,
          container: container.name,
          actual,
          expected: '1 to 65535',
          message: `container ${container.name}: containerPort is ${actual}, 1 to 65535 expected`,
        },
      ];
    }),
  );
}

function isPortNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535;
}

function judgeAsked(
  asked: readonly EffectivePort[],
  declared: readonly ContainerPort[],
  pod: PodSnapshot,
): RuleReport[] {
  const shown = declared.map(({ containerPort, protocol }) => showPort(containerPort, protocol));
  return asked
    .filter((port) => !declared.some((entry) => isSame(entry, port.port, port.protocol)))
    .map(({ port, protocol }) => ({
      field: `${lastingContainers(pod)[0]?.path ?? `${pod.path}.containers`}.ports`,
      subject: showPort(port, protocol),
      actual: shown.length === 0 ? 'unset' : shown.slice(0, 8).join(', '),
      expected: showPort(port, protocol),
      message: `no container declares port ${showPort(port, protocol)}, which the persona listens on`,
      suggestion:
        protocol === 'TCP' ? `- containerPort: ${port}` : `- {containerPort: ${port}, protocol: ${protocol}}`,
    }));
}

function judgeService(
  service: ServiceSnapshot,
  declared: readonly ContainerPort[],
  asked: readonly EffectivePort[],
): RuleReport[] {
  const known = [
    ...declared,
    ...asked.map(({ port, protocol }) => ({ containerPort: port, protocol, name: undefined })),
  ];
  return service.ports.flatMap(({ targetPort, protocol }, index): RuleReport[] => {
    if (resolves(targetPort, protocol, known)) return [];
    const actual = showValue(targetPort);
    const isName = typeof targetPort === 'string';
    return [
      {
        field: `spec.ports[${index}].targetPort`,
        object: `Service/${service.name}`,
        subject: actual,
        actual,
        expected: isName ? 'the name of a containerPort' : 'a containerPort',
        message: `Service ${service.name}: targetPort ${actual} (${protocol}) ${isName ? 'names' : 'is'} no port of a container`,
        suggestion: 'name a port that a container declares',
      },
    ];
  });
}

function resolves(
  target: number | string | undefined,
  protocol: string,
  known: readonly ContainerPort[],
): boolean {
  if (target === undefined) return true;
  if (typeof target === 'string' && !/^[0-9]{1,5}$/.test(target))
    return known.some((entry) => entry.name === target && entry.protocol === protocol);
  return known.length === 0 || known.some((entry) => isSame(entry, Number(target), protocol));
}

function isSame({ containerPort, protocol }: ContainerPort, number: number, wanted: string): boolean {
  return containerPort === number && protocol === wanted;
}

function showPort(port: unknown, protocol: string): string {
  return protocol === 'TCP' ? showValue(port) : `${showValue(port)}/${protocol}`;
}
