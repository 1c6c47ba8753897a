// What becomes of a status that the API server does not take: own fields only, told once where it is for good, and never a loop.
import { expect } from 'chai';
import { createPersonaController } from '../../../../operator/controllers/application-persona/controller.ts';
import { toAnswerError } from '../../../../src/kube/errors-of-answers.ts';
import type { KubeError } from '../../../../src/kube/kube-error.ts';
import { resources } from '../../../../src/kube/resources.ts';
import { waitUntil } from '../../../cluster/wait-until.ts';
import { toFailure } from '../../../faults/request-faults.ts';
import { createFault, MemoryCluster } from '../../memory-cluster.ts';
import { createDeployment, createPersona } from '../../objects.ts';

const { applicationPersonas, deployments, services } = resources;

/** An answer as it comes over HTTP. */
interface Answer {
  status: number;
  reason: string;
  /** As a header, and in the Status where there is one. */
  retryAfterSeconds?: number;
  /** A gateway's, or a server's that is too busy for a Status. */
  text?: string;
}

/** How the operator takes it, where the server gives it to the first so many attempts. */
interface Expected {
  answer: Answer;
  times: number;
  /** Attempts until the status is right, and no sooner than so after the first. */
  attempts: number;
  notBeforeMs?: number;
  /** Ready meanwhile, and what is told. */
  meanwhile?: string;
  events?: readonly string[];
  errors: number;
}

const passing: Record<string, Expected> = {
  'a conflict: somebody else has written meanwhile': {
    answer: { status: 409, reason: 'Conflict' },
    times: 2,
    attempts: 3,
    errors: 0,
  },
  'a persona that is not found though it is there': {
    answer: { status: 404, reason: 'NotFound' },
    times: 1,
    attempts: 2,
    notBeforeMs: 1900,
    errors: 0,
  },
  'a subresource that is not served': {
    answer: { status: 404, reason: '', text: '404 page not found' },
    times: 2,
    attempts: 3,
    errors: 2,
  },
  'a busy server that says when to come again': {
    answer: { status: 429, reason: 'TooManyRequests', retryAfterSeconds: 1 },
    times: 1,
    attempts: 2,
    notBeforeMs: 990,
    errors: 1,
  },
  'a server that is too busy for more than a header': {
    answer: {
      status: 429,
      reason: '',
      retryAfterSeconds: 1,
      text: 'Too many requests, please try again later.',
    },
    times: 1,
    attempts: 2,
    notBeforeMs: 990,
    errors: 1,
  },
  'a busy server that does not say': {
    answer: { status: 429, reason: 'TooManyRequests' },
    times: 2,
    attempts: 3,
    errors: 2,
  },
  'a server that goes down': {
    answer: { status: 503, reason: 'ServiceUnavailable', retryAfterSeconds: 1 },
    times: 1,
    attempts: 2,
    notBeforeMs: 990,
    errors: 1,
  },
  'a gateway without a server': {
    answer: { status: 502, reason: '', text: '<html>Bad Gateway</html>' },
    times: 2,
    attempts: 3,
    errors: 2,
  },
  'etcd that is too slow': { answer: { status: 504, reason: 'Timeout' }, times: 2, attempts: 3, errors: 2 },
  'a server that fails': {
    answer: { status: 500, reason: 'InternalError' },
    times: 2,
    attempts: 3,
    errors: 2,
  },
  'a right that is missing': {
    answer: { status: 403, reason: 'Forbidden' },
    times: 3,
    attempts: 4,
    errors: 3,
  },
};

const final: Record<string, { answer: Answer; times: number; meanwhile: string | undefined }> = {
  'a status that is not valid': {
    answer: { status: 422, reason: 'Invalid' },
    times: 1,
    meanwhile: 'Unknown StatusRefused',
  },
  'a status that is too large': {
    answer: { status: 413, reason: 'RequestEntityTooLarge' },
    times: 1,
    meanwhile: 'Unknown StatusRefused',
  },
  'a gateway for which it is too large': {
    answer: { status: 413, reason: '', text: '<html>Request Entity Too Large</html>' },
    times: 1,
    meanwhile: 'Unknown StatusRefused',
  },
  'a status that is not valid, nor is what is said instead': {
    answer: { status: 422, reason: 'Invalid' },
    times: 2,
    meanwhile: undefined,
  },
};

function toError({ status, reason, retryAfterSeconds, text }: Answer): KubeError {
  const failure = toFailure(status, reason, retryAfterSeconds) as { details?: object };
  // What the answer is about: a server that does not know the kind names no object.
  const body = text ?? JSON.stringify({ ...failure, details: { ...failure.details, name: 'shop' } });
  const retryAfterMs = retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1000;
  const endpoint = { server: 'https://10.0.0.1', contextName: undefined };
  const request = {
    method: 'PATCH' as const,
    path: '/apis/dorgu.io/v1/namespaces/store/applicationpersonas/shop/status',
  };
  return toAnswerError(status, body, endpoint, request, retryAfterMs);
}

describe('a status that the API server does not take', () => {
  let cluster: MemoryCluster;
  let attempts: number[];
  beforeEach(async () => {
    cluster = new MemoryCluster();
    attempts = [];
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop'));
  });
  afterEach(() => cluster.stop());

  const ready = () => {
    const conditions = cluster.status('store/shop').conditions as
      { type: string; status: string; reason: string }[] | undefined;
    const condition = conditions?.find(({ type }) => type === 'Ready');
    return condition && `${condition.status} ${condition.reason}`;
  };
  const told = () => cluster.events.map(({ type, reason, object }) => `${type} ${reason} ${object.name}`);
  const errors = () => cluster.logger.lines.filter(({ level }) => level === 'error');
  const answerWith = (answer: Answer, times: number) => {
    cluster.fault = () => {
      attempts.push(performance.now());
      return attempts.length <= times ? toError(answer) : undefined;
    };
  };
  /** Something else is to be said. */
  const change = () => cluster.put(deployments, createDeployment('shop', { available: 1 }));

  for (const [what, expected] of Object.entries(passing))
    it(`because of ${what}: is written by itself, and nothing is told`, async () => {
      answerWith(expected.answer, expected.times);
      await cluster.start(createPersonaController);
      await waitUntil('the status', ready, { timeoutMs: 10_000, intervalMs: 5 });
      await cluster.settle();
      expect(ready()).to.equal('True Available');
      expect(attempts).to.have.length(expected.attempts);
      const pauseMs = (attempts[1] ?? 0) - (attempts[0] ?? 0);
      expect(pauseMs, 'the pause').to.be.at.least(expected.notBeforeMs ?? 0);
      expect(told()).to.deep.equal([]);
      expect(errors()).to.have.length(expected.errors);
      expect(new Set(cluster.writes.map(({ manager }) => manager))).to.deep.equal(
        new Set(['dorgu-operator']),
      );
    });

  for (const [what, { answer, times, meanwhile }] of Object.entries(final))
    it(`because of ${what}: is told once, not tried again, and followed by the next one`, async () => {
      answerWith(answer, times);
      await cluster.start(createPersonaController);
      expect(ready()).to.equal(meanwhile);
      cluster.nowMs += 3_600_000;
      await cluster.put(services, createUnrelated());
      expect(attempts).to.have.length(2);
      expect(told()).to.deep.equal(['Warning StatusRefused shop']);
      expect(errors()).to.have.length(1);
      await change();
      expect(ready()).to.equal('False PartlyAvailable');
    });

  it('takes nothing away of the history that stands there', async () => {
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.start(createPersonaController);
    const { deployments: before } = cluster.status('store/shop');
    cluster.fault = ({ body }) =>
      JSON.stringify(body).includes('"health"') ? createFault(422, 'Invalid') : undefined;
    const next = { revision: 2, image: 'registry.example.com/shop:2' };
    await cluster.put(deployments, createDeployment('shop', next));
    expect(ready()).to.equal('Unknown StatusRefused');
    expect(cluster.status('store/shop')['deployments']).to.deep.equal(before);
    cluster.fault = () => undefined;
    await cluster.put(deployments, createDeployment('shop', { ...next, available: 1 }));
    expect(cluster.status('store/shop')['deployments']).to.deep.include({ current: 'shop:2' });
    expect(cluster.status('store/shop')).to.have.nested.property('deployments.history.length', 2);
  });

  it('because of a conflict or a deletion: is told only once it is written, and what is gone is let go', async () => {
    let conflicts = 2;
    cluster.fault = ({ path }) => {
      if (path.includes('/gone/')) return createFault(404, 'NotFound');
      conflicts -= 1;
      return conflicts >= 0 ? createFault(409, 'Conflict') : undefined;
    };
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(applicationPersonas, createPersona('gone'));
    await cluster.put(deployments, createDeployment('shop', { available: 0 }));
    await cluster.start(createPersonaController);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told(), 'nothing is told before it is written').to.deep.equal([]);
    for (let round = 0; round < 20 && cluster.writes.length === 0; round += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(cluster.writes.map(({ key }) => key)).to.deep.equal(['store/shop']);
    expect(told()).to.deep.equal(['Warning Degraded shop']);
    expect(cluster.logger.lines.filter(({ level }) => level === 'error')).to.deep.equal([]);
  });
});

/** It wakes the persona, and changes nothing. */
function createUnrelated(): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'x', namespace: 'store' },
    spec: { selector: { run: 'shop' } },
  };
}
