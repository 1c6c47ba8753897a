// A cluster in memory for controllers: objects that the test puts, watches that tell them, and status applies that merge by manager.
import { createCaches } from '../../operator/manager/create-caches.ts';
import type { Component } from '../../operator/manager/component.ts';
import type { ControllerDeps } from '../../operator/manager/controller-deps.ts';
import { createMetrics } from '../../operator/manager/metrics.ts';
import { createWorkQueue } from '../../operator/manager/create-work-queue.ts';
import type { EventFacts } from '../../operator/manager/events.ts';
import type { KubeRequest, KubeResponse } from '../../src/kube/client.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import type { KubeObject } from '../../src/kube/objects.ts';
import { resources, type Resource } from '../../src/kube/resources.ts';
import type { Reflector, ReflectorOptions } from '../../src/kube/watch/reflector.ts';
import { noClient } from './manager/caches/fake-reflector.ts';
import { createMemoryLogger, type MemoryLogger } from './manager/memory-logger.ts';
import { expectStatusInvariants } from './status-invariants.ts';

interface Feed {
  resource: Resource;
  tell: (key: string, object: KubeObject | undefined) => void;
}

type Status = Record<string, unknown> & { conditions?: { type: string }[] };

/** What the server says to a status apply; undefined lets it happen. */
export type Fault = (request: KubeRequest) => KubeError | undefined;

/** Kinds of others that are installed. */
const optionalKinds = [
  resources.applicationPersonas,
  resources.clusterPersonas,
  resources.argoApplications,
  resources.argoRollouts,
  resources.scaledObjects,
];

/** Put, remove, look: each settles everything that follows from it. */
export class MemoryCluster {
  readonly events: EventFacts[] = [];
  readonly logger: MemoryLogger = createMemoryLogger();
  /** Status applies that reached the server, by manager. */
  readonly writes: { manager: string; key: string; status: Status }[] = [];
  metrics = createMetrics();
  fault: Fault = () => undefined;
  nowMs = Date.parse('2026-11-23T09:30:00Z');
  isLeader = true;
  readonly #objects = new Map<string, KubeObject>();
  readonly #managed = new Map<string, Map<string, Status>>();
  readonly #feeds: Feed[] = [];
  readonly #parts: Component[] = [];
  readonly #isMissing: (resource: Resource) => boolean;
  #version = 1;

  constructor({ isMissing = () => false }: { isMissing?: (resource: Resource) => boolean } = {}) {
    this.#isMissing = isMissing;
  }

  /** Starts controllers; what was put before is in their first lists. */
  async start(...make: ((deps: ControllerDeps) => Component)[]): Promise<void> {
    this.metrics = createMetrics();
    const caches = createCaches({
      client: noClient,
      logger: this.logger,
      metrics: this.metrics,
      createReflector: (_, options) => this.#watch(options),
    });
    const deps = this.#createDeps(caches);
    const controllers = make.map((create) => create(deps));
    for (const part of [caches, ...controllers]) {
      await part.start();
      this.#parts.unshift(part);
    }
    await this.settle();
  }

  async stop(): Promise<void> {
    for (const part of this.#parts.splice(0)) await part.stop();
    this.#feeds.length = 0;
  }

  /** Until nothing happens any more. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  async put(resource: Resource, object: object): Promise<void> {
    this.#set(resource, object as KubeObject);
    await this.settle();
  }

  async remove(resource: Resource, key: string): Promise<void> {
    const place = `${resource.plural}/${key}`;
    this.#objects.delete(place);
    this.#managed.delete(place);
    this.#tell(resource, key);
    await this.settle();
  }

  get(resource: Resource, key: string): KubeObject | undefined {
    return this.#objects.get(`${resource.plural}/${key}`);
  }

  /** Status of a persona. */
  status(key: string): Status {
    return (this.get(resources.applicationPersonas, key)?.['status'] ?? {}) as Status;
  }

  /** Somebody applies what is theirs of a persona's status; settled as {@link put} is. */
  async applyStatus(manager: string, key: string, status: Status): Promise<void> {
    const object = this.get(resources.applicationPersonas, key);
    if (object === undefined) throw new Error(`there is no ${key}`);
    this.#apply(object, key, { manager, status });
    await this.settle();
  }

  #set(resource: Resource, object: KubeObject): KubeObject {
    const { name, namespace } = object.metadata;
    const key = namespace === undefined ? name : `${namespace}/${name}`;
    const place = `${resource.plural}/${key}`;
    const before = this.#objects.get(place);
    this.#version += 1;
    const isSameSpec = JSON.stringify(before?.['spec']) === JSON.stringify(object['spec']);
    const metadata = {
      ...identify(before, isSameSpec, this.#version),
      ...object.metadata,
      resourceVersion: String(this.#version),
    };
    const status = object['status'] ?? before?.['status'];
    const whole = { ...object, metadata, ...(status === undefined ? {} : { status }) };
    this.#objects.set(place, whole);
    this.#tell(resource, key);
    return whole;
  }

  #tell(resource: Resource, key: string): void {
    const object = this.#objects.get(`${resource.plural}/${key}`);
    for (const feed of this.#feeds) if (feed.resource.plural === resource.plural) feed.tell(key, object);
  }

  #watch<T>(options: ReflectorOptions<T>): Reflector<T> {
    const objects = new Map<string, T>();
    const { resource } = options;
    const tell = (key: string, object: KubeObject | undefined) => {
      const value = object === undefined ? undefined : options.project(structuredClone(object));
      const previous = objects.get(key);
      if (value === undefined) {
        objects.delete(key);
        if (previous !== undefined) options.onChange({ type: 'deleted', key, previous });
        return;
      }
      objects.set(key, value);
      options.onChange(
        previous === undefined ? { type: 'added', key, value } : { type: 'updated', key, value, previous },
      );
    };
    let isSynced = false;
    const { promise: synced, resolve } = Promise.withResolvers<undefined>();
    return {
      resource,
      objects,
      synced,
      get isSynced() {
        return isSynced;
      },
      health: () => ({
        isSynced,
        failure: undefined,
        lastByteAtMs: undefined,
        lastEventAtMs: undefined,
        objects: objects.size,
        restarts: new Map(),
        relists: new Map(),
        skipped: 0,
      }),
      start: () => {
        this.#feeds.push({ resource, tell });
        for (const [place, object] of this.#list(resource)) tell(place, object);
        isSynced = true;
        resolve(undefined);
      },
      stop: () => Promise.resolve(),
    };
  }

  #list(resource: Resource): [string, KubeObject][] {
    if (resource.plural === resources.customResourceDefinitions.plural)
      return optionalKinds
        .filter((kind) => !this.#isMissing(kind))
        .map(({ plural, group }) => {
          const name = `${plural}.${group}`;
          return [name, { apiVersion: 'v1', kind: 'X', metadata: { name, uid: name } }];
        });
    const prefix = `${resource.plural}/`;
    return [...this.#objects]
      .filter(([place]) => place.startsWith(prefix))
      .map(([place, object]) => [place.slice(prefix.length), object]);
  }

  #createDeps(caches: ControllerDeps['caches']): ControllerDeps {
    const leadership = {
      isLeader: true,
      requireLeading: () => new AbortController().signal,
      onAcquired: (listener: () => void) => listener(),
    };
    return {
      client: { ...noClient, request: (request) => this.#answer(request) as Promise<KubeResponse<never>> },
      caches,
      leadership,
      events: { record: (event) => void this.events.push(event) },
      logger: this.logger,
      metrics: this.metrics,
      options: {
        namespace: 'dorgu-system',
        resyncIntervalMs: 60_000,
        discoveryIntervalMs: 300_000,
        concurrency: 4,
        isArgoEnabled: true,
      },
      createQueue: (reconcile, { name, after }) =>
        createWorkQueue(reconcile, {
          name,
          logger: this.logger,
          metrics: this.metrics,
          concurrency: 4,
          isOpen: () => after.every(({ isSynced }) => isSynced),
        }),
      now: () => this.nowMs,
      random: () => 0.5,
    };
  }

  async #answer(request: KubeRequest): Promise<KubeResponse> {
    await new Promise((resolve) => setImmediate(resolve));
    const key = readKey(request);
    const failure = this.fault(request);
    if (failure !== undefined) throw failure;
    const object = this.get(resources.applicationPersonas, key);
    const { metadata, status } = request.body as { metadata: KubeObject['metadata']; status: Status };
    if (object === undefined) throw createFault(404, 'NotFound');
    if (!isSameObject(metadata, object.metadata)) throw createFault(409, 'Conflict');
    const manager = String(request.query?.['fieldManager']);
    this.writes.push({ manager, key, status });
    const written = this.#apply(object, key, { manager, status });
    expectStatusInvariants(written);
    return { status: 200, warnings: [], body: written };
  }

  #apply(object: KubeObject, key: string, { manager, status }: { manager: string; status: Status }) {
    const place = `${resources.applicationPersonas.plural}/${key}`;
    const managed = this.#managed.get(place) ?? new Map<string, Status>();
    managed.set(manager, structuredClone(status));
    for (const [other, theirs] of managed) if (other !== manager) yieldConditions(theirs, status);
    this.#managed.set(place, managed);
    return this.#set(resources.applicationPersonas, {
      ...object,
      status: mergeStatuses([...managed.values()]),
    });
  }
}

function readKey({ path, method }: KubeRequest): string {
  const match = /\/namespaces\/([^/]+)\/applicationpersonas\/([^/]+)\/status$/.exec(path);
  if (match === null || method !== 'PATCH') throw new Error(`nobody serves ${path}`);
  return `${match[1] ?? ''}/${match[2] ?? ''}`;
}

function identify(before: KubeObject | undefined, isSameSpec: boolean, version: number) {
  const generation = before?.metadata.generation ?? 0;
  return { uid: before?.metadata.uid ?? `uid-${version}`, generation: generation + (isSameSpec ? 0 : 1) };
}

function isSameObject(
  asked: KubeObject['metadata'],
  { uid, resourceVersion }: KubeObject['metadata'],
): boolean {
  return asked.uid === uid && (asked.resourceVersion ?? resourceVersion) === resourceVersion;
}

/** Who applies by force takes what others say otherwise. */
function yieldConditions(theirs: Status, { conditions: applied = [] }: Status): void {
  if (theirs.conditions === undefined) return;
  const types = new Set(applied.map(({ type }) => type));
  theirs.conditions = theirs.conditions.filter(({ type }) => !types.has(type));
}

function mergeStatuses(statuses: readonly Status[]): Status {
  const conditions = statuses.flatMap((status) => status.conditions ?? []);
  const fields: Status = Object.assign({}, ...statuses) as Status;
  return { ...fields, ...(conditions.length === 0 ? {} : { conditions }) };
}

/** An answer that is no. */
export function createFault(httpStatus: number, code: 'NotFound' | 'Conflict' | 'Invalid'): KubeError {
  return new KubeError(code, `the test says ${httpStatus}`, {
    kind: 'failed',
    httpStatus,
    status: { kind: 'Status', apiVersion: 'v1', code: httpStatus, details: { name: 'it' } },
  });
}
