// What the persona asks of a probe, and which probes of a workload could answer for it.
import type { EffectiveApplicationPersonaSpec } from '../../api/personas.ts';
import { findMainContainer } from '../../workload/main-container.ts';
import type { Container, Probe, Workload } from '../../workload/workload.ts';

/** Which probe. */
export type ProbeName = 'livenessProbe' | 'readinessProbe';

/** A probe with its container. */
export interface PlacedProbe {
  container: Container;
  probe: Probe;
  /** `spec.template.spec.containers[0].livenessProbe` */
  path: string;
}

/** Probes of that name that ask something, the main container's first; one of them has to be what the persona asks for. */
export function findProbes(workload: Workload, personaName: string, name: ProbeName): readonly PlacedProbe[] {
  const main = findMainContainer(workload, personaName);
  const found: PlacedProbe[] = [];
  for (const container of workload.pod.containers) {
    const probe = container[name];
    const isLasting = container.role === 'container' || container.role === 'sidecar';
    if (!isLasting || !probe || probe.kind === 'none') continue;
    const placed = { container, probe, path: `${container.path}.${name}` };
    if (container === main) found.unshift(placed);
    else found.push(placed);
  }
  return found;
}

/** The port that the persona's paths are asked on: its own, else the first that the application listens on. */
export function askedPort({ health, networking }: EffectiveApplicationPersonaSpec): number | undefined {
  return health.port ?? networking.ports?.[0]?.port;
}

/** `HTTP` or `HTTPS` where the persona calls its port so; undefined where it does not say. */
export function askedScheme(spec: EffectiveApplicationPersonaSpec): string | undefined {
  const port = askedPort(spec);
  const purpose = spec.networking.ports?.find((entry) => entry.port === port)?.purpose?.toLowerCase();
  return purpose === 'http' || purpose === 'https' ? purpose.toUpperCase() : undefined;
}

/** The number of a probe's port, names looked up in its container as the kubelet does; undefined where nothing has the name. */
export function resolvePort({ container, probe }: PlacedProbe): number | undefined {
  const { port } = probe;
  if (typeof port === 'number') return port;
  const named = container.ports.find(({ name }) => name === port)?.containerPort;
  if (port !== undefined && typeof named === 'number') return named;
  return port !== undefined && /^[0-9]{1,5}$/.test(port) ? Number(port) : undefined;
}
