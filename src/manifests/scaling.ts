// How many replicas: a fixed number, or bounds for an HPA, from kind, tier, storage and settings.
import type { Component } from '../application/component.ts';
import type { ComponentOptions, ScalingOptions } from './component-options.ts';
import type { ComponentType, RolloutPlan, ScalingPlan, VolumePlan } from './component-plan.ts';
import { ownsDisk } from './volumes.ts';

/** What a second replica would do twice: these run once. */
const singletonPattern = /(^|[\s/_-])(beat|celerybeat|clock|scheduler)($|[\s_-])/i;

const tierReplicas = { critical: 3, standard: 2, 'best-effort': 1 } as const;

/** What scaling is decided from. */
interface ScalingInput {
  component: Component;
  settings: ComponentOptions;
  type: ComponentType;
  tier: keyof typeof tierReplicas;
  volumes: readonly VolumePlan[];
  profile: 'standard' | 'minimal';
}

/** Whether only one pod may run: it owns a disk, or it is a clock. */
export function isSingleton(component: Component, volumes: readonly VolumePlan[]): boolean {
  return isClock(component) || ownsDisk(volumes);
}

function isClock({ kind, name, startCommand, runtime }: Component): boolean {
  const command = [startCommand?.value ?? '', ...(runtime.args?.value ?? [])].join(' ');
  return kind === 'worker' && (singletonPattern.test(name) || singletonPattern.test(command.slice(0, 4096)));
}

/** Decides the bounds. */
export function planScaling(input: ScalingInput): ScalingPlan {
  const { settings, type, tier, profile } = input;
  const base = baseReplicas(input);
  const wanted = withFallback(settings, base);
  const shared = sharedPart(wanted);
  if (saysOne(input)) return { ...shared, ...fixed(1) };
  if (runsOnce(input)) return { ...shared, ...fixed(replicasOfOne(input)) };
  if (profile === 'minimal' || !shouldAutoscale(type, tier, settings)) {
    return { ...shared, ...fixed(firstCount(settings.replicas, wanted.minReplicas) ?? base) };
  }
  const { minReplicas, maxReplicas } = bounds(wanted, base);
  return { ...shared, minReplicas, maxReplicas, isAutoscaled: minReplicas < maxReplicas };
}

/** Where an HPA begins, or a fixed number: settings, source, cluster, tier. */
function baseReplicas({ component, settings, tier }: ScalingInput): number {
  const { replicas, fallback } = settings;
  const found = component.runtime.replicas?.value;
  return firstCount(replicas, found, fallback?.scaling?.minReplicas) ?? tierReplicas[tier];
}

/** What settings say, completed; a maximum below what is wanted at least says nothing. */
function withFallback({ scaling = {}, fallback }: ComponentOptions, base: number): ScalingOptions {
  const { minReplicas: _, maxReplicas, ...targets } = fallback?.scaling ?? {};
  const isMaximum = maxReplicas !== undefined && maxReplicas >= (scaling.minReplicas ?? base);
  return { ...targets, ...(isMaximum ? { maxReplicas } : {}), ...scaling };
}

// Compose says one replica for what must not run twice: nobody writes the default down. Settings may say otherwise.
function saysOne({ component, settings }: ScalingInput): boolean {
  const isOverruled = settings.replicas !== undefined || settings.scaling?.minReplicas !== undefined;
  return component.runtime.replicas?.value === 1 && !isOverruled;
}

/** One, or none where it is paused. Whoever wants several disks has to say so: each replica has one of its own. */
function replicasOfOne({ component, settings, volumes, type }: ScalingInput): number {
  const isMany = ownsDisk(volumes) && !isClock(component) && type !== 'cron' && type !== 'daemon';
  const asked = firstCount(settings.replicas) ?? 1;
  return isMany ? asked : Math.min(asked, 1);
}

function runsOnce({ type, component, volumes }: ScalingInput): boolean {
  return type === 'cron' || type === 'daemon' || isSingleton(component, volumes);
}

function sharedPart(wanted: ScalingOptions): Pick<ScalingPlan, 'targetCPU' | 'targetMemory' | 'behavior'> {
  const targetMemory = percent(wanted.targetMemory);
  return {
    targetCPU: percent(wanted.targetCPU) ?? 70,
    ...(targetMemory === undefined ? {} : { targetMemory }),
    behavior: wanted.behavior ?? 'balanced',
  };
}

function fixed(replicas: number): Pick<ScalingPlan, 'minReplicas' | 'maxReplicas' | 'isAutoscaled'> {
  return { minReplicas: replicas, maxReplicas: Math.max(replicas, 1), isAutoscaled: false };
}

/** Decides the rollout: one that owns a disk has to let go of it before the next can have it. */
export function planRollout(
  settings: ComponentOptions,
  volumes: readonly VolumePlan[],
  component: Component,
): RolloutPlan {
  const policy = settings.deploymentPolicy ?? {};
  const mustRecreate = isSingleton(component, volumes) || policy.strategy === 'Recreate';
  return {
    type: mustRecreate ? 'Recreate' : 'RollingUpdate',
    maxSurge: policy.maxSurge ?? '25%',
    maxUnavailable: policy.maxUnavailable ?? '25%',
  };
}

function shouldAutoscale(
  type: ComponentType,
  tier: string,
  { replicas, scaling }: ComponentOptions,
): boolean {
  if (scaling?.maxReplicas !== undefined || scaling?.minReplicas !== undefined) return true;
  if (replicas !== undefined || tier === 'best-effort') return false;
  return type === 'api' || type === 'web';
}

function bounds(wanted: ScalingOptions, base: number): { minReplicas: number; maxReplicas: number } {
  const upper = firstCount(wanted.maxReplicas);
  const minReplicas = Math.max(1, firstCount(wanted.minReplicas) ?? Math.min(base, upper ?? base));
  return { minReplicas, maxReplicas: Math.max(minReplicas, upper ?? minReplicas * 3) };
}

function percent(value: number | undefined): number | undefined {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= 100 ? value : undefined;
}

/** The first that is a number of replicas. */
function firstCount(...values: (number | undefined)[]): number | undefined {
  return values.find(
    (value) => value !== undefined && Number.isInteger(value) && value >= 0 && value <= 10_000,
  );
}
