// Limits against the persona's.
import { limitAbovePersona } from '../../../src/rules/resources/limit-above-persona.ts';
import { limitMissing } from '../../../src/rules/resources/limit-missing.ts';
import { describeRule } from '../rule-cases.ts';

const limits = (cpu: unknown, memory: unknown) => ({ resources: { limits: { cpu, memory } } });
const persona = limits('500m', '512Mi');
const cpu = 'containers[0].resources.limits.cpu';
const memory = 'containers[0].resources.limits.memory';

describeRule(limitAbovePersona, {
  'a limit above the persona’s is a warning': {
    persona,
    container: limits('1', '512Mi'),
    says: [`warning ${cpu}: 1, at most 500m`],
  },
  'it is an error for tier critical': {
    persona: { ...persona, tier: 'critical' },
    container: limits('1', '1Gi'),
    says: [`error ${cpu}: 1, at most 500m`, `error ${memory}: 1Gi, at most 512Mi`],
  },
  'it stays a warning for tier best-effort': {
    persona: { ...persona, tier: 'best-effort' },
    container: limits('1', '1Gi'),
    says: [`warning ${cpu}: 1, at most 500m`, `warning ${memory}: 1Gi, at most 512Mi`],
  },
  '100m and 0.1 are the same': {
    persona: limits('100m', '1Gi'),
    container: limits('0.1', '1024Mi'),
    says: 'nothing',
  },
  'a fraction that YAML reads as a number is one, too': {
    persona: limits('500m', '1Gi'),
    container: limits(0.51, 1),
    says: [`warning ${cpu}: 0.51, at most 500m`],
  },
  '1Ki is more than 1k': {
    persona: limits('1', '1k'),
    container: limits('1', '1Ki'),
    says: [`warning ${memory}: 1Ki, at most 1k`],
  },
  'integers over 2^53 are compared exactly': {
    persona: limits('1', '9007199254740992'),
    container: limits('1', '9007199254740993'),
    says: [`warning ${memory}: 9007199254740993, at most 9007199254740992`],
  },
  'a nano too much is too much': {
    persona: limits('1', '1Gi'),
    container: limits('1.000000001', '1Gi'),
    says: [`warning ${cpu}: 1.000000001, at most 1`],
  },
  'a lower limit is fine': { persona, container: limits('250m', '256Mi'), says: 'nothing' },
  'no limit is another rule’s': { persona, says: 'nothing' },
  'a malformed limit is another rule’s': { persona, container: limits('abc', '1e999'), says: 'nothing' },
  'the pod’s limit holds a container without one': {
    persona,
    pod: limits('2', '256Mi'),
    says: ['warning resources.limits.cpu: 2, at most 500m'],
  },
  'sidecars are not held to it': {
    persona,
    container: limits('500m', '512Mi'),
    beside: [{ name: 'proxy', ...limits('2', '2Gi') }],
    says: 'nothing',
  },
  'the container of the annotation is the one': {
    persona,
    workload: {
      spec: {
        template: { metadata: { annotations: { 'kubectl.kubernetes.io/default-container': 'main' } } },
      },
    },
    beside: [{ name: 'main', ...limits('2', '512Mi') }],
    says: ['warning containers[1].resources.limits.cpu: 2, at most 500m'],
  },
  'without limits in the persona there is nothing to say': {
    container: limits('64', '64Gi'),
    says: 'not-applicable',
  },
  'a CronJob is held to it as well': {
    persona: { ...persona, type: 'cron' },
    workload: { kind: 'CronJob' },
    container: limits('1', '512Mi'),
    says: ['warning spec.jobTemplate.containers[0].resources.limits.cpu: 1, at most 500m'],
  },
  'so is a DaemonSet': {
    persona: { ...persona, type: 'daemon' },
    workload: { kind: 'DaemonSet' },
    container: limits('1', '512Mi'),
    says: [`warning ${cpu}: 1, at most 500m`],
  },
});

describeRule(limitMissing, {
  'a limit that the persona names has to be there': {
    persona,
    container: { resources: { limits: { cpu: '500m' } } },
    says: [`warning ${memory}: unset, 512Mi`],
  },
  'cpu and memory are asked apart': {
    persona,
    says: [`warning ${cpu}: unset, 500m`, `warning ${memory}: unset, 512Mi`],
  },
  'the persona asks only for what it names': {
    persona: { resources: { limits: { memory: '1Gi' } } },
    container: limits(undefined, '1Gi'),
    says: 'nothing',
  },
  'null is absent': { persona, container: limits(null, '1Gi'), says: [`warning ${cpu}: unset, 500m`] },
  'a malformed limit is there': { persona, container: limits('lots', '1Gi'), says: 'nothing' },
  'the pod’s limit counts': { persona, pod: limits('1', '1Gi'), says: 'nothing' },
  'a sidecar’s does not': {
    persona: { resources: { limits: { memory: '1Gi' } } },
    beside: [{ name: 'proxy', ...limits('1', '1Gi') }],
    says: [`warning ${memory}: unset, 1Gi`],
  },
  'without limits in the persona there is nothing to say': { says: 'not-applicable' },
});
