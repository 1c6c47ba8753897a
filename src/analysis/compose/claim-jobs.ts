// Which services run once and end: those whose end others wait for, and those that are never restarted and serve nobody.
import { CONFIDENCE } from '../../application/fact.ts';
import type { Evidence } from '../../application/fact.ts';
import type { ComposeService } from './service.ts';

/** Claims kind `job` for each of them; says so where it is only likely. */
export function claimJobs(services: readonly ComposeService[]): void {
  const awaited = new Map<string, Evidence>();
  const called = new Set<string>();
  for (const { dependsOn, claims } of services) {
    for (const { service, condition, evidence } of dependsOn) {
      const isAwaited = condition === 'service_completed_successfully';
      if (isAwaited) awaited.set(service, { ...evidence, reason: 'another service waits for its end' });
    }
    for (const { host } of claims.dependencies ?? []) if (host !== undefined) called.add(host);
  }
  for (const service of services) {
    const evidence = awaited.get(service.name);
    if (evidence !== undefined) claimJob(service, evidence);
    else if (service.runsOnce !== undefined) judge(service, service.runsOnce, called.has(service.name));
  }
}

// `restart: "no"` is compose's default, and some write it for what serves.
function judge(service: ComposeService, evidence: Evidence, isCalled: boolean): void {
  const { ports = [], readiness = [] } = service.claims;
  if (!isCalled && ports.length === 0 && readiness.length === 0) {
    claimJob(service, evidence);
    return;
  }
  (service.claims.notes ??= []).push({
    component: service.name,
    kind: 'advice',
    message: 'it is never restarted, but it serves: it is started again here',
    evidence: [evidence],
  });
}

function claimJob(service: ComposeService, evidence: Evidence): void {
  service.runsOnce ??= evidence;
  (service.claims.kind ??= []).push({ value: 'job', confidence: CONFIDENCE.compose, evidence: [evidence] });
}
