// A reflector whose server is the test: changes come when it says so.
import type { KubeClient } from '../../../../src/kube/client.ts';
import { resources, type Resource } from '../../../../src/kube/resources.ts';
import type { Reflector, ReflectorOptions } from '../../../../src/kube/watch/reflector.ts';
import type { ReflectorFactory } from '../../../../operator/manager/caches/reflector-factory.ts';

/** What the test does with one reflector. */
export interface FakeWatch {
  resource: Resource;
  state: 'new' | 'running' | 'stopped';
  failure: string | undefined;
  sync(): void;
  put(key: string, object: object): void;
  remove(key: string): void;
}

/** A factory; `watches` are all that it has made, in their order. */
export function createFakeReflectors(): { create: ReflectorFactory; watches: FakeWatch[] } {
  const watches: FakeWatch[] = [];
  return {
    watches,
    create: (_client, options) => {
      const { reflector, watch } = createFake(options);
      watches.push(watch);
      return reflector;
    },
  };
}

function createFake<T>(options: ReflectorOptions<T>): { reflector: Reflector<T>; watch: FakeWatch } {
  const objects = new Map<string, T>();
  const { promise: synced, resolve } = Promise.withResolvers<undefined>();
  let isSynced = false;
  const watch: FakeWatch = {
    resource: options.resource,
    state: 'new',
    failure: undefined,
    sync: () => {
      isSynced = true;
      resolve(undefined);
    },
    put: (key, object) => {
      const value = options.project(object);
      const previous = objects.get(key);
      if (value === undefined) return;
      objects.set(key, value);
      options.onChange(
        previous === undefined ? { type: 'added', key, value } : { type: 'updated', key, value, previous },
      );
    },
    remove: (key) => {
      const previous = objects.get(key);
      if (previous === undefined) return;
      objects.delete(key);
      options.onChange({ type: 'deleted', key, previous });
    },
  };
  const reflector: Reflector<T> = {
    resource: options.resource,
    objects,
    get isSynced() {
      return isSynced;
    },
    synced,
    health: () => ({
      isSynced,
      failure: watch.failure,
      lastByteAtMs: 1000,
      lastEventAtMs: undefined,
      objects: objects.size,
      restarts: new Map([['eof', 2]]),
      relists: new Map(),
      skipped: 0,
    }),
    start: () => void (watch.state = 'running'),
    stop: () => Promise.resolve(void (watch.state = 'stopped')),
  };
  return { reflector, watch };
}

/** A client that nobody asks. */
export const noClient: KubeClient = {
  server: 'https://nowhere',
  namespace: 'default',
  contextName: undefined,
  clusterName: undefined,
  request: () => Promise.reject(new Error('the test sends no requests')),
  stream: () => Promise.reject(new Error('the test opens no streams')),
  close: () => undefined,
};

export const argoKind = resources.argoApplications;
