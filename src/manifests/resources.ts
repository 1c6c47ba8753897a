// Requests and limits: what the source or settings say, completed from a profile by kind, language and tier.
import { compareQuantities, isQuantity, toQuantity } from '../quantity/index.ts';
import type { Component } from '../application/component.ts';
import type { ComponentFallback, ComponentOptions } from './component-options.ts';
import type { ResourcePlan, VolumePlan } from './component-plan.ts';
import { temporaryMebibytes } from './volumes.ts';

/** Names of the starting points, as the persona has them. */
export type ResourceProfile = 'minimal' | 'standard' | 'compute-heavy' | 'memory-heavy';

interface Amounts {
  cpu: string;
  memory: string;
}

const profiles: Readonly<Record<ResourceProfile, { requests: Amounts; limits: Amounts }>> = {
  minimal: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '250m', memory: '128Mi' } },
  standard: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
  'compute-heavy': { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '2', memory: '1Gi' } },
  'memory-heavy': { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } },
};

/** Languages whose runtime alone takes hundreds of mebibytes. */
const heavyRuntimes = new Set(['java', 'kotlin', 'scala', 'clojure', 'groovy']);

/** Mebibytes for logs and the writable layer, on top of temporary directories. */
const storageReserve = 128;

/** The profile that fits where settings name none. */
export function resourceProfile(component: Component, settings: ComponentOptions): ResourceProfile {
  const given = givenProfile(settings);
  if (given !== undefined) return given;
  if (component.kind === 'static' || settings.tier === 'best-effort') return 'minimal';
  return heavyRuntimes.has(component.language?.value ?? '') ? 'memory-heavy' : 'standard';
}

const givenProfile = ({ resources, fallback }: ComponentOptions): ResourceProfile | undefined =>
  resources?.profile ?? fallback?.resources?.profile;

/** Who names a profile wants its quantities. */
const fallbackOf = ({ resources, fallback }: ComponentOptions): ComponentFallback['resources'] =>
  resources?.profile === undefined ? fallback?.resources : undefined;

/** Completes requests and limits so that no request is over its limit; a critical component's memory is reserved whole. */
export function planResources(
  component: Component,
  settings: ComponentOptions,
  volumes: readonly VolumePlan[],
): ResourcePlan {
  const profile = profiles[resourceProfile(component, settings)];
  const sources = [settings.resources, component.runtime.resources?.value, fallbackOf(settings)];
  const pick = (key: 'cpu' | 'memory'): [string, string] =>
    fit(
      firstQuantity(...sources.map((source) => source?.requests?.[key])),
      firstQuantity(...sources.map((source) => source?.limits?.[key])),
      { request: profile.requests[key], limit: profile.limits[key] },
    );
  const [cpu, cpuLimit] = pick('cpu');
  const [memory, memoryLimit] = pick('memory');
  const temporary = temporaryMebibytes(volumes);
  const [storage, storageLimit] = fit(
    firstQuantity(settings.resources?.requests?.ephemeralStorage),
    firstQuantity(settings.resources?.limits?.ephemeralStorage),
    { request: '64Mi', limit: `${temporary + storageReserve}Mi` },
  );
  const isWhole = settings.tier === 'critical' && settings.resources?.requests?.memory === undefined;
  return {
    requests: { cpu, memory: isWhole ? memoryLimit : memory, 'ephemeral-storage': storage },
    limits: { cpu: cpuLimit, memory: memoryLimit, 'ephemeral-storage': storageLimit },
  };
}

/** Request and limit: what is given wins over the profile, and the other side gives way. A given pair is kept apart only if it fits. */
function fit(
  request: string | undefined,
  limit: string | undefined,
  profile: { request: string; limit: string },
): [string, string] {
  const upper = limit ?? larger(profile.limit, request ?? profile.request);
  return [smaller(request ?? profile.request, upper), upper];
}

function firstQuantity(...candidates: (string | number | undefined)[]): string | undefined {
  const first = candidates.find(
    (amount) => amount !== undefined && isQuantity(amount) && toQuantity(amount).nano > 0n,
  );
  return first === undefined ? undefined : String(first);
}

function larger(left: string, right: string): string {
  return compareQuantities(toQuantity(left), toQuantity(right)) >= 0 ? left : right;
}

function smaller(left: string, right: string): string {
  return compareQuantities(toQuantity(left), toQuantity(right)) <= 0 ? left : right;
}
