// Services that are only an image, taken into the application: who is tied to whom, at which ports.
import { expect } from 'chai';
import type { Application } from '../../src/application/application.ts';
import { withServices } from '../../src/application/with-services.ts';
import { readComposeProject } from '../../src/analysis/compose/project.ts';
import { readImageServices } from '../../src/analysis/compose/external-services.ts';
import { resolveComponent } from '../../src/application/resolve.ts';
import { createMemoryTree } from '../analysis/memory-tree.ts';

/** What analysis makes of a compose file whose service `web` is built here. */
function readApplication(compose: string): Application {
  const tree = createMemoryTree({ 'compose.yaml': compose, Dockerfile: 'FROM scratch\n' });
  const project = readComposeProject(tree);
  const own = (project?.services ?? []).filter(({ build }) => build !== undefined);
  const images = readImageServices(
    project,
    own.map((service) => ({ service })),
  );
  return {
    name: 'shop',
    components: own.map(({ name, claims }) => resolveComponent(name, '.', [claims]).component),
    externalServices: images.services,
    conflicts: [],
    notes: images.notes,
    fileCount: 1,
  };
}

const portsOf = (application: Application, name: string) =>
  application.components.find((one) => one.name === name)?.ports.map(({ value }) => value);

const shop = `services:
  web:
    build: .
    environment: {DB_URL: "postgres://db:5433/x", AMQP_URL: "amqp://rabbit", CACHE_HOST: memory}
    depends_on: [db]
  db: {image: "postgres:17"}
  rabbit: {image: "rabbitmq:4-management", ports: ["15672:15672"]}
  cache: {image: "redis:8", networks: {default: {aliases: [memory, unused]}}}
  copy: {image: "postgres:17", environment: {POSTGRES_HOST: db}}
networks: {default: {}}
`;

describe('withServices', () => {
  it('makes each service a component, after those that are built', () => {
    const { components, externalServices } = withServices(readApplication(shop));
    expect(components.map(({ name, kind }) => `${name} ${kind}`)).to.deep.equal([
      'web worker',
      'db server',
      'rabbit server',
      'cache server',
      'copy server',
    ]);
    expect(externalServices).to.deep.equal([]);
  });

  it('ties each component to the services that it calls, by name and by alias', () => {
    const [web, , , cache] = withServices(readApplication(shop)).components;
    const tied = web?.dependencies.map(({ component, host }) => `${component}<-${host}`);
    expect(tied).to.have.members(['db<-db', 'rabbit<-rabbit', 'cache<-memory']);
    expect(cache?.aliases).to.deep.equal(['memory']);
  });

  it('opens the ports that callers name beside those of the image', () => {
    const application = withServices(readApplication(shop));
    expect(portsOf(application, 'db')).to.deep.equal([5432, 5433]);
    expect(portsOf(application, 'rabbit')).to.have.members([5672, 15672]);
  });

  it('leaves those outside that a person names', () => {
    const { components, externalServices } = withServices(readApplication(shop), ['db', 'no-such']);
    expect(externalServices.map(({ name }) => name)).to.deep.equal(['db']);
    const [web] = components;
    expect(web?.dependencies.find(({ host }) => host === 'db')).to.not.have.property('component');
    expect(withServices(readApplication(shop), ['all']).components.map(({ name }) => name)).to.deep.equal([
      'web',
    ]);
  });

  it('finds the one service that a driver needs, and none where two could be meant', () => {
    const application = readApplication(shop);
    const driver = { name: 'redis', type: 'cache' as const, evidence: [] };
    const two = { name: 'postgresql', type: 'database' as const, evidence: [] };
    application.components[0]!.dependencies = [driver, two];
    const [web] = withServices(application).components;
    expect(web?.dependencies.map(({ component }) => component)).to.deep.equal(['cache', undefined]);
  });
});
