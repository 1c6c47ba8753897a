// Any application that analysis could find, and any options, for property tests.
import fc from 'fast-check';
import type { Application } from '../../src/application/application.ts';
import type { Component } from '../../src/application/component.ts';
import { createDefaultOptions } from '../../src/manifests/options.ts';
import type { ManifestOptions } from '../../src/manifests/options.ts';
import { application, component, fact, seenIn } from './applications.ts';

const evidence = [seenIn()];
const word = fc.oneof(
  fc.constantFrom(
    'web',
    'Über Laden',
    '@acme/api',
    '__proto__',
    'constructor',
    '日本',
    'a'.repeat(90),
    '0',
    '-',
    'x_y',
    '\u202eabc',
  ),
  fc.string({ unit: 'binary', maxLength: 70 }),
);
const number = fc.oneof(fc.integer({ min: -5, max: 70_000 }), fc.constantFrom(80, 3000, 8080));

const ports = fc.array(
  fc.record(
    {
      value: number,
      protocol: fc.constantFrom('TCP', 'UDP', 'SCTP'),
      name: word,
      fromEnv: fc.constantFrom('PORT', 'a b'),
    },
    { requiredKeys: ['value', 'protocol'] },
  ),
  { maxLength: 5 },
);
const probe = fc.record(
  {
    kind: fc.constantFrom('http', 'tcp', 'grpc', 'exec'),
    path: fc.constantFrom('/healthz', '/ready', 'x', '/ü'),
    port: number,
    command: fc.array(fc.string(), { maxLength: 3 }),
    periodSeconds: number,
    startPeriodSeconds: number,
    confidence: fc.constant(0.9),
    evidence: fc.constant(evidence),
  },
  { requiredKeys: ['kind', 'confidence', 'evidence'] },
);
const env = fc.array(
  fc.record(
    {
      name: fc.oneof(word, fc.constantFrom('A', 'B', 'HOME', 'toString')),
      kind: fc.constantFrom('config', 'secret'),
      required: fc.boolean(),
      value: fc.oneof(word, fc.constantFrom('yes', '0123', '1e3', 'e055311702210923', 'a\nb', '$(X)')),
      evidence: fc.constant(evidence),
    },
    { requiredKeys: ['name', 'kind', 'required', 'evidence'] },
  ),
  { maxLength: 6 },
);
const volumes = fc.array(
  fc.record({
    path: fc.oneof(fc.constantFrom('/data', '/data/', '/tmp', '/', 'rel', '/a/../b', '/Über', '/a:b'), word),
    kind: fc.constantFrom('data', 'temporary', 'file'),
    source: word,
    readOnly: fc.boolean(),
    sizeBytes: fc.integer({ min: -1, max: 2 ** 40 }),
    evidence: fc.constant(evidence),
  }),
  { maxLength: 4 },
);
const quantity = fc.constantFrom('100m', '2', '64Mi', '8Gi', '0', '-1', 'abc', '1e999');
const amounts = fc.record({ cpu: quantity, memory: quantity }, { requiredKeys: [] });

const anyComponent = fc
  .record({
    name: word,
    kind: fc.constantFrom('server', 'worker', 'cron', 'job', 'daemon', 'static', 'cli'),
    framework: fc.option(fc.oneof(word, fc.constantFrom('nginx', 'Next.js')), { nil: undefined }),
    description: word,
    version: fc.oneof(word, fc.constantFrom('1.2.0', 'latest', 'v1+build')),
    ports,
    readiness: fc.option(probe, { nil: undefined }),
    liveness: fc.option(probe, { nil: undefined }),
    schedule: fc.constantFrom('*/5 * * * *', '@daily', '61 * * * *', 'never'),
    env,
    volumes,
    dependency: fc.record({
      name: word,
      component: fc.constantFrom('web', 'Über Laden', 'none'),
      port: number,
    }),
    user: fc.record({ uid: number, gid: number, isRoot: fc.boolean() }),
    image: fc.option(fc.oneof(word, fc.constantFrom('redis', 'ghcr.io/a/b:latest', 'ghcr.io/a/b:1')), {
      nil: undefined,
    }),
    isBuilt: fc.boolean(),
    resources: fc.record({ requests: amounts, limits: amounts }),
    replicas: number,
    capabilities: fc.array(fc.constantFrom('NET_ADMIN', 'cap_chown', 'ALL'), {
      maxLength: 2,
    }),
  })
  .map((any): Component => {
    const build = { dockerfile: 'Dockerfile', context: '.', evidence };
    const { readiness, liveness, framework } = any;
    return {
      ...component({
        name: any.name,
        kind: any.kind,
        description: fact(any.description),
        version: fact(any.version),
        schedule: fact(any.schedule),
        ports: any.ports.map((entry) => ({ ...entry, confidence: 0.9, evidence })),
        health: { ...(readiness ? { readiness } : {}), ...(liveness ? { liveness } : {}) },
        env: any.env,
        dependencies: [{ ...any.dependency, type: 'service', evidence }],
        ...(framework === undefined ? {} : { framework: fact(framework) }),
      }),
      runtime: {
        volumes: any.volumes,
        user: fact(any.user),
        resources: fact(any.resources),
        replicas: fact(any.replicas),
        capabilitiesAdd: fact(any.capabilities),
        ...(any.isBuilt ? { build } : {}),
        ...(any.image === undefined ? {} : { image: fact(any.image) }),
      },
    };
  });

/** Up to three components of any kind, with names and values that are hard to bear. */
export const anyApplication = fc
  .array(anyComponent, { minLength: 1, maxLength: 3 })
  .map((components): Application => application(components));

/** Options of any kind. */
export const anyOptions = fc
  .record({
    name: word,
    format: fc.constantFrom('kustomize', 'plain', 'helm'),
    ci: fc.constantFrom('github', 'gitlab', 'none'),
    hardening: fc.constantFrom('standard', 'max'),
    networkPolicy: fc.constantFrom('default', 'strict', 'none'),
    profile: fc.constantFrom('standard', 'minimal'),
    isExposed: fc.boolean(),
    labels: fc.dictionary(word, word, { maxKeys: 3 }),
    tier: fc.constantFrom('critical', 'standard', 'best-effort'),
  })
  .map(({ name, isExposed, labels, tier, ...rest }): ManifestOptions => ({
    ...createDefaultOptions(name),
    image: { value: 'ghcr.io/acme/shop', source: 'git' },
    ...rest,
    ...(isExposed ? { expose: { kind: 'ingress', host: 'Shop.example.com' } } : {}),
    defaults: { labels, annotations: labels, tier },
  }));
