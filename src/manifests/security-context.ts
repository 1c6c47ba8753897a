// Security of pod and container: Pod Security `restricted`, except for an image that can only run as root.
import type { ComponentPlan } from './component-plan.ts';

/** Ports below this may only be opened by root unless the pod's own network says otherwise. */
const firstUnprivilegedPort = 1024;

/** What an entry point that starts as root needs to hand over to its user; Pod Security `baseline` takes all of them. */
const rootCapabilities = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'NET_BIND_SERVICE', 'SETGID', 'SETUID'];

/** `securityContext` of the pod. */
export function buildPodSecurityContext({ runAs, ports, options }: ComponentPlan): object {
  const low = ports.map(({ port }) => port).filter((port) => port < firstUnprivilegedPort);
  return {
    ...(runAs.isRoot
      ? {}
      : {
          runAsNonRoot: true,
          runAsUser: runAs.uid,
          runAsGroup: runAs.gid,
          fsGroup: runAs.gid,
          fsGroupChangePolicy: 'OnRootMismatch',
        }),
    seccompProfile: { type: 'RuntimeDefault' },
    ...(options.hardening === 'max' ? { appArmorProfile: { type: 'RuntimeDefault' } } : {}),
    ...(low.length > 0 && !runAs.isRoot
      ? { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: String(Math.min(...low)) }] }
      : {}),
  };
}

/** `securityContext` of the container. */
export function buildContainerSecurityContext(plan: ComponentPlan): object {
  const { runAs } = plan;
  const added = addedCapabilities(plan);
  return {
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: !runAs.isRoot,
    ...(runAs.isRoot ? {} : { runAsNonRoot: true, runAsUser: runAs.uid, runAsGroup: runAs.gid }),
    capabilities: { drop: ['ALL'], ...(added.length === 0 ? {} : { add: added }) },
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Capabilities beyond none: those of an image that starts as root, and those that compose asks for. */
export function addedCapabilities({ runAs, component }: ComponentPlan): string[] {
  const asked = (component.runtime.capabilitiesAdd?.value ?? [])
    .map((name) => name.toUpperCase().replace(/^CAP_/, ''))
    .filter((name) => /^[A-Z_]{2,40}$/.test(name) && name !== 'ALL' && name !== 'SYS_ADMIN');
  return [...new Set([...(runAs.isRoot ? rootCapabilities : []), ...asked])].sort();
}
