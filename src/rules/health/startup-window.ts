// The rule that a start may take as long as the persona says.
import { parseDuration } from '../../quantity/index.ts';
import { findMainContainer } from '../../workload/main-container.ts';
import type { Container, Probe } from '../../workload/workload.ts';
import type { Rule } from '../rule.ts';

/** health/startup-window */
export const startupWindow: Rule = {
  id: 'health/startup-window',
  title: 'A start may take as long as the persona says',
  semantics:
    'The main container’s startup probe, or where it has none its liveness probe, gives up no earlier than health.startupGracePeriod of the persona: initialDelaySeconds + periodSeconds times failureThreshold. Not where it has neither: nothing then ends a slow start.',
  rationale:
    'A container that is killed while it still starts begins again, and is killed again: after the first slow morning it is down for good.',
  severity: 'warning',
  otherSeverities: '',
  bad: '# persona: {health: {startupGracePeriod: 2m}}\nstartupProbe:\n  tcpSocket: {port: 8080}\n  periodSeconds: 5\n  failureThreshold: 6',
  good: '# persona: {health: {startupGracePeriod: 2m}}\nstartupProbe:\n  tcpSocket: {port: 8080}\n  periodSeconds: 5\n  failureThreshold: 24',
  needsSurroundings: false,
  evaluate({ persona: { spec }, workload }) {
    const grace = parseDuration(spec.health.startupGracePeriod);
    const container = findMainContainer(workload, spec.name);
    const judged = container && findJudged(container);
    if (!grace.ok || !container || !judged) return 'not-applicable';
    const { name, probe } = judged;
    const windowSeconds = probe.initialDelaySeconds + probe.periodSeconds * probe.failureThreshold;
    const graceSeconds = grace.durationMs / 1000;
    if (windowSeconds >= graceSeconds) return [];
    const needed = Math.ceil((graceSeconds - probe.initialDelaySeconds) / probe.periodSeconds);
    return [
      {
        field: `${container.path}.${name}`,
        container: container.name,
        actual: `${windowSeconds}s`,
        expected: `at least ${graceSeconds}s`,
        message: `container ${container.name}: ${name} ends a start after ${windowSeconds}s, the persona allows ${graceSeconds}s`,
        suggestion:
          name === 'startupProbe'
            ? `failureThreshold: ${needed}`
            : 'give it a startupProbe that lasts as long as a start may',
      },
    ];
  },
};

function findJudged({ startupProbe, livenessProbe }: Container): { name: string; probe: Probe } | undefined {
  if (startupProbe && startupProbe.kind !== 'none') return { name: 'startupProbe', probe: startupProbe };
  if (livenessProbe && livenessProbe.kind !== 'none') return { name: 'livenessProbe', probe: livenessProbe };
  return undefined;
}
