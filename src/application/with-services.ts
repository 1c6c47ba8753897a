// Takes services that are only an image into the application, and ties those that need them to them.
import type { Application, ExternalService } from './application.ts';
import type { Component, DependencyFact, PortFact } from './component.ts';

/** Stands for every service in a list of those that are kept outside. */
export const ALL_SERVICES = 'all';

/**
 * The application with every service that compose only names an image for as a component, after its own ones.
 * @param external Names of services that run elsewhere; `all` for every one
 */
export function withServices(application: Application, external: readonly string[] = []): Application {
  const isOutside = ({ name, component }: ExternalService): boolean =>
    component === undefined || external.includes(name) || external.includes(ALL_SERVICES);
  const inside = application.externalServices.filter((service) => !isOutside(service));
  const added = inside.flatMap(({ component }) => (component ? [component] : []));
  const tied = [...application.components, ...added].map((component) => tie(component, inside));
  const isAdded = new Set(added.map(({ name }) => name));
  return {
    ...application,
    components: tied.map((component) => withCalledPorts(component, tied, isAdded.has(component.name))),
    externalServices: application.externalServices.filter(isOutside),
  };
}

function tie(component: Component, services: readonly ExternalService[]): Component {
  const dependencies = component.dependencies.map((fact) => {
    const target = fact.component === undefined ? findService(fact, services) : undefined;
    return target === undefined || target.name === component.name
      ? fact
      : { ...fact, component: target.name, host: fact.host ?? target.name };
  });
  return { ...component, dependencies };
}

/** By the name that it is reached by; where only a driver says what is needed, the one service that is it. */
function findService(
  { host, name }: DependencyFact,
  services: readonly ExternalService[],
): ExternalService | undefined {
  const isCalled = (wanted: string) => (service: ExternalService) =>
    service.name === wanted || service.component?.aliases?.includes(wanted) === true;
  if (host !== undefined) return services.find(isCalled(host));
  const fitting = services.filter(({ product }) => product !== undefined && speakAlike(product, name));
  return fitting.length === 1 ? fitting[0] : services.find(isCalled(name));
}

/** Products that take the other's drivers. */
const FAMILIES: readonly ReadonlySet<string>[] = [
  new Set(['mysql', 'mariadb']),
  new Set(['redis', 'valkey', 'keydb', 'dragonfly']),
  new Set(['kafka', 'redpanda']),
  new Set(['cassandra', 'scylla']),
  new Set(['postgresql', 'cockroachdb']),
];

function speakAlike(product: string, driver: string): boolean {
  return product === driver || FAMILIES.some((family) => family.has(product) && family.has(driver));
}

// Who calls knows where: `amqp://broker:5672` says a port that compose need not publish.
function withCalledPorts(component: Component, all: readonly Component[], isImage: boolean): Component {
  if (component.ports.length > 0 && !isImage) return component;
  const known = new Set(component.ports.map(({ value }) => value));
  const called: PortFact[] = [];
  for (const { component: target, port, evidence } of all.flatMap(({ dependencies }) => dependencies)) {
    if (target !== component.name || port === undefined || known.has(port)) continue;
    known.add(port);
    const [first] = evidence;
    called.push({ value: port, protocol: 'TCP', confidence: 0.9, evidence: first ? [first] : [] });
  }
  if (called.length === 0) return component;
  const ports = [...component.ports, ...called];
  // Somebody calls it, so it serves.
  return component.kind === 'worker' ? { ...component, kind: 'server', ports } : { ...component, ports };
}
