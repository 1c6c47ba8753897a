// The controller of ApplicationPersonas: a change wakes keys, each is gathered, decided and, where that says something new, written.
import type { ApplicationPersonaStatus } from '../../../src/api/personas.ts';
import { resources } from '../../../src/kube/resources.ts';
import { decideApplication, type ApplicationDecision } from '../../../src/status/decide-application.ts';
import type { SeenStatus } from '../../../src/status/seen-status.ts';
import { isSameButTimes } from '../../../src/status/set-conditions.ts';
import type { Component } from '../../manager/component.ts';
import type { ControllerDeps } from '../../manager/controller-deps.ts';
import type { Reconcile, ReconcileResult, WorkQueue } from '../../manager/work-queue.ts';
import {
  createPartWriter,
  stalePauseMs,
  type PartWrite,
  type PartWriter,
} from '../../watched/part-writer.ts';
import { openStatus, type WatchedPersona } from '../../watched/personas.ts';
import { toAbsence, UsagePresence } from '../../watched/usage-presence.ts';
import { getPersonaCaches, listPrerequisites, type PersonaCaches } from './caches.ts';
import { gatherPersona } from './gather.ts';
import { createPersonaMetrics, type PersonaMetrics } from './metrics.ts';
import { fieldManager, toRefused } from './status.ts';
import { eventReasons, findTransitions } from './transitions.ts';
import { wakeOnChanges } from './wake.ts';

export { permissions } from './permissions.ts';

/** After a write that found no persona: a deletion is on the way and ends the matter; without one, somebody else's fault is over by then. */
const gonePauseMs = 2_000;

/** All personas are looked at within so long after a change of the ClusterPersona: a millisecond each. */
const longestSpreadMs = 10_000;

/** The controller; its queue starts and stops with it. `presence`: whether anything measures use; without it nothing is said of that. */
export function createPersonaController(
  deps: ControllerDeps,
  presence = new UsagePresence('other', deps.now),
): Component {
  return new PersonaController(deps, presence);
}

class PersonaController implements Component {
  readonly name = 'persona-controller';
  readonly #deps: ControllerDeps;
  readonly #presence: UsagePresence;
  readonly #caches: PersonaCaches;
  readonly #metrics: PersonaMetrics;
  readonly #writer: PartWriter<ApplicationPersonaStatus>;
  readonly #queue: WorkQueue & Component;

  constructor(deps: ControllerDeps, presence: UsagePresence) {
    this.#deps = deps;
    this.#presence = presence;
    this.#caches = getPersonaCaches(deps.caches);
    this.#metrics = createPersonaMetrics(deps.metrics, () => deps.leadership.isLeader);
    this.#writer = createPartWriter({
      client: deps.client,
      leadership: deps.leadership,
      fieldManager,
      isExact: true,
      find: (key) => this.#caches.personas.get(key),
      wake: (key) => this.#queue.add(key),
      shorten: toRefused,
    });
    this.#queue = deps.createQueue((key, context) => this.#reconcile(key, context), {
      name: 'persona',
      keys: () => this.#caches.personas.objects,
      after: [...listPrerequisites(this.#caches, deps.now), presence],
    });
    presence.onChange(() => {
      if (presence.state === 'absent') this.#wakeAll();
    });
    wakeOnChanges(this.#caches, {
      wake: (key) => this.#queue.add(key),
      wakeAll: () => this.#wakeAll(),
      forget: (key) => this.#forget(key),
      isOwnWrite: (key, persona, previous) => this.#writer.isEcho(key, persona, previous),
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

  async #reconcile(key: string, { signal }: Parameters<Reconcile>[1]): Promise<ReconcileResult> {
    const { now, random, options } = this.#deps;
    const cached = this.#caches.personas.get(key);
    if (cached === undefined) return undefined;
    const persona = this.#writer.latest(key, cached);
    const facts = gatherPersona(this.#caches, persona);
    if (facts === undefined) return undefined;
    const seen = openStatus(persona);
    const judged = decideApplication({ ...facts, seen, now: new Date(now()) });
    const decision = this.#withAbsence(judged, persona, seen);
    this.#count(key, persona, decision);
    if (decision.isChanged) {
      const end = await this.#write(key, persona, decision, signal);
      if (end.outcome === 'stale') return { requeueAfterMs: stalePauseMs * (1 + random()) };
      if (end.outcome === 'gone') return { requeueAfterMs: gonePauseMs };
    }
    return comeBack(decision, now(), options.resyncIntervalMs);
  }

  /** Where nothing measures use, the one write of a persona says so as well. */
  #withAbsence(
    decision: ApplicationDecision,
    { generation }: WatchedPersona,
    { conditions: seen = [] }: SeenStatus,
  ): ApplicationDecision {
    const kinds = decision.workloads.map(({ workload }) => workload.kind);
    const about = { generation, now: new Date(this.#deps.now()) };
    const absence = toAbsence(this.#presence.state, { kinds, seen }, about);
    if (absence === undefined) return decision;
    const before = seen.find(({ type }) => type === absence.type);
    const isChanged = decision.isChanged || !isSameButTimes(absence, before);
    const conditions = [...(decision.status.conditions ?? []), absence];
    return { ...decision, isChanged, status: { ...decision.status, conditions } };
  }

  #count(key: string, { namespace, team }: WatchedPersona, { status, workloads }: ApplicationDecision): void {
    this.#metrics.count(key, { namespace, team, phase: status.phase ?? '', workloads });
  }

  async #write(
    key: string,
    persona: WatchedPersona,
    decision: ApplicationDecision,
    signal: AbortSignal,
  ): Promise<PartWrite> {
    let end: PartWrite;
    try {
      end = await this.#writer.write(key, persona, decision.status, signal);
    } catch (error) {
      this.#metrics.countWrite('failed');
      throw error;
    }
    if (end.outcome !== 'known') this.#metrics.countWrite(end.outcome);
    if (end.outcome === 'written') this.#tell(persona, decision, end.persona);
    if (end.outcome === 'refused') this.#complain(key, persona, end);
    return end;
  }

  /** Only what stands in the cluster by now is told. */
  #tell(before: WatchedPersona, { status }: ApplicationDecision, written: WatchedPersona): void {
    const object = toInvolved(written);
    for (const transition of findTransitions(openStatus(before), status))
      this.#deps.events.record({ ...transition, object });
  }

  #complain(key: string, persona: WatchedPersona, end: PartWrite & { outcome: 'refused' }): void {
    this.#deps.logger.error('The API server does not take a status', { key, message: end.message });
    this.#deps.events.record({
      object: toInvolved(persona),
      type: 'Warning',
      reason: eventReasons.statusRefused,
      message: end.message,
    });
  }

  #wakeAll(): void {
    const { objects } = this.#caches.personas;
    const spreadMs = Math.min(longestSpreadMs, objects.size);
    for (const key of objects.keys()) this.#queue.add(key, { afterMs: this.#deps.random() * spreadMs });
  }

  #forget(key: string): void {
    this.#queue.forget(key);
    this.#metrics.forget(key);
    this.#writer.forget(key);
  }
}

/** What is far away is left to the resync. */
function comeBack(
  { looksAgainAt }: ApplicationDecision,
  nowMs: number,
  resyncIntervalMs: number,
): ReconcileResult {
  if (looksAgainAt === undefined || looksAgainAt - nowMs > 2 * resyncIntervalMs) return undefined;
  return { requeueAfterMs: Math.max(1, looksAgainAt - nowMs) };
}

function toInvolved({ namespace, name, uid, resourceVersion }: WatchedPersona) {
  const { group, version, kind } = resources.applicationPersonas;
  return { apiVersion: `${group}/${version}`, kind, namespace, name, uid, resourceVersion };
}
