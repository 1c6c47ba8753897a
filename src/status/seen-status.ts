// What is remembered of a status that stands in the cluster: enough to compare and to go on from, without its long lists.
import { fieldAt, fieldsOf, listOf, textOf, type Fields } from '../api/foreign-fields.ts';
import type {
  ApplicationPersonaStatus,
  Condition,
  DeploymentTracking,
  HealthStatus,
  ValidationStatus,
  WorkloadHealth,
} from '../api/personas.ts';
import { maxStatusWorkloads } from '../api/limits.ts';
import { applicationPhases } from '../api/vocabulary.ts';
import { parseInstant, toLine } from './plain-text.ts';
import { digestPart } from './status-digest.ts';

/** A status as it was seen. JSON, so that it can be kept as text. */
export interface SeenStatus extends Pick<
  ApplicationPersonaStatus,
  'observedGeneration' | 'phase' | 'lastUpdated' | 'deployments' | 'health' | 'argoCD' | 'conditions'
> {
  /** The findings themselves are known by their digest only. */
  validation?: Pick<ValidationStatus, 'passed' | 'lastChecked'> & { digest: string };
}

/** More conditions than these the schema does not take. */
const maxConditions = 16;

/** Takes a foreign status in; what is missing or of another type is left out. Never throws. */
export function readSeenStatus(status: unknown): SeenStatus {
  const generation = fieldAt(status, 'observedGeneration');
  const phase = applicationPhases.find((known) => known === fieldAt(status, 'phase'));
  const seen: SeenStatus = {
    ...(isGeneration(generation) ? { observedGeneration: generation } : {}),
    ...(phase === undefined ? {} : { phase }),
    ...instantAt(status, 'lastUpdated'),
  };
  const parts: SeenStatus = {
    ...part(status, 'health', readHealth),
    ...part(status, 'deployments', readDeployments),
    ...part(status, 'validation', readValidation),
    ...part(status, 'argoCD', (value) => fieldsOf(value)),
    ...part(status, 'conditions', readConditions),
  };
  return { ...seen, ...parts };
}

function part<K extends string, T>(
  status: unknown,
  field: K,
  read: (value: unknown) => T,
): { [field in K]?: T } {
  const value = fieldAt(status, field);
  if (typeof value !== 'object' || value === null) return {};
  return { [field]: read(value) } as { [field in K]?: T };
}

/** Text of one line that is not empty, as the schema has it. */
function textAt<K extends string>(value: unknown, field: K): { [field in K]?: string } {
  const text = toLine(textOf(fieldAt(value, field)));
  return text === '' ? {} : ({ [field]: text } as { [field in K]?: string });
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** A time that stays, so it has to be one. */
function instantAt<K extends string>(value: unknown, field: K): { [field in K]?: string } {
  const text = textOf(fieldAt(value, field));
  const isInstant = instant.test(text) && parseInstant(text) !== undefined;
  return isInstant ? ({ [field]: text } as { [field in K]?: string }) : {};
}

function isGeneration(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function readHealth(value: unknown): HealthStatus {
  const { workloads, ...rest } = fieldsOf(value);
  const read = listOf(workloads).slice(0, maxStatusWorkloads).flatMap(readWorkloadHealth);
  return { ...readDatedHealth(rest), ...(read.length === 0 ? {} : { workloads: read }) };
}

function readWorkloadHealth(value: unknown): WorkloadHealth[] {
  const [{ kind }, { name }, { reason }] = [
    textAt(value, 'kind'),
    textAt(value, 'name'),
    textAt(value, 'reason'),
  ];
  if (kind === undefined || name === undefined || reason === undefined) return [];
  return [{ ...readDatedHealth(fieldsOf(value)), kind, name, reason }];
}

/** What health has of all workloads together, and of one. */
function readDatedHealth({
  replicas,
  lastCheck,
  ...rest
}: Fields): Pick<HealthStatus, 'lastCheck' | 'replicas'> {
  const desired = fieldAt(replicas, 'desired');
  return {
    ...rest,
    ...instantAt({ lastCheck }, 'lastCheck'),
    ...(replicas === undefined
      ? {}
      : { replicas: { ...fieldsOf(replicas), ...(typeof desired === 'number' ? { desired } : {}) } }),
  };
}

function readDeployments(value: unknown): DeploymentTracking {
  const history = listOf(fieldAt(value, 'history')).flatMap((entry) => {
    const { timestamp } = instantAt(entry, 'timestamp');
    const { version } = textAt(entry, 'version');
    const { status } = textAt(entry, 'status');
    if (timestamp === undefined || version === undefined || status === undefined) return [];
    return [{ version, timestamp, status, ...textAt(entry, 'triggeredBy') }];
  });
  return {
    ...textAt(value, 'current'),
    ...textAt(value, 'lastSuccessful'),
    ...textAt(value, 'lastFailed'),
    ...(history.length === 0 ? {} : { history }),
  };
}

function readValidation(value: unknown): NonNullable<SeenStatus['validation']> {
  return {
    passed: fieldAt(value, 'passed') === true,
    ...instantAt(value, 'lastChecked'),
    digest: digestPart(value),
  };
}

function readConditions(value: unknown): Condition[] {
  return listOf(value)
    .slice(0, maxConditions)
    .flatMap((condition) => {
      const status = fieldAt(condition, 'status');
      const generation = fieldAt(condition, 'observedGeneration');
      const { lastTransitionTime } = instantAt(condition, 'lastTransitionTime');
      if (lastTransitionTime === undefined) return [];
      return [
        {
          type: textOf(fieldAt(condition, 'type')),
          status: status === 'True' || status === 'False' ? status : 'Unknown',
          reason: textOf(fieldAt(condition, 'reason')),
          message: textOf(fieldAt(condition, 'message')),
          lastTransitionTime,
          ...(isGeneration(generation) ? { observedGeneration: generation } : {}),
        },
      ];
    });
}
