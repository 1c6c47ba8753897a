// The HorizontalPodAutoscaler of a component that scales with its load.
import type { ComponentPlan, ScalingPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { objectMetadata } from './object-metadata.ts';

/** How fast to grow and shrink: percent a minute, and how long load has to stay low first. */
const behaviors: Readonly<
  Record<ScalingPlan['behavior'], { up: number; upWindow: number; down: number; downWindow: number }>
> = {
  conservative: { up: 50, upWindow: 60, down: 10, downWindow: 600 },
  balanced: { up: 100, upWindow: 0, down: 25, downWindow: 300 },
  aggressive: { up: 200, upWindow: 0, down: 50, downWindow: 120 },
};

/** Builds the HPA. */
export function buildHorizontalPodAutoscaler(plan: ComponentPlan): KubernetesObject {
  const { minReplicas, maxReplicas, targetCPU, targetMemory, behavior } = plan.scaling;
  const { up, upWindow, down, downWindow } = behaviors[behavior];
  const metric = (name: string, averageUtilization: number): object => ({
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization } },
  });
  const step = (value: number, window: number): object => ({
    stabilizationWindowSeconds: window,
    policies: [{ type: 'Percent', value, periodSeconds: 60 }],
  });
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: objectMetadata(plan),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: plan.name },
      minReplicas,
      maxReplicas,
      metrics: [
        metric('cpu', targetCPU),
        ...(targetMemory === undefined ? [] : [metric('memory', targetMemory)]),
      ],
      behavior: { scaleUp: step(up, upWindow), scaleDown: step(down, downWindow) },
    },
  };
}
