// The contract of a cache: the live copy of one resource, with indices and with listeners.
import type { Change, ReflectorOptions, WatchHealth } from '../../src/kube/watch/reflector.ts';
import type { Component } from './component.ts';

/** A cache to be made: what is watched, and by what it is looked up. */
export interface CacheOptions<T> extends Omit<ReflectorOptions<T>, 'onChange'> {
  /** Values under which an object is found, by the name of the index: `{ 'namespace/app': ({ namespace, app }) => [`${namespace}/${app}`] }`. */
  indices?: Readonly<Record<string, (value: T, key: string) => readonly string[]>>;
  /**
   * The kind may be missing from the cluster: then the cache is empty, synced and ready, watches nothing, and begins within 10 s of the
   * CustomResourceDefinition's appearing; when that goes, every object is `deleted`.
   */
  isOptional?: boolean;
}

/** What is read by reconciliations: memory only, never the server. */
export interface Cache<T> extends Component {
  /** By `namespace/name`, or `name`. */
  readonly objects: ReadonlyMap<string, T>;
  readonly isSynced: boolean;
  /** False where the kind is missing from the cluster. */
  readonly isServed: boolean;
  get(key: string): T | undefined;
  /** Objects of an index' value, in no order. @throws Error for an index that was not declared */
  find(index: string, value: string): readonly T[];
  /** Called synchronously after each change, indices included; throws are logged. Listeners are added before start. */
  onChange(listener: (change: Change<T>) => void): void;
  health(): WatchHealth;
}
