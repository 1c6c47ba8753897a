// Baseline checks on what confines a container: privileges, capabilities, seccomp, AppArmor, SELinux, /proc and sysctls.
import { fieldAt, listOf } from '../../../api/foreign-fields.ts';
import {
  describeSetter,
  findForbidden,
  hasUserNamespace,
  isAllowed,
  listSetters,
  type PodSecurityCheck,
  type PodSecurityProblem,
  type Setter,
  toSetter,
} from './check.ts';

/** No privileged container; also what ClusterPersona.policies.security.disallowPrivileged asks. */
export const privileged: PodSecurityCheck = {
  id: 'privileged',
  level: 'baseline',
  find: ({ containers }) =>
    containers.map(toSetter).flatMap((setter) => findForbidden(setter, ['privileged'], [false])),
};

const defaultCapabilities = [
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP',
  'SETUID', 'SYS_CHROOT',
]; // prettier-ignore

const capabilitiesBaseline: PodSecurityCheck = {
  id: 'capabilities_baseline',
  level: 'baseline',
  find: ({ containers }) =>
    containers
      .map(toSetter)
      .flatMap((setter) =>
        findAddedCapabilities(setter, defaultCapabilities, 'capabilities of the default set only'),
      ),
};

/** A problem for each added capability that is not among the allowed ones. */
export function findAddedCapabilities(
  setter: Setter,
  allowed: readonly string[],
  expected: string,
): PodSecurityProblem[] {
  const added = fieldAt(setter.fields, 'capabilities', 'add');
  const forbidden = listOf(added).filter((name) => !allowed.some((one) => one === name));
  const steps = ['capabilities', 'add'];
  if (!Array.isArray(added) && !isAllowed(added, [])) return [describeSetter(setter, steps, added, expected)];
  return forbidden.map((name) => describeSetter(setter, steps, name, expected));
}

/** Seccomp profiles that confine. */
export const confiningProfiles = ['RuntimeDefault', 'Localhost'];

const seccompBaseline: PodSecurityCheck = {
  id: 'seccompProfile_baseline',
  level: 'baseline',
  find: (pod) => listSetters(pod).flatMap((setter) => findProfile(setter, 'seccompProfile')),
};

/** A problem where a profile is given and does not confine. */
export function findProfile(setter: Setter, field: string): PodSecurityProblem[] {
  const profile = fieldAt(setter.fields, field);
  const type = fieldAt(profile, 'type');
  if (profile === undefined || profile === null || confiningProfiles.some((one) => one === type)) return [];
  return [describeSetter(setter, [field, 'type'], type, confiningProfiles.join(' or '))];
}

const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/';

const appArmorProfile: PodSecurityCheck = {
  id: 'appArmorProfile',
  level: 'baseline',
  find: (pod) => [
    ...[...pod.annotations]
      .filter(([key, profile]) => key.startsWith(appArmorAnnotation) && !isAppArmorConfined(profile))
      .map(([key, profile]) => ({
        field: `${pod.path.replace(/\.?spec$/, '')}${pod.path === 'spec' ? '' : '.'}metadata.annotations[${key}]`,
        actual: profile,
        expected: 'runtime/default or localhost/…',
        subject: `pod: annotation ${key}`,
      })),
    ...listSetters(pod).flatMap((setter) => findProfile(setter, 'appArmorProfile')),
  ],
};

function isAppArmorConfined(profile: string): boolean {
  return profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/');
}

const seLinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

const seLinuxOptions: PodSecurityCheck = {
  id: 'seLinuxOptions',
  level: 'baseline',
  find: (pod) =>
    listSetters(pod).flatMap((setter) => [
      ...findForbidden(setter, ['seLinuxOptions', 'type'], seLinuxTypes),
      ...findForbidden(setter, ['seLinuxOptions', 'user'], ['']),
      ...findForbidden(setter, ['seLinuxOptions', 'role'], ['']),
    ]),
};

const procMount: PodSecurityCheck = {
  id: 'procMount',
  level: 'baseline',
  find: (pod) => (hasUserNamespace(pod) ? [] : findProcMounts(pod.containers.map(toSetter))),
};

/** A problem for each container that unmasks /proc. */
export function findProcMounts(setters: readonly Setter[]): PodSecurityProblem[] {
  return setters.flatMap((setter) => findForbidden(setter, ['procMount'], ['Default']));
}

const safeSysctls = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

const sysctls: PodSecurityCheck = {
  id: 'sysctls',
  level: 'baseline',
  find: ({ securityContext, path }) =>
    listOf(fieldAt(securityContext.fields, 'sysctls')).flatMap((sysctl, index) => {
      const name = fieldAt(sysctl, 'name');
      if (safeSysctls.some((safe) => safe === name)) return [];
      const field = `${path}.securityContext.sysctls[${index}].name`;
      return [{ field, actual: name, expected: 'a sysctl of the safe set', subject: 'pod: sysctls' }];
    }),
};

/** The checks on confinement. */
export const confinementChecks: readonly PodSecurityCheck[] = [
  privileged,
  capabilitiesBaseline,
  seccompBaseline,
  appArmorProfile,
  seLinuxOptions,
  procMount,
  sysctls,
];
