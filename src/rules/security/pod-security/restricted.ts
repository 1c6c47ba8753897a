// What the restricted standard asks on top of baseline.
import { fieldAt, fieldsOf, listOf } from '../../../api/foreign-fields.ts';
import type { PodSnapshot } from '../../../workload/workload.ts';
import {
  describeSetter,
  hasUserNamespace,
  isForWindows,
  listSetters,
  type PodSecurityCheck,
  type PodSecurityProblem,
  toSetter,
} from './check.ts';
import { confiningProfiles, findAddedCapabilities, findProcMounts, findProfile } from './confinement.ts';

const volumeTypes = [
  'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret',
]; // prettier-ignore

const restrictedVolumes: PodSecurityCheck = {
  id: 'restrictedVolumes',
  level: 'restricted',
  find: ({ spec, path }) =>
    listOf(fieldAt(spec, 'volumes')).flatMap((volume, index) => {
      if (volumeTypes.some((type) => isGiven(fieldAt(volume, type)))) return [];
      const actual = Object.keys(fieldsOf(volume)).find((key) => key !== 'name');
      // The API server makes an emptyDir of a volume that says no type.
      if (actual === undefined) return [];
      const subject = `volume ${String(fieldAt(volume, 'name'))}: type`;
      return [{ field: `${path}.volumes[${index}]`, actual, expected: volumeTypes.join(' or '), subject }];
    }),
};

const allowPrivilegeEscalation: PodSecurityCheck = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  find: (pod) =>
    isForWindows(pod)
      ? []
      : pod.containers.map(toSetter).flatMap((setter) => {
          const actual = fieldAt(setter.fields, 'allowPrivilegeEscalation');
          if (actual === false) return [];
          return [describeSetter(setter, ['allowPrivilegeEscalation'], actual, 'false')];
        }),
};

// A pod that says false is refused even where every container says true.
const runAsNonRoot: PodSecurityCheck = {
  id: 'runAsNonRoot',
  level: 'restricted',
  find: (pod) => (hasUserNamespace(pod) ? [] : findRootContainers(pod)),
};

function findRootContainers(pod: PodSnapshot): PodSecurityProblem[] {
  const ofPod = fieldAt(pod.securityContext.fields, 'runAsNonRoot');
  return listSetters(pod).flatMap((setter) => {
    const actual = fieldAt(setter.fields, 'runAsNonRoot');
    const isMet = setter.container === undefined || ofPod === true;
    if (actual === true || (!isGiven(actual) && isMet)) return [];
    return [describeSetter(setter, ['runAsNonRoot'], actual, 'true')];
  });
}

const runAsUser: PodSecurityCheck = {
  id: 'runAsUser',
  level: 'restricted',
  find: (pod) => {
    if (hasUserNamespace(pod)) return [];
    return listSetters(pod).flatMap((setter) => {
      const actual = fieldAt(setter.fields, 'runAsUser');
      return actual === 0 ? [describeSetter(setter, ['runAsUser'], actual, 'a user above 0')] : [];
    });
  },
};

const seccompRestricted: PodSecurityCheck = {
  id: 'seccompProfile_restricted',
  level: 'restricted',
  find: (pod) => {
    if (isForWindows(pod)) return [];
    const isSetByPod =
      isGiven(fieldAt(pod.securityContext.fields, 'seccompProfile')) &&
      findProfile(podSetter(pod), 'seccompProfile').length === 0;
    return pod.containers.map(toSetter).flatMap((setter) => {
      if (isSetByPod || isGiven(fieldAt(setter.fields, 'seccompProfile'))) return [];
      return [describeSetter(setter, ['seccompProfile', 'type'], undefined, confiningProfiles.join(' or '))];
    });
  },
};

function podSetter(pod: PodSnapshot) {
  return { container: undefined, path: `${pod.path}.securityContext`, fields: pod.securityContext.fields };
}

const capabilitiesRestricted: PodSecurityCheck = {
  id: 'capabilities_restricted',
  level: 'restricted',
  find: (pod) =>
    isForWindows(pod)
      ? []
      : pod.containers.map(toSetter).flatMap((setter) => {
          const dropped = fieldAt(setter.fields, 'capabilities', 'drop');
          const missing = listOf(dropped).includes('ALL')
            ? []
            : [
                describeSetter(
                  setter,
                  ['capabilities', 'drop'],
                  listOf(dropped).length === 0 ? undefined : dropped,
                  '[ALL]',
                ),
              ];
          return [
            ...missing,
            ...findAddedCapabilities(setter, ['NET_BIND_SERVICE'], 'at most NET_BIND_SERVICE'),
          ];
        }),
};

const procMountRestricted: PodSecurityCheck = {
  id: 'procMount_restricted',
  level: 'restricted',
  find: (pod) => (hasUserNamespace(pod) ? findProcMounts(pod.containers.map(toSetter)) : []),
};

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The checks that only the restricted standard has. What baseline finds already is not found again. */
export const restrictedChecks: readonly PodSecurityCheck[] = [
  restrictedVolumes,
  allowPrivilegeEscalation,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
  capabilitiesRestricted,
  procMountRestricted,
];
