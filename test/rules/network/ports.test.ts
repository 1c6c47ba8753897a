// Ports of persona, containers and Services.
import { ports } from '../../../src/rules/network/ports.ts';
import { describeRule } from '../rule-cases.ts';

const persona = { networking: { ports: [{ port: 8080 }] } };
const container = { ports: [{ name: 'http', containerPort: 8080 }] };
const service = (...list: object[]) => ({ kind: 'Service', spec: { ports: list } });

describeRule(ports, {
  'a port that a container declares': { persona, container, says: 'nothing' },
  'a port that none declares': {
    persona,
    container: { ports: [{ containerPort: 80 }] },
    says: ['warning containers[0].ports: 80, 8080'],
  },
  'a container without ports': { persona, says: ['warning containers[0].ports: unset, 8080'] },
  'a port of a sidecar': {
    persona,
    initContainers: [{ name: 'proxy', restartPolicy: 'Always', ...container }],
    says: 'nothing',
  },
  'a port of an init container is gone': {
    persona,
    initContainers: [{ name: 'migrate', ...container }],
    says: ['warning containers[0].ports: unset, 8080'],
  },
  'the same number with another protocol': {
    persona: { networking: { ports: [{ port: 53, protocol: 'UDP' }] } },
    container: { ports: [{ containerPort: 53 }] },
    says: ['warning containers[0].ports: 53, 53/UDP'],
  },
  'a Service that leads there by name': {
    container,
    around: [service({ port: 80, targetPort: 'http' })],
    says: 'nothing',
  },
  'a Service that leads to no name': {
    container,
    around: [service({ port: 80, targetPort: 'web' })],
    says: ['warning Service/shop spec.ports[0].targetPort: web, the name of a containerPort'],
  },
  'a name of another protocol': {
    container,
    around: [service({ port: 80, targetPort: 'http', protocol: 'UDP' })],
    says: ['warning Service/shop spec.ports[0].targetPort: http, the name of a containerPort'],
  },
  'a Service without a target leads to its own port': {
    container,
    around: [service({ port: 80 })],
    says: ['warning Service/shop spec.ports[0].targetPort: 80, a containerPort'],
  },
  'numbers are free where nobody declares any': {
    around: [service({ port: 80, targetPort: 9000 })],
    says: 'nothing',
  },
  'a Service of others': {
    container,
    around: [{ ...service({ port: 80, targetPort: 'web' }), spec: { selector: { app: 'cart' } } }],
    says: 'nothing',
  },
  'a port beyond the last': {
    container: { ports: [{ containerPort: 65536 }, { containerPort: 'http' }] },
    says: [
      'warning containers[0].ports[0].containerPort: 65536, 1 to 65535',
      'warning containers[0].ports[1].containerPort: http, 1 to 65535',
    ],
  },
  'nothing to compare': { says: 'not-applicable' },
  'a DaemonSet listens as well': {
    persona: { ...persona, type: 'daemon' },
    workload: { kind: 'DaemonSet' },
    says: ['warning containers[0].ports: unset, 8080'],
  },
});
