// The CronJob of a component that runs on a schedule.
import { isCronSchedule } from '../application/cron-schedule.ts';
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { objectMetadata } from './object-metadata.ts';
import { buildPodTemplate } from './pod-template.ts';

/** Stands where no schedule is known; the CronJob is suspended then. */
const fallbackSchedule = '0 3 * * *';

/** The schedule that the source or settings give, if Kubernetes takes it. Sunday as 7 becomes 0. */
export function knownSchedule({ component, settings }: ComponentPlan): string | undefined {
  const text = (settings.schedule ?? component.schedule?.value)?.trim().replace(/(\s)7$/, '$10');
  return text !== undefined && isCronSchedule(text) ? text : undefined;
}

/** Builds the CronJob; without a known schedule it is suspended, so that nothing runs at a guessed hour. */
export function buildCronJob(plan: ComponentPlan): KubernetesObject {
  const schedule = knownSchedule(plan);
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: objectMetadata(plan),
    spec: {
      schedule: schedule ?? fallbackSchedule,
      timeZone: 'Etc/UTC',
      suspend: schedule === undefined,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 300,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        spec: {
          backoffLimit: 2,
          ttlSecondsAfterFinished: 86_400,
          template: buildPodTemplate(plan, 'OnFailure'),
        },
      },
    },
  };
}
