// Health endpoints that Java frameworks serve themselves once their module is there: actuator, SmallRye Health, Micronaut's management.
import type { Claims } from '../../application/claims.ts';
import type { ProbeFact } from '../../application/component.ts';
import { CONFIDENCE, type Evidence } from '../../application/fact.ts';
import { joinRoute } from '../code/probe-claims.ts';
import { findPackage, type Packages } from '../code/recognise.ts';
import { evaluatePort } from './placeholder.ts';
import { toSettingKey, type Settings } from './settings.ts';

/** What is read. */
export interface HealthInput {
  packages: Packages;
  settings: Settings;
  /** Version of Spring Boot, where it is said. */
  springBoot: string | undefined;
}

/** Probes and metrics that the framework serves, or `{}`. */
export function claimFrameworkHealth(input: HealthInput): Claims {
  return claimActuator(input) ?? claimQuarkus(input) ?? claimMicronaut(input) ?? claimHelidon(input) ?? {};
}

function setting({ settings }: HealthInput, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const said = settings.get(toSettingKey(key))?.value;
    if (said !== undefined && !said.includes('${')) return said;
  }
  return undefined;
}

function probe(path: string, port: number | undefined, evidence: Evidence): ProbeFact {
  return {
    kind: 'http',
    path,
    ...(port !== undefined && { port }),
    // The library is a fact of the manifest, and what it serves follows from it.
    confidence: CONFIDENCE.manifest - 0.05,
    evidence: [evidence],
  };
}

function claimActuator(input: HealthInput): Claims | undefined {
  const found = findPackage(input.packages, ACTUATOR);
  if (!found || setting(input, 'management.endpoint.health.enabled', 'management.health.enabled') === 'false')
    return undefined;
  const port = evaluatePort(
    setting(input, 'management.server.port', 'management.port') ?? '',
    input.settings,
  ).value;
  const base = actuatorBase(input, port !== undefined);
  const health = setting(input, 'management.endpoints.web.path-mapping.health') ?? 'health';
  const path = (group: string) => joinRoute(base, health, hasProbeGroups(input) ? group : '');
  const evidence = { ...found, reason: 'actuator serves health' };
  return {
    liveness: [probe(path('liveness'), port, evidence)],
    readiness: [probe(path('readiness'), port, evidence)],
    ...claimPrometheus(input, joinRoute(base, 'prometheus'), port),
  };
}

const ACTUATOR = [
  'org.springframework.boot:spring-boot-starter-actuator',
  'org.springframework.boot:spring-boot-actuator*',
];

// The application's own context path stands before it, unless management has a port of its own.
function actuatorBase(input: HealthInput, hasOwnPort: boolean): string {
  const context = hasOwnPort
    ? setting(input, 'management.server.base-path')
    : setting(input, 'server.servlet.context-path', 'server.context-path', 'spring.webflux.base-path');
  const base = isBootBefore(input, 2, 0)
    ? (setting(input, 'management.context-path') ?? '')
    : (setting(input, 'management.endpoints.web.base-path') ?? '/actuator');
  return joinRoute(context ?? '', base);
}

// Groups for Kubernetes' probes came with 2.3, and are on where Kubernetes is; switched off, one endpoint answers for all.
function hasProbeGroups(input: HealthInput): boolean {
  const said = setting(
    input,
    'management.endpoint.health.probes.enabled',
    'management.health.probes.enabled',
  );
  return said !== 'false' && !isBootBefore(input, 2, 3);
}

// A version that is not said is taken for a current one.
function isBootBefore({ springBoot }: HealthInput, major: number, minor: number): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})/.exec(springBoot ?? '');
  if (!match) return false;
  const own = Number(match[1]);
  return own < major || (own === major && Number(match[2]) < minor);
}

function claimPrometheus(input: HealthInput, path: string, port: number | undefined): Claims {
  const evidence = findPackage(input.packages, ['io.micrometer:micrometer-registry-prometheus*']);
  const exposed = setting(input, 'management.endpoints.web.exposure.include') ?? '';
  const listed = [...input.settings].some(
    ([key, { value }]) =>
      key.startsWith('management.endpoints.web.exposure.include[') && /^(?:prometheus|\*)$/.test(value),
  );
  if (!evidence || !(listed || /(?:^|[,\s"'])(?:prometheus|\*)(?:$|[,\s"'])/.test(exposed))) return {};
  return {
    metrics: [
      {
        value: { path, ...(port !== undefined && { port }) },
        confidence: CONFIDENCE.source,
        evidence: [evidence],
      },
    ],
  };
}

function claimQuarkus(input: HealthInput): Claims | undefined {
  const evidence = findPackage(input.packages, ['io.quarkus:quarkus-smallrye-health']);
  if (!evidence) return undefined;
  const root = setting(input, 'quarkus.http.root-path') ?? '';
  const nonApplication = setting(input, 'quarkus.http.non-application-root-path') ?? 'q';
  const health = setting(input, 'quarkus.smallrye-health.root-path') ?? 'health';
  const base = nonApplication.startsWith('/') ? nonApplication : joinRoute(root, nonApplication);
  const path = (name: string) =>
    health.startsWith('/') ? joinRoute(health, name) : joinRoute(base, health, name);
  const reason = 'SmallRye Health serves it';
  return {
    liveness: [probe(path('live'), undefined, { ...evidence, reason })],
    readiness: [probe(path('ready'), undefined, { ...evidence, reason })],
    startup: [probe(path('started'), undefined, { ...evidence, reason })],
  };
}

function claimMicronaut(input: HealthInput): Claims | undefined {
  const evidence = findPackage(input.packages, ['io.micronaut:micronaut-management']);
  if (!evidence || setting(input, 'endpoints.health.enabled') === 'false') return undefined;
  const base = joinRoute(
    setting(input, 'micronaut.server.context-path') ?? '',
    setting(input, 'endpoints.all.path') ?? '',
    'health',
  );
  const reason = "Micronaut's management serves health";
  return {
    liveness: [probe(`${base}/liveness`, undefined, { ...evidence, reason })],
    readiness: [probe(`${base}/readiness`, undefined, { ...evidence, reason })],
  };
}

// MicroProfile Health is served at /health/live and /health/ready by every server that has it.
function claimHelidon(input: HealthInput): Claims | undefined {
  const evidence = findPackage(input.packages, [
    'io.helidon.health:*',
    'io.helidon.microprofile.health:*',
    'io.helidon.microprofile.bundles:helidon-microprofile',
  ]);
  if (!evidence) return undefined;
  const isServer = findPackage(input.packages, [
    'io.helidon.webserver.observe:helidon-webserver-observe-health',
  ]);
  const base = isServer ? '/observe/health' : '/health';
  const reason = 'Helidon serves health';
  return {
    liveness: [probe(`${base}/live`, undefined, { ...evidence, reason })],
    readiness: [probe(`${base}/ready`, undefined, { ...evidence, reason })],
  };
}
