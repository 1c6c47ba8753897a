// Weighs the claims of all analysers about one component and settles each fact; what disagrees is reported, not hidden.
import { compareText } from '../api/compare-text.ts';
import type { Conflict, Note } from './application.ts';
import type { Claims } from './claims.ts';
import type { Component, ComponentKind, RuntimeFacts } from './component.ts';
import { CONFIDENCE, pickFact, type Fact } from './fact.ts';
import { describeConflict } from './conflict.ts';
import { hideSecrets } from './hide-secrets.ts';
import { resolvePorts } from './resolve-ports.ts';
import { mergeDependencies, mergeEnv, mergeVolumes } from './resolve-sets.ts';

/** One settled component with what disagreed on the way. */
export interface Resolution {
  component: Component;
  conflicts: Conflict[];
  notes: Note[];
}

/** Settles a component that discovery called `name`, in `path`. `claims` come in the order of the analysers. */
export function resolveComponent(name: string, path: string, claims: readonly Claims[]): Resolution {
  const all = hideSecrets(joinClaims(claims));
  const { ports, conflicts } = resolvePorts(name, all);
  const kind = resolveKind(all, ports.length > 0);
  const component: Component = {
    name,
    path,
    ...(all.aliases && { aliases: toNames(all.aliases) }),
    kind: kind.value,
    kindEvidence: kind.evidence,
    ...single(all, [
      'description',
      'version',
      'language',
      'languageVersion',
      'framework',
      'startCommand',
      'metrics',
      'schedule',
    ]),
    ports:
      kind.value === 'server' || kind.value === 'static'
        ? ports
        : ports.filter((port) => port.confidence >= 0.8),
    health: single(all, ['liveness', 'readiness', 'startup']),
    env: mergeEnv(all),
    dependencies: mergeDependencies(all.dependencies ?? []),
    runtime: resolveRuntime(all),
  };
  return {
    component,
    conflicts: [...conflicts, ...probeConflicts(name, all), ...userConflicts(name, all)],
    notes: (all.notes ?? []).map((note) => ({ component: name, ...note })),
  };
}

function toNames(facts: readonly Fact<string>[]): string[] {
  return [...new Set(facts.map(({ value }) => value))].sort(compareText);
}

function joinClaims(claims: readonly Claims[]): Claims {
  const all: Record<string, unknown[]> = {};
  for (const claim of claims)
    for (const [key, facts] of Object.entries(claim) as [string, unknown[]][])
      (all[key] ??= []).push(...facts);
  return all;
}

// Optional keys are left out rather than set to undefined, so that JSON output and deep equality see "unknown" alike.
function single<K extends keyof Claims>(
  all: Claims,
  keys: readonly K[],
): { [key in K]?: NonNullable<Claims[key]>[number] } {
  const picked: { [key in K]?: NonNullable<Claims[key]>[number] } = {};
  for (const key of keys) {
    const fact = pickFact(all[key] as { confidence: number }[] | undefined);
    if (fact) picked[key] = fact as NonNullable<Claims[K]>[number];
  }
  return picked;
}

function resolveKind(all: Claims, hasPorts: boolean): Fact<ComponentKind> {
  const claimed = pickClaimedKind(all.kind ?? []);
  if (claimed) return claimed;
  const evidence =
    pickFact<Fact<unknown>>(hasPorts ? all.ports : (all.startCommand ?? all.language))?.evidence ?? [];
  return { value: hasPorts ? 'server' : 'worker', confidence: 0.5, evidence };
}

// Pages that a program of another language serves are that program's, unless the image is a file server's.
function pickClaimedKind(kinds: readonly Fact<ComponentKind>[]): Fact<ComponentKind> | undefined {
  const claimed = pickFact(kinds);
  if (claimed?.value !== 'static' || claimed.confidence >= CONFIDENCE.dockerfile) return claimed;
  return pickFact(kinds.filter(({ value }) => value === 'server')) ?? claimed;
}

function resolveRuntime(all: Claims): RuntimeFacts {
  const build = all.build?.[0];
  return {
    ...(build && { build }),
    ...single(all, ['image', 'user', 'imageCommand', 'command', 'args', 'workingDirectory', 'stopSignal']),
    ...single(all, [
      'stopGracePeriodSeconds',
      'resources',
      'replicas',
      'capabilitiesAdd',
      'capabilitiesDrop',
      'readOnlyRoot',
    ]),
    volumes: mergeVolumes(all.volumes ?? []),
  };
}

function probeConflicts(component: string, all: Claims): Conflict[] {
  return (['liveness', 'readiness'] as const).flatMap((fact) => {
    const chosen = pickFact(all[fact]);
    if (chosen?.path === undefined) return [];
    const others = (all[fact] ?? []).filter(
      (probe) => probe.path !== undefined && probe.path !== chosen.path && probe.confidence >= 0.7,
    );
    return describeConflict(component, fact, toPath(chosen), others.map(toPath));
  });
}

const toPath = (probe: {
  path?: string;
  confidence: number;
  evidence: Fact<string>['evidence'];
}): Fact<string> => ({
  value: probe.path ?? '',
  confidence: probe.confidence,
  evidence: probe.evidence,
});

function userConflicts(component: string, all: Claims): Conflict[] {
  const chosen = pickFact(all.user);
  if (!chosen) return [];
  const text = (fact: NonNullable<typeof chosen>): Fact<string> => ({
    ...fact,
    value: String(fact.value.uid ?? fact.value.name ?? (fact.value.isRoot ? 'root' : 'unknown')),
  });
  return describeConflict(component, 'user', text(chosen), (all.user ?? []).map(text));
}
