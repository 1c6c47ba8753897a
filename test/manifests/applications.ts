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
