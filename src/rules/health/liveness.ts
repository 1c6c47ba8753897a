// The rule that a process that hangs is restarted.
import { findMainContainer } from '../../workload/main-container.ts';
import type { RuleInput } from '../rule-input.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { findProbes } from './asked-probe.ts';
import { compareProbes } from './compare-probe.ts';
import { hasAddress, isAskable } from './serving.ts';
import { suggestProbe } from './suggest-probe.ts';

/** health/liveness */
export const liveness: Rule = {
  id: 'health/liveness',
  title: 'A process that hangs is restarted',
  semantics:
    'One container has a liveness probe; not each has to. Where the persona names health.livenessPath, an httpGet probe asks that path, on the port and in the scheme that the persona names, named ports looked up; a probe of another kind is an info. Not for workers and crons, for daemons only where the persona names the path, not where there is nothing to ask, and not where readiness only opens a port and the persona names no livenessPath: liveness could only ask the same again.',
  rationale:
    'A process that is stuck neither ends nor answers: without liveness it stays that way until a person looks.',
  severity: 'warning',
  otherSeverities: 'info where the probe is of a different kind than httpGet',
  bad: '# persona: {health: {livenessPath: /healthz}}\nlivenessProbe:\n  httpGet: {path: /health, port: 8080}',
  good: '# persona: {health: {livenessPath: /healthz}}\nlivenessProbe:\n  httpGet: {path: /healthz, port: 8080}',
  needsSurroundings: false,
  evaluate(input) {
    const { spec } = input.persona;
    if (!applies(input)) return 'not-applicable';
    const probes = findProbes(input.workload, spec.name, 'livenessProbe');
    const path = spec.health.livenessPath;
    if (probes.length === 0) return missing(input);
    return path === undefined ? [] : compareProbes(probes, path, { word: 'liveness', spec });
  },
};

function applies({ persona: { spec }, workload }: RuleInput): boolean {
  if (!isAskable(spec, workload) || !hasAddress(spec, workload)) return false;
  if (spec.health.livenessPath !== undefined) return true;
  if (spec.type === 'daemon') return false;
  const readiness = findProbes(workload, spec.name, 'readinessProbe');
  return !readiness.some(({ probe }) => probe.kind === 'tcpSocket');
}

function missing({ persona: { spec }, workload }: RuleInput): RuleReport[] {
  const container = findMainContainer(workload, spec.name);
  if (!container) return [];
  const path = spec.health.livenessPath;
  return [
    {
      field: `${container.path}.livenessProbe`,
      container: container.name,
      actual: 'unset',
      expected: path === undefined ? 'a liveness probe' : `httpGet ${path}`,
      message: `container ${container.name}: no container has a liveness probe`,
      suggestion: suggestProbe('livenessProbe', path, { spec, container }),
    },
  ];
}
