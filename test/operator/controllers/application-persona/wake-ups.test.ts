// No wake-up is lost: whatever comes, changes and goes around personas, in whatever order, each is looked at once more after the last change that
// matters to it. There is no resync here that would make up for it. DORGU_WAKE_RUNS=10000 makes more courses of events.
import { expect } from 'chai';
import fc from 'fast-check';
import {
  getPersonaCaches,
  type PersonaCaches,
} from '../../../../operator/controllers/application-persona/caches.ts';
import { createPersonaController } from '../../../../operator/controllers/application-persona/controller.ts';
import { gatherPersona } from '../../../../operator/controllers/application-persona/gather.ts';
import type { ControllerDeps } from '../../../../operator/manager/controller-deps.ts';
import { decideApplication } from '../../../../src/status/decide-application.ts';
import { resources, type Resource } from '../../../../src/kube/resources.ts';
import { name, namespace, world, type ApiObject } from '../../../agreement/world.ts';
import { workloadObject } from '../../../agreement/workload-object.ts';
import { MemoryCluster } from '../../memory-cluster.ts';

const numRuns = Number(process.env['DORGU_WAKE_RUNS'] ?? 60);

const now = new Date('2026-11-23T09:30:00Z');
const kinds = new Map(Object.values(resources).map((resource) => [resource.kind, resource]));
const resourceOf = ({ kind }: ApiObject): Resource => kinds.get(kind)!;
const keyOf = ({ metadata }: ApiObject) =>
  metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;

/** Pods that are ill in some way, or well, or on their way out. */
const podState = fc.constantFrom(
  { phase: 'Running', ready: true, state: { running: {} } },
  { phase: 'Running', ready: false, state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } } },
  { phase: 'Pending', ready: false, state: { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } } },
  { phase: 'Pending', ready: false, state: { waiting: { reason: 'ContainerCreating' } } },
  { phase: 'Succeeded', ready: false, state: { terminated: { exitCode: 0 } } },
  { phase: 'Failed', ready: false, state: { terminated: { exitCode: 1, reason: 'Error' } } },
); // prettier-ignore

const pod = fc
  .record({
    name: fc.constantFrom('pod-1', 'pod-2', 'pod-3'),
    namespace,
    labels: fc.record({ app: name, 'app.kubernetes.io/name': name, tier: fc.constant('front') }, { requiredKeys: [] }),
    job: fc.option(name, { nil: undefined }),
    is: podState,
  })
  .map(({ name: own, namespace: place, labels, job, is: { phase, ready, state } }): ApiObject & { status: object } => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...{ name: own, namespace: place, labels, creationTimestamp: '2026-11-23T09:30:00Z' },
      ...(job === undefined ? {} : { ownerReferences: [{ kind: 'Job', name: `${job}-28000000`, controller: true }] }),
    },
    status: {
      phase,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [{ name: 'main', ready, restartCount: 1, state }],
    },
  })); // prettier-ignore

/** How its controller sees a workload: what of its pods is missing decides whether these matter. */
const observed = fc.record({
  replicas: fc.nat(3),
  updated: fc.nat(3),
  available: fc.nat(3),
  isCurrent: fc.boolean(),
});

/** Some select by an expression alone: no label leads from a pod to them. */
const workload = fc
  .record({ object: workloadObject({ name, namespace }), status: observed, byExpression: fc.nat(3) })
  .map(({ object, status: { replicas, updated, available, isCurrent }, byExpression }): ApiObject => {
    const spec = object.spec as { selector?: object };
    const selector = { matchExpressions: [{ key: 'tier', operator: 'Exists' }] };
    return {
      ...object,
      metadata: { ...object.metadata, creationTimestamp: '2026-11-23T08:00:00Z' },
      spec: byExpression === 0 && spec.selector !== undefined ? { ...spec, selector } : spec,
      ...{ status: { observedGeneration: isCurrent ? 1 : 0, replicas, updatedReplicas: updated, readyReplicas: available, availableReplicas: available } },
    };
  }); // prettier-ignore

/** Everything that a persona is judged by, but for the ClusterPersona, whose changes wake all. */
const state = fc
  .record({
    all: world,
    workloads: fc.array(workload, { maxLength: 4 }),
    pods: fc.array(pod, { maxLength: 6 }),
  })
  .map(({ all: { namespaces, personas, around }, workloads, pods }) => {
    const objects: ApiObject[] = [...namespaces, ...personas, ...workloads, ...around, ...pods];
    return new Map(objects.map((object) => [`${object.kind}/${keyOf(object)}`, object]));
  });

interface Step {
  resource: Resource;
  key: string;
  object: ApiObject | undefined;
}

/** From each of the states to the next, in some order. */
function toSteps(states: readonly ReadonlyMap<string, ApiObject>[], order: readonly number[]): Step[][] {
  let before: ReadonlyMap<string, ApiObject> = new Map();
  return states.map((after) => {
    const gone = [...before].filter(([place]) => !after.has(place));
    const steps: Step[] = [
      ...gone.map(([, object]) => ({ resource: resourceOf(object), key: keyOf(object), object: undefined })),
      ...[...after.values()].map((object) => ({ resource: resourceOf(object), key: keyOf(object), object })),
    ];
    before = after;
    const rankOf = (index: number) => order[index % order.length]! + index / 1000;
    return steps
      .map((step, index) => ({ step, rank: rankOf(index) }))
      .sort((left, right) => left.rank - right.rank)
      .map(({ step }) => step);
  });
}

/** Plays the steps; a pause after some of them, so that verdicts fall between. */
async function play(
  cluster: MemoryCluster,
  steps: readonly Step[],
  pauses: readonly boolean[],
): Promise<void> {
  for (const [index, { resource, key, object }] of steps.entries()) {
    const change = object === undefined ? cluster.remove(resource, key) : cluster.put(resource, object);
    if (pauses[index % pauses.length] === true) await change;
    else await new Promise((resolve) => setImmediate(resolve));
  }
  await rest(cluster);
}

/** Until nothing is written any more. */
async function rest(cluster: MemoryCluster): Promise<void> {
  for (let before = -1; before !== cluster.writes.length;) {
    before = cluster.writes.length;
    await cluster.settle();
  }
}

/** What would be said of a persona whose status is empty: what is to be said without its past. */
function judgeAnew(caches: PersonaCaches, key: string): string {
  const persona = caches.personas.get(key);
  const facts = persona && gatherPersona(caches, persona);
  if (facts === undefined) return 'nobody';
  const { status, looksAgainAt } = decideApplication({ ...facts, seen: {}, now });
  return JSON.stringify([status, looksAgainAt]);
}

/** The controller; what it had before its eyes when it looked at a persona last is kept in `looks`. */
function createObserved(looks: Map<string, string>, hand: (caches: PersonaCaches) => void) {
  return (deps: ControllerDeps) => {
    const caches = getPersonaCaches(deps.caches);
    hand(caches);
    const createQueue: ControllerDeps['createQueue'] = (reconcile, options) =>
      deps.createQueue((key, context) => {
        looks.set(key, judgeAnew(caches, key));
        return reconcile(key, context);
      }, options);
    return createPersonaController({ ...deps, createQueue });
  };
}

describe('personas are looked at again', function () {
  this.timeout(numRuns * 1000 + 60_000);

  it('after every change that their status depends on', async () => {
    const order = fc.array(fc.nat(9), { minLength: 1, maxLength: 12 });
    const pauses = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 });
    const states = fc.array(state, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(states, order, pauses, async (all, ranks, waits) => {
        const cluster = new MemoryCluster();
        const looks = new Map<string, string>();
        let caches: PersonaCaches | undefined;
        await cluster.start(createObserved(looks, (given) => (caches = given)));
        try {
          for (const steps of toSteps(all, ranks)) {
            await play(cluster, steps, waits);
            for (const key of caches!.personas.objects.keys())
              expect(looks.get(key), `what was seen of ${key}`).to.equal(judgeAnew(caches!, key));
          }
        } finally {
          await cluster.stop();
        }
      }),
      { numRuns, interruptAfterTimeLimit: 300_000 },
    );
  });
});
