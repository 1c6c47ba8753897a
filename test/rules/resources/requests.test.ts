// Requests against the persona's, and against limits.
import { quantity } from '../../../src/rules/resources/quantity.ts';
import { requestAboveLimit } from '../../../src/rules/resources/request-above-limit.ts';
import { requestBelowPersona } from '../../../src/rules/resources/request-below-persona.ts';
import { requestMissing } from '../../../src/rules/resources/request-missing.ts';
import { describeRule } from '../rule-cases.ts';

const resources = (requests: object, limits: object = {}) => ({ resources: { requests, limits } });
const persona = resources({ cpu: '100m', memory: '128Mi' });
const cpu = 'containers[0].resources.requests.cpu';
const memory = 'containers[0].resources.requests.memory';
const sidecar = (parts: object) => ({ name: 'proxy', restartPolicy: 'Always', ...parts });

describeRule(requestMissing, {
  'cpu and memory are asked apart': {
    persona,
    container: resources({ cpu: '100m' }),
    says: [`warning ${memory}: unset, 128Mi`],
  },
  'a limit counts as the request': {
    persona,
    container: resources({}, { cpu: '1', memory: '1Gi' }),
    says: 'nothing',
  },
  'a native sidecar has to have one': {
    persona,
    container: resources({ cpu: '100m', memory: '128Mi' }),
    initContainers: [sidecar(resources({ cpu: '10m' }))],
    says: ['warning initContainers[0].resources.requests.memory: unset, a request'],
  },
  'an init container ends, and does not': {
    persona,
    container: resources({ cpu: '100m', memory: '128Mi' }),
    initContainers: [{ name: 'migrate' }],
    says: 'nothing',
  },
  'a request of the pod counts for all': {
    persona,
    pod: resources({ cpu: '1', memory: '1Gi' }),
    beside: [{ name: 'proxy' }],
    says: 'nothing',
  },
  'the persona asks only for what it names': {
    persona: resources({ cpu: '100m' }),
    container: resources({ cpu: '1' }),
    says: 'nothing',
  },
  'without requests in the persona there is nothing to say': { says: 'not-applicable' },
});

describeRule(requestBelowPersona, {
  'less than the persona says is a warning': {
    persona,
    container: resources({ cpu: '0.05', memory: '128Mi' }),
    says: [`warning ${cpu}: 0.05, at least 100m`],
  },
  'the same amount in other words is enough': {
    persona,
    container: resources({ cpu: '0.1', memory: '134217728' }),
    says: 'nothing',
  },
  'a limit that is lower is a lower request': {
    persona,
    container: resources({ memory: '1Gi' }, { cpu: '50m' }),
    says: ['warning containers[0].resources.limits.cpu: 50m, at least 100m'],
  },
  'the pod’s request counts where the container has none': {
    persona,
    pod: resources({ cpu: '50m', memory: '1Gi' }),
    says: ['warning resources.requests.cpu: 50m, at least 100m'],
  },
  'what is missing is another rule’s': { persona, says: 'nothing' },
  'a malformed request is another rule’s': {
    persona,
    container: resources({ cpu: '-1', memory: '٣Mi' }),
    says: 'nothing',
  },
});

describeRule(requestAboveLimit, {
  'a request over its limit': {
    container: resources({ cpu: '1', memory: '64Mi' }, { cpu: '500m', memory: '64Mi' }),
    says: [`warning ${cpu}: 1, at most 500m`],
  },
  'the same amount in other words is not over it': {
    container: resources({ cpu: '0.1' }, { cpu: '100m' }),
    says: 'nothing',
  },
  'thousandths are the finest that the API server compares': {
    container: resources({ cpu: '2u' }, { cpu: '1u' }),
    says: 'nothing',
  },
  'a native sidecar’s': {
    initContainers: [sidecar(resources({ memory: '1Gi' }, { memory: '1G' }))],
    says: ['warning initContainers[0].resources.requests.memory: 1Gi, at most 1G'],
  },
  'a container’s request over the pod’s limit': {
    container: resources({ cpu: '2' }),
    pod: resources({}, { cpu: '1' }),
    says: [`warning ${cpu}: 2, at most 1`],
  },
  'the pod’s own request over its limit': {
    pod: resources({ cpu: '2' }, { cpu: '1' }),
    says: ['warning resources.requests.cpu: 2, at most 1'],
  },
  'what containers and sidecars ask for together': {
    container: resources({ cpu: '600m' }),
    initContainers: [sidecar(resources({ cpu: '600m' }))],
    pod: resources({}, { cpu: '1' }),
    says: ['warning resources.limits.cpu: 1200m, at most 1'],
  },
  'together they may not ask for more than the pod does': {
    container: resources({ cpu: '600m' }),
    beside: [{ name: 'proxy', ...resources({}, { cpu: '600m' }) }],
    pod: resources({ cpu: '1' }, { cpu: '2' }),
    says: ['warning resources.requests.cpu: 1200m, at most 1'],
  },
  'nor may one alone': {
    container: resources({ cpu: '1500m' }),
    pod: resources({ cpu: '1' }, { cpu: '2' }),
    says: ['warning resources.requests.cpu: 1500m, at most 1'],
  },
  'what init containers ask for is not added': {
    container: resources({ cpu: '600m' }),
    initContainers: [{ name: 'migrate', ...resources({ cpu: '600m' }) }],
    pod: resources({}, { cpu: '1' }),
    says: 'nothing',
  },
});

const malformed = (value: unknown, shown: string) => ({
  container: resources({ cpu: value }),
  says: [`error ${cpu}: ${shown}, a quantity`],
});

describeRule(quantity, {
  'letters are no amount': malformed('abc', 'abc'),
  'no exponent without end': malformed('1e999', '1e999'),
  'digits are ASCII': malformed('١', '١'),
  'MB is no suffix': malformed('512MB', '512MB'),
  'a truth value is no amount': malformed(true, 'true'),
  'an object is no amount': malformed({ value: 1 }, 'an object'),
  'not a number is no amount': malformed(NaN, 'null'),
  'empty text is no amount': malformed('', '""'),
  'less than nothing': {
    container: resources({ cpu: '-1' }),
    says: [`error ${cpu}: "-1", 0 or more`],
  },
  'a tenth of a byte is a slip': {
    container: resources({ memory: '100m' }),
    says: [`warning ${memory}: 100m, whole bytes`],
  },
  'limits of the pod and of init containers are read, too': {
    initContainers: [{ name: 'migrate', resources: { limits: { 'nvidia.com/gpu': 'one' } } }],
    pod: resources({}, { memory: '1gb' }),
    says: [
      'error initContainers[0].resources.limits.nvidia.com/gpu: one, a quantity',
      'error resources.limits.memory: 1gb, a quantity',
    ],
  },
  'what Kubernetes reads is fine': {
    container: resources({ cpu: 0.5, memory: 1 }, { cpu: ' 1 ', memory: '1e3', 'ephemeral-storage': null }),
    says: 'nothing',
  },
});
