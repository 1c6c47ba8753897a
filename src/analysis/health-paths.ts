// The path names by which applications say that they live, are ready, or can be measured: data, shared by every language.

/** What a probe path is for. `both` answers for either, and is used for both where nothing more specific is there. */
export type HealthRole = 'liveness' | 'readiness' | 'startup' | 'both' | 'metrics';

// Compared lower-cased, on the path's last one or two segments, without `-`, `_` and a trailing slash.
const ROLES = new Map<string, HealthRole>([
  ['live', 'liveness'],
  ['livez', 'liveness'],
  ['liveness', 'liveness'],
  ['alive', 'liveness'],
  ['isalive', 'liveness'],
  ['healthlive', 'liveness'],
  ['healthliveness', 'liveness'],
  ['ready', 'readiness'],
  ['readyz', 'readiness'],
  ['readiness', 'readiness'],
  ['isready', 'readiness'],
  ['healthready', 'readiness'],
  ['healthreadiness', 'readiness'],
  ['startup', 'startup'],
  ['startupz', 'startup'],
  ['healthstartup', 'startup'],
  ['health', 'both'],
  ['healthz', 'both'],
  ['healthcheck', 'both'],
  ['healthstatus', 'both'],
  ['heartbeat', 'both'],
  ['heartbeatz', 'both'],
  ['ping', 'both'],
  ['up', 'both'],
  ['metrics', 'metrics'],
  ['prometheus', 'metrics'],
  ['actuatorprometheus', 'metrics'],
]);

/** Names that say something else on their own and count only below `/health`, `/healthz` … (`/up` alone is Rails', and counts). */
const AMBIGUOUS = new Set(['live', 'alive', 'startup', 'ping']);
/** Below these a path says how something else is, or what somebody else calls. */
const FOREIGN = /^(?:webhooks?|callbacks?|hooks?|integrations?|proxy)$/;
const GROUPS = new Set(['health', 'healthz', 'healthcheck', 'internal', 'status', 'probe', 'probes', '-']);

/**
 * What a literal route path is for, or undefined: `/healthz` both, `/livez` liveness, `/api/health/ready` readiness, `/metrics` metrics.
 * A path with a parameter or wildcard (`/health/:id`, `/health/*`, `/health/{id}`) is no probe.
 */
export function healthRoleOf(path: string): HealthRole | undefined {
  if (!/^\/[\w./~-]{1,100}$/.test(path)) return undefined;
  const segments = path.toLowerCase().split('/').filter(Boolean);
  const last = segments.at(-1)?.replace(/[-_.]/g, '');
  const before = segments.at(-2);
  if (last === undefined || segments.slice(0, -1).some((one) => FOREIGN.test(one))) return undefined;
  if (AMBIGUOUS.has(last) && segments.length > 1 && !GROUPS.has(before ?? '')) return undefined;
  return ROLES.get(last);
}

/** How specific a role's claim is for a wanted probe: higher wins, 0 does not serve. `/livez` beats `/health` for liveness. */
export function rankForProbe(role: HealthRole, wanted: 'liveness' | 'readiness' | 'startup'): number {
  if (role === wanted) return 2;
  return role === 'both' && wanted !== 'startup' ? 1 : 0;
}
