// The rule that a pod gets requests only while it can answer them.
import { findMainContainer } from '../../workload/main-container.ts';
import { servicesOf } from '../network/services.ts';
import type { Rule } from '../rule.ts';
import { findProbes } from './asked-probe.ts';
import { compareProbes } from './compare-probe.ts';
import { isAskable } from './serving.ts';
import { suggestProbe } from './suggest-probe.ts';

/** health/readiness */
export const readiness: Rule = {
  id: 'health/readiness',
  title: 'A pod gets requests only while it can answer them',
  semantics:
    'Where a Service selects the pods, one container has a readiness probe; not each has to. Where the persona names health.readinessPath, an httpGet probe asks that path, on the port and in the scheme that the persona names, named ports looked up; a probe of another kind is an info. Not for workers and crons, and not without a Service.',
  rationale:
    'Without readiness a pod counts as ready as soon as it starts: each rollout and each restart then answers some requests with errors.',
  severity: 'warning',
  otherSeverities: 'info where the probe is of a different kind than httpGet',
  bad: '# persona: {health: {readinessPath: /ready}}\nkind: Service\n---\nname: shop',
  good: '# persona: {health: {readinessPath: /ready}}\nkind: Service\n---\nname: shop\nreadinessProbe:\n  httpGet: {path: /ready, port: 8080}',
  needsSurroundings: true,
  evaluate({ persona: { spec }, workload, surroundings }) {
    if (!surroundings || !isAskable(spec, workload)) return 'not-applicable';
    const [service] = servicesOf(workload, surroundings);
    const container = findMainContainer(workload, spec.name);
    if (!service || !container) return 'not-applicable';
    const path = spec.health.readinessPath;
    const probes = findProbes(workload, spec.name, 'readinessProbe');
    if (probes.length > 0)
      return path === undefined ? [] : compareProbes(probes, path, { word: 'readiness', spec });
    return [
      {
        field: `${container.path}.readinessProbe`,
        container: container.name,
        actual: 'unset',
        expected: path === undefined ? 'a readiness probe' : `httpGet ${path}`,
        message: `container ${container.name}: no container has a readiness probe, and Service ${service.name} sends requests`,
        suggestion: suggestProbe('readinessProbe', path, { spec, container }),
      },
    ];
  },
};
