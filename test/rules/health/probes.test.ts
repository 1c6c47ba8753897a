// Liveness and readiness against the persona's paths.
import { liveness } from '../../../src/rules/health/liveness.ts';
import { readiness } from '../../../src/rules/health/readiness.ts';
import { describeRule } from '../rule-cases.ts';

const http = (path: string, port: number | string = 8080, more: object = {}) => ({
  httpGet: { path, port, ...more },
});
const live = (probe: object, more: object = {}) => ({ livenessProbe: probe, ...more });
const ready = (probe: object, more: object = {}) => ({ readinessProbe: probe, ...more });
const tcp = { tcpSocket: { port: 8080 } };
const named = { ports: [{ name: 'http', containerPort: 8080 }] };
const persona = {
  health: { livenessPath: '/healthz', readinessPath: '/ready', port: 8080 },
  networking: { ports: [{ port: 8080, purpose: 'http' }] },
};
const probe = 'containers[0].livenessProbe';

describeRule(liveness, {
  'the path of the persona': { persona, container: live(http('/healthz')), says: 'nothing' },
  'another path': {
    persona,
    container: live(http('/health')),
    says: [`warning ${probe}.httpGet.path: /health, /healthz`],
  },
  'no path is /': {
    persona: { health: { livenessPath: '/' } },
    container: live({ httpGet: { port: 8080 } }),
    says: 'nothing',
  },
  'another port': {
    persona,
    container: live(http('/healthz', 9090)),
    says: [`warning ${probe}.httpGet.port: 9090, 8080`],
  },
  'a port by its name': { persona, container: live(http('/healthz', 'http'), named), says: 'nothing' },
  'a name that leads elsewhere': {
    persona,
    container: live(http('/healthz', 'admin'), { ports: [{ name: 'admin', containerPort: 9090 }] }),
    says: [`warning ${probe}.httpGet.port: 9090, 8080`],
  },
  'a name that no port has': {
    persona,
    container: live(http('/healthz', 'web'), named),
    says: [`warning ${probe}.httpGet.port: web, no port of the container, 8080`],
  },
  'the scheme that the port is said to speak': {
    persona: { ...persona, networking: { ports: [{ port: 8080, purpose: 'https' }] } },
    container: live(http('/healthz')),
    says: [`warning ${probe}.httpGet.scheme: HTTP, HTTPS`],
  },
  'TLS where the port is said to speak HTTP': {
    persona,
    container: live(http('/healthz', 8080, { scheme: 'HTTPS' })),
    says: [`warning ${probe}.httpGet.scheme: HTTPS, HTTP`],
  },
  'a scheme that nobody knows': {
    persona: { health: { livenessPath: '/healthz' } },
    container: live(http('/healthz', 8080, { scheme: 'HTTPS' })),
    says: 'nothing',
  },
  'the first port of the persona where health names none': {
    persona: { health: { livenessPath: '/healthz' }, networking: { ports: [{ port: 3000 }] } },
    container: live(http('/healthz')),
    says: [`warning ${probe}.httpGet.port: 8080, 3000`],
  },
  'opening the port is a different kind': {
    persona,
    container: live(tcp),
    says: [`info ${probe}: tcpSocket, httpGet /healthz`],
  },
  'so is gRPC': {
    persona,
    container: live({ grpc: { port: 8080 } }),
    says: [`info ${probe}: grpc, httpGet /healthz`],
  },
  'so is a command': {
    persona,
    container: live({ exec: { command: ['true'] } }),
    says: [`info ${probe}: exec, httpGet /healthz`],
  },
  'a probe that asks nothing is none': {
    persona,
    container: live({ periodSeconds: 5 }),
    says: [`warning ${probe}: unset, httpGet /healthz`],
  },
  'one container has to have it, not each': {
    persona,
    beside: [{ name: 'proxy', ...live(http('/healthz')) }],
    says: 'nothing',
  },
  'a sidecar may have another one': {
    persona,
    container: live(http('/healthz')),
    beside: [{ name: 'proxy', ...live(http('/proxy', 15000)) }],
    says: 'nothing',
  },
  'no probe at all': { persona, says: [`warning ${probe}: unset, httpGet /healthz`] },
  'no probe, and a persona that names no path': {
    persona: { networking: { ports: [{ port: 8080 }] } },
    says: [`warning ${probe}: unset, a liveness probe`],
  },
  'any probe for a persona that names no path': {
    persona: { networking: { ports: [{ port: 8080 }] } },
    container: live(tcp),
    says: 'nothing',
  },
  'readiness opens the port already': {
    persona: { networking: { ports: [{ port: 8080 }] } },
    container: ready(tcp),
    says: 'not-applicable',
  },
  'readiness opens the port, but the persona names a path': {
    persona,
    container: ready(tcp),
    says: [`warning ${probe}: unset, httpGet /healthz`],
  },
  'nothing to ask': { says: 'not-applicable' },
  'not of workers': { persona: { ...persona, type: 'worker' }, says: 'not-applicable' },
  'not of crons': {
    persona: { ...persona, type: 'cron' },
    workload: { kind: 'CronJob' },
    says: 'not-applicable',
  },
  'of daemons where the persona names the path': {
    persona: { ...persona, type: 'daemon' },
    workload: { kind: 'DaemonSet' },
    says: [`warning ${probe}: unset, httpGet /healthz`],
  },
  'not of other daemons': {
    persona: { type: 'daemon', networking: { ports: [{ port: 9100 }] } },
    workload: { kind: 'DaemonSet' },
    says: 'not-applicable',
  },
});

const service = { kind: 'Service' };

describeRule(readiness, {
  'the path of the persona': {
    persona,
    container: ready(http('/ready', 'http'), named),
    around: [service],
    says: 'nothing',
  },
  'another path and port': {
    persona,
    container: ready(http('/', 80)),
    around: [service],
    says: [
      'warning containers[0].readinessProbe.httpGet.path: /, /ready',
      'warning containers[0].readinessProbe.httpGet.port: 80, 8080',
    ],
  },
  'a different kind': {
    persona,
    container: ready(tcp),
    around: [service],
    says: ['info containers[0].readinessProbe: tcpSocket, httpGet /ready'],
  },
  'no probe where a Service sends requests': {
    around: [service],
    says: ['warning containers[0].readinessProbe: unset, a readiness probe'],
  },
  'not without a Service': { persona, says: 'not-applicable' },
  'not for the Service of others': {
    persona,
    around: [{ ...service, spec: { selector: { 'app.kubernetes.io/name': 'cart' } } }],
    says: 'not-applicable',
  },
  'not for a Service that selects nothing': {
    persona,
    around: [{ ...service, spec: { selector: null } }],
    says: 'not-applicable',
  },
  'not of workers': { persona: { ...persona, type: 'worker' }, around: [service], says: 'not-applicable' },
  'not where nothing can be seen': {
    persona,
    around: 'unseen',
    source: 'admission',
    says: 'not-applicable',
  },
});
