// The ApplicationPersona of a component: what its manifests promise, in the words of the API.
import type {
  ApplicationPersona,
  ApplicationPersonaSpec,
  Dependency,
  Health,
  Networking,
  Ownership,
  Policies,
  Scaling,
} from '../api/personas.ts';
import { maxLineLength, maxParagraphLength, maxUrlLength } from '../api/limits.ts';
import type { ProbeFact } from '../application/component.ts';
import { hasReplicas } from './component-plan.ts';
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { objectMetadata } from './object-metadata.ts';
import { PLACEHOLDER_REPOSITORY } from './options.ts';
import { knownProbes } from './probes.ts';
import { toOneLine } from './yaml-text.ts';

/** The application has to run where the CRD is not there yet: Argo CD skips its dry run, and applies the persona last. */
const syncAnnotations = {
  'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
  'argocd.argoproj.io/sync-wave': '10',
};

/** Most dependencies and paths that a persona may name. */
const maxDependencies = 100;

/** Builds the persona. */
export function buildPersona(plan: ComponentPlan): KubernetesObject {
  const persona = {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: objectMetadata(plan, { annotations: syncAnnotations }),
    spec: buildSpec(plan),
  } satisfies ApplicationPersona;
  return { ...persona, spec: { ...persona.spec } };
}

function buildSpec(plan: ComponentPlan): ApplicationPersonaSpec {
  const { requests, limits } = plan.resources;
  const profile = plan.settings.resources?.profile;
  const dependencies = listDependencies(plan);
  const technical = describe(plan);
  return {
    name: plan.name,
    version: plan.image.tag,
    type: plan.type,
    tier: plan.tier,
    ...(Object.keys(technical).length === 0 ? {} : { technical }),
    resources: {
      requests: { cpu: requests.cpu, memory: requests.memory },
      limits: { cpu: limits.cpu, memory: limits.memory },
      ...(profile === undefined ? {} : { profile }),
    },
    ...(hasReplicas(plan) ? { scaling: buildScaling(plan) } : {}),
    health: buildHealth(plan),
    ...(dependencies.length === 0 ? {} : { dependencies }),
    ...buildNetworking(plan),
    ...ownershipOf(plan),
    policies: buildPolicies(plan),
  };
}

function buildScaling({ scaling }: ComponentPlan): Scaling {
  const { minReplicas, maxReplicas, isAutoscaled, targetCPU, targetMemory, behavior } = scaling;
  if (!isAutoscaled) return { minReplicas, maxReplicas };
  return {
    minReplicas,
    maxReplicas,
    targetCPU,
    ...(targetMemory === undefined ? {} : { targetMemory }),
    behavior,
  };
}

function buildNetworking({ ports, expose }: ComponentPlan): { networking?: Networking } {
  if (ports.length === 0) return {};
  const ingress = expose && {
    enabled: true,
    host: expose.host,
    paths: expose.paths.filter(isUrlPath),
    tlsEnabled: true,
  };
  return {
    networking: {
      ports: ports.map(({ name, port, protocol }) => ({ port, protocol, purpose: name })),
      ...(ingress ? { ingress } : {}),
    },
  };
}

function describe({ component, settings }: ComponentPlan): NonNullable<ApplicationPersonaSpec['technical']> {
  const language = component.language?.value;
  const framework = component.framework?.value;
  const description = settings.description ?? component.description?.value;
  return {
    ...(language === undefined ? {} : { language: toLine(language) }),
    ...(framework === undefined ? {} : { framework: toLine(framework) }),
    ...(description === undefined
      ? {}
      : { description: toOneLine(description).slice(0, maxParagraphLength) }),
  };
}

function buildHealth(plan: ComponentPlan): Health {
  const { readiness, liveness } = knownProbes(plan);
  const livenessPath = httpPath(liveness);
  const readinessPath = httpPath(readiness) ?? livenessPath;
  const [main] = plan.ports;
  const startupGracePeriod = `${plan.startupGraceSeconds}s`;
  if (readinessPath === undefined || !main) return { startupGracePeriod };
  const isLivenessApart = livenessPath !== undefined && livenessPath !== readinessPath;
  return {
    ...(isLivenessApart ? { livenessPath } : {}),
    readinessPath,
    port: askedPort([readiness, liveness]) ?? main.port,
    startupGracePeriod,
  };
}

function askedPort(probes: readonly (ProbeFact | undefined)[]): number | undefined {
  return probes.find((probe) => probe?.port !== undefined)?.port;
}

function httpPath(probe: ProbeFact | undefined): string | undefined {
  return probe?.kind === 'http' && isUrlPath(probe.path) ? probe.path : undefined;
}

function isUrlPath(path: string | undefined): path is string {
  return path !== undefined && /^\/[!-~]{0,1000}$/.test(path);
}

function listDependencies({ peers, settings }: ComponentPlan): Dependency[] {
  const byName = new Map<string, Dependency>();
  for (const peer of peers) {
    const name = toLine(peer.name);
    if (name !== '') byName.set(name, { name, type: peer.type, required: peer.isRequired });
  }
  for (const { name, type, required, healthCheck } of settings.dependencies ?? []) {
    byName.set(toLine(name), {
      name: toLine(name),
      type,
      ...(required === undefined ? {} : { required }),
      ...(healthCheck === undefined ? {} : { healthCheck: toOneLine(healthCheck) }),
    });
  }
  return [...byName.values()].slice(0, maxDependencies);
}

function ownershipOf({ options }: ComponentPlan): { ownership?: Ownership } {
  const { team, owner, oncall, runbook } = options.ownership;
  const remote = options.git.remote.value;
  const repository = options.ownership.repository ?? (remote === PLACEHOLDER_REPOSITORY ? undefined : remote);
  const ownership: Ownership = {
    ...(team === undefined ? {} : { team: toLine(team) }),
    ...(owner === undefined ? {} : { owner: toLine(owner) }),
    ...(repository === undefined ? {} : { repository: toOneLine(repository).slice(0, maxUrlLength) }),
    ...(oncall === undefined ? {} : { oncall: toLine(oncall) }),
    ...(runbook === undefined ? {} : { runbook: toOneLine(runbook).slice(0, maxUrlLength) }),
  };
  return Object.keys(ownership).length === 0 ? {} : { ownership };
}

function buildPolicies(plan: ComponentPlan): Policies {
  const { runAs, rollout, settings } = plan;
  const { maintenance, deploymentPolicy } = settings;
  const strategy = rollout.type === 'Recreate' ? 'Recreate' : (deploymentPolicy?.strategy ?? 'RollingUpdate');
  return {
    security: {
      runAsNonRoot: !runAs.isRoot,
      readOnlyRootFilesystem: !runAs.isRoot,
      allowPrivilegeEscalation: false,
    },
    ...(hasReplicas(plan)
      ? { deployment: { strategy, maxSurge: rollout.maxSurge, maxUnavailable: rollout.maxUnavailable } }
      : {}),
    ...(maintenance === undefined
      ? {}
      : {
          maintenance: {
            ...(maintenance.window === undefined ? {} : { window: toLine(maintenance.window) }),
            ...(maintenance.autoRestart === undefined ? {} : { autoRestart: maintenance.autoRestart }),
          },
        }),
  };
}

function toLine(text: string): string {
  return toOneLine(text).slice(0, maxLineLength);
}
