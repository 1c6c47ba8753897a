// Decides everything about one component, concept by concept.
import type { Application } from '../application/application.ts';
import type { Component, ComponentKind, UserValue } from '../application/component.ts';
import type { ComponentIngressOptions, ComponentOptions } from './component-options.ts';
import type { ComponentPlan, ComponentType, ExposePlan } from './component-plan.ts';
import { planPorts } from './container-ports.ts';
import { dataStoreOf } from './data-store.ts';
import { planPeers } from './dependencies.ts';
import { planEnvironment } from './environment.ts';
import { replaceHosts } from './host-names.ts';
import { planImage } from './image.ts';
import type { ManifestOptions } from './options.ts';
import { planResources } from './resources.ts';
import { planRunAs } from './run-as.ts';
import { planRollout, planScaling } from './scaling.ts';
import { planVolumes } from './volumes.ts';
import { planWorkload } from './workload.ts';

/** A component with its names, as plan-application.ts gives them. */
export interface NamedComponent {
  component: Component;
  settings: ComponentOptions;
  name: string;
  folder: string;
  isOnly: boolean;
}

/** What all components share. */
export interface PlanContext {
  application: Application;
  options: ManifestOptions;
  namespace: string;
  partOf: string;
  /** By name as analysis has it. */
  siblings: ReadonlyMap<string, { name: string; ports: number[] }>;
  /** Host names that Kubernetes does not take, with the names of the Services that stand for them. */
  renamedHosts: ReadonlyMap<string, string>;
  /** By DNS-safe name. */
  aliases: ReadonlyMap<string, string[]>;
  /** By DNS-safe name. */
  callers: ReadonlyMap<string, string[]>;
  /** DNS-safe name of the component that gets the host where several could. */
  exposed: ReadonlySet<string>;
}

/** Languages whose processes take long to start. */
const slowStarters = new Set(['java', 'kotlin', 'scala', 'clojure', 'groovy']);

/** Frameworks that render pages rather than answer an API. */
const pageFrameworks =
  /next|nuxt|remix|astro|sveltekit|angular|gatsby|django|rails|laravel|symfony|phoenix|blazor/i;

/** Decides all of one component. */
export function planComponent(named: NamedComponent, context: PlanContext): ComponentPlan {
  const { settings, name, folder, isOnly } = named;
  const component = withServiceHosts(named.component, context);
  const { options, application, namespace, partOf, siblings, callers, aliases } = context;
  const type = planType(component, settings);
  const tier = settings.tier ?? 'standard';
  const ports = planPorts(component, settings);
  const volumes = planVolumes(component, name);
  const expose = planExpose(named, context, ports.length > 0 && (type === 'api' || type === 'web'));
  return {
    component,
    settings,
    options,
    name,
    namespace,
    partOf,
    folder,
    type,
    workload: planWorkload(component, settings, { type, volumes }),
    tier,
    ports,
    volumes,
    image: planImage(component, name, isOnly, { options, settings }),
    runAs: planRunAs(component.runtime.user?.value ?? storeUser(component), options.hardening),
    environment: planEnvironment(component, name, settings, ports),
    resources: planResources(component, settings, volumes),
    scaling: planScaling({ component, settings, type, tier, volumes, profile: options.profile }),
    rollout: planRollout(settings, volumes, component),
    ...(expose ? { expose } : {}),
    aliases: aliases.get(name) ?? [],
    callers: callers.get(name) ?? [],
    peers: planPeers(component, application, siblings),
    startupGraceSeconds: planStartupGrace(component, settings),
    stopGraceSeconds: bounded(component.runtime.stopGracePeriodSeconds?.value, 30, 3600),
  };
}

/** `spec.type`: a server is an api, or web where it serves pages. */
export function planType(component: Component, settings: ComponentOptions): ComponentType {
  const given = settings.type;
  if (given !== undefined) return given === 'job' ? 'cron' : given;
  const byKind: Record<ComponentKind, ComponentType> = {
    server: pageFrameworks.test(component.framework?.value ?? '') ? 'web' : 'api',
    static: 'web',
    worker: 'worker',
    cron: 'cron',
    // The API's word for what runs and ends.
    job: 'cron',
    daemon: 'daemon',
    cli: 'worker',
  };
  return byKind[component.kind];
}

/** Its variables, commands and files, with siblings under the names of their Services. */
function withServiceHosts(component: Component, { renamedHosts: renamed }: PlanContext): Component {
  if (renamed.size === 0) return component;
  const replace = (text: string): string => replaceHosts(text, renamed);
  const env = component.env.map((fact) =>
    fact.value === undefined ? fact : { ...fact, value: replace(fact.value) },
  );
  const { command, args, volumes, ...runtime } = component.runtime;
  return {
    ...component,
    env,
    runtime: {
      ...runtime,
      ...(command && { command: { ...command, value: command.value.map(replace) } }),
      ...(args && { args: { ...args, value: args.value.map(replace) } }),
      volumes: volumes.map((fact) =>
        fact.content === undefined ? fact : { ...fact, content: replace(fact.content) },
      ),
    },
  };
}

/** A database's image hands over to a user of its own; started as that user, it needs no root to do so. */
function storeUser(component: Component): UserValue | undefined {
  const store = dataStoreOf(component);
  return store && { uid: store.uid, gid: store.uid, isRoot: false };
}

function planExpose(
  { name, settings }: NamedComponent,
  context: PlanContext,
  isServing: boolean,
): ExposePlan | undefined {
  const { expose } = context.options;
  const ingress = settings.ingress ?? {};
  if (expose.kind === 'none' || !isServing || !isExposed(ingress, context.exposed.has(name)))
    return undefined;
  const paths = (ingress.paths ?? []).filter((path) => path.startsWith('/'));
  return {
    host: (ingress.host ?? expose.host).toLowerCase(),
    paths: paths.length === 0 ? ['/'] : [...new Set(paths)],
    tlsSecret: givenTlsSecret(expose) ?? `${name}-tls`,
  };
}

/** Asked for by itself, or the one that the application's host leads to. */
function isExposed({ enabled, host, paths }: ComponentIngressOptions, isChosen: boolean): boolean {
  return enabled !== false && (isChosen || host !== undefined || paths !== undefined);
}

function givenTlsSecret(expose: ManifestOptions['expose']): string | undefined {
  return expose.kind === 'ingress' ? expose.tlsSecret : undefined;
}

function planStartupGrace(component: Component, settings: ComponentOptions): number {
  const { health } = component;
  const found = (health.startup ?? health.readiness ?? health.liveness)?.startPeriodSeconds;
  const fallback = slowStarters.has(component.language?.value ?? '') ? 120 : 30;
  return bounded(settings.health?.startupGracePeriodSeconds ?? found, fallback, 3600);
}

function bounded(value: number | undefined, fallback: number, max: number): number {
  if (value === undefined || !Number.isFinite(value) || value < 1) return fallback;
  return Math.min(Math.ceil(value), max);
}
