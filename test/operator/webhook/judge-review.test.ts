// What the webhook answers to reviews, given what the caches hold.
import { expect } from 'chai';
import type { Outcome } from '../../../operator/webhook/answer-body.ts';
import { probeAnnotation } from '../../../src/api/admission-probe.ts';
import type { Mode } from '../../../src/rules/mode.ts';
import { createDeployment, createPersona } from '../objects.ts';
import { formatReview, toRequest, toScaleRequest, World } from './world.ts';

const strict = (name: string, spec: object = {}, metadata: object = {}) =>
  createPersona(name, { policies: { security: { runAsNonRoot: true, readOnlyRootFilesystem: false, allowPrivilegeEscalation: true } }, ...spec }, metadata); // prettier-ignore
const safe = { podSpec: { securityContext: { runAsNonRoot: true } } };
const good = createDeployment('shop', safe);
const bad = createDeployment('shop');
const enforced = { 'dorgu.io/mode': 'enforcing' };

/** The object as a probe. */
const probing = (object: object) => {
  const { metadata } = object as { metadata: object };
  return { ...object, metadata: { ...metadata, annotations: { [probeAnnotation]: 'probe' } } };
};

interface Case {
  world: World;
  request: object;
  mode?: Mode;
  outcome: Outcome;
  /** Part of the message or of the first warning. */
  says?: string;
}

const shop = () => new World().persona(strict('shop'));
const scaled = (to: number, world = shop()) => ({ world: world.persona(strict('shop', { scaling: { minReplicas: 2, maxReplicas: 4 } })).workload(good), request: toScaleRequest('shop', 3, to) }); // prettier-ignore
const twice = (first: object, second: object) => new World().persona(first).persona(second);
const cases: Readonly<Record<string, Case>> = {
  'what its persona asks for is admitted without a word': { world: shop(), request: toRequest(good), mode: 'enforcing', outcome: 'allowed' },
  'advisory mode admits and warns': { world: shop(), request: toRequest(bad), outcome: 'warned', says: 'shop: container shop: runAsNonRoot is unset, true expected (security/run-as-non-root)' },
  'enforcing mode denies, with persona, field, expectation and fix': {
    world: shop(), request: toRequest(bad), mode: 'enforcing', outcome: 'denied',
    says: 'persona shop refuses it:\n- container shop: runAsNonRoot is unset, true expected (security/run-as-non-root, spec.template.spec.containers[0].securityContext.runAsNonRoot, expected true); fix: ',
  },
  'a namespace may enforce by its label': { world: shop().namespace('store', enforced), request: toRequest(bad), outcome: 'denied' },
  'a namespace may only advise by its label': { world: shop().namespace('store', { 'dorgu.io/mode': 'advisory' }), request: toRequest(bad), mode: 'enforcing', outcome: 'warned' },
  'a persona may enforce by its annotation': { world: new World().persona(strict('shop', {}, { annotations: enforced })), request: toRequest(bad), outcome: 'denied' },
  'a persona may not loosen': { world: new World().persona(strict('shop', {}, { annotations: { 'dorgu.io/mode': 'advisory' } })), request: toRequest(bad), mode: 'enforcing', outcome: 'denied' },
  'the ClusterPersona lowers a rule': { world: shop().clusterPersona({ rules: [{ id: 'security/*', level: 'warn' }] }), request: toRequest(bad), mode: 'enforcing', outcome: 'warned' },
  'the ClusterPersona raises a rule': { world: shop().clusterPersona({ rules: [{ id: 'resources/*', level: 'deny' }] }), request: toRequest(createDeployment('shop', { podSpec: { ...safe.podSpec, containers: [{ name: 'shop', image: 'shop:1', resources: { requests: { cpu: '2', memory: '4Gi' }, limits: { memory: '1Gi' } } }] } })), mode: 'enforcing', outcome: 'denied', says: 'resources/request-above-limit' },
  'a rule that is not enforced yet warns': { world: shop().clusterPersona({ rules: [{ id: 'security/*', level: 'deny', enforceFrom: '2026-12-01T00:00:00Z' }] }), request: toRequest(bad), mode: 'enforcing', outcome: 'warned' },
  'a rule that is enforced since a date denies': { world: shop().clusterPersona({ rules: [{ id: 'security/*', level: 'deny', enforceFrom: '2026-11-01T00:00:00Z' }] }), request: toRequest(bad), mode: 'enforcing', outcome: 'denied' },
  'an exception lifts a finding': { world: shop().clusterPersona({ exceptions: [{ rule: 'security/*', namespace: 'store', reason: 'later', until: '2026-12-01T00:00:00Z' }] }), request: toRequest(bad), mode: 'enforcing', outcome: 'allowed' },
  'an exception that has ended lifts nothing': { world: shop().clusterPersona({ exceptions: [{ rule: 'security/*', reason: 'later', until: '2026-11-01T00:00:00Z' }] }), request: toRequest(bad), mode: 'enforcing', outcome: 'denied' },
  'a workload that nobody claims passes': { world: shop(), request: toRequest(createDeployment('till')), mode: 'enforcing', outcome: 'allowed' },
  'a cluster that asks for personas denies it': { world: shop().clusterPersona({ policies: { requirePersona: 'deny' } }), request: toRequest(createDeployment('till')), mode: 'enforcing', outcome: 'denied', says: 'Deployment till has no persona, and the cluster asks for one' },
  'a cluster that would like personas warns': { world: shop().clusterPersona({ policies: { requirePersona: 'warn' } }), request: toRequest(createDeployment('till')), mode: 'enforcing', outcome: 'warned' },
  'an update of one that had none is not refused': { world: shop().clusterPersona({ policies: { requirePersona: 'deny' } }), request: toRequest(createDeployment('till', { replicas: 3 }), createDeployment('till')), mode: 'enforcing', outcome: 'warned' },
  'an update that leaves its persona is refused': { world: shop().clusterPersona({ policies: { requirePersona: 'deny' } }), request: toRequest(createDeployment('x', { labels: { app: 'till' } }), createDeployment('x', { labels: { app: 'shop' } })), mode: 'enforcing', outcome: 'denied' },
  'an update may leave what was broken before': { world: shop(), request: toRequest(createDeployment('shop', { replicas: 3 }), bad), mode: 'enforcing', outcome: 'warned' },
  'an update may mend half': { world: new World().persona(createPersona('shop', { policies: { security: { runAsNonRoot: true, allowPrivilegeEscalation: false } } })), request: toRequest(good, bad), mode: 'enforcing', outcome: 'warned', says: 'allowPrivilegeEscalation' },
  'an update that breaks something is refused': { world: shop(), request: toRequest(bad, good), mode: 'enforcing', outcome: 'denied' },
  'a label that moves a workload into a persona’s reach has it judged': { world: shop(), request: toRequest(createDeployment('x', { labels: { app: 'shop' } }), createDeployment('x', { labels: { app: 'x' } })), mode: 'enforcing', outcome: 'denied' },
  'too few replicas are refused': { world: new World().persona(strict('shop', { scaling: { minReplicas: 3 } })), request: toRequest(good), mode: 'enforcing', outcome: 'denied', says: 'replicas is 2, the persona says at least 3' },
  'replicas of one that is left to an autoscaler are not judged': { world: new World().persona(strict('shop', { scaling: { minReplicas: 3 } })), request: toRequest(createDeployment('shop', { ...safe, annotations: { 'dorgu.io/replicas': 'hpa' } })), mode: 'enforcing', outcome: 'allowed' },
  'replicas of a new one are not judged where an autoscaler waits for it': { world: new World().persona(strict('shop', { scaling: { minReplicas: 3 } })).autoscaler('shop', 'shop'), request: toRequest(good), mode: 'enforcing', outcome: 'allowed' },
  'scaling below the minimum is refused': { ...scaled(1), mode: 'enforcing', outcome: 'denied', says: 'replicas is 1, the persona says at least 2' },
  'scaling above the maximum is warned about': { ...scaled(9), mode: 'enforcing', outcome: 'warned', says: 'replicas is 9, the persona says at most 4' },
  'scaling to nothing is a pause': { ...scaled(0), mode: 'enforcing', outcome: 'allowed' },
  'scaling says nothing of what is broken otherwise': { world: shop().workload(bad), request: toScaleRequest('shop', 2, 3), outcome: 'allowed' },
  'an autoscaler scales as it likes': { ...scaled(1, new World().autoscaler('shop', 'shop')), mode: 'enforcing', outcome: 'allowed' },
  'scaling of what is not known is let through': { world: shop(), request: toScaleRequest('shop', 2, 0), mode: 'enforcing', outcome: 'no-opinion' },
  'what is being deleted is let go': { world: shop(), request: toRequest({ ...bad, metadata: { name: 'shop', namespace: 'store', deletionTimestamp: '2026-11-23T09:00:00Z' } }, good), mode: 'enforcing', outcome: 'no-opinion' },
  'other kinds are none of its business': { world: shop(), request: toRequest({ ...bad, kind: 'ReplicaSet' }), mode: 'enforcing', outcome: 'no-opinion' },
  'a Deployment of another group is somebody else’s': { world: shop(), request: toRequest({ ...bad, apiVersion: 'example.com/v1' }), mode: 'enforcing', outcome: 'no-opinion' },
  'DELETE is let through': { world: shop(), request: { ...toRequest(bad), operation: 'DELETE', object: null, oldObject: bad }, mode: 'enforcing', outcome: 'no-opinion' },
  'CONNECT is let through': { world: shop(), request: { ...toRequest(bad), operation: 'CONNECT' }, mode: 'enforcing', outcome: 'no-opinion' },
  'a status is let through': { world: shop(), request: { ...toRequest(bad, good), subResource: 'status' }, mode: 'enforcing', outcome: 'no-opinion' },
  'null objects are let through': { world: shop(), request: { ...toRequest(bad), object: null }, mode: 'enforcing', outcome: 'no-opinion' },
  'a dry run is answered alike': { world: shop(), request: { ...toRequest(bad), dryRun: true }, mode: 'enforcing', outcome: 'denied' },
  'a probe of doctor is answered by who is there': { world: shop(), request: { ...toRequest(probing(bad)), dryRun: true }, mode: 'enforcing', outcome: 'no-opinion', says: ' answers (enforcing)' },
  'a probe that is no dry run is judged as everything else': { world: shop(), request: toRequest(probing(bad)), mode: 'enforcing', outcome: 'denied' },
  'a dry run of a change is judged, whatever it bears': { world: shop(), request: { ...toRequest(probing(bad), good), dryRun: true }, mode: 'enforcing', outcome: 'denied' },
  'a StatefulSet is judged': { world: shop(), request: toRequest({ ...bad, kind: 'StatefulSet' }), mode: 'enforcing', outcome: 'denied' },
  'a DaemonSet is judged': { world: shop(), request: toRequest({ ...bad, kind: 'DaemonSet' }), mode: 'enforcing', outcome: 'denied' },
  'a CronJob is judged': { world: shop(), request: toRequest({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'shop' }, spec: { jobTemplate: { spec: (bad as { spec: object }).spec } } }), mode: 'enforcing', outcome: 'denied' },
  'two personas that want it are told of, and both have their say': { world: twice(strict('a', { name: 'shop' }), strict('b', { name: 'shop', scaling: { minReplicas: 5 } })), request: toRequest(good), mode: 'enforcing', outcome: 'denied', says: 'persona a refuses it' },
  'a persona that has a better match leaves this one alone': { world: shop().workload(createDeployment('web', { labels: { 'app.kubernetes.io/name': 'shop' } })), request: toRequest(createDeployment('shop', { labels: {} })), mode: 'enforcing', outcome: 'allowed' },
  'a persona of another namespace has no say': { world: new World().persona(strict('shop', {}, { namespace: 'test' })), request: toRequest(bad), mode: 'enforcing', outcome: 'allowed' },
}; // prettier-ignore

describe('the answer to a review', () => {
  for (const [sentence, { world, request, mode, outcome, says }] of Object.entries(cases)) {
    it(sentence, () => {
      const answer = world.ask(request, mode);
      expect(world.faults).to.deep.equal([]);
      expect(answer.outcome, answer.text).to.equal(outcome);
      const { message = '', warnings = [] } = answer.decision ?? {};
      expect(`${message}${warnings[0] ?? ''}`).to.contain(says ?? '');
      expect(answer.status).to.equal(200);
    });
  }

  it('is an AdmissionReview that echoes the uid', () => {
    const answer = shop().ask({ ...toRequest(bad), uid: 'a-b-c' }, 'enforcing');
    const { apiVersion, kind, response } = JSON.parse(answer.text) as Record<string, object>;
    expect({ apiVersion, kind }).to.deep.equal({
      apiVersion: 'admission.k8s.io/v1',
      kind: 'AdmissionReview',
    });
    expect(response).to.deep.include({ uid: 'a-b-c', allowed: false });
    expect(response).to.have.nested.include({ 'status.code': 403, 'status.reason': 'Forbidden' });
  });

  it('keeps warnings short and few, the gravest first', () => {
    const containers = Array.from({ length: 200 }, (_, index) => ({
      name: `container-with-a-rather-long-name-${index}`,
      image: 'x',
    }));
    const { decision } = shop().ask(toRequest(createDeployment('shop', { podSpec: { containers } })));
    const bytes = (decision?.warnings ?? []).map((text) => Buffer.byteLength(text));
    expect(Math.max(...bytes)).to.be.at.most(120);
    expect(bytes.reduce((sum, one) => sum + one, 0)).to.be.at.most(4096);
    expect(decision?.warnings[0]).to.contain('security/run-as-non-root');
    expect(decision?.warnings.at(-1)).to.match(/^and \d+ more$/);
  });

  it('is harmless on a terminal, whatever names say', () => {
    const name = 'x\u001b[31m\n\u202e';
    const podSpec = { containers: [{ name, image: name }] };
    const { decision } = shop().ask(toRequest(createDeployment('shop', { podSpec })), 'enforcing');
    const text = [...(decision?.message ?? '').split('\n'), ...(decision?.warnings ?? [])].join('');
    expect(text).to.not.match(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('a webhook that has not seen everything yet', () => {
  const world = shop();
  const caches = { ...world.caches, services: Object.create(world.caches.services, { isSynced: { value: false }, name: { value: 'cache services' } }) as typeof world.caches.services }; // prettier-ignore
  const ask = (mode: Mode) => world.answer(formatReview(toRequest(bad)), mode, caches);

  it('advises that it does not know, and admits', () => {
    const { status, outcome, decision } = ask('advisory');
    expect({ status, outcome, decision }).to.deep.equal({
      status: 200,
      outcome: 'unknown',
      decision: {
        allowed: true,
        warnings: ['not judged by its persona: the operator has not seen all services yet'],
      },
    });
  });

  it('leaves it to failurePolicy where it enforces', () => {
    expect(ask('enforcing')).to.deep.include({ status: 503, outcome: 'unknown' });
  });

  for (const change of [{ operation: 'DELETE' }, { operation: 'CONNECT' }, { subResource: 'status' }])
    it(`has no opinion of what it never judges: ${Object.values(change).join()}`, () => {
      const body = formatReview({ ...toRequest(bad, bad), ...change });
      const { status, outcome, decision } = world.answer(body, 'enforcing', caches);
      expect({ status, outcome, decision }).to.deep.equal({
        status: 200,
        outcome: 'no-opinion',
        decision: { allowed: true, warnings: [] },
      });
    });
});

describe('a fault of ours', () => {
  const world = new World();
  const caches = { ...world.caches };
  Object.defineProperty(caches.personas, 'find', { value: () => { throw new Error('a fault'); } }); // prettier-ignore
  const ask = (mode: Mode) => world.answer(formatReview(toRequest(bad)), mode, caches);

  it('stands in nobody’s way in advisory mode, and is told', () => {
    expect(ask('advisory')).to.deep.include({ status: 200, outcome: 'failed' });
    expect(world.faults).to.have.length(1);
  });

  it('leaves it to failurePolicy in enforcing mode', () => {
    expect(ask('enforcing')).to.deep.include({ status: 500, outcome: 'failed' });
  });
});

describe('a body that is no review (E2)', () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const review = (fields: object) =>
    JSON.stringify({
      kind: 'AdmissionReview',
      apiVersion: 'admission.k8s.io/v1',
      request: toRequest(bad),
      ...fields,
    });
  const bodies: Readonly<Record<string, readonly [string | Buffer, string]>> = {
    'is empty': ['', 'expected JSON'],
    'is null': ['null', 'expected AdmissionReview of admission.k8s.io/v1'],
    'is cut off': [review({}).slice(0, -1), 'expected JSON'],
    'is text': ['"AdmissionReview"', 'expected AdmissionReview of admission.k8s.io/v1'],
    'is of v1beta1': [
      review({ apiVersion: 'admission.k8s.io/v1beta1' }),
      'expected AdmissionReview of admission.k8s.io/v1',
    ],
    'is of another kind': [review({ kind: 'List' }), 'expected AdmissionReview of admission.k8s.io/v1'],
    'asks nothing': [review({ request: null }), 'expected request.uid of 1 to 256 characters'],
    'has no uid': [
      review({ request: { ...toRequest(bad), uid: undefined } }),
      'expected request.uid of 1 to 256 characters',
    ],
    'has a number for a uid': [
      review({ request: { uid: 7 } }),
      'expected request.uid of 1 to 256 characters',
    ],
    'has a uid of a megabyte': [
      review({ request: { uid: 'x'.repeat(2 ** 20) } }),
      'expected request.uid of 1 to 256 characters',
    ],
    'has a mark for its byte order': [`\uFEFF${review({})}`, 'expected JSON'],
    'is bytes that are no text': [Buffer.from([0xff, 0xfe, 0x00]), 'expected JSON'],
    'is nested without end': [deep(100_000), 'expected JSON of at most 200 levels'],
    'holds too much': [`[${'{},'.repeat(600_000)}{}]`, 'expected JSON of at most 500000 values'],
  };
  for (const [sentence, [body, problem]] of Object.entries(bodies))
    it(`is told what was expected: it ${sentence}`, () => {
      expect(new World().answer(body)).to.deep.equal({ status: 400, text: problem, outcome: 'malformed' });
    });

  it('may be large: text and escaped quotes count for what they are', () => {
    const annotations = { note: `"\\"[[[[,,,,${'["\\\\",'.repeat(200_000)}` };
    const answer = shop().ask(
      toRequest({ ...good, metadata: { name: 'shop', namespace: 'store', annotations } }),
      'enforcing',
    );
    expect(answer.outcome).to.equal('allowed');
  });

  it('may hold a key twice, and keys that mean something to JavaScript', () => {
    const [head = '', tail = ''] = review({}).split('"uid":"review-1"');
    const body = `${head}"__proto__":{"allowed":true},"constructor":null,"uid":"first","uid":"second"${tail}`;
    const answer = shop().answer(body, 'enforcing');
    expect(answer.outcome).to.equal('denied');
    expect(answer.review?.uid).to.equal('second');
  });
});
