// kstatus' words for objects of any kind.
import { expect } from 'chai';
import fc from 'fast-check';
import { judgeReadiness } from '../../src/status/readiness.ts';
import { createObject, deploymentStatus, progressing, secondsAgo } from './objects.ts';

const custom = (status?: object, generation = 2) => ({
  apiVersion: 'dorgu.io/v1',
  kind: 'ApplicationPersona',
  metadata: { name: 'shop', generation },
  ...(status === undefined ? {} : { status }),
});
const condition = (type: string, status: string) => ({
  type,
  status,
  reason: 'Because',
  message: `${type} it is`,
});

const cases: Record<string, { object: unknown; expected: string }> = {
  'an object that is not there': { object: undefined, expected: 'NotFound: it is not there' },
  'an object that is being deleted': {
    object: { metadata: { deletionTimestamp: secondsAgo(1) } },
    expected: 'Terminating: it is being deleted',
  },
  'an object without a status': {
    object: { kind: 'ConfigMap', metadata: {} },
    expected: 'Current: it is as it should be',
  },
  'a custom resource that is ready': {
    object: custom({ observedGeneration: 2, conditions: [condition('Ready', 'True')] }),
    expected: 'Current: Ready it is',
  },
  'a custom resource that is ready for an older spec': {
    object: custom({ observedGeneration: 1, conditions: [condition('Ready', 'True')] }),
    expected: 'InProgress: its controller has seen generation 1, the object is at 2',
  },
  'a custom resource that is not ready': {
    object: custom({ observedGeneration: 2, conditions: [condition('Ready', 'False')] }),
    expected: 'InProgress: Ready it is',
  },
  'a custom resource that is stalled, whatever else it says': {
    object: custom({
      conditions: [
        condition('Ready', 'True'),
        condition('Stalled', 'True'),
        condition('Reconciling', 'True'),
      ],
    }),
    expected: 'Failed: Stalled it is',
  },
  'a custom resource that is reconciled': {
    object: custom({ conditions: [condition('Ready', 'True'), condition('Reconciling', 'True')] }),
    expected: 'InProgress: Reconciling it is',
  },
  'a Deployment': {
    object: createObject('Deployment', { status: deploymentStatus(3, 3) }),
    expected: 'Current: 3 of 3 available',
  },
  'a Deployment past its deadline': {
    object: createObject('Deployment', {
      status: deploymentStatus(3, 0, {
        conditions: [progressing('False', 'ProgressDeadlineExceeded', 900, 'timed out')],
      }),
    }),
    expected: 'Failed: timed out',
  },
  'a Deployment of an older spec': {
    object: createObject('Deployment', { metadata: { generation: 3 }, status: deploymentStatus(3, 3) }),
    expected: 'InProgress: its controller has seen generation 1, the object is at 3',
  },
  'a Deployment without a status': {
    object: createObject('Deployment'),
    expected: 'InProgress: the controller has not seen the latest change yet',
  },
  'a kind of the same name in a foreign group': {
    object: { ...createObject('Job'), apiVersion: 'example.com/v1', status: {} },
    expected: 'Current: it is as it should be',
  },
  'a CustomResourceDefinition that is not served yet': {
    object: { kind: 'CustomResourceDefinition', metadata: {}, status: {} },
    expected: 'InProgress: the API server does not serve it yet',
  },
  'a claim that is bound': {
    object: { kind: 'PersistentVolumeClaim', metadata: {}, status: { phase: 'Bound' } },
    expected: 'Current: it is Bound',
  },
  'a load balancer without an address': {
    object: { apiVersion: 'v1', kind: 'Service', metadata: {}, spec: { type: 'LoadBalancer' }, status: {} },
    expected: 'InProgress: its load balancer has no address yet',
  },
};

describe('readiness of', () => {
  for (const [name, { object, expected }] of Object.entries(cases)) {
    it(name, () => {
      const { status, message } = judgeReadiness(object);
      expect(`${status}: ${message}`).to.equal(expected);
    });
  }

  it('anything at all is said without throwing', () => {
    fc.assert(fc.property(fc.anything(), (object) => void judgeReadiness(object)));
  });
});
