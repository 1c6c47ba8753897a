// The pod that a workload of any kind makes.
import { createHash } from 'node:crypto';
import { hasReplicas, hasService } from './component-plan.ts';
import type { ComponentPlan } from './component-plan.ts';
import { buildContainer, preStopSeconds } from './container.ts';
import { selectorLabels, sortedRecord } from './labels.ts';
import { labelsOf } from './object-metadata.ts';
import { buildPodSecurityContext } from './security-context.ts';
import { buildVolumes } from './volumes.ts';

/** `template` of a workload; `restartPolicy` only where it is not Always. */
export function buildPodTemplate(plan: ComponentPlan, restartPolicy?: 'Never' | 'OnFailure'): object {
  const { settings, options } = plan;
  const volumes = buildVolumes(plan);
  return {
    metadata: { labels: labelsOf(plan), annotations: podAnnotations(plan) },
    spec: {
      serviceAccountName: options.profile === 'minimal' ? 'default' : plan.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(options.hardening === 'max' ? { hostUsers: false } : {}),
      ...(restartPolicy === undefined ? {} : { restartPolicy }),
      ...(settings.priorityClassName === undefined ? {} : { priorityClassName: settings.priorityClassName }),
      ...(settings.imagePullSecrets?.length
        ? { imagePullSecrets: settings.imagePullSecrets.map((name) => ({ name })) }
        : {}),
      terminationGracePeriodSeconds: plan.stopGraceSeconds + (hasService(plan) ? preStopSeconds : 0),
      securityContext: buildPodSecurityContext(plan),
      ...(hasReplicas(plan) ? buildSpread(plan.name) : {}),
      containers: [buildContainer(plan)],
      volumes,
    },
  };
}

/** The default container for kubectl, and marks of config and files, so that a change of them starts new pods. */
function podAnnotations(plan: ComponentPlan): Record<string, string> {
  const { config } = plan.environment;
  const files = plan.volumes.flatMap(({ source }) => (source.kind === 'config' ? [source.content] : []));
  const entries: [string, string][] = [['kubectl.kubernetes.io/default-container', plan.name]];
  if (Object.keys(config).length > 0) entries.push(['dorgu.io/config-checksum', checksum(config)]);
  if (files.length > 0) entries.push(['dorgu.io/files-checksum', checksum(files)]);
  return sortedRecord(entries);
}

function checksum(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** Not all replicas on one node or in one zone, as far as there is a choice. */
function buildSpread(name: string): object {
  const labelSelector = { matchLabels: selectorLabels(name) };
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { labelSelector, topologyKey: 'kubernetes.io/hostname' } },
        ],
      },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector,
      },
    ],
  };
}
