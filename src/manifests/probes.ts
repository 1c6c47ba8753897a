// Startup, readiness and liveness probes: only what the source shows, and never the same one twice.
import type { ProbeFact } from '../application/component.ts';
import type { ComponentPlan } from './component-plan.ts';
import { isPort } from './container-ports.ts';

/** Probes of a container, absent where nothing is known. */
export interface Probes {
  startupProbe?: object;
  readinessProbe?: object;
  livenessProbe?: object;
}

type Action = Record<string, object>;

const startupPeriodSeconds = 5;

/**
 * Builds the probes. A worker gets what the image says, if anything. Of a server:
 * - two known endpoints: one each;
 * - one: readiness asks it, liveness asks whether the port is open, so that a slow dependency takes out of service and never restarts;
 * - none: startup and readiness ask whether the port is open, and there is no liveness. It could only ask the same again, which judges
 *   count as a fault (identical probes) by whatever name the port is called, and a listener that is gone has ended its process anyway.
 */
export function buildProbes(plan: ComponentPlan): Probes {
  const { readiness, liveness } = knownProbes(plan);
  const tcp = tcpAction(plan);
  const alive = toAction(liveness, plan);
  const known = toAction(readiness, plan) ?? alive;
  if (!tcp) return withStartup(plan, { action: alive ?? known, fact: liveness ?? readiness });
  const ready = known ?? tcp;
  const live = alive !== undefined && !isSame(alive, ready) ? alive : tcp;
  return {
    // A start that waits for its database is not a failed start: only readiness may wait for others.
    startupProbe: startupProbe(plan, alive ?? tcp),
    readinessProbe: { ...ready, ...timing(readiness, { periodSeconds: 5, failureThreshold: 3 }) },
    ...(isSame(live, ready)
      ? {}
      : { livenessProbe: { ...live, ...timing(liveness, { periodSeconds: 10, failureThreshold: 6 }) } }),
  };
}

/** What is known, settings first. */
export function knownProbes(plan: ComponentPlan): {
  readiness: ProbeFact | undefined;
  liveness: ProbeFact | undefined;
} {
  const { health } = plan.component;
  const settings = plan.settings.health;
  const fromSettings = (path: string | undefined, found: ProbeFact | undefined): ProbeFact | undefined => {
    const port = settings?.port;
    if (path?.startsWith('/') !== true) return found && (port === undefined ? found : { ...found, port });
    return { kind: 'http', path, ...(port === undefined ? {} : { port }), confidence: 1, evidence: [] };
  };
  const isStatic =
    plan.component.kind === 'static' && health.readiness === undefined && health.liveness === undefined;
  const askable = (fact: ProbeFact | undefined): ProbeFact | undefined =>
    fact?.port === undefined || plan.ports.some(({ port }) => port === fact.port) ? fact : undefined;
  return {
    readiness: askable(
      fromSettings(settings?.readinessPath ?? (isStatic ? '/' : undefined), health.readiness),
    ),
    liveness: askable(fromSettings(settings?.livenessPath, health.liveness)),
  };
}

/** Without a port to open, one probe has to do: liveness. */
function withStartup(
  plan: ComponentPlan,
  { action, fact }: { action: Action | undefined; fact: ProbeFact | undefined },
): Probes {
  if (!action) return {};
  return {
    startupProbe: startupProbe(plan, action),
    livenessProbe: { ...action, ...timing(fact, { periodSeconds: 10, failureThreshold: 6 }) },
  };
}

function startupProbe(plan: ComponentPlan, action: Action): object {
  return {
    ...action,
    periodSeconds: startupPeriodSeconds,
    failureThreshold: Math.max(1, Math.ceil(plan.startupGraceSeconds / startupPeriodSeconds)),
    ...('exec' in action ? { timeoutSeconds: 5 } : {}),
  };
}

function timing(
  fact: ProbeFact | undefined,
  fallback: { periodSeconds: number; failureThreshold: number },
): object {
  return {
    periodSeconds: seconds(fact?.periodSeconds) ?? fallback.periodSeconds,
    timeoutSeconds: seconds(fact?.timeoutSeconds) ?? 3,
    failureThreshold: seconds(fact?.failureThreshold) ?? fallback.failureThreshold,
  };
}

function toAction(fact: ProbeFact | undefined, plan: ComponentPlan): Action | undefined {
  if (!fact) return undefined;
  if (fact.kind === 'exec') {
    return fact.command?.length ? { exec: { command: fact.command } } : undefined;
  }
  return toNetworkAction(fact, plan);
}

function toNetworkAction(fact: ProbeFact, plan: ComponentPlan): Action | undefined {
  const port = fact.port ?? mainTcpPort(plan)?.port;
  const known = plan.ports.find((candidate) => candidate.port === port && candidate.protocol === 'TCP');
  if (!known) return undefined;
  if (fact.kind === 'grpc') {
    return { grpc: { port: known.port, ...(fact.service === undefined ? {} : { service: fact.service }) } };
  }
  if (fact.kind !== 'http' || fact.path?.startsWith('/') !== true) return { tcpSocket: { port: known.name } };
  const scheme = fact.scheme === 'HTTPS' ? { scheme: 'HTTPS' } : {};
  return { httpGet: { path: fact.path, port: known.name, ...scheme } };
}

function mainTcpPort(plan: ComponentPlan): { name: string; port: number } | undefined {
  return plan.ports.find(({ protocol, port }) => protocol === 'TCP' && isPort(port));
}

function tcpAction(plan: ComponentPlan): Action | undefined {
  const isServing = plan.type === 'api' || plan.type === 'web';
  const port = isServing ? mainTcpPort(plan) : undefined;
  return port && { tcpSocket: { port: port.name } };
}

function isSame(left: Action, right: Action): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function seconds(value: number | undefined): number | undefined {
  if (value === undefined || !Number.isFinite(value) || value < 1) return undefined;
  return Math.min(Math.round(value), 3600);
}
