// Why each probe asks what it asks, as often as it does.
import type { ProbeFact } from '../application/component.ts';
import type { ComponentPlan } from '../manifests/component-plan.ts';
import { knownProbes } from '../manifests/probes.ts';
import { explainPort } from './plan-reasons.ts';
import type { ComponentFieldView, FieldTable, Reason } from './reason.ts';

type ProbeName = 'startup' | 'readiness' | 'liveness';

const purposes: Readonly<Record<ProbeName, string>> = {
  startup: 'until it has started, nothing else is asked',
  readiness: 'while this fails, it gets no requests',
  liveness: 'when this keeps failing, it is started again',
};

const rules: Readonly<Record<ProbeName, string>> = {
  startup: 'health/startup-window',
  readiness: 'health/readiness',
  liveness: 'health/liveness',
};

/** The fact behind a probe that asks a path or runs a command. */
function factOf(plan: ComponentPlan, name: ProbeName): ProbeFact | undefined {
  const { readiness, liveness } = knownProbes(plan);
  return name === 'readiness' ? (readiness ?? liveness) : (liveness ?? readiness);
}

function settingsOf(name: ProbeName): string[] {
  const side = name === 'readiness' ? 'readiness' : 'liveness';
  return [`health.${side}.path`, `health.${side}.port`];
}

/** What is asked. */
function explainAction({ component }: ComponentFieldView, name: ProbeName): Reason {
  const fact = factOf(component, name);
  const shared = { settings: settingsOf(name), rule: rules[name] };
  const { settings } = component;
  const given = name === 'readiness' ? settings.health?.readinessPath : settings.health?.livenessPath;
  if (given !== undefined) return { because: `settings name what to ask; ${purposes[name]}`, ...shared };
  if (fact?.evidence.length)
    return { because: `the source has this answer; ${purposes[name]}`, evidence: fact.evidence, ...shared };
  return { because: `a static site answers its own root; ${purposes[name]}`, ...shared };
}

/** Only the port is known, or one probe asks the path and the other the port. */
function explainTcp({ component }: ComponentFieldView, name: ProbeName): Reason {
  const { readiness, liveness } = knownProbes(component);
  const main = component.ports[0];
  const known = readiness ?? liveness;
  const because =
    known === undefined
      ? `no endpoint is known and none is invented: it asks whether the port is open; ${purposes[name]}`
      : `the one endpoint that is known is asked by another probe: a slow dependency takes it out of service, and never restarts it`;
  return {
    because,
    evidence: explainPort(component, main).evidence ?? [],
    settings: settingsOf(name),
    rule: name === 'liveness' ? 'health/identical-probes' : rules[name],
  };
}

function explainTiming(view: ComponentFieldView, name: ProbeName, field: keyof ProbeFact): Reason {
  const fact = factOf(view.component, name);
  if (name !== 'startup' && fact?.[field] !== undefined && fact[field] === view.value)
    return { because: 'the source says so', evidence: fact.evidence };
  const usual: Record<string, string> = {
    periodSeconds: `every ${String(view.value)} seconds is often enough for ${name}, and no load`,
    timeoutSeconds: 'what takes longer than this to say a word is not well',
    failureThreshold: `${String(view.value)} failures in a row: one slow answer is no fault`,
  };
  return { because: usual[field] ?? 'usual', rule: rules[name] };
}

/** How long a start may take, and who says so. */
export function explainStart({ component, startupGraceSeconds }: ComponentPlan): Reason {
  const { health, language } = component;
  const probe = health.startup ?? health.readiness ?? health.liveness;
  const shared = { settings: ['health.startup_grace_period'], rule: 'health/startup-window' };
  if (probe?.startPeriodSeconds !== undefined)
    return { because: 'the source says how long a start may take', evidence: probe.evidence, ...shared };
  if (startupGraceSeconds <= 30) return { because: 'most start within 30 seconds', ...shared };
  const name = language?.value ?? 'such a program';
  return { because: `${name} may take long to start`, evidence: language?.evidence ?? [], ...shared };
}

function explainStartupThreshold({ component }: ComponentFieldView): Reason {
  const start = explainStart(component);
  return {
    ...start,
    because: `${start.because}: ${component.startupGraceSeconds} seconds, at five seconds a try`,
  };
}

function probeTable(name: ProbeName): FieldTable<ComponentFieldView> {
  const action = (view: ComponentFieldView) => explainAction(view, name);
  const probe = `${name}Probe.`;
  return {
    [`${probe}httpGet.path`]: action,
    [`${probe}httpGet.port`]: action,
    [`${probe}httpGet.scheme`]: action,
    [`${probe}grpc.port`]: action,
    [`${probe}grpc.service`]: action,
    [`${probe}exec.command[]`]: action,
    [`${probe}tcpSocket.port`]: (view) => explainTcp(view, name),
    [`${probe}periodSeconds`]: (view) => explainTiming(view, name, 'periodSeconds'),
    [`${probe}timeoutSeconds`]: (view) => explainTiming(view, name, 'timeoutSeconds'),
    [`${probe}failureThreshold`]: (view) =>
      name === 'startup' ? explainStartupThreshold(view) : explainTiming(view, name, 'failureThreshold'),
  };
}

/** Of all three probes. */
export const probeFields: FieldTable<ComponentFieldView> = {
  ...probeTable('startup'),
  ...probeTable('readiness'),
  ...probeTable('liveness'),
};
