// Events as a server on loopback receives them: counted, limited, and never in anybody's way.
import { expect } from 'chai';
import { createEventRecorder } from '../../../operator/manager/create-event-recorder.ts';
import type { EventFacts } from '../../../operator/manager/events.ts';
import { createMetrics } from '../../../operator/manager/metrics.ts';
import type { KubeClient, KubeRequest, KubeResponse } from '../../../src/kube/client.ts';
import { KubeError } from '../../../src/kube/kube-error.ts';
import { noClient } from './caches/fake-reflector.ts';
import { createMemoryLogger } from './memory-logger.ts';

const facts = (message = 'it broke', name = 'web'): EventFacts => ({
  object: {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    name,
    namespace: 'shop',
    uid: `uid-${name}`,
  },
  type: 'Warning',
  reason: 'Degraded',
  message,
});

function create(answer: (request: KubeRequest) => Promise<unknown> = () => Promise.resolve({})) {
  const requests: KubeRequest[] = [];
  const client: KubeClient = {
    ...noClient,
    request: async <T>(request: KubeRequest): Promise<KubeResponse<T>> => {
      requests.push(request);
      const body = (await answer(request)) ?? {};
      const named =
        request.method === 'POST' ? { metadata: (request.body as { metadata: object }).metadata } : body;
      return { status: 201, warnings: [], body: named as T };
    },
  };
  const leadership = {
    isLeader: true,
    requireLeading: () => new AbortController().signal,
    onAcquired: () => undefined,
  };
  const logger = createMemoryLogger();
  const metrics = createMetrics();
  let time = Date.UTC(2026, 0, 2);
  const recorder = createEventRecorder({
    client,
    leadership,
    logger,
    metrics,
    reporter: { component: 'dorgu-operator', instance: 'pod-1' },
    now: () => time,
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { recorder, requests, leadership, logger, metrics, settle, pass: (ms: number) => (time += ms) };
}

describe('the event recorder', () => {
  it('writes an Event about its object', async () => {
    const { recorder, requests, settle } = create();
    recorder.record(facts());
    await settle();
    expect(requests[0]).to.include({ method: 'POST', path: '/api/v1/namespaces/shop/events' });
    expect(requests[0]?.body).to.deep.include({
      involvedObject: {
        apiVersion: 'dorgu.io/v1',
        kind: 'ApplicationPersona',
        name: 'web',
        namespace: 'shop',
        uid: 'uid-web',
      },
      type: 'Warning',
      reason: 'Degraded',
      message: 'it broke',
      source: { component: 'dorgu-operator' },
      firstTimestamp: '2026-01-02T00:00:00Z',
      count: 1,
    });
  });

  it('puts Events of what has no namespace into default', async () => {
    const { recorder, requests, settle } = create();
    const { object, ...rest } = facts();
    recorder.record({ ...rest, object: { ...object, namespace: undefined } });
    await settle();
    expect(requests[0]?.path).to.equal('/api/v1/namespaces/default/events');
    expect((requests[0]?.body as { involvedObject: object }).involvedObject).to.not.have.property(
      'namespace',
    );
  });

  it('counts equal ones in one Event, and begins anew after ten quiet minutes', async () => {
    const { recorder, requests, settle, pass } = create();
    recorder.record(facts());
    await settle();
    pass(1000);
    for (let time = 0; time < 3; time++) recorder.record(facts());
    await settle();
    pass(600_001);
    recorder.record(facts());
    await settle();
    expect(requests.map(({ method }) => method)).to.deep.equal(['POST', 'PATCH', 'POST']);
    expect(requests[1]?.body).to.deep.equal({ count: 4, lastTimestamp: '2026-01-02T00:00:01Z' });
    expect(requests[1]?.path).to.match(/^\/api\/v1\/namespaces\/shop\/events\/web\.[0-9a-f]+$/);
    expect((requests[2]?.body as { count: number }).count).to.equal(1);
  });

  it('writes anew what the server has cleaned up', async () => {
    const { recorder, requests, settle } = create(({ method }) =>
      method === 'PATCH'
        ? Promise.reject(new KubeError('NotFound', 'gone', { httpStatus: 404 }))
        : Promise.resolve({}),
    );
    recorder.record(facts());
    await settle();
    recorder.record(facts());
    await settle();
    expect(requests.map(({ method }) => method)).to.deep.equal(['POST', 'PATCH', 'POST']);
  });

  it('cuts an object short that has too much to say, and no other', async () => {
    const { recorder, requests, settle, metrics } = create();
    for (let index = 0; index < 100; index++) recorder.record(facts(`message ${index}`));
    recorder.record(facts('mine', 'api'));
    await settle();
    expect(requests).to.have.length(26);
    expect(await metrics.registry.metrics()).to.include('dorgu_events_dropped_total{reason="rate"} 75');
  });

  it('writes nothing while another leads', async () => {
    const { recorder, requests, leadership, settle } = create();
    leadership.isLeader = false;
    recorder.record(facts());
    await settle();
    expect(requests).to.deep.equal([]);
  });

  it('never throws, and warns once about a right that is missing', async () => {
    const { recorder, logger, settle } = create(() => Promise.reject(new Error('forbidden')));
    recorder.record(facts('one'));
    recorder.record(facts('two'));
    await settle();
    expect(logger.lines.map(({ level }) => level)).to.deep.equal(['warn', 'debug']);
  });

  it('holds no more than a thousand while the server hangs, and stops within a second', async function () {
    this.timeout(3000);
    const { recorder, requests, metrics, settle } = create(() => new Promise(() => undefined));
    for (let index = 0; index < 2000; index++) recorder.record(facts('x', `app-${index}`));
    await settle();
    expect(requests).to.have.length(1);
    expect(await metrics.registry.metrics()).to.match(/dropped_total\{reason="queue"\} (999|1000)/);
    const startedAt = Date.now();
    await recorder.stop();
    expect(Date.now() - startedAt).to.be.below(1500);
  });

  it('cuts and escapes messages (B6)', async () => {
    const { recorder, requests, settle } = create();
    recorder.record(facts(`\u001b[31m${'ü'.repeat(2000)}`));
    await settle();
    const { message } = requests[0]?.body as { message: string };
    expect(Buffer.byteLength(message)).to.be.at.most(1024);
    expect(message).to.match(/^\\u001b\[31mü+…$/);
  });
});
