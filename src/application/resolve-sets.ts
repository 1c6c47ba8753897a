// Settles the facts that are sets: variables, dependencies, volumes, one entry a name with everybody's evidence.
import type { Claims } from './claims.ts';
import type { DependencyFact, EnvFact, VolumeFact } from './component.ts';
import type { Evidence } from './fact.ts';
import { compareText } from '../api/compare-text.ts';

/** Variables by name, sorted. Secret if anyone says so, and then without a value; what the image sets is not required. */
export function mergeEnv(claims: Claims): EnvFact[] {
  const setByImage = new Set((claims.environment ?? []).map((one) => one.value.name));
  return mergeByKey(claims.env ?? [], (env) => env.name, joinEnv).map((env) =>
    setByImage.has(env.name) ? { ...env, required: false } : env,
  );
}

function joinEnv(before: EnvFact, env: EnvFact): EnvFact {
  const { value = env.value, ...rest } = before;
  const isSecret = before.kind === 'secret' || env.kind === 'secret';
  return {
    ...rest,
    kind: isSecret ? 'secret' : 'config',
    required: before.required || env.required,
    ...(value !== undefined && !isSecret && { value }),
  };
}

/** Dependencies by name, sorted; two hosts of one name stay apart. What one source ties to a component, host or port keeps that. */
export function mergeDependencies(dependencies: readonly DependencyFact[]): DependencyFact[] {
  const firstHosts = new Map<string, string>();
  for (const { name, host } of dependencies)
    if (host !== undefined && !firstHosts.has(name)) firstHosts.set(name, host);
  return mergeByKey(
    dependencies,
    ({ name, host }) => (host === undefined || host === firstHosts.get(name) ? name : `${name} ${host}`),
    (before, dependency) => ({ ...dependency, ...before }),
  );
}

/** Volumes by path, sorted; data outranks temporary, because losing it is worse than keeping it. */
export function mergeVolumes(volumes: readonly VolumeFact[]): VolumeFact[] {
  return mergeByKey(
    volumes,
    (volume) => volume.path,
    (before, volume) => (before.kind === 'temporary' ? volume : before),
  );
}

function mergeByKey<T extends { evidence: Evidence[] }>(
  items: readonly T[],
  keyOf: (item: T) => string,
  join: (before: T, item: T) => T,
): T[] {
  const merged = new Map<string, T>();
  for (const item of items) {
    const before = merged.get(keyOf(item));
    const evidence = [...(before?.evidence ?? []), ...item.evidence];
    merged.set(keyOf(item), { ...(before ? join(before, item) : item), evidence });
  }
  return [...merged].sort(([a], [b]) => compareText(a, b)).map(([, item]) => item);
}
