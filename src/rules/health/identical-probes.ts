// The rule that liveness is not readiness under another name.
import { fieldAt } from '../../api/foreign-fields.ts';
import { readTextList } from '../../workload/text-map.ts';
import type { Container, Probe } from '../../workload/workload.ts';
import type { Rule } from '../rule.ts';
import { resolvePort } from './asked-probe.ts';

/** health/identical-probes */
export const identicalProbes: Rule = {
  id: 'health/identical-probes',
  title: 'Liveness and readiness do not ask the same',
  semantics:
    'A container whose liveness and readiness probes ask the same thing (kind, path, port, scheme, command, gRPC service), and whose liveness gives up no later than its readiness. The same question with more patience (periodSeconds times failureThreshold) is fine.',
  rationale:
    'A dependency that is slow for a moment then restarts every pod at once, where being out of service for that moment would have been enough.',
  severity: 'warning',
  otherSeverities: '',
  bad: 'readinessProbe:\n  httpGet: {path: /health, port: 8080}\nlivenessProbe:\n  httpGet: {path: /health, port: 8080}',
  good: 'readinessProbe:\n  httpGet: {path: /ready, port: 8080}\nlivenessProbe:\n  httpGet: {path: /health, port: 8080}',
  needsSurroundings: false,
  evaluate({ workload }) {
    const judged = workload.pod.containers.filter(
      ({ livenessProbe, readinessProbe }) => livenessProbe && readinessProbe,
    );
    if (judged.length === 0) return 'not-applicable';
    return judged.filter(isIdentical).map((container) => ({
      field: `${container.path}.livenessProbe`,
      container: container.name,
      actual: 'the same as readinessProbe',
      expected: 'another question, or more patience',
      message: `container ${container.name}: liveness asks what readiness asks, and is no more patient`,
      suggestion: suggest(container),
    }));
  },
};

/** Another question is easy only where liveness asks more than whether the port is open; its patience can always grow. */
function suggest({ livenessProbe, readinessProbe }: Container): string {
  if (livenessProbe?.kind === 'httpGet' || livenessProbe?.kind === 'grpc')
    return 'let liveness only open the port (tcpSocket), or raise its failureThreshold';
  const period = livenessProbe?.periodSeconds ?? 0;
  const enough = readinessProbe && period > 0 ? Math.ceil((2 * patience(readinessProbe)) / period) : 0;
  return `raise failureThreshold of the liveness probe${enough > 0 ? ` to ${enough}` : ''}`;
}

function isIdentical(container: Container): boolean {
  const { livenessProbe: live, readinessProbe: ready } = container;
  if (!live || !ready || live.kind === 'none' || live.kind !== ready.kind) return false;
  if ((live.path || '/') !== (ready.path || '/')) return false;
  return questionOf(container, live) === questionOf(container, ready) && patience(live) <= patience(ready);
}

function patience({ initialDelaySeconds, periodSeconds, failureThreshold }: Probe): number {
  return initialDelaySeconds + periodSeconds * failureThreshold;
}

/** What is asked, as text that is the same for the same question. */
function questionOf(container: Container, probe: Probe): string {
  const port = resolvePort({ container, probe, path: '' }) ?? probe.port;
  const service = fieldAt(probe.fields, 'grpc', 'service');
  return JSON.stringify([
    probe.kind,
    probe.path || '/',
    port,
    probe.scheme,
    readTextList(fieldAt(probe.fields, 'exec', 'command')),
    typeof service === 'string' ? service : '',
  ]);
}
