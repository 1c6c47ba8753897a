// How caches come by their reflectors: createReflector, or a hand-made one in tests.
import type { KubeClient } from '../../../src/kube/client.ts';
import type { Reflector, ReflectorOptions } from '../../../src/kube/watch/reflector.ts';

export type ReflectorFactory = <T>(client: KubeClient, options: ReflectorOptions<T>) => Reflector<T>;
