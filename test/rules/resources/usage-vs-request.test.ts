// What is declared against what the persona's status recommends.
import { usageVsRequest } from '../../../src/rules/resources/usage-vs-request.ts';
import { describeRule } from '../rule-cases.ts';

const advise = (...recommendations: object[]) => ({
  status: {
    recommendations: recommendations.map((one) => ({
      ...{ id: 'x', type: 'resource', priority: 'high', message: 'x' },
      ...{ workload: 'Deployment/shop', container: 'shop', setting: 'request' },
      ...one,
    })),
  },
});
const resources = (requests: object, limits: object = {}) => ({
  container: { resources: { requests, limits } },
});
const cpu = 'containers[0].resources.requests.cpu';
const memory = 'containers[0].resources.requests.memory';
const memory256 = advise({ resource: 'memory', recommended: '256Mi', p95: '230Mi' });
const cpu100 = advise({ resource: 'cpu', recommended: '100m', p95: '80m' });

describeRule(usageVsRequest, {
  'less than is recommended is a warning': {
    ...memory256,
    ...resources({ memory: '64Mi' }),
    says: [`warning ${memory}: 64Mi, 256Mi`],
  },
  'more than is recommended is a note': {
    ...cpu100,
    ...resources({ cpu: '2' }),
    says: [`info ${cpu}: 2, 100m`],
  },
  'what is recommended is what is asked for, in whatever words': {
    ...advise(
      { resource: 'memory', recommended: '256Mi' },
      { resource: 'cpu', recommended: '0.1', p95: '300m' },
    ),
    ...resources({ memory: '268435456', cpu: '100m' }),
    says: 'nothing',
  },
  'a difference under a tenth is noise': { ...memory256, ...resources({ memory: '284Mi' }), says: 'nothing' },
  'from a tenth of what is set on it is none': {
    ...advise({ resource: 'cpu', recommended: '900m' }),
    ...resources({ cpu: '1' }),
    says: [`info ${cpu}: 1, 900m`],
  },
  'a share of next to nothing is nothing': { ...cpu100, ...resources({ cpu: '76m' }), says: 'nothing' },
  'from 25m on it is something': {
    ...cpu100,
    ...resources({ cpu: '75m' }),
    says: [`warning ${cpu}: 75m, 100m`],
  },
  '31Mi are nothing either': { ...memory256, ...resources({ memory: '225Mi' }), says: 'nothing' },
  'from 32Mi on they are': {
    ...memory256,
    ...resources({ memory: '224Mi' }),
    says: [`warning ${memory}: 224Mi, 256Mi`],
  },
  'a limit that stands for the request is judged as one, and the request is to be written': {
    ...cpu100,
    ...resources({}, { cpu: '2' }),
    says: [`info ${cpu}: 2, 100m`],
  },
  'a limit is held to the advice on limits': {
    ...advise({ resource: 'memory', setting: 'limit', recommended: '512Mi' }),
    ...resources({ memory: '128Mi' }, { memory: '256Mi' }),
    says: ['warning containers[0].resources.limits.memory: 256Mi, 512Mi'],
  },
  'a limit that is better left unset, and is under what is used': {
    ...advise({ resource: 'cpu', setting: 'limit', p95: '200m' }),
    ...resources({}, { cpu: '150m' }),
    says: ['warning containers[0].resources.limits.cpu: 150m, unset'],
  },
  'a limit that is better left unset, and does no harm': {
    ...advise({ resource: 'cpu', setting: 'limit', p95: '200m' }),
    ...resources({}, { cpu: '200m' }),
    says: 'nothing',
  },
  'what is unset is another rule’s': { ...memory256, says: 'nothing' },
  'a malformed request is another rule’s': {
    ...memory256,
    ...resources({ memory: '64MB' }),
    says: 'nothing',
  },
  'a request of 0 is less than anything': {
    ...cpu100,
    ...resources({ cpu: 0 }),
    says: [`warning ${cpu}: 0, 100m`],
  },
  'containers beside it are judged as well': {
    ...advise({ resource: 'cpu', recommended: '100m', container: 'proxy' }),
    beside: [{ name: 'proxy', resources: { requests: { cpu: '1' } } }],
    says: ['info containers[1].resources.requests.cpu: 1, 100m'],
  },
  'advice on another workload, kind or container is none on this': {
    ...advise(
      { resource: 'cpu', recommended: '100m', workload: 'Deployment/till' },
      { resource: 'cpu', recommended: '100m', workload: 'StatefulSet/shop' },
      { resource: 'cpu', recommended: '100m', container: 'gone' },
    ),
    ...resources({ cpu: '2' }),
    says: 'nothing',
  },
  'a persona that wants no advice': {
    ...cpu100,
    ...resources({ cpu: '2' }),
    persona: { sizing: { mode: 'off' } },
    says: 'not-applicable',
  },
  'no advice at all': { ...resources({ cpu: '2' }), says: 'not-applicable' },
  'advice that cannot be read, or is about something else': {
    ...advise(
      ...[{ recommended: 'abc' }, { recommended: '-1' }, { recommended: 7 }, { recommended: null }].map(
        (one) => ({ ...one, resource: 'cpu' }),
      ),
      { resource: 'disk', recommended: '1' },
      { resource: 'cpu', setting: '__proto__', recommended: '1' },
      { resource: 'cpu', container: ['shop'], recommended: '1' },
      { type: 'scaling', message: 'scale' },
    ),
    ...resources({ cpu: '2' }),
    says: 'not-applicable',
  },
  'a status that is none': {
    status: { recommendations: 'none' },
    ...resources({ cpu: '2' }),
    says: 'not-applicable',
  },
});
