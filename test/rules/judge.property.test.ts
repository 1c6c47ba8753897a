// Whatever stands in workload, persona and ClusterPersona: findings, never exceptions, and the same ones each time.
import { expect } from 'chai';
import fc from 'fast-check';
import type { EffectiveApplicationPersona, EffectiveClusterPersona } from '../../src/api/personas.ts';
import { severities } from '../../src/api/vocabulary.ts';
import { judge } from '../../src/rules/judge.ts';
import type { RuleInput } from '../../src/rules/rule-input.ts';
import { readSurroundings } from '../../src/workload/read-surroundings.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import { mutationsOf } from '../api/mutations.ts';
import { clusterPersona, predecessorPersona } from '../api/persona-cases.ts';
import { createCluster, shopInput, shopObject } from './shop-input.ts';

const now = new Date('2027-03-01T12:00:00Z');

/** A workload with something in every field that a rule reads. */
const workload = shopObject({
  workload: { metadata: { annotations: { 'dorgu.io/replicas': 'hpa' } }, spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } } } },
  pod: {
    hostNetwork: false,
    os: { name: 'linux' },
    securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' }, sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] },
    volumes: [{ name: 'tmp', emptyDir: {} }, { name: 'host', hostPath: { path: '/' } }],
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} }],
  },
  container: {
    ports: [{ name: 'http', containerPort: 8080, hostPort: 80 }],
    env: [{ name: 'DB_PASSWORD', value: 'example' }, { name: 'A', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }],
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: 1, memory: '1Gi' } },
    securityContext: { allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, capabilities: { add: ['CHOWN'], drop: ['ALL'] } },
    livenessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 5 },
    readinessProbe: { tcpSocket: { port: 8080 } },
    startupProbe: { exec: { command: ['true'] } },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    lifecycle: { preStop: { httpGet: { path: '/', port: 80, host: 'example.com' } } },
  },
  initContainers: [{ name: 'proxy', image: 'envoy', restartPolicy: 'Always' }],
}) as Record<string, unknown>; // prettier-ignore

const around = [
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'shop' }, spec: { scaleTargetRef: { kind: 'Deployment', name: 'shop' }, minReplicas: 2, maxReplicas: 3 } },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'shop' }, spec: { minAvailable: '50%', selector: { matchLabels: { 'app.kubernetes.io/name': 'shop' } } } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop' }, spec: { selector: { 'app.kubernetes.io/name': 'shop' }, ports: [{ port: 80, targetPort: 'http' }] } },
]; // prettier-ignore

function createInput(object: unknown, ofPersona: unknown, ofCluster: unknown): RuleInput {
  return {
    // What was never validated has no type; the rules have to bear it.
    persona: ofPersona as EffectiveApplicationPersona,
    workload: readWorkload(object) ?? readWorkload(workload)!,
    surroundings: readSurroundings(around),
    clusterPersona: ofCluster as EffectiveClusterPersona | undefined,
    namespaceLabels: new Map(),
    rivals: [],
    source: 'cluster',
  };
}

function assertSound(input: RuleInput): void {
  const findings = judge(input, now);
  // One assertion each for all findings: thousands of them are what takes a test of this kind its time.
  expect(JSON.stringify(judge(structuredClone(input), now))).to.equal(JSON.stringify(findings));
  const ranks = findings.map(({ severity }) => severities.indexOf(severity));
  expect(ranks).to.deep.equal([...ranks].sort((left, right) => left - right));
  const wrong = findings.filter(
    ({ message, actual, expected, field, suggestion }) =>
      [message, expected, field, actual].some((text) => typeof text !== 'string') ||
      [message, expected, field].includes('') ||
      field.length > 256 ||
      /[\p{Cc}\p{Cf}]/u.test(message + field + actual + expected + (suggestion ?? '')) ||
      actual.length > 200,
  );
  expect(wrong).to.deep.equal([]);
}

const cluster = clusterPersona({
  policies: { security: { podSecurityStandard: 'restricted', allowedRegistries: ['ghcr.io/acme', '*.example.com'] } },
  conventions: { requiredLabels: ['team'], requiredAnnotations: ['acme.io/cost'] },
  rules: [
    { id: 'security/*', level: 'deny', enforceFrom: '2027-06-01T00:00:00Z', namespaceSelector: { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] } },
    { id: 'image/tag', level: 'off' },
  ],
  exceptions: [{ rule: 'secrets/env', namespace: 'store', persona: 'shop', container: 'shop', reason: 'later', until: '2027-06-01T00:00:00Z' }],
}); // prettier-ignore

const json = fc.jsonValue({ maxDepth: 5 });
const mutants = {
  workload: fc.oneof(mutationsOf(workload, 'spec'), mutationsOf(workload, 'metadata')),
  persona: mutationsOf(predecessorPersona, 'spec'),
  cluster: mutationsOf(cluster, 'spec'),
};

describe('judge', () => {
  it('bears damaged workloads, personas and ClusterPersonas', () => {
    fc.assert(
      fc.property(mutants.workload, mutants.persona, mutants.cluster, (...parts) => {
        assertSound(createInput(...parts));
      }),
      { numRuns: 300 },
    );
  }).timeout(60_000);

  it('takes a persona that asks for no path to mean the root', () => {
    const persona = {
      ...predecessorPersona,
      spec: { ...predecessorPersona.spec, health: { livenessPath: '' } },
    };
    const input = createInput(workload, persona, cluster);
    assertSound(input);
    const found = judge(input, now).find(({ field }) => field.endsWith('livenessProbe.httpGet.path'));
    expect(found).to.include({ actual: '/healthz', expected: '/' });
  });

  it('bears any JSON in their place', () => {
    const spec = fc.record({ spec: json, metadata: json }, { requiredKeys: [] });
    const any = fc.oneof(json, spec);
    const pods = fc.record({ containers: fc.array(json), initContainers: json, securityContext: json, volumes: fc.array(json) }, { requiredKeys: [] }); // prettier-ignore
    const object = fc.record({ apiVersion: fc.constant('apps/v1'), kind: fc.constant('Deployment'), metadata: json, spec: fc.record({ selector: json, replicas: json, strategy: json, template: fc.record({ spec: fc.oneof(pods, json), metadata: json }) }) }); // prettier-ignore
    fc.assert(fc.property(object, any, fc.option(any, { nil: undefined }), (...parts) => assertSound(createInput(...parts)))); // prettier-ignore
  });

  it('judges a persona alike whether an API server has written the defaults into it or not', () => {
    const bare = { metadata: { name: 'shop', namespace: 'store' }, spec: { name: 'shop', type: 'api' } };
    const cluster = { metadata: { name: 'cluster' }, spec: { name: 'cluster' } };
    const { persona: whole } = shopInput({});
    fc.assert(
      fc.property(mutants.workload, (object) => {
        expect(judge(createInput(object, bare, cluster), now)).to.deep.equal(judge(createInput(object, whole, createCluster({})), now)); // prettier-ignore
      }),
    );
  });

  it('is not led astray by names such as __proto__', () => {
    const proto = JSON.parse('{"__proto__": {"runAsNonRoot": true}, "constructor": null}') as unknown;
    const input = shopInput({ container: { name: '__proto__', securityContext: proto } });
    expect(judge(input, now).map(({ rule }) => rule)).to.include('security/run-as-non-root');
  });

  it('judges 500 containers', () => {
    const beside = Array.from({ length: 499 }, (_, index) => ({ name: `c${index}`, image: 'envoy' }));
    const input = shopInput({ beside, cluster: { policies: { security: { podSecurityStandard: 'restricted' } } } });
    const found = judge(input, now).filter(({ rule }) => rule === 'security/run-as-non-root');
    expect(found.map(({ container }) => container)).to.have.members(['shop', ...beside.map(({ name }) => name)]);
  }); // prettier-ignore

  it('shows no character that a terminal would obey', () => {
    const input = shopInput({ container: { name: 'a\u001b[31m', image: 'shop\u0007\u202e\n:latest', env: [{ name: 'DB_PASSWORD\r', value: 'x' }] } });
    const found = judge(input, now).filter(({ rule }) => rule === 'image/tag' || rule === 'secrets/env');
    expect(found.map(({ message }) => message)).to.deep.equal([
      'container a?[31m: DB_PASSWORD? holds what looks like a secret as plain text',
      'container a?[31m: image shop???:latest is no valid image reference',
    ]);
  }); // prettier-ignore

  it('cuts values and messages that are too long for a status', () => {
    const input = shopInput({ container: { name: 'x'.repeat(5000), image: 'y'.repeat(5000) } });
    for (const { message, actual } of judge(input, now)) {
      expect(message.length).to.be.at.most(1000);
      expect(actual.length).to.be.at.most(200);
    }
  });
});
