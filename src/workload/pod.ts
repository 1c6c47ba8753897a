// Reads a pod, or the template of one.
import { fieldAt, fieldsOf, listOf } from '../api/foreign-fields.ts';
import { readContainer, readResources } from './container.ts';
import { readSecuritySettings } from './security-settings.ts';
import { readText, readTextMap } from './text-map.ts';
import type { Container, PodSnapshot } from './workload.ts';

/** Reads `{metadata, spec}`; `path` is the path of its spec. */
export function readPod(template: unknown, path: string): PodSnapshot {
  const spec = fieldsOf(fieldAt(template, 'spec'));
  const at = (...steps: string[]) => fieldAt(spec, ...steps);
  return {
    labels: readTextMap(fieldAt(template, 'metadata', 'labels')),
    annotations: readTextMap(fieldAt(template, 'metadata', 'annotations')),
    isWindows: at('os', 'name') === 'windows' || at('nodeSelector', 'kubernetes.io/os') === 'windows',
    path,
    containers: readContainers(spec, path),
    securityContext: readSecuritySettings(at('securityContext')),
    resources: readResources(at('resources')),
    serviceAccountName: readText(at('serviceAccountName')) ?? readText(at('serviceAccount')),
    topologySpreadConstraints: listOf(at('topologySpreadConstraints')).map(fieldsOf),
    hasPodAntiAffinity: hasTerms(at('affinity', 'podAntiAffinity')),
    volumes: readVolumes(at('volumes')),
    spec,
  };
}

function readContainers(spec: unknown, path: string): Container[] {
  const read = (field: string, roleOf: (value: unknown) => Container['role']) =>
    listOf(fieldAt(spec, field)).map((value, index) =>
      readContainer(value, roleOf(value), `${path}.${field}[${index}]`),
    );
  return [
    ...read('containers', () => 'container'),
    ...read('initContainers', (value) => (fieldAt(value, 'restartPolicy') === 'Always' ? 'sidecar' : 'init')),
    ...read('ephemeralContainers', () => 'ephemeral'),
  ];
}

function hasTerms(antiAffinity: unknown): boolean {
  return [
    'requiredDuringSchedulingIgnoredDuringExecution',
    'preferredDuringSchedulingIgnoredDuringExecution',
  ].some((field) => listOf(fieldAt(antiAffinity, field)).length > 0);
}

function readVolumes(value: unknown): PodSnapshot['volumes'] {
  const volumes = new Map<string, ReturnType<typeof fieldsOf>>();
  for (const volume of listOf(value)) {
    const name = readText(fieldAt(volume, 'name'));
    if (name !== undefined) volumes.set(name, fieldsOf(volume));
  }
  return volumes;
}
