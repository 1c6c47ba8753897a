// Keeps what was learnt in the status of personas: gathers, decides and, where that says something new, writes the sampler's own fields.
import { applicationConditions } from '../../src/api/conditions.ts';
import { resources } from '../../src/kube/resources.ts';
import { formatCount } from '../../src/status/plain-text.ts';
import type { Cache } from '../manager/cache.ts';
import type { Component } from '../manager/component.ts';
import type { ControllerDeps } from '../manager/controller-deps.ts';
import type { Reconcile, ReconcileResult, WorkQueue } from '../manager/work-queue.ts';
import { getJudgementCaches, type JudgementCaches } from '../watched/around.ts';
import { findClaimants, keyOf } from '../watched/ownership.ts';
import { createPartWriter, stalePauseMs, type PartWriter } from '../watched/part-writer.ts';
import { openLearned, openStatus, type WatchedPersona } from '../watched/personas.ts';
import { isAbsence, sizedKinds } from '../watched/usage-presence.ts';
import type { WatchedWorkload } from '../watched/workloads.ts';
import { fieldManager } from './checkpoint.ts';
import { decideLearned, type LearnedDecision, type LearnedStatus } from './decide-learned.ts';
import { gatherLearned, type LearnedSources } from './gather-learned.ts';

/** A rollout changes its workload many times: one look when it rests is enough. */
const settleMs = 2000;
/** Windows wake everybody; this is for whatever was missed. */
const resyncIntervalMs = 900_000;
/** Of all personas: a look takes a millisecond, and others want to be looked at too. */
const leisurelySpread = { eachMs: 20, mostMs: 200_000 };
const urgentSpread = { eachMs: 3, mostMs: 30_000 };

/** The Event of new advice. */
export const recommendedReason = 'Recommended';

/** The controller of what the sampler learns. */
export class LearnedController implements Component {
  readonly name = 'sampler-status';
  readonly #deps: ControllerDeps;
  readonly #sources: LearnedSources;
  readonly #writer: PartWriter<LearnedStatus>;
  readonly #queue: WorkQueue & Component;

  constructor(deps: ControllerDeps, sources: Omit<LearnedSources, 'caches'>) {
    this.#deps = deps;
    const caches = getJudgementCaches(deps.caches);
    this.#sources = { ...sources, caches };
    this.#writer = createPartWriter({
      client: deps.client,
      leadership: deps.leadership,
      fieldManager,
      find: (key) => caches.personas.get(key),
      wake: (key) => this.#queue.add(key),
    });
    this.#queue = deps.createQueue((key, context) => this.#reconcile(key, context), {
      name: 'usage',
      keys: () => caches.personas.objects,
      after: [caches.personas, ...caches.workloads],
      resyncIntervalMs,
    });
    caches.personas.onChange((change) => {
      if (change.type === 'deleted') this.#forget(change.key);
      else if (change.type === 'added' || !this.#writer.isEcho(change.key, change.value, change.previous))
        this.#queue.add(change.key);
    });
    for (const cache of caches.workloads) this.#wakeByWorkloads(cache, caches);
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

  /** Those of a workload, at once. */
  wake(workload: Pick<WatchedWorkload, 'namespace' | 'claims'>): void {
    for (const persona of findClaimants(this.#sources.caches, workload)) this.#queue.add(keyOf(persona));
  }

  /** All of them, one after the other: urgently within half a minute, otherwise within a window. */
  wakeAll({ isUrgent }: { isUrgent: boolean }): void {
    const { objects } = this.#sources.caches.personas;
    const { eachMs, mostMs } = isUrgent ? urgentSpread : leisurelySpread;
    const spreadMs = Math.min(mostMs, objects.size * eachMs);
    for (const key of objects.keys())
      this.#queue.add(key, { priority: 'resync', afterMs: this.#deps.random() * spreadMs });
  }

  #wakeByWorkloads(cache: Cache<WatchedWorkload>, caches: JudgementCaches): void {
    cache.onChange((change) => {
      if (change.type === 'updated' && change.value.text === change.previous.text) return;
      const sides = [
        ...(change.type === 'added' ? [] : [change.previous]),
        ...(change.type === 'deleted' ? [] : [change.value]),
      ];
      for (const side of sides)
        if (sizedKinds.has(side.kind))
          for (const persona of findClaimants(caches, side))
            this.#queue.add(keyOf(persona), { priority: 'resync', afterMs: settleMs });
    });
  }

  async #reconcile(key: string, { signal }: Parameters<Reconcile>[1]): Promise<ReconcileResult> {
    const cached = this.#sources.caches.personas.get(key);
    if (cached === undefined) return undefined;
    const persona = this.#writer.latest(key, cached);
    const status = openStatus(persona);
    // Condition Ready is always there: the first word on a persona is its controller's, and wakes this one again.
    if (!(status.conditions ?? []).some(({ type }) => type === applicationConditions.ready)) return undefined;
    const learned = openLearned(persona);
    const nowMs = this.#deps.now();
    const standing = {
      recommendations: learned.recommendations ?? [],
      isAbsence: (status.conditions ?? []).some(isAbsence),
    };
    const facts = gatherLearned(this.#sources, persona, standing, nowMs);
    const { generation } = persona;
    const decision = decideLearned({ ...facts, generation, now: new Date(nowMs) }, { learned, status });
    return decision.isChanged ? this.#write(key, persona, decision, signal) : undefined;
  }

  async #write(
    key: string,
    persona: WatchedPersona,
    { status, added }: LearnedDecision,
    signal: AbortSignal,
  ): Promise<ReconcileResult> {
    const end = await this.#writer.write(key, persona, status, signal);
    if (end.outcome === 'written') this.#tell(end.persona, added);
    if (end.outcome === 'refused')
      this.#deps.logger.error('The API server does not take what was learnt', { key, message: end.message });
    return end.outcome === 'stale' ? { requeueAfterMs: stalePauseMs } : undefined;
  }

  #tell({ namespace, name, uid, resourceVersion }: WatchedPersona, added: LearnedDecision['added']): void {
    const [first] = added;
    if (first === undefined) return;
    const { group, version, kind } = resources.applicationPersonas;
    const more = added.length === 1 ? '' : ` (and ${formatCount(added.length - 1, 'more recommendation')})`;
    this.#deps.events.record({
      object: { apiVersion: `${group}/${version}`, kind, namespace, name, uid, resourceVersion },
      type: 'Normal',
      reason: recommendedReason,
      message: `${first.message}${more}`,
    });
  }

  #forget(key: string): void {
    this.#queue.forget(key);
    this.#writer.forget(key);
  }
}
