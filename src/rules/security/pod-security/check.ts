// The shape of one check of the Pod Security Standards, and how checks look at a pod.
import { fieldAt } from '../../../api/foreign-fields.ts';
import type { Container, PodSnapshot } from '../../../workload/workload.ts';

/** One place that the standard does not allow. */
export interface PodSecurityProblem {
  /** Path in the workload. */
  field: string;
  container?: string;
  /** The value that was found. */
  actual: unknown;
  /** What is allowed, fit to follow "expected ". */
  expected: string;
  /** `container shop: hostPort is 80`; what is expected is added. */
  subject: string;
}

/** One check, by the name that Pod Security Admission gives it. */
export interface PodSecurityCheck {
  id: string;
  /** Restricted checks are asked in addition to baseline. */
  level: 'baseline' | 'restricted';
  find(pod: PodSnapshot): readonly PodSecurityProblem[];
}

/** A securityContext with where it stands. */
export interface Setter {
  /** `pod`, or the container's name. */
  container: string | undefined;
  path: string;
  fields: unknown;
}

/** Whether a value is one that the field may have; absent and null always are. */
export function isAllowed(value: unknown, allowed: readonly unknown[]): boolean {
  return value === undefined || value === null || allowed.includes(value);
}

/** The pod's securityContext and those of all containers. */
export function listSetters(pod: PodSnapshot): readonly Setter[] {
  const ofPod: Setter = {
    container: undefined,
    path: `${pod.path}.securityContext`,
    fields: pod.securityContext.fields,
  };
  return [ofPod, ...pod.containers.map(toSetter)];
}

/** A container's securityContext. */
export function toSetter({ name, path, securityContext }: Container): Setter {
  return { container: name, path: `${path}.securityContext`, fields: securityContext.fields };
}

/** A problem where the setter's field is neither absent nor allowed. */
export function findForbidden(
  setter: Setter,
  steps: readonly string[],
  allowed: readonly unknown[],
): PodSecurityProblem[] {
  const actual = fieldAt(setter.fields, ...steps);
  if (isAllowed(actual, allowed)) return [];
  return [describeSetter(setter, steps, actual, allowed.map(toWord).join(' or '))];
}

/** The problem of one field of a setter. */
export function describeSetter(
  { container, path }: Setter,
  steps: readonly string[],
  actual: unknown,
  expected: string,
): PodSecurityProblem {
  return {
    field: [path, ...steps].join('.'),
    ...(container === undefined ? {} : { container }),
    actual,
    expected,
    subject: `${container === undefined ? 'pod' : `container ${container}`}: ${steps.join('.')}`,
  };
}

/** Whether the pod has user namespaces of its own: root in it is nobody on the node, and the standards relax. */
export function hasUserNamespace(pod: PodSnapshot): boolean {
  return fieldAt(pod.spec, 'hostUsers') === false;
}

/** Whether the pod says that it is for Windows; a node selector does not count here. */
export function isForWindows(pod: PodSnapshot): boolean {
  return fieldAt(pod.spec, 'os', 'name') === 'windows';
}

function toWord(value: unknown): string {
  return value === '' ? 'unset' : String(value);
}
