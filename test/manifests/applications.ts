// Small applications for tests: what analysis would have found, without the folders that it would have read.
import type { Application } from '../../src/application/application.ts';
import type { Component, EnvFact, PortFact } from '../../src/application/component.ts';
import { createFact } from '../../src/application/fact.ts';
import type { Evidence } from '../../src/application/fact.ts';

/** Evidence that stands for any. */
export function seenIn(file = 'src/server.ts', line = 9): Evidence {
  return { file, line, reason: 'read there' };
}

/** A fact of any value. */
export function fact<T>(value: T, evidence: Evidence = seenIn()): ReturnType<typeof createFact<T>> {
  return createFact(value, 0.9, evidence);
}

/** A TCP port. */
export function port(value: number, more: Partial<PortFact> = {}): PortFact {
  return { ...fact(value), protocol: 'TCP', ...more };
}

/** A variable with a value. */
export function config(name: string, value: string): EnvFact {
  return { name, kind: 'config', required: true, value, evidence: [seenIn()] };
}

/** A secret variable. */
export function secret(name: string, required = true): EnvFact {
  return { name, kind: 'secret', required, evidence: [seenIn()] };
}

/** A component; a worker without anything unless more is said. */
export function component(more: Partial<Component> = {}): Component {
  return {
    name: 'web',
    path: '.',
    kind: 'worker',
    kindEvidence: [seenIn()],
    ports: [],
    health: {},
    env: [],
    dependencies: [],
    ...more,
    runtime: {
      volumes: [],
      build: { dockerfile: 'Dockerfile', context: '.', evidence: [seenIn('Dockerfile', 1)] },
      ...more.runtime,
    },
  };
}

/** A server with a port, a readiness path, config and a secret. */
export function server(more: Partial<Component> = {}): Component {
  return component({
    kind: 'server',
    language: fact('typescript'),
    framework: fact('Express'),
    version: fact('1.4.0'),
    startCommand: fact('node dist/server.js'),
    ports: [port(3000, { fromEnv: 'PORT' })],
    health: { readiness: { kind: 'http', path: '/healthz', confidence: 0.9, evidence: [seenIn()] } },
    env: [config('LOG_LEVEL', 'info'), secret('DATABASE_URL')],
    ...more,
  });
}

/** An application of these components. */
export function application(components: Component[], more: Partial<Application> = {}): Application {
  return { name: 'shop', components, externalServices: [], conflicts: [], notes: [], fileCount: 1, ...more };
}

const root = { name: 'root', uid: 0, gid: 0, isRoot: true };

/** A range of applications, each with something that the others lack. */
export const applicationsByName: Readonly<Record<string, Application>> = {
  'a single server': application([server()]),
  'a server and a worker': application([
    server({
      dependencies: [
        { name: 'mailer', type: 'service', component: 'mailer', evidence: [seenIn()] },
        { name: 'postgresql', type: 'database', host: 'db', port: 5432, evidence: [seenIn()] },
      ],
    }),
    component({ name: 'mailer', kind: 'worker' }),
  ]),
  'a static site on a low port': application([
    component({ name: 'site', kind: 'static', framework: fact('nginx'), ports: [port(80)] }),
  ]),
  'a scheduled job': application([
    component({ name: 'report', kind: 'cron', schedule: fact('*/15 2-4 * * MON-FRI') }),
  ]),
  'a job whose schedule is not known': application([component({ name: 'report', kind: 'cron' })]),
  'a migration that runs once': application([
    server({ name: 'api' }),
    component({ name: 'migrate', kind: 'job', env: [secret('DATABASE_URL')] }),
  ]),
  'a worker that keeps data': application([
    component({
      name: `${'long-'.repeat(11)}name`,
      runtime: { volumes: [{ path: '/var/lib/queue', kind: 'data', evidence: [seenIn('Dockerfile', 3)] }] },
    }),
    server(),
  ]),
  'a daemon with a metrics port': application([
    component({
      name: 'agent',
      kind: 'daemon',
      ports: [port(9100, { name: 'metrics' })],
      metrics: fact({ path: '/metrics', port: 9100 }),
    }),
  ]),
  'a gRPC server over two protocols': application([
    server({
      name: 'dns',
      ports: [port(50051), port(53), port(53, { protocol: 'UDP' })],
      health: { readiness: { kind: 'grpc', port: 50051, confidence: 0.9, evidence: [seenIn()] } },
    }),
  ]),
  'an image that only runs as root': application([
    server({ runtime: { volumes: [], user: fact(root, seenIn('Dockerfile', 7)) } }),
  ]),
  'a server that keeps data': application([
    server({
      runtime: {
        volumes: [
          { path: '/data', kind: 'data', source: 'uploads', evidence: [seenIn('compose.yaml', 8)] },
          {
            path: '/run/secrets/key.pem',
            kind: 'file',
            source: 'key',
            evidence: [seenIn('compose.yaml', 9)],
          },
          {
            path: '/var/scratch',
            kind: 'temporary',
            sizeBytes: 10_000_000,
            evidence: [seenIn('compose.yaml', 10)],
          },
        ],
        user: fact({ uid: 1000, gid: 1000, isRoot: false }),
      },
    }),
  ]),
  'names that are no DNS names': application([
    server({ name: 'Über Laden' }),
    server({
      name: 'über-laden',
      env: [config('__proto__', 'yes'), config('A', '0123'), config('B', 'two\nlines')],
    }),
    component({ name: '123', kind: 'worker' }),
    component({ name: 'x'.repeat(90), kind: 'worker' }),
    component({ name: '日本語', kind: 'worker' }),
  ]),
};
