// Malformed personas and workloads through gather and decide (B1, B2, B6). DORGU_FUZZ_RUNS=100000 makes more of them.
import { expect } from 'chai';
import fc from 'fast-check';
import { getPersonaCaches } from '../../../../operator/controllers/application-persona/caches.ts';
import { gatherPersona } from '../../../../operator/controllers/application-persona/gather.ts';
import { clusterPersonaCache } from '../../../../operator/watched/cluster-personas.ts';
import { openStatus, watchedPersonas } from '../../../../operator/watched/personas.ts';
import { watchedPods } from '../../../../operator/watched/pods.ts';
import {
  watchedAutoscalers,
  watchedBudgets,
  watchedNamespaces,
  watchedServices,
} from '../../../../operator/watched/surroundings.ts';
import { watchedWorkloads } from '../../../../operator/watched/workloads.ts';
import type { ApplicationPersonaStatus } from '../../../../src/api/personas.ts';
import { validateApplicationPersona } from '../../../../src/api/validate.ts';
import { decideApplication } from '../../../../src/status/decide-application.ts';
import { readSeenStatus } from '../../../../src/status/seen-status.ts';
import { createLiveDeployment, createLivePersona } from '../../../bench/live-objects.ts';
import { HeldCaches } from '../../held-cache.ts';
import { createCrashingPod } from '../../objects.ts';

const numRuns = Number(process.env['DORGU_FUZZ_RUNS'] ?? 700);
/** Objects a run: persona, workload, pod, autoscaler, budget, Service, namespace, ClusterPersona. */
const now = new Date('2026-11-23T10:00:00Z');
const name = 'application-1';

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, 0, -1, Infinity, 2 ** 53 + 1, '', 'abc', '1e999', '-1', '1Gi ', '１２', '0.1', '100m'],
    ...[
      '__proto__',
      'constructor',
      '\u202etxt',
      'a\nb',
      '\u001b[31m',
      '\ud800',
      'x'.repeat(5000),
      '9'.repeat(4096),
    ],
    ...[
      [],
      {},
      [null],
      [[]],
      { name },
      { __proto__: null, toString: 1 },
      JSON.parse('{"__proto__":{"x":1}}'),
    ],
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
);

/** Paths of everything in it. */
function listPaths(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, field]) => listPaths(field, [...path, key]))];
}

function replaceAt(value: unknown, [step, ...rest]: readonly string[], by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === step ? replaceAt(item, rest, by) : item));
  const fields = value as Record<string, unknown>;
  return { ...fields, [step]: replaceAt(fields[step], rest, by) };
}

/** The object with up to four places replaced; its name and namespace stay, for the API server sees to them. */
function broken(object: object): fc.Arbitrary<unknown> {
  const paths = listPaths(object).filter(
    (path) =>
      !(path[0] === 'metadata' && (path.length === 1 || ['name', 'namespace'].includes(path[1] ?? ''))),
  );
  const mutation = fc.tuple(fc.nat(), hostile);
  return fc.array(mutation, { maxLength: 4 }).map((mutations) =>
    mutations.reduce<unknown>((whole, [place, by]) => {
      const path = paths[place % paths.length] ?? [];
      try {
        return path.length === 0 ? whole : replaceAt(whole, path, by);
      } catch {
        // An earlier one has taken the ground from under it.
        return whole;
      }
    }, object),
  );
}

const at = { name, namespace: 'team-1' };
const status = decideStatus();
const objects = {
  persona: broken({ ...createLivePersona(1), status }),
  workload: broken(createLiveDeployment(1)),
  pod: broken({
    ...createCrashingPod('x', 'pod-1'),
    metadata: { ...at, name: 'pod-1', labels: { 'app.kubernetes.io/name': name } },
  }),
  autoscaler: broken({
    metadata: at,
    spec: {
      scaleTargetRef: { kind: 'Deployment', name },
      minReplicas: 2,
      maxReplicas: 3,
      metrics: [{ type: 'Resource' }],
    },
  }),
  budget: broken({
    metadata: at,
    spec: { minAvailable: '50%', selector: { matchLabels: { 'app.kubernetes.io/name': name } } },
  }),
  service: broken({
    metadata: at,
    spec: { selector: { 'app.kubernetes.io/name': name }, ports: [{ port: 80 }] },
  }),
  namespace: broken({ metadata: { name: 'team-1', labels: { team: 'one' } } }),
  clusterPersona: broken({
    metadata: { name: 'here' },
    spec: {
      name: 'here',
      rules: [{ id: 'security/*', level: 'warn', enforceFrom: '2027-01-01T00:00:00Z' }],
      exceptions: [{ rule: 'image/tag', reason: 'r', until: '2027-01-01T00:00:00Z' }],
    },
  }),
};
type Objects = { [kind in keyof typeof objects]: unknown };

function fill(found: Objects) {
  const caches = new HeldCaches();
  const persona = caches.get(watchedPersonas).put(`team-1/${name}`, found.persona);
  for (const [options, object] of [
    [watchedPods, found.pod],
    [watchedBudgets, found.budget],
    [watchedServices, found.service],
    [watchedNamespaces, found.namespace],
  ] as const)
    caches.get<object>(options as never).put(`team-1/${name}`, object);
  // A second kind beside it: several workloads are judged together.
  for (const options of watchedWorkloads.slice(0, 2))
    caches.get(options).put(`team-1/${name}`, found.workload);
  for (const options of watchedAutoscalers) caches.get(options).put(`team-1/${name}`, found.autoscaler);
  caches.get(clusterPersonaCache).put('here', found.clusterPersona);
  if (persona === undefined) throw new Error('every persona is kept');
  return { caches: getPersonaCaches(caches), persona };
}

function decideStatus() {
  const { caches, persona } = fill({
    ...{ persona: createLivePersona(1), workload: createLiveDeployment(1) },
    ...{ pod: {}, autoscaler: {}, budget: {}, service: {}, namespace: {}, clusterPersona: {} },
  });
  const facts = gatherPersona(caches, persona);
  return facts && decideApplication({ ...facts, seen: {}, now }).status;
}

function describeChange(first: object, second: object): string {
  const later = new Map<string, unknown>(Object.entries(second));
  const changed = Object.entries(first)
    .map(([field, value]) => [field, JSON.stringify(value), JSON.stringify(later.get(field))])
    .filter(([, before, after]) => before !== after);
  return `a second write changes ${changed.map((words) => words.join('\n')).join('\n')}`;
}

/** A verdict may look at the one before: it rests after two of them. */
function expectRest(
  facts: NonNullable<ReturnType<typeof gatherPersona>>,
  first: ApplicationPersonaStatus,
): void {
  let before = first;
  for (let turn = 0; turn < 3; turn += 1) {
    const seen = readSeenStatus(JSON.parse(JSON.stringify(before)));
    const { isChanged, status } = decideApplication({ ...facts, seen, now });
    if (!isChanged) return;
    if (turn === 2) throw new Error(describeChange(before, status));
    before = { ...before, ...status };
  }
}

describe('malformed objects', () => {
  it('are judged without a throw, to a status that fits the schema and rests', function () {
    this.timeout(numRuns * 20 + 10_000);
    fc.assert(
      fc.property(fc.record(objects), (found) => {
        const { caches, persona } = fill(found);
        const facts = gatherPersona(caches, persona);
        if (facts === undefined) throw new Error('everything is synced');
        const decision = decideApplication({ ...facts, seen: openStatus(persona), now });
        const spec = { name: 'x', type: 'api' };
        const metadata = { name, namespace: 'team-1' };
        const whole = {
          apiVersion: 'dorgu.io/v1',
          kind: 'ApplicationPersona',
          metadata,
          spec,
          status: decision.status,
        };
        const validation = validateApplicationPersona(whole);
        expect(validation.ok ? '' : JSON.stringify(validation.problems), 'problems of the status').to.equal(
          '',
        );
        expectRest(facts, decision.status);
      }),
      { numRuns },
    );
  });
});
