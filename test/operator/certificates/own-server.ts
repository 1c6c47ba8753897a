// The server that certificates are kept on, in memory: objects by name with resourceVersions, watches that tell them, and faults as the test wants them.
import type { ReflectorFactory } from '../../../operator/manager/caches/reflector-factory.ts';
import type { KubeClient, KubeRequest, KubeResponse } from '../../../src/kube/client.ts';
import { KubeError } from '../../../src/kube/kube-error.ts';
import type { KubeObject } from '../../../src/kube/objects.ts';
import { pathOf } from '../../../src/kube/resources.ts';
import type { Reflector, ReflectorOptions } from '../../../src/kube/watch/reflector.ts';
import { noClient } from '../manager/caches/fake-reflector.ts';

type Json = Record<string, unknown>;

/** A KubeError as the server's. */
export function refusal(httpStatus: 403 | 404 | 409 | 422 | 500, message: string): KubeError {
  const code = httpStatus === 403 ? 'Forbidden' : httpStatus === 409 ? 'Conflict' : 'Invalid';
  return new KubeError(code, message, { kind: 'failed', httpStatus });
}

/** Put, remove, look. */
export class OwnServer {
  readonly objects = new Map<string, KubeObject>();
  /** Patches that were taken, by path. */
  readonly writes: { path: string; request: KubeRequest }[] = [];
  /** What a patch meets instead of being taken. */
  fault: (request: KubeRequest) => KubeError | undefined = () => undefined;
  /** Paths of collections that may not be watched, and the server's words for that. */
  readonly unwatchable = new Map<string, string>();
  /** While it is set, watches tell nothing. */
  isHeld = false;
  /** Requests that are not answered yet. */
  pending = 0;
  readonly #tellers = new Set<() => void>();
  #version = 0;

  get client(): KubeClient {
    return { ...noClient, request: (request) => this.#answer(request) as Promise<KubeResponse<never>> };
  }

  put(path: string, object: Json): KubeObject {
    const { name } = object['metadata'] as { name: string };
    this.#version += 1;
    const before = this.objects.get(path);
    const uid = before?.metadata.uid ?? `uid-${this.#version}`;
    const metadata = { ...(object['metadata'] as Json), name, uid, resourceVersion: String(this.#version) };
    const whole = { ...object, metadata } as KubeObject;
    this.objects.set(path, whole);
    this.tell();
    return whole;
  }

  remove(path: string): void {
    this.objects.delete(path);
    this.tell();
  }

  /** What has changed since, to every watch. */
  tell(): void {
    if (!this.isHeld) for (const teller of this.#tellers) teller();
  }

  readonly createReflector: ReflectorFactory = (_, options) => this.#watch(options);

  #watch<T>(options: ReflectorOptions<T>): Reflector<T> {
    const { resource, namespace, fieldSelector = '' } = options;
    const collection = pathOf(resource, namespace === undefined ? {} : { namespace });
    const path = `${collection}/${fieldSelector.replace('metadata.name=', '')}`;
    const objects = new Map<string, T>();
    const { promise: synced, resolve } = Promise.withResolvers<undefined>();
    let seen: string | undefined;
    let isSynced = false;
    const failure = () => this.unwatchable.get(collection);
    const teller = () => {
      if (failure() !== undefined) return;
      isSynced = true;
      resolve(undefined);
      const object = this.objects.get(path);
      const version = object?.metadata.resourceVersion;
      if (version === seen) return;
      seen = version;
      const value = object === undefined ? undefined : options.project(structuredClone(object));
      if (value === undefined) objects.delete(path);
      else objects.set(path, value);
      // Nobody here looks at what has changed, only that something has.
      options.onChange({ type: 'deleted', key: path, previous: value as T });
    };
    return {
      resource,
      objects,
      synced,
      get isSynced() {
        return isSynced;
      },
      health: () => ({
        isSynced,
        failure: failure(),
        lastByteAtMs: undefined,
        lastEventAtMs: undefined,
        objects: objects.size,
        restarts: new Map(),
        relists: new Map(),
        skipped: 0,
      }),
      start: () => {
        this.#tellers.add(teller);
        teller();
      },
      stop: () => Promise.resolve(void this.#tellers.delete(teller)),
    };
  }

  async #answer(request: KubeRequest): Promise<KubeResponse> {
    this.pending += 1;
    await new Promise((done) => setImmediate(done));
    this.pending -= 1;
    const failure = this.fault(request) ?? this.#findConflict(request);
    if (failure !== undefined) throw failure;
    const { path } = request;
    const written =
      request.contentType === 'application/json-patch+json'
        ? this.put(path, patchJson(this.objects.get(path), request.body as Operation[]))
        : this.put(path, merge(this.objects.get(path), request.body as Json));
    this.writes.push({ path, request });
    return { status: 200, warnings: [], body: structuredClone(written) };
  }

  #findConflict({ path, query, body }: KubeRequest): KubeError | undefined {
    const before = this.objects.get(path);
    if (Array.isArray(body)) {
      if (before === undefined) return refusal(404, 'not found');
      const [{ value }] = body as [Operation];
      return value === before.metadata.resourceVersion ? undefined : refusal(409, 'modified');
    }
    const { metadata } = body as KubeObject;
    if (metadata.resourceVersion !== undefined)
      return metadata.resourceVersion === before?.metadata.resourceVersion
        ? undefined
        : refusal(409, 'modified');
    return before !== undefined && query?.['force'] !== true ? refusal(409, 'owned by others') : undefined;
  }
}

interface Operation {
  op: string;
  path: string;
  value: unknown;
}

function merge(before: KubeObject | undefined, body: Json): Json {
  const data = { ...(before?.['data'] as Json | undefined), ...(body['data'] as Json) };
  return { ...before, ...body, metadata: { ...before?.metadata, ...(body['metadata'] as Json) }, data };
}

function patchJson(before: KubeObject | undefined, operations: readonly Operation[]): Json {
  const object = structuredClone(before) as unknown as Json;
  for (const { path, value } of operations) {
    const steps = path.slice(1).split('/');
    const last = steps.pop() ?? '';
    const place = steps.reduce<Json>((inner, step) => inner[step] as Json, object);
    place[last] = value;
  }
  return object;
}
