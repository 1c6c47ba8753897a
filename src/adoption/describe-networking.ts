// Where an application listens and who reaches it: ports of containers, and Ingresses to the Services before them.
import type { Ingress, Networking, Port } from '../api/personas.ts';
import { protocols } from '../api/vocabulary.ts';
import { lastingContainers } from '../rules/resources/amounts.ts';
import { servicesOf } from '../rules/network/services.ts';
import type { Container, ContainerPort, Workload } from '../workload/workload.ts';
import { keepKnown, nothing, type Described } from './described.ts';
import type { IngressRoute } from './ingress.ts';
import type { NamespaceSnapshot } from './namespace-snapshot.ts';

/** Ports as containers declare them; what no container declares is left out, because nothing else says where a process listens. */
export function describeNetworking(workload: Workload, snapshot: NamespaceSnapshot): Described<Networking> {
  const ports = listPorts(workload);
  const ingress = describeIngress(workload, snapshot);
  const notes = [...ingress.notes, ...explainNoPorts(workload, snapshot, ports)];
  const networking = keepKnown({
    ports: ports.length === 0 ? undefined : ports,
    ingress: ingress.part,
  });
  return { part: Object.keys(networking).length === 0 ? undefined : networking, notes };
}

function listPorts({ pod }: Workload): Port[] {
  const containers = lastingContainers(pod);
  const byKey = new Map<string, Port>();
  for (const container of containers) {
    for (const declared of container.ports) {
      const port = toPort(declared, container);
      const key = `${String(declared.containerPort)}/${declared.protocol}`;
      if (port !== undefined && !byKey.has(key)) byKey.set(key, port);
    }
  }
  return [...byKey.values()];
}

function toPort({ name, containerPort, protocol }: ContainerPort, container: Container): Port | undefined {
  const known = protocols.find((word) => word === protocol);
  if (typeof containerPort !== 'number' || known === undefined) return undefined;
  const scheme = [container.readinessProbe, container.livenessProbe]
    .find((probe) => probe?.port === containerPort || (probe?.port !== undefined && probe.port === name))
    ?.scheme?.toLowerCase();
  // A port that is called http and asked by https would be a finding of its own.
  const isMisnamed = /^https?$/.test(name ?? '') && scheme !== undefined && scheme !== name;
  const purpose = name === '' || isMisnamed ? undefined : name;
  return keepKnown({ port: containerPort, protocol: known, purpose });
}

function explainNoPorts(
  workload: Workload,
  { surroundings }: NamespaceSnapshot,
  ports: readonly Port[],
): string[] {
  const [service] = servicesOf(workload, surroundings);
  if (ports.length > 0 || service === undefined) return [];
  return [`networking.ports: Service ${service.name} leads to it, but no container declares a port`];
}

function describeIngress(workload: Workload, snapshot: NamespaceSnapshot): Described<Ingress> {
  const services = new Set(servicesOf(workload, snapshot.surroundings).map(({ name }) => name));
  if (services.size > 0 && snapshot.unread.has('Ingress'))
    return nothing('networking.ingress: Ingresses could not be read');
  const routes = snapshot.ingresses
    .flatMap((ingress) => ingress.routes)
    .filter(({ service }) => services.has(service));
  const [first] = routes;
  if (first === undefined) return nothing();
  const ofHost = routes.filter(({ host }) => host === first.host);
  const others = new Set(routes.map(({ host }) => host).filter((host) => host !== first.host));
  return {
    part: toIngress(first.host, ofHost),
    notes: others.size === 0 ? [] : [`networking.ingress: ${others.size} more host(s), a persona names one`],
  };
}

function toIngress(host: string, routes: readonly IngressRoute[]): Ingress {
  const paths = [...new Set(routes.map(({ path }) => path))].filter((path) => path !== '');
  return keepKnown({
    enabled: true,
    host: host === '' ? undefined : host,
    paths: paths.length === 0 ? undefined : paths,
    tlsEnabled: routes.every(({ hasTls }) => hasTls),
  });
}
