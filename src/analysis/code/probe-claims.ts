// Turns the routes that a source serves into what they say about liveness, readiness, start-up and metrics.
import type { Claims } from '../../application/claims.ts';
import type { ProbeFact } from '../../application/component.ts';
import { CONFIDENCE, type Evidence } from '../../application/fact.ts';
import { healthRoleOf, rankForProbe, type HealthRole } from '../health-paths.ts';

/** A literal path that answers GET, prefixes included. */
export interface Route {
  readonly path: string;
  readonly evidence: Evidence;
  /** Where it is served on a port of its own. */
  readonly port?: number;
}

/** Probes and metrics among these routes; the most specific path serves each probe. */
export function claimProbes(routes: readonly Route[]): Claims {
  const known = routes.flatMap((route) => {
    const role = healthRoleOf(route.path);
    return role === undefined ? [] : [{ route, role }];
  });
  const metrics = known.filter(({ role }) => role === 'metrics').map(({ route }) => toMetrics(route));
  return {
    ...only('liveness', pickProbe(known, 'liveness')),
    ...only('readiness', pickProbe(known, 'readiness')),
    ...only('startup', pickProbe(known, 'startup')),
    ...(metrics.length > 0 && { metrics: metrics.slice(0, 1) }),
  };
}

type Wanted = 'liveness' | 'readiness' | 'startup';

function only(key: Wanted, probe: ProbeFact | undefined): Claims {
  return probe ? { [key]: [probe] } : {};
}

// Among equals the shortest path wins, so that /healthz beats /api/v1/users/health.
function pickProbe(
  known: readonly { route: Route; role: HealthRole }[],
  wanted: Wanted,
): ProbeFact | undefined {
  const [best] = known
    .map(({ route, role }) => ({ route, rank: rankForProbe(role, wanted) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || a.route.path.length - b.route.path.length);
  if (!best) return undefined;
  const { path, port, evidence } = best.route;
  return {
    kind: 'http',
    path,
    ...(port !== undefined && { port }),
    confidence: CONFIDENCE.source,
    evidence: [evidence],
  };
}

const toMetrics = ({ path, port, evidence }: Route) => ({
  value: { path, ...(port !== undefined && { port }) },
  confidence: CONFIDENCE.source,
  evidence: [evidence],
});

/** Joins route prefixes: `/api/` and `healthz` give `/api/healthz`. */
export function joinRoute(...parts: readonly string[]): string {
  const joined = parts.filter((part) => part !== '' && part !== '/').join('/');
  return `/${joined}`.replace(/\/{2,}/g, '/');
}
