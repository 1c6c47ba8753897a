// The CronJob of a component that runs on a schedule.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { objectMetadata } from './object-metadata.ts';
import { buildPodTemplate } from './pod-template.ts';

/** Stands where no schedule is known; the CronJob is suspended then. */
const fallbackSchedule = '0 3 * * *';

const fieldPattern =
  /^(\*|[0-9]{1,2}|[A-Z]{3})(-([0-9]{1,2}|[A-Z]{3}))?(\/[1-9][0-9]?)?(,([0-9]{1,2}|[A-Z]{3}|\*)(-([0-9]{1,2}|[A-Z]{3}))?(\/[1-9][0-9]?)?)*$/i;

const macros = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;

/** Whether it is a schedule that Kubernetes takes: five fields in range, or a macro. */
export function isCronSchedule(text: string): boolean {
  if (text.length > 200) return false;
  if (macros.has(text)) return true;
  const fields = text.trim().split(/\s+/);
  return fields.length === 5 && fields.every((field, index) => isField(field, index));
}

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

function isField(field: string, index: number): boolean {
  const [low, high] = ranges[index] ?? [0, 59];
  if (!fieldPattern.test(field)) return false;
  return field.split(',').every((part) => {
    const [range = '', step] = part.split('/');
    if (step !== undefined && Number(step) > high) return false;
    if (range === '*') return true;
    const numbers = range.split('-').map((text) => toNumber(text, index));
    const [first, last = first] = numbers;
    return first !== undefined && last !== undefined && first >= low && last <= high && first <= last;
  });
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** A number or, for months and week days, its name. */
function toNumber(text: string, index: number): number | undefined {
  if (/^[0-9]+$/.test(text)) return Number(text);
  const named = index === 3 ? months.indexOf(text.toUpperCase()) + 1 : days.indexOf(text.toUpperCase());
  const isNamed = (index === 3 && named > 0) || (index === 4 && named >= 0);
  return isNamed ? named : undefined;
}
