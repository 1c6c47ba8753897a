// The ports of a container: the main one first, each with a name of its own.
import type { Component, PortFact } from '../application/component.ts';
import type { ComponentOptions } from './component-options.ts';
import type { PortPlan } from './component-plan.ts';
import { staticPort } from './dockerfile/static-site.ts';
import { toPortName } from './names.ts';

/** Most ports that are written; a range of thousands in a Dockerfile is no list of listeners. */
export const maxPorts = 64;

const httpsPorts = new Set([443, 8443]);

/** What speaks no HTTP; a service mesh goes by the port's name. */
const knownNames: ReadonlyMap<number, string> = new Map([
  [1433, 'mssql'],
  [1883, 'mqtt'],
  [3306, 'mysql'],
  [4222, 'nats'],
  [5432, 'postgres'],
  [5672, 'amqp'],
  [6379, 'redis'],
  [9092, 'kafka'],
  [11211, 'memcached'],
  [27017, 'mongodb'],
]);

/** Decides the ports: the main one that settings ask for or that is found, the others, and those that probes and metrics ask. */
export function planPorts(component: Component, settings: ComponentOptions): PortPlan[] {
  const plans: PortPlan[] = [];
  const names = new Set<string>();
  for (const fact of [...mainPorts(component, settings), ...askedPorts(component, settings)]) {
    if (!isPort(fact.value) || plans.length === maxPorts) continue;
    if (plans.some(({ port, protocol }) => port === fact.value && protocol === fact.protocol)) continue;
    const name = uniquePortName(nameOf(fact, component, plans.length === 0), fact, names);
    names.add(name);
    plans.push({ name, port: fact.value, protocol: fact.protocol });
  }
  return plans;
}

/** Port of a server that leaves the choice to whoever runs it. */
export const chosenPort = 8080;

/** Whether it listens where PORT says and nothing gives that a value (`gunicorn -b :$PORT`): then the choice is ours to make. */
export function readsUnsetPort({ kind, ports, env }: Component): boolean {
  const isUnset = kind === 'server' && ports.length === 0;
  return isUnset && env.some((fact) => fact.name === 'PORT' && fact.kind === 'config' && !fact.value);
}

/** Whether the port is the one that we chose. */
export function isPortChosen(component: Component, settings: ComponentOptions): boolean {
  return settings.port === undefined && readsUnsetPort(component);
}

/** A site without an image or a port: the Dockerfile that is written for it brings the server. */
function isServedByUs({ kind, ports, runtime }: Component, settings: ComponentOptions): boolean {
  const isOpen = kind === 'static' && ports.length === 0 && settings.port === undefined;
  return isOpen && runtime.build === undefined && runtime.image === undefined;
}

function mainPorts(component: Component, settings: ComponentOptions): PortFact[] {
  if (isServedByUs(component, settings))
    return [{ value: staticPort, protocol: 'TCP', confidence: 1, evidence: [] }];
  if (!isPortChosen(component, settings)) return orderPorts(component.ports, settings.port);
  return [{ value: chosenPort, protocol: 'TCP', fromEnv: 'PORT', confidence: 1, evidence: [] }];
}

/** Whether it is a port that can be listened on. */
export function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
}

/** Ports that only a probe or the metrics' address names. */
function askedPorts({ health, metrics }: Component, settings: ComponentOptions): PortFact[] {
  const asked = [settings.health?.port, health.readiness?.port, health.liveness?.port];
  const named = [
    ...asked.map((value) => ({ value, name: 'health' })),
    { value: metrics?.value.port, name: 'metrics' },
  ];
  return named.flatMap(({ value, name }) =>
    value === undefined ? [] : [{ value, name, protocol: 'TCP', confidence: 1, evidence: [] }],
  );
}

function orderPorts(facts: readonly PortFact[], wanted: number | undefined): PortFact[] {
  if (wanted === undefined) return [...facts];
  const found = facts.find(({ value }) => value === wanted);
  if (found) return [found, ...facts.filter((fact) => fact !== found)];
  return [{ value: wanted, protocol: 'TCP', confidence: 1, evidence: [] }, ...facts.slice(1)];
}

function nameOf(fact: PortFact, component: Component, isMain: boolean): string {
  const named = fact.name === undefined ? undefined : toPortName(fact.name);
  if (named !== undefined) return named;
  if (fact.protocol !== 'TCP') return `${fact.protocol.toLowerCase()}-${fact.value}`;
  if (isAskedByGrpc(fact, component, isMain)) return 'grpc';
  const known = knownNames.get(fact.value);
  if (known !== undefined) return known;
  if (isMain) return httpsPorts.has(fact.value) ? 'https' : 'http';
  return component.metrics?.value.port === fact.value ? 'metrics' : `tcp-${fact.value}`;
}

function isAskedByGrpc(fact: PortFact, { health }: Component, isMain: boolean): boolean {
  return [health.readiness, health.liveness].some(
    (probe) => probe?.kind === 'grpc' && (probe.port === undefined ? isMain : probe.port === fact.value),
  );
}

/** The same name twice (`dns` over TCP and UDP): the later one says its protocol and number. */
function uniquePortName(name: string, { value, protocol }: PortFact, taken: ReadonlySet<string>): string {
  return taken.has(name) ? `${protocol.toLowerCase()}-${value}` : name;
}
