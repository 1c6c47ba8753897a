// How to ask an application how it is, as its probes ask: HTTP paths, their port, and how long a start may take.
import type { Health } from '../api/personas.ts';
import { formatDuration } from '../quantity/index.ts';
import { findProbes, resolvePort, type PlacedProbe, type ProbeName } from '../rules/health/asked-probe.ts';
import type { Container, Workload } from '../workload/workload.ts';
import { keepKnown, nothing, type Described } from './described.ts';

interface Asked {
  path: string;
  port: number;
}

/** Paths of httpGet probes only: what other probes ask has no place in a persona. */
export function describeHealth(workload: Workload, main: Container): Described<Health> {
  const readiness = findAsked(workload, main, 'readinessProbe');
  const liveness = findAsked(workload, main, 'livenessProbe');
  // One port for both: readiness decides who gets traffic.
  const port = readiness.part?.port ?? liveness.part?.port;
  const isApart = liveness.part !== undefined && liveness.part.port !== port;
  const health = keepKnown({
    livenessPath: isApart ? undefined : liveness.part?.path,
    readinessPath: readiness.part?.path,
    port,
    startupGracePeriod: findStartupWindow(main),
  });
  const apart = isApart ? ['health.livenessPath: liveness asks another port than readiness'] : [];
  return {
    part: Object.keys(health).length === 0 ? undefined : health,
    notes: [...readiness.notes, ...liveness.notes, ...apart],
  };
}

function findAsked(workload: Workload, main: Container, name: ProbeName): Described<Asked> {
  const field = name === 'livenessProbe' ? 'health.livenessPath' : 'health.readinessPath';
  const probes = findProbes(workload, main.name, name);
  const http = probes.find(({ probe }) => probe.kind === 'httpGet');
  if (http === undefined) {
    const [other] = probes;
    return other === undefined
      ? nothing()
      : nothing(`${field}: the probe is no HTTP request but ${other.probe.kind}`);
  }
  const asked = readHttp(http);
  return asked === undefined
    ? nothing(`${field}: the probe's port has no number`)
    : { part: asked, notes: [] };
}

function readHttp(placed: PlacedProbe): Asked | undefined {
  const port = resolvePort(placed);
  const path = placed.probe.path || '/';
  return port === undefined ? undefined : { path: path.startsWith('/') ? path : `/${path}`, port };
}

/** Until when the kubelet lets the main container start: its startup probe's patience, else its liveness probe's. */
function findStartupWindow({ startupProbe, livenessProbe }: Container): string | undefined {
  const probe = [startupProbe, livenessProbe].find((one) => one !== undefined && one.kind !== 'none');
  if (probe === undefined) return undefined;
  return formatDuration((probe.initialDelaySeconds + probe.periodSeconds * probe.failureThreshold) * 1000);
}
