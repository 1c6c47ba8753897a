// The four who judge, each asked through the door that users come through, with the same world behind it.
import { getPersonaCaches } from '../../operator/controllers/application-persona/caches.ts';
import { gatherPersona } from '../../operator/controllers/application-persona/gather.ts';
import { getJudgementCaches } from '../../operator/watched/around.ts';
import { clusterPersonaCache } from '../../operator/watched/cluster-personas.ts';
import { openStatus, watchedPersonas } from '../../operator/watched/personas.ts';
import {
  watchedAutoscalers,
  watchedBudgets,
  watchedNamespaces,
  watchedServices,
} from '../../operator/watched/surroundings.ts';
import { watchedWorkloads } from '../../operator/watched/workloads.ts';
import { createReviewJudge } from '../../operator/webhook/judge-review.ts';
import type { Review } from '../../operator/webhook/review.ts';
import { foretellImpact, type ImpactReport } from '../../src/cluster/impact/foretell-impact.ts';
import type { Manifest } from '../../src/document/manifest.ts';
import type { KubeClient, KubeRequest, KubeResponse } from '../../src/kube/client.ts';
import { resources } from '../../src/kube/resources.ts';
import { judgeManifests } from '../../src/reporting/judge-manifests.ts';
import type { CheckReport } from '../../src/reporting/check-report.ts';
import type { Decision } from '../../src/rules/decide.ts';
import type { Finding } from '../../src/rules/finding.ts';
import type { Mode } from '../../src/rules/mode.ts';
import { decideApplication } from '../../src/status/decide-application.ts';
import { HeldCaches } from '../operator/held-cache.ts';
import { keyOf, now, type ApiObject, type World } from './world.ts';

/** What is held against a workload by a persona, by {@link keyOf} of both. */
export type Judged = Map<string, Map<string, readonly Finding[]>>;

// A world is asked many times, and nobody changes it.
const known = new WeakMap<World, HeldCaches>();

/** The caches of an operator that has seen the world. */
function getHeldCaches(world: World): HeldCaches {
  const held = known.get(world) ?? createHeldCaches(world);
  known.set(world, held);
  return held;
}

function createHeldCaches(world: World): HeldCaches {
  const held = new HeldCaches();
  const all = [
    watchedPersonas,
    clusterPersonaCache,
    watchedBudgets,
    watchedServices,
    watchedNamespaces,
    ...watchedAutoscalers,
    ...watchedWorkloads,
  ];
  const caches = new Map(all.map((options) => [options.resource.kind, held.get<unknown>(options as never)]));
  for (const object of listObjects(world)) {
    const { namespace, name } = object.metadata;
    caches.get(object.kind)?.put(namespace === undefined ? name : `${namespace}/${name}`, object);
  }
  return held;
}

function listObjects(world: World): ApiObject[] {
  const { namespaces, personas, clusterPersonas, workloads, around } = world;
  return [...namespaces, ...personas, ...clusterPersonas, ...workloads, ...around];
}

const judgedBefore = new WeakMap<World, Judged>();

/** What stands in the statuses before it is cut to a status' size: workload -> persona -> findings. */
export function askController(world: World): Judged {
  const judged = judgedBefore.get(world) ?? judgeWorld(world);
  judgedBefore.set(world, judged);
  return judged;
}

function judgeWorld(world: World): Judged {
  const caches = getPersonaCaches(getHeldCaches(world));
  const judged: Judged = new Map();
  for (const watched of caches.personas.objects.values()) {
    const facts = gatherPersona(caches, watched);
    if (facts === undefined) throw new Error('a held cache is synced');
    const { workloads } = decideApplication({ ...facts, seen: openStatus(watched), now });
    for (const { workload, findings } of workloads) {
      const key = `${workload.kind}/${workload.namespace}/${workload.name}`;
      const claims = judged.get(key) ?? new Map<string, readonly Finding[]>();
      judged.set(key, claims.set(watched.name, findings));
    }
  }
  return judged;
}

/** An answer of admission. */
export function askWebhook(
  world: World,
  review: Partial<Review> & Pick<Review, 'operation'>,
  mode: Mode,
  at = now,
): Decision {
  const object = (review.object ?? review.oldObject) as ApiObject;
  const judge = createReviewJudge({
    caches: getJudgementCaches(getHeldCaches(world)),
    mode,
    now: () => at.getTime(),
  });
  const verdict = judge({
    ...{ uid: '1', subResource: '', isDryRun: false, object: undefined, oldObject: undefined },
    resource: `${object.kind.toLowerCase()}s`,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
    ...review,
  });
  if (verdict.kind === 'not-known') throw new Error(verdict.why);
  return verdict.decision;
}

/** All objects as files, a file each; the ClusterPersona is the one that the caller says counts. */
export function askCheck(world: World, clusterPersona: ApiObject | undefined): CheckReport {
  const toManifest = (object: ApiObject): Manifest => ({
    ...{ file: keyOf(object), index: 0, line: 1, column: 1, origin: undefined },
    object: { ...object },
    locate: () => ({ line: 1, column: 1 }),
  });
  const objects = listObjects({ ...world, clusterPersonas: [] });
  return judgeManifests(
    {
      manifests: objects.map(toManifest),
      personaManifests: [],
      clusterPersonaManifests: clusterPersona === undefined ? [] : [toManifest(clusterPersona)],
      ...{ namespace: '', skipped: [], problems: [], fileCount: objects.length },
    },
    now,
  );
}

/** `persona impact`, over an API server that holds the world. */
export function askImpact(world: World, mode: Mode): Promise<ImpactReport> {
  return foretellImpact(createClient(world), { mode, rules: [], now });
}

function createClient(world: World): KubeClient {
  const byPlural = new Map(
    Object.values(resources).map(({ plural, kind }) => [
      plural,
      listObjects(world).filter((object) => object.kind === kind),
    ]),
  );
  return {
    ...{ server: '', namespace: '', contextName: undefined, clusterName: undefined },
    request: <T>({ path }: KubeRequest): Promise<KubeResponse<T>> =>
      Promise.resolve({
        status: 200,
        warnings: [],
        body: { items: byPlural.get(path.slice(path.lastIndexOf('/') + 1)) ?? [] } as T,
      }),
    stream: () => Promise.reject(new Error('nobody streams')),
    close: () => undefined,
  };
}
