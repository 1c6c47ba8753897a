// Who has to be reached: siblings, services that compose only names an image for, and the world.
import type { Application, ExternalService } from '../application/application.ts';
import type { Component, DependencyFact } from '../application/component.ts';
import { compareText } from '../api/compare-text.ts';
import type { PeerPlan } from './component-plan.ts';
import { isPort } from './container-ports.ts';

/** Ports of what is well known, where the source says none. */
const wellKnownPorts: ReadonlyMap<string, number> = new Map([
  ['postgresql', 5432],
  ['postgres', 5432],
  ['mysql', 3306],
  ['mariadb', 3306],
  ['mongodb', 27017],
  ['redis', 6379],
  ['valkey', 6379],
  ['memcached', 11211],
  ['kafka', 9092],
  ['rabbitmq', 5672],
  ['amqp', 5672],
  ['nats', 4222],
  ['elasticsearch', 9200],
  ['opensearch', 9200],
  ['cassandra', 9042],
  ['clickhouse', 8123],
  ['mssql', 1433],
  ['sqlserver', 1433],
  ['minio', 9000],
  ['etcd', 2379],
  ['zookeeper', 2181],
  ['smtp', 587],
]);

/** Everything that a component depends on; `names` gives the DNS-safe name of each sibling, `ports` its ports. */
export function planPeers(
  component: Component,
  application: Application,
  siblings: ReadonlyMap<string, { name: string; ports: number[] }>,
): PeerPlan[] {
  const peers = component.dependencies.map((fact) => toPeer(fact, application.externalServices, siblings));
  const byKey = new Map<string, PeerPlan>();
  for (const peer of peers) {
    const key = keyOf(peer);
    const known = byKey.get(key);
    byKey.set(key, known ? { ...known, ports: mergePorts(known.ports, peer.ports) } : peer);
  }
  return [...byKey.values()].sort((left, right) => compareText(left.name, right.name));
}

/** Two facts of one thing (a driver in package.json, a service in compose) are one peer. */
function keyOf({ sibling, host, name }: PeerPlan): string {
  if (sibling !== undefined) return `sibling ${sibling}`;
  return host === undefined ? `name ${name}` : `host ${host}`;
}

function toPeer(
  fact: DependencyFact,
  externals: readonly ExternalService[],
  siblings: ReadonlyMap<string, { name: string; ports: number[] }>,
): PeerPlan {
  const sibling = fact.component === undefined ? undefined : siblings.get(fact.component);
  const shared = { type: fact.type, isRequired: fact.required ?? true };
  if (sibling)
    return { ...shared, name: sibling.name, sibling: sibling.name, ports: sibling.ports, isExternal: false };
  const known = wellKnownPorts.get(fact.name.toLowerCase());
  const external = findExternal(fact, externals, known);
  const host = fact.host ?? external?.name;
  return {
    ...shared,
    name: fact.name,
    ...(host === undefined ? {} : { host }),
    ports: portsOf(fact, external, known),
    isExternal: fact.type === 'external',
  };
}

/** Those that somebody names; what is usual only where nobody does. */
function portsOf(fact: DependencyFact, external: ExternalService | undefined, known?: number): number[] {
  const named = [fact.port, ...(external?.ports ?? [])].filter((port) => isPort(port));
  const usual = known ?? (fact.type === 'external' ? 443 : undefined);
  return mergePorts(named.length === 0 && usual !== undefined ? [usual] : named, []);
}

/** The service that is meant by name; where only a driver says what is needed, the one service of that type and port. */
function findExternal(
  { name, host, type }: DependencyFact,
  externals: readonly ExternalService[],
  knownPort: number | undefined,
): ExternalService | undefined {
  const named = externals.find((external) => external.name === host || external.name === name);
  if (named !== undefined || host !== undefined || knownPort === undefined) return named;
  const fitting = externals.filter(
    (external) => external.type === type && external.ports.includes(knownPort),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

function mergePorts(left: readonly number[], right: readonly number[]): number[] {
  return [...new Set([...left, ...right])].sort((a, b) => a - b);
}
