// The watcher of Argo CD: what an Application says stands in the status of the personas that it deploys, as long as there is one.
import { applicationConditions } from '../../../src/api/conditions.ts';
import type { Change } from '../../../src/kube/watch/reflector.ts';
import { mirrorApplication, type MirroredStatus } from '../../../src/status/argocd/mirror-application.ts';
import type { SeenStatus } from '../../../src/status/seen-status.ts';
import type { Component } from '../../manager/component.ts';
import type { ControllerDeps } from '../../manager/controller-deps.ts';
import type { Reconcile, ReconcileResult, WorkQueue } from '../../manager/work-queue.ts';
import { watchedApplications, type WatchedApplication } from '../../watched/argo-applications.ts';
import { findClaimants, getOwnershipCaches, keyOf } from '../../watched/ownership.ts';
import { createPartWriter, stalePauseMs, type PartWriter } from '../../watched/part-writer.ts';
import { openStatus, type WatchedPersona } from '../../watched/personas.ts';
import type { WatchedWorkload } from '../../watched/workloads.ts';
import { gatherApplication, isConcerned, listConcerned, type ArgoCaches } from './gather.ts';

export { permissions } from './permissions.ts';

/** Owns status.argoCD and condition ArgoCDSynced, and nothing else. */
export const fieldManager = 'dorgu-operator-argocd';

/** The watcher; its queue starts and stops with it. */
export function createArgoController(deps: ControllerDeps): Component {
  return new ArgoController(deps);
}

class ArgoController implements Component {
  readonly name = 'argocd-controller';
  readonly #deps: ControllerDeps;
  readonly #caches: ArgoCaches;
  readonly #writer: PartWriter<MirroredStatus>;
  readonly #queue: WorkQueue & Component;

  constructor(deps: ControllerDeps) {
    this.#deps = deps;
    this.#caches = {
      ...getOwnershipCaches(deps.caches),
      applications: deps.caches.get(watchedApplications),
    };
    const { personas, applications, workloads } = this.#caches;
    this.#writer = createPartWriter({
      client: deps.client,
      leadership: deps.leadership,
      fieldManager,
      toSaying: ({ argoCD }) => argoCD,
      find: (key) => personas.get(key),
      wake: (key) => this.#queue.add(key),
    });
    this.#queue = deps.createQueue((key, context) => this.#reconcile(key, context), {
      name: 'argocd',
      keys: () => personas.objects,
      after: [personas, applications, ...workloads],
    });
    applications.onChange((change) => this.#wakeByApplication(change));
    for (const cache of workloads) cache.onChange((change) => this.#wakeByWorkload(change));
    personas.onChange((change) => {
      if (change.type === 'deleted') this.#forget(change.key);
      else if (change.type === 'added' || !this.#writer.isEcho(change.key, change.value, change.previous))
        // Where there is no Argo CD the queue would only count them.
        if (isConcerned(this.#caches, change.value)) this.#queue.add(change.key);
    });
  }

  start(): Promise<void> {
    return this.#queue.start();
  }

  stop(): Promise<void> {
    return this.#queue.stop();
  }

  whyNotReady(): string | undefined {
    return this.#queue.whyNotReady();
  }

  #wakeByApplication(change: Change<WatchedApplication>): void {
    if (change.type === 'updated' && change.value.text === change.previous.text) return;
    const sides = [
      ...(change.type === 'added' ? [] : [change.previous]),
      ...(change.type === 'deleted' ? [] : [change.value]),
    ];
    for (const side of sides) for (const key of listConcerned(this.#caches, side)) this.#queue.add(key);
  }

  /** Pods that come and go change nothing in what belongs to whom. */
  #wakeByWorkload(change: Change<WatchedWorkload>): void {
    if (this.#caches.applications.objects.size === 0) return;
    const sides =
      change.type === 'updated'
        ? change.value.claims.join() === change.previous.claims.join()
          ? []
          : [change.previous, change.value]
        : [change.type === 'added' ? change.value : change.previous];
    for (const side of sides)
      for (const persona of findClaimants(this.#caches, side)) this.#queue.add(keyOf(persona));
  }

  async #reconcile(key: string, { signal }: Parameters<Reconcile>[1]): Promise<ReconcileResult> {
    const { client, now } = this.#deps;
    const cached = this.#caches.personas.get(key);
    if (cached === undefined) return undefined;
    const persona = this.#writer.latest(key, cached);
    if (!isConcerned(this.#caches, persona)) return undefined;
    const application = gatherApplication(this.#caches, persona, [client.server]);
    const { generation } = persona;
    const seen = openStatus(persona);
    // Condition Ready is always there: the first word on a persona is its controller's, and wakes this one again.
    if (application !== undefined && !isJudged(seen)) return undefined;
    const decision = mirrorApplication(application, seen, {
      generation,
      now: new Date(now()),
    });
    return decision.isChanged ? this.#write(key, persona, decision.status, signal) : undefined;
  }

  async #write(
    key: string,
    persona: WatchedPersona,
    status: MirroredStatus,
    signal: AbortSignal,
  ): Promise<ReconcileResult> {
    const end = await this.#writer.write(key, persona, status, signal);
    if (end.outcome === 'refused')
      this.#deps.logger.error('The API server does not take what Argo CD says', {
        key,
        message: end.message,
      });
    return end.outcome === 'stale' ? { requeueAfterMs: stalePauseMs } : undefined;
  }

  #forget(key: string): void {
    this.#queue.forget(key);
    this.#writer.forget(key);
  }
}

function isJudged({ conditions = [] }: SeenStatus): boolean {
  return conditions.some(({ type }) => type === applicationConditions.ready);
}
