// When probes give up.
import { identicalProbes } from '../../../src/rules/health/identical-probes.ts';
import { startupWindow } from '../../../src/rules/health/startup-window.ts';
import { describeRule } from '../rule-cases.ts';

const ask = { httpGet: { path: '/health', port: 8080 } };
const ports = [{ name: 'http', containerPort: 8080 }];
const same = [
  'warning containers[0].livenessProbe: the same as readinessProbe, another question, or more patience',
];

describeRule(identicalProbes, {
  'the same question': { container: { livenessProbe: ask, readinessProbe: ask }, says: same },
  'the same question in other words': {
    container: {
      ports,
      livenessProbe: { httpGet: { path: '/health', port: 'http', scheme: 'HTTP' }, periodSeconds: 10 },
      readinessProbe: ask,
    },
    says: same,
  },
  'the same question, less patience': {
    container: { livenessProbe: { ...ask, periodSeconds: 5 }, readinessProbe: ask },
    says: same,
  },
  'the same question, more patience': {
    container: { livenessProbe: { ...ask, failureThreshold: 6 }, readinessProbe: ask },
    says: 'nothing',
  },
  'another path': {
    container: { livenessProbe: ask, readinessProbe: { httpGet: { path: '/ready', port: 8080 } } },
    says: 'nothing',
  },
  'another kind': {
    container: { livenessProbe: { tcpSocket: { port: 8080 } }, readinessProbe: ask },
    says: 'nothing',
  },
  'the same command': {
    container: {
      livenessProbe: { exec: { command: ['ping', 'db'] } },
      readinessProbe: { exec: { command: ['ping', 'db'] } },
    },
    says: same,
  },
  'another command': {
    container: {
      livenessProbe: { exec: { command: ['ping', 'db'] } },
      readinessProbe: { exec: { command: ['ping db'] } },
    },
    says: 'nothing',
  },
  'another gRPC service': {
    container: {
      livenessProbe: { grpc: { port: 8080 } },
      readinessProbe: { grpc: { port: 8080, service: 'ready' } },
    },
    says: 'nothing',
  },
  'of one container only': {
    container: { livenessProbe: ask },
    beside: [{ name: 'proxy', readinessProbe: ask }],
    says: 'not-applicable',
  },
});

const grace = (startupGracePeriod: string) => ({ health: { startupGracePeriod } });
const tcp = { tcpSocket: { port: 8080 } };

describeRule(startupWindow, {
  'a startup probe that lasts': {
    persona: grace('2m'),
    container: { startupProbe: { ...tcp, periodSeconds: 5, failureThreshold: 24 } },
    says: 'nothing',
  },
  'a startup probe that gives up before': {
    persona: grace('2m1s'),
    container: { startupProbe: { ...tcp, periodSeconds: 5, failureThreshold: 24 } },
    says: ['warning containers[0].startupProbe: 120s, at least 121s'],
  },
  'a delay counts': {
    persona: grace('60s'),
    container: { startupProbe: { ...tcp, initialDelaySeconds: 30 } },
    says: 'nothing',
  },
  'liveness alone': {
    persona: grace('1m'),
    container: { livenessProbe: tcp },
    says: ['warning containers[0].livenessProbe: 30s, at least 60s'],
  },
  'liveness with a delay': {
    persona: grace('1m'),
    container: { livenessProbe: { ...tcp, initialDelaySeconds: 30 } },
    says: 'nothing',
  },
  'a startup probe holds liveness back': {
    persona: grace('1m'),
    container: { livenessProbe: tcp, startupProbe: { ...tcp, failureThreshold: 6 } },
    says: 'nothing',
  },
  'the default of both fits': { container: { livenessProbe: tcp }, says: 'nothing' },
  'nothing ends a slow start': { persona: grace('10m'), says: 'not-applicable' },
  'a duration that is none': {
    persona: grace('soon'),
    container: { livenessProbe: tcp },
    says: 'not-applicable',
  },
});
