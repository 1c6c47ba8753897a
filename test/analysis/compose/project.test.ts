import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DorguError } from '../../../src/api/errors.ts';
import {
  readComposeProject,
  toExternalServices,
  type ComposeOptions,
} from '../../../src/analysis/compose/project.ts';
import type { ComposeService } from '../../../src/analysis/compose/service.ts';
import { openSourceTree } from '../../../src/analysis/source-tree.ts';
import { createMemoryTree } from './memory-tree.ts';

const SHOP = join(import.meta.dirname, '../../fixtures/compose/shop');

function read(files: Record<string, string>, options: ComposeOptions = {}) {
  const project = readComposeProject(createMemoryTree(files), options);
  if (project === undefined) throw new Error('no project');
  return project;
}

function catchError(files: Record<string, string>, options: ComposeOptions = {}): DorguError {
  try {
    read(files, options);
  } catch (error) {
    if (error instanceof DorguError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
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
    expect(claims.resources?.[0]?.value).to.deep.equal({
      limits: { cpu: '500m', memory: '512Mi' },
      requests: { memory: '128Mi' },
    });
    expect(claims.replicas?.[0]?.value).to.equal(3);
    expect(claims.stopGracePeriodSeconds?.[0]?.value).to.equal(90);
    expect(claims.user?.[0]?.value).to.deep.equal({ uid: 1000, gid: 1000, isRoot: false });
    expect(claims.readOnlyRoot?.[0]?.value).to.equal(true);
    expect(claims.capabilitiesDrop?.[0]?.value).to.deep.equal(['ALL']);
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
    const text = JSON.stringify({ project, external: toExternalServices(project!) }, (_, value: unknown) =>
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

  it('knows images without a build as external services', () => {
    expect(toExternalServices(project!)).to.deep.include.members([
      {
        name: 'db',
        image: 'postgres:17',
        ports: [5432],
        type: 'database',
        evidence: [{ file: 'data/compose.yaml', line: 3, reason: 'compose service db is only an image' }],
      },
    ]);
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
    const key = 'COMPOSE_TEST_VARIABLE';
    process.env[key] = 'leaked';
    try {
      const { services, notes } = read({ 'compose.yaml': image(`"x:\${${key}}\${TAG}"`), '.env': 'TAG=7' });
      expect(services[0]?.image).to.equal('x:7');
      expect(notes[0]).to.deep.include({ kind: 'missing' });
    } finally {
      delete process.env[key];
    }
  });

  it('of databases only are reported', () => {
    expect(read({ 'compose.yaml': image('postgres') }).notes.map(({ kind }) => kind)).to.include(
      'dependency',
    );
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

const service = (text: string) => ({ 'compose.yaml': `services:\n  a:\n    image: x\n    ${text}\n` });
const refused: Record<string, [Record<string, string>, string, RegExp]> = {
  'a duplicate key': [
    { 'compose.yaml': 'services:\n  a: {image: x}\n  a: {image: y}\n' },
    'ComposeSyntax',
    /compose\.yaml:3:3: the key "a" stands twice, first in line 2/,
  ],
  'broken YAML': [{ 'compose.yaml': 'services:\n  a: [\n' }, 'ComposeSyntax', /compose\.yaml:\d+:\d+/],
  'an unknown key': [service('portz: ["80"]'), 'ComposeInvalid', /:4:5: services\.a: .* "portz"/],
  'a wrong kind': [
    service('ports: 80'),
    'ComposeInvalid',
    /services\.a\.ports: expected a list, found a number/,
  ],
  'a circle of depends_on': [
    {
      'compose.yaml':
        'services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, depends_on: [c]}\n  c: {image: x, depends_on: [b]}\n',
    },
    'ComposeCycle',
    /b -> c -> b/,
  ],
  'a circle of extends': [
    { 'compose.yaml': 'services:\n  a: {extends: b}\n  b: {extends: {service: a}}\n' },
    'ComposeCycle',
    /a -> compose\.yaml: b -> compose\.yaml: a/,
  ],
  'a circle of extends over files': [
    {
      'compose.yaml': 'services:\n  a: {extends: {file: b.yaml, service: b}}\n',
      'b.yaml': 'services:\n  b: {extends: {file: compose.yaml, service: a}}\n',
    },
    'ComposeCycle',
    /extends runs in a circle/,
  ],
  'a circle of includes': [
    { 'compose.yaml': 'include: [b.yaml]\n', 'b.yaml': 'include: [compose.yaml]\n' },
    'ComposeCycle',
    /compose\.yaml -> b\.yaml -> compose\.yaml/,
  ],
  'an include outside': [
    { 'compose.yaml': 'include: [../b.yaml]\n' },
    'PathOutsideApplication',
    /"\.\.\/b\.yaml"/,
  ],
  'an include that is not there': [
    { 'compose.yaml': 'include: [b.yaml]\n' },
    'ComposeFileMissing',
    /"b\.yaml"/,
  ],
  'an extended file outside': [
    service('extends: {file: ../b.yaml, service: b}'),
    'PathOutsideApplication',
    /b\.yaml/,
  ],
  'a context outside': [service('build: ../x'), 'PathOutsideApplication', /build\.context/],
  'a Dockerfile outside': [
    service('build: {context: ., dockerfile: ../D}'),
    'PathOutsideApplication',
    /dockerfile/,
  ],
  'an env_file outside': [service('env_file: /etc/passwd'), 'PathOutsideApplication', /env_file/],
  'a secret outside': [
    { 'compose.yaml': 'services: {a: {image: x}}\nsecrets: {s: {file: ~/.ssh/id_rsa}}\n' },
    'PathOutsideApplication',
    /secrets\.s\.file/,
  ],
  'a service that is not there': [service('depends_on: [zz]'), 'ComposeInvalid', /"zz"/],
  'a secret that is not defined': [service('secrets: [zz]'), 'ComposeInvalid', /"zz"/],
  'an alias bomb': [
    {
      'compose.yaml': ['x-0: &b0 [a, a, a, a, a, a, a, a, a, a]']
        .concat(
          Array.from({ length: 8 }, (_, n) => `x-${n + 1}: &b${n + 1} [${Array(10).fill(`*b${n}`).join()}]`),
        )
        .join('\n'),
    },
    'ComposeTooLarge',
    /aliases/,
  ],
  'a thousand brackets': [{ 'compose.yaml': `x-a: ${'['.repeat(20000)}` }, 'Compose', /compose\.yaml/],
};

describe('compose refuses', () => {
  for (const [title, [files, code, message]] of Object.entries(refused)) {
    it(title, () => {
      const error = catchError(files);
      expect(error.code).to.satisfy((found: string) => found.startsWith(code));
      expect(error.message).to.match(message);
    });
  }

  it('a path that leaves by a link', () => {
    const folder = mkdtempSync(join(tmpdir(), 'compose-'));
    try {
      symlinkSync('/etc', join(folder, 'out'));
      writeFileSync(join(folder, 'compose.yaml'), 'services: {a: {image: x, env_file: out/hostname}}\n');
      expect(() => readComposeProject(openSourceTree(folder))).to.throw(DorguError, /leaves it/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('hints at the key that was meant', () => {
    expect(catchError(service('enviroment: {}')).hint).to.equal('Did you mean environment?');
  });

  it('says no secret in an error', () => {
    expect(catchError(service('environment: {DB_PASSWORD: [hunter22]}')).message).not.to.include('hunter22');
  });
});
