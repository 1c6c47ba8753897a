// Which kinds of others the cluster knows: one watch of CustomResourceDefinitions, by metadata, shared by all caches of optional kinds.
import type { KubeClient } from '../../../src/kube/client.ts';
import { resources, type Resource } from '../../../src/kube/resources.ts';
import type { Reflector } from '../../../src/kube/watch/reflector.ts';
import type { Permission } from '../permission.ts';
import { isRefused } from './is-refused.ts';
import type { ReflectorFactory } from './reflector-factory.ts';

/** Kinds that come and go. */
export interface WatchedKinds {
  /** Whether it is known what there is; also where it can not be known, because the watch is refused: then nothing is there. */
  readonly isKnown: boolean;
  has(resource: Resource): boolean;
  /** Called when something may have come, gone, or become known. */
  onChange(listener: () => void): void;
  readonly watch: Reflector<string>;
}

export const watchedKindsPermissions: readonly Permission[] = [
  {
    group: 'apiextensions.k8s.io',
    resource: 'customresourcedefinitions',
    verbs: ['list', 'watch'],
    why: 'sees when optional kinds, such as Argo CD’s, are installed and removed',
  },
];

/** Not started. */
export function createWatchedKinds(client: KubeClient, createReflector: ReflectorFactory): WatchedKinds {
  const listeners: (() => void)[] = [];
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const watch = createReflector<string>(client, {
    resource: resources.customResourceDefinitions,
    isMetadataOnly: true,
    project: readUid,
    onChange: tell,
  });
  void watch.synced.then(tell);
  return {
    watch,
    get isKnown() {
      return watch.isSynced || isRefused(watch.health().failure);
    },
    has: ({ plural, group }) => watch.objects.has(`${plural}.${group}`),
    onChange: (listener) => void listeners.push(listener),
  };
}

/** Nothing but that it is there is of interest; the uid tells a new one from the old one. */
function readUid(object: unknown): string | undefined {
  const { metadata } = object as { metadata?: { uid?: unknown } };
  return typeof metadata?.uid === 'string' ? metadata.uid : undefined;
}
