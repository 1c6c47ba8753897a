// The Deployment of a server, a static site or a worker.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { selectorLabels } from './labels.ts';
import { objectMetadata } from './object-metadata.ts';
import { buildPodTemplate } from './pod-template.ts';
import { buildProbes } from './probes.ts';

/** Where an HPA decides, replicas are absent, and the annotations say so to the webhook and to Polaris. */
const autoscaledAnnotations = {
  'dorgu.io/replicas': 'hpa',
  'polaris.fairwinds.com/deploymentMissingReplicas-exempt': 'true',
};

/** Nothing but the port is known, and readiness asks that: a second question would be the same one. */
const withoutLivenessAnnotations = { 'polaris.fairwinds.com/livenessProbeMissing-exempt': 'true' };

/** Builds the Deployment. */
export function buildDeployment(plan: ComponentPlan): KubernetesObject {
  const { scaling, rollout } = plan;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: objectMetadata(plan, { annotations: annotationsOf(plan) }),
    spec: {
      ...(scaling.isAutoscaled ? {} : { replicas: scaling.minReplicas }),
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: Math.max(600, plan.startupGraceSeconds + 300),
      selector: { matchLabels: selectorLabels(plan.name) },
      strategy:
        rollout.type === 'Recreate'
          ? { type: 'Recreate' }
          : {
              type: 'RollingUpdate',
              rollingUpdate: { maxSurge: rollout.maxSurge, maxUnavailable: rollout.maxUnavailable },
            },
      template: buildPodTemplate(plan),
    },
  };
}

function annotationsOf(plan: ComponentPlan): Record<string, string> {
  const { readinessProbe, livenessProbe } = buildProbes(plan);
  return {
    ...(plan.scaling.isAutoscaled ? autoscaledAnnotations : {}),
    ...(readinessProbe && !livenessProbe ? withoutLivenessAnnotations : {}),
  };
}
