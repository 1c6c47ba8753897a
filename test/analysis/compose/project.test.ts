import { join } from 'node:path';
import { expect } from 'chai';
import { readImageServices } from '../../../src/analysis/compose/external-services.ts';
import { readComposeProject, type ComposeOptions } from '../../../src/analysis/compose/project.ts';
import type { ComposeService } from '../../../src/analysis/compose/service.ts';
import { openSourceTree } from '../../../src/analysis/source-tree.ts';
import { createMemoryTree } from '../memory-tree.ts';

const SHOP = join(import.meta.dirname, '../../fixtures/compose/shop');

function read(files: Record<string, string>, options: ComposeOptions = {}) {
  const project = readComposeProject(createMemoryTree(files), options);
  if (project === undefined) throw new Error('no project');
  return project;
}

describe('a compose project', () => {
  const project = readComposeProject(openSourceTree(SHOP));
  const service = (name: string): ComposeService => project!.services.find((one) => one.name === name)!;

  it('holds the services of all files, without those behind a profile', () => {
    expect(project!.name).to.equal('shop');
    expect(project!.services.map(({ name }) => name).sort()).to.deep.equal(['api', 'cache', 'db', 'worker']);
    expect(project!.files).to.include.members(['compose.yaml', 'data/compose.yaml', 'worker/base.yaml']);
    expect(project!.notes.map(({ message }) => message).join()).to.include('services.debug is left out');
  });

  it('reads a service into claims', () => {
    const { build, claims, sourceFolder } = service('api');
    expect({ ...build, args: [...(build?.args ?? [])] }).to.deep.equal({
      context: 'api',
      dockerfile: 'api/Dockerfile',
      target: 'runtime',
      args: [['MODE', 'production']],
    });
    expect(sourceFolder).to.equal(undefined);
    expect(claims.ports?.map(({ value }) => value)).to.deep.equal([3000, 9464]);
    expect(claims.ports?.[0]?.evidence[0]).to.deep.include({ file: 'compose.yaml', line: 17 });
    expect(claims.readiness?.[0]).to.deep.include({
      kind: 'http',
      path: '/healthz',
      port: 3000,
      periodSeconds: 15,
      timeoutSeconds: 3,
      failureThreshold: 4,
      startPeriodSeconds: 60,
    });
  });

  it('reads how a service runs into claims', () => {
    const { claims } = service('api');
    const first = <T>(facts: { value: T }[] | undefined): T | undefined => facts?.[0]?.value;
    expect(first(claims.resources)).to.deep.equal({
      limits: { cpu: '500m', memory: '512Mi' },
      requests: { memory: '128Mi' },
    });
    expect(first(claims.replicas)).to.equal(3);
    expect(first(claims.stopGracePeriodSeconds)).to.equal(90);
    expect(first(claims.user)).to.deep.equal({ uid: 1000, gid: 1000, isRoot: false });
    expect(first(claims.readOnlyRoot)).to.equal(true);
    expect(first(claims.capabilitiesDrop)).to.deep.equal(['ALL']);
    expect(claims.volumes?.map(({ path, kind, sizeBytes }) => ({ path, kind, sizeBytes }))).to.deep.equal([
      { path: '/app/uploads', kind: 'data', sizeBytes: undefined },
      { path: '/tmp', kind: 'temporary', sizeBytes: 64 * 1024 * 1024 },
    ]);
  });

  it('tells settings from secrets and keeps the values of settings only', () => {
    const env = new Map(service('api').claims.env?.map((one) => [one.name, [one.kind, one.value]]));
    expect(env.get('DATABASE_URL')).to.deep.equal(['secret', undefined]);
    expect(env.get('SMTP_PASSWORD')).to.deep.equal(['secret', undefined]);
    expect(env.get('SESSION_SECRET')).to.deep.equal(['secret', undefined]);
    expect(env.get('FEATURE_FLAGS')).to.deep.equal(['config', 'a,b']);
    expect(env.get('TZ')).to.deep.equal(['config', 'UTC']);
    expect(env.get('LOG_LEVEL')).to.deep.equal(['config', 'info']);
  });

  it('carries no planted secret anywhere', () => {
    const text = JSON.stringify({ project, external: readImageServices(project, []) }, (_, value: unknown) =>
      value instanceof Map ? [...value] : value,
    );
    expect(text).not.to.include('planted');
  });

  it('reads dependencies with host and port, siblings by name', () => {
    const dependencies = service('api').claims.dependencies?.map(({ name, type, host, port, component }) => ({
      name,
      type,
      host,
      port,
      component,
    }));
    expect(dependencies).to.deep.equal([
      { name: 'postgresql', type: 'database', host: 'db', port: 5432, component: undefined },
      { name: 'redis', type: 'cache', host: 'cache', port: 6379, component: undefined },
    ]);
    expect(service('worker').claims.dependencies?.[0]).to.deep.include({ component: 'api', port: 3000 });
  });

  it('resolves paths of an extended service from its own file', () => {
    const { build, claims } = service('worker');
    expect(build?.dockerfile).to.equal('worker/Dockerfile');
    expect(claims.resources?.[0]?.value).to.deep.equal({ limits: { memory: '1Gi' } });
    expect(claims.args?.[0]?.value).to.deep.equal([
      'node',
      'worker.js',
      '--token',
      '$(WORKER_TOKEN)',
      '--queue',
      'jobs',
    ]);
    expect(claims.env?.find(({ name }) => name === 'WORKER_TOKEN')?.kind).to.equal('secret');
  });

  it('knows images without a build as services of somebody else', () => {
    const own = project!.services.filter((one) => one.build !== undefined);
    const { services } = readImageServices(
      project,
      own.map((one) => ({ service: one })),
    );
    const db = services.find((one) => one.name === 'db');
    expect(db).to.deep.include({
      image: 'postgres:17',
      ports: [5432],
      type: 'database',
      product: 'postgresql',
      evidence: [{ file: 'data/compose.yaml', line: 3, reason: 'compose service db is only an image' }],
    });
    expect(db?.component?.runtime.user?.value).to.deep.equal({ uid: 999, gid: 999, isRoot: false });
  });

  it('is the same on every run', () => {
    expect(JSON.stringify(readComposeProject(openSourceTree(SHOP)))).to.equal(JSON.stringify(project));
  });
});

describe('compose files', () => {
  const image = (name: string) => `services:\n  a:\n    image: ${name}\n`;

  it('are found in the order of compose, others are named', () => {
    const { files, notes } = read({ 'docker-compose.yml': image('b'), 'compose.yaml': image('a') });
    expect(files).to.deep.equal(['compose.yaml']);
    expect(notes.map(({ message }) => message).join()).to.include('docker-compose.yml is not read');
  });

  it('are merged with their override', () => {
    const { services } = read({
      'compose.yaml': `services:\n  a:\n    image: one\n    command: [x]\n    ports: ["80"]\n    environment: [A=1, B=2]\n`,
      'compose.override.yaml': `services:\n  a:\n    command: [y, z]\n    ports: ["81"]\n    environment: {B: 3}\n`,
    });
    expect(services[0]?.claims.args?.[0]?.value).to.deep.equal(['y', 'z']);
    expect(services[0]?.claims.ports?.map(({ value }) => value)).to.deep.equal([80, 81]);
    expect(services[0]?.claims.env?.map(({ name, value }) => `${name}=${value}`)).to.deep.equal([
      'A=1',
      'B=3',
    ]);
  });

  it('obey !reset and !override', () => {
    const { services } = read({
      'compose.yaml': `services:\n  a:\n    image: one\n    user: "5"\n    ports: ["80"]\n`,
      'compose.override.yaml': `services:\n  a:\n    user: !reset null\n    ports: !override ["81"]\n`,
    });
    expect(services[0]?.claims.user).to.equal(undefined);
    expect(services[0]?.claims.ports?.map(({ value }) => value)).to.deep.equal([81]);
  });

  it('can be named, several of them', () => {
    const { files } = read({ 'a.yaml': image('a'), 'b.yaml': image('b') }, { files: ['a.yaml', 'b.yaml'] });
    expect(files).to.deep.equal(['a.yaml', 'b.yaml']);
  });

  it('take variables from .env, never from the process', () => {
    process.env['COMPOSE_TEST_VARIABLE'] = 'leaked';
    try {
      const { services, notes } = read({
        'compose.yaml': image('"x:${COMPOSE_TEST_VARIABLE}${TAG}"'),
        '.env': 'TAG=7',
      });
      expect(services[0]?.image).to.equal('x:7');
      expect(notes[0]).to.deep.include({ kind: 'missing' });
    } finally {
      delete process.env['COMPOSE_TEST_VARIABLE'];
    }
  });

  it('name an env_file that is not there, unless it may be absent', () => {
    const files = {
      'compose.yaml': `services:\n  a:\n    image: x\n    env_file: [no.env, {path: maybe.env, required: false}]\n`,
    };
    const missing = read(files).services[0]?.claims.notes?.filter(({ kind }) => kind === 'missing');
    expect(missing?.map(({ message }) => message)).to.deep.equal([
      'env_file no.env is not there, so its variables are unknown',
    ]);
  });

  it('are none where there is none', () => {
    expect(readComposeProject(createMemoryTree({ 'readme.md': '' }))).to.equal(undefined);
  });
});
