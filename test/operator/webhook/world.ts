// A webhook without a socket: caches that hold what a test puts into them, and reviews as the API server writes them.
import { answerBody, type Answer } from '../../../operator/webhook/answer-body.ts';
import { createReviewJudge, resolveNamespaceMode } from '../../../operator/webhook/judge-review.ts';
import { getJudgementCaches, type JudgementCaches } from '../../../operator/watched/around.ts';
import { clusterPersonaCache } from '../../../operator/watched/cluster-personas.ts';
import { watchedPersonas } from '../../../operator/watched/personas.ts';
import {
  watchedAutoscalers,
  watchedNamespaces,
  watchedServices,
} from '../../../operator/watched/surroundings.ts';
import { watchedWorkloads } from '../../../operator/watched/workloads.ts';
import type { Mode } from '../../../src/rules/mode.ts';
import { HeldCaches } from '../held-cache.ts';

type Metadata = { name: string; namespace?: string };

/** Everything in namespace `store` unless it says otherwise. */
export class World {
  readonly #held = new HeldCaches();
  readonly caches: JudgementCaches = getJudgementCaches(this.#held);
  readonly faults: unknown[] = [];
  nowMs = Date.parse('2026-11-23T10:00:00Z');

  persona(object: object): this {
    this.#held.get(watchedPersonas).put(keyOf(object), object);
    return this;
  }

  workload(object: object): this {
    const { kind } = object as { kind: string };
    const options = watchedWorkloads.find(({ resource }) => resource.kind === kind);
    if (options === undefined) throw new Error(`nobody watches ${kind}`);
    this.#held.get(options).put(keyOf(object), object);
    return this;
  }

  clusterPersona(spec: object): this {
    const metadata = { name: 'cluster', creationTimestamp: '2026-01-01T00:00:00Z' };
    this.#held.get(clusterPersonaCache).put('cluster', { metadata, spec: { name: 'cluster', ...spec } });
    return this;
  }

  namespace(name: string, labels: Record<string, string>): this {
    this.#held.get(watchedNamespaces).put(name, { metadata: { name, labels } });
    return this;
  }

  autoscaler(name: string, target: string): this {
    const [options] = watchedAutoscalers;
    const spec = {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
      minReplicas: 2,
      maxReplicas: 4,
    };
    if (options !== undefined)
      this.#held
        .get(options)
        .put(`store/${name}`, { metadata: { name, namespace: 'store', uid: name }, spec });
    return this;
  }

  service(object: object): this {
    this.#held.get(watchedServices).put(keyOf(object), object);
    return this;
  }

  answer(body: string | Buffer, mode: Mode = 'advisory', caches: JudgementCaches = this.caches): Answer {
    return answerBody(Buffer.from(body), {
      judge: createReviewJudge({ caches, mode, now: () => this.nowMs }),
      modeOf: (namespace) => resolveNamespaceMode(caches, mode, namespace),
      onFault: (error) => void this.faults.push(error),
    });
  }

  ask(request: object, mode?: Mode): Answer {
    return this.answer(formatReview(request), mode);
  }
}

function keyOf(object: object): string {
  const { name, namespace = '' } = (object as { metadata: Metadata }).metadata;
  return namespace === '' ? name : `${namespace}/${name}`;
}

/** An AdmissionReview for an object of `store`; what `request` says comes over that. */
export function formatReview(request: object): string {
  return JSON.stringify({ kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1', request });
}

const plurals = new Map([
  ['Deployment', 'deployments'],
  ['StatefulSet', 'statefulsets'],
  ['DaemonSet', 'daemonsets'],
  ['CronJob', 'cronjobs'],
]);

/** The request for the creation of the object; with `before`, for its change. */
export function toRequest(object: object, before?: object): Record<string, unknown> {
  const { kind, metadata } = object as { kind: string; metadata: Metadata };
  return {
    uid: 'review-1',
    resource: { group: 'apps', version: 'v1', resource: plurals.get(kind) ?? kind },
    name: metadata.name,
    namespace: metadata.namespace ?? 'store',
    operation: before === undefined ? 'CREATE' : 'UPDATE',
    object,
    oldObject: before ?? null,
    dryRun: false,
  };
}

/** The request that `kubectl scale` leads to. */
export function toScaleRequest(name: string, from: number, to: number): Record<string, unknown> {
  const scale = (replicas: number) => ({
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace: 'store' },
    spec: replicas === 0 ? {} : { replicas },
  });
  return {
    ...toRequest({ kind: 'Deployment', metadata: { name } }),
    subResource: 'scale',
    operation: 'UPDATE',
    object: scale(to),
    oldObject: scale(from),
  };
}
