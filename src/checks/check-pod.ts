// Pods: containers, ports, variables, volumes, and what they have to agree on.
import { checkContainer } from './check-container.ts';
import { templatePath } from './check-metadata.ts';
import { checkSyntax, checkUnique } from './check-values.ts';
import type { ContainerEntry } from './check-values.ts';
import type { Fields } from '../api/foreign-fields.ts';
import type { CheckedObject, Finding, Report } from './finding.ts';
import { fieldAt, fieldsOf, listOf, textOf } from '../api/foreign-fields.ts';
import { reportFor } from './finding.ts';
import { dnsLabel, dnsName } from './syntax.ts';

/** The pod that an object makes; undefined for kinds that make none. */
export function podOf(object: CheckedObject): { path: string; value: Fields } | undefined {
  const path = templatePath(object.kind);
  if (path === undefined) return undefined;
  return { path: `${path}.spec`, value: fieldsOf(fieldAt(object.value, ...path.split('.'), 'spec')) };
}

/** The claims that the object makes for each pod, which its containers mount by their names. */
function claimTemplates({ kind, value }: CheckedObject): readonly unknown[] {
  return kind === 'StatefulSet' ? listOf(fieldAt(value, 'spec', 'volumeClaimTemplates')) : [];
}

/** Containers and init containers. */
export function containersOf(pod: { path: string; value: Fields }): ContainerEntry[] {
  return ['initContainers', 'containers'].flatMap((field) =>
    listOf(pod.value[field]).map((value, index) => ({
      path: `${pod.path}.${field}[${index}]`,
      value: fieldsOf(value),
    })),
  );
}

/** Findings about the pods of a workload. */
export function checkPod(object: CheckedObject): Finding[] {
  const pod = podOf(object);
  if (!pod) return [];
  const report = reportFor(object.file);
  const containers = containersOf(pod);
  const volumes = [
    ...listOf(pod.value['volumes']).map((volume) => textOf(fieldAt(volume, 'name'))),
    ...claimTemplates(object).map((claim) => textOf(fieldAt(claim, 'metadata', 'name'))),
  ];
  return [
    ...(containers.length === 0
      ? [report(`${pod.path}.containers`, 'a pod has containers', 'at least one container', undefined)]
      : []),
    ...checkNames(
      containers.map(({ value }) => textOf(value['name'])),
      `${pod.path}.containers`,
      'container',
      report,
    ),
    ...checkNames(volumes, `${pod.path}.volumes`, 'volume', report),
    ...checkUnique(containers.flatMap(portNames), `${pod.path}.containers`, 'port', report),
    ...containers.flatMap((container) => checkContainer(container, new Set(volumes), report)),
    ...checkAccount(pod, report),
    ...checkUser(pod, report),
  ];
}

/** Findings for names that are no labels or are there twice. */
function checkNames(names: readonly string[], path: string, what: string, report: Report): Finding[] {
  return [
    ...names.flatMap((name, index) =>
      checkSyntax(name, dnsLabel, `${path}[${index}].name`, `the ${what}'s name`, report),
    ),
    ...checkUnique(names, path, what, report),
  ];
}

function portNames({ value }: ContainerEntry): string[] {
  return listOf(value['ports'])
    .map((port) => textOf(fieldAt(port, 'name')))
    .filter((name) => name !== '');
}

function checkAccount({ path, value }: { path: string; value: Fields }, report: Report): Finding[] {
  const name = value['serviceAccountName'];
  return name === undefined
    ? []
    : checkSyntax(name, dnsName, `${path}.serviceAccountName`, 'the account', report);
}

/** Who must not be root cannot be user 0. */
function checkUser({ path, value }: { path: string; value: Fields }, report: Report): Finding[] {
  const security = fieldsOf(value['securityContext']);
  if (security['runAsNonRoot'] !== true || security['runAsUser'] !== 0) return [];
  return [
    report(
      `${path}.securityContext.runAsUser`,
      'user 0 cannot start where root is refused',
      'another user',
      0,
    ),
  ];
}
