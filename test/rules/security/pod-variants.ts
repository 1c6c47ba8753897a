// Pods that differ from one that meets the restricted standard in one thing each; all of them are valid to the API server.

/** A container as JSON. */
export interface ContainerJson {
  [field: string]: unknown;
  securityContext?: Record<string, unknown>;
}

/** A pod as JSON. */
export interface PodJson {
  apiVersion: 'v1';
  kind: 'Pod';
  metadata: { name: string; annotations?: Record<string, string> };
  spec: {
    [field: string]: unknown;
    securityContext?: Record<string, unknown>;
    containers: [ContainerJson, ...ContainerJson[]];
    initContainers?: ContainerJson[];
    volumes?: unknown[];
  };
}

/** What meets the restricted standard in a container. */
export const confined = () => ({
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
});

/** A pod that meets the restricted standard. */
export function createRestrictedPod(): PodJson {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop' },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ name: 'shop', image: 'ghcr.io/acme/shop:1.4.2', securityContext: confined() }],
    },
  };
}

type Change = (pod: PodJson) => void;

const ofPod =
  (settings: Record<string, unknown>): Change =>
  ({ spec }) =>
    void Object.assign((spec.securityContext ??= {}), settings);
const ofContainer =
  (settings: Record<string, unknown>): Change =>
  ({ spec }) =>
    void Object.assign((spec.containers[0].securityContext ??= {}), settings);
const inContainer =
  (fields: Record<string, unknown>): Change =>
  ({ spec }) =>
    void Object.assign(spec.containers[0], fields);
const inSpec =
  (fields: Record<string, unknown>): Change =>
  ({ spec }) =>
    void Object.assign(spec, fields);
const initContainer =
  (securityContext?: Record<string, unknown>, more: Record<string, unknown> = {}): Change =>
  ({ spec }) =>
    void (spec.initContainers ??= []).push({
      name: `init-${spec.initContainers.length}`,
      image: 'ghcr.io/acme/init:1',
      ...(securityContext && { securityContext }),
      ...more,
    });
const volume =
  (source: Record<string, unknown>): Change =>
  ({ spec }) =>
    void (spec.volumes ??= []).push({ name: `volume-${spec.volumes.length}`, ...source });
const annotated =
  (key: string, value: string): Change =>
  ({ metadata }) =>
    void ((metadata.annotations ??= {})[key] = value);
const both =
  (...changes: Change[]): Change =>
  (pod) => {
    for (const change of changes) change(pod);
  };
const without =
  (field: string): Change =>
  ({ spec }) => {
    spec.securityContext = Object.fromEntries(
      Object.entries(spec.securityContext ?? {}).filter(([name]) => name !== field),
    );
  };
const tcp = { containerPort: 8080 };
const windows = both(inSpec({ os: { name: 'windows' } }), ({ spec }) => {
  spec.securityContext = { runAsNonRoot: true };
  spec.containers[0].securityContext = {};
});

/** By what is different about them. */
export const podVariants: Readonly<Record<string, Change>> = {
  'nothing': () => {},
  'the network of the node': inSpec({ hostNetwork: true }),
  'the process ids of the node': inSpec({ hostPID: true }),
  'the IPC of the node': inSpec({ hostIPC: true }),
  'host namespaces that are refused by name': inSpec({ hostNetwork: false, hostPID: false, hostIPC: false }),
  'a port without a host port': inContainer({ ports: [tcp] }),
  'a host port': inContainer({ ports: [{ ...tcp, hostPort: 80 }] }),
  'a host port of 0': inContainer({ ports: [{ ...tcp, hostPort: 0 }] }),
  'a host port in a sidecar': initContainer(confined(), { restartPolicy: 'Always', ports: [{ ...tcp, hostPort: 81 }] }),
  'a privileged container': ofContainer({ privileged: true, allowPrivilegeEscalation: true }),
  'a container that says it is not privileged': ofContainer({ privileged: false }),
  'a privileged init container': initContainer({ privileged: true }),
  'a volume from a path of the node': volume({ hostPath: { path: '/var/run' } }),
  'an emptyDir': volume({ emptyDir: {} }),
  'a volume of no type': volume({}),
  'a config map': volume({ configMap: { name: 'shop' } }),
  'a secret': volume({ secret: { secretName: 'shop' } }),
  'a claim': volume({ persistentVolumeClaim: { claimName: 'shop' } }),
  'a projected volume': volume({ projected: { sources: [{ downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } }] } }),
  'a downward API volume': volume({ downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } }),
  'an ephemeral claim': volume({ ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } } }),
  'a CSI volume': volume({ csi: { driver: 'csi.example.com' } }),
  'an NFS volume': volume({ nfs: { server: 'nfs.example.com', path: '/' } }),
  'an iSCSI volume': volume({ iscsi: { targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.com.example:storage.disk1', lun: 0 } }),
  'an image as a volume': volume({ image: { reference: 'ghcr.io/acme/data:1' } }),
  'an added capability of the default set': ofContainer({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
  'NET_BIND_SERVICE': ofContainer({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }),
  'NET_RAW': ofContainer({ capabilities: { drop: ['ALL'], add: ['NET_RAW'] } }),
  'a capability with the prefix CAP_': ofContainer({ capabilities: { drop: ['ALL'], add: ['CAP_CHOWN'] } }),
  'SYS_TIME in an init container': initContainer({ ...confined(), capabilities: { drop: ['ALL'], add: ['SYS_TIME'] } }),
  'no dropped capabilities': ofContainer({ capabilities: {} }),
  'some dropped capabilities': ofContainer({ capabilities: { drop: ['NET_RAW', 'MKNOD'] } }),
  'dropped capabilities in lower case': ofContainer({ capabilities: { drop: ['all'] } }),
  'ALL and more dropped': ofContainer({ capabilities: { drop: ['KILL', 'ALL'] } }),
  'an unconfined seccomp profile of the pod': ofPod({ seccompProfile: { type: 'Unconfined' } }),
  'an unconfined seccomp profile of a container': ofContainer({ seccompProfile: { type: 'Unconfined' } }),
  'a local seccomp profile': ofPod({ seccompProfile: { type: 'Localhost', localhostProfile: 'shop.json' } }),
  'no seccomp profile': without('seccompProfile'),
  'a seccomp profile in the container alone': both(without('seccompProfile'), ofContainer({ seccompProfile: { type: 'RuntimeDefault' } })),
  'a seccomp profile in one of two containers': both(without('seccompProfile'), ofContainer({ seccompProfile: { type: 'RuntimeDefault' } }), initContainer(confined())),
  'an unconfined pod whose container is confined': both(ofPod({ seccompProfile: { type: 'Unconfined' } }), ofContainer({ seccompProfile: { type: 'RuntimeDefault' } })),
  'an unconfined AppArmor profile': ofPod({ appArmorProfile: { type: 'Unconfined' } }),
  'an unconfined AppArmor profile of a container': ofContainer({ appArmorProfile: { type: 'Unconfined' } }),
  'an AppArmor profile of the runtime': ofContainer({ appArmorProfile: { type: 'RuntimeDefault' } }),
  'an AppArmor profile by an old annotation': annotated('container.apparmor.security.beta.kubernetes.io/shop', 'unconfined'),
  'a local AppArmor profile by an old annotation': annotated('container.apparmor.security.beta.kubernetes.io/shop', 'localhost/shop'),
  'an SELinux type that is allowed': ofPod({ seLinuxOptions: { type: 'container_t' } }),
  'the SELinux type of a container engine': ofPod({ seLinuxOptions: { type: 'container_engine_t' } }),
  'another SELinux type': ofContainer({ seLinuxOptions: { type: 'spc_t' } }),
  'an SELinux user': ofPod({ seLinuxOptions: { user: 'sysadm_u' } }),
  'an SELinux role': ofContainer({ seLinuxOptions: { role: 'sysadm_r' } }),
  'an SELinux level': ofPod({ seLinuxOptions: { level: 's0:c1,c2' } }),
  'the default mask of /proc': ofContainer({ procMount: 'Default' }),
  'user namespaces': inSpec({ hostUsers: false }),
  'user namespaces and an unmasked /proc': both(inSpec({ hostUsers: false }), ofContainer({ procMount: 'Unmasked' })),
  'user namespaces and root': both(inSpec({ hostUsers: false }), ofPod({ runAsNonRoot: false, runAsUser: 0 })),
  'the user namespace of the node and root': both(inSpec({ hostUsers: true }), ofPod({ runAsUser: 0, runAsNonRoot: false })),
  'a safe sysctl': ofPod({ sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] }),
  'the sysctls that are safe since 1.27, 1.29 and 1.32': ofPod({ sysctls: ['ip_local_reserved_ports', 'tcp_keepalive_time', 'tcp_keepalive_intvl', 'tcp_keepalive_probes', 'tcp_fin_timeout', 'tcp_rmem', 'tcp_wmem'].map((name) => ({ name: `net.ipv4.${name}`, value: '1' })) }),
  'an unsafe sysctl': ofPod({ sysctls: [{ name: 'net.core.somaxconn', value: '1024' }] }),
  'a sysctl written with slashes': ofPod({ sysctls: [{ name: 'net/ipv4/tcp_syncookies', value: '1' }] }),
  'a pod that runs as root': ofPod({ runAsUser: 0 }),
  'a pod that runs as another user': ofPod({ runAsUser: 10001 }),
  'a container that runs as root': ofContainer({ runAsUser: 0 }),
  'a pod that runs as root whose container does not': both(ofPod({ runAsUser: 0 }), ofContainer({ runAsUser: 10001 })),
  'no word on root': without('runAsNonRoot'),
  'a user, but no word on root': both(without('runAsNonRoot'), ofPod({ runAsUser: 10001 })),
  'the word on root in the container alone': both(without('runAsNonRoot'), ofContainer({ runAsNonRoot: true })),
  'a pod that may be root whose container may not': both(ofPod({ runAsNonRoot: false }), ofContainer({ runAsNonRoot: true })),
  'a container that may be root': ofContainer({ runAsNonRoot: false }),
  'an init container that says nothing': initContainer(),
  'a sidecar that says nothing': initContainer(undefined, { restartPolicy: 'Always' }),
  'a confined init container': initContainer(confined()),
  'no word on privilege escalation': ofContainer({ allowPrivilegeEscalation: undefined }),
  'privilege escalation': ofContainer({ allowPrivilegeEscalation: true }),
  'no securityContext at all': ({ spec }) => { delete spec.securityContext; delete spec.containers[0].securityContext; },
  'a probe of itself': inContainer({ livenessProbe: { httpGet: { path: '/', port: 8080 } } }),
  'a liveness probe of another host': inContainer({ livenessProbe: { httpGet: { path: '/', port: 80, host: '169.254.169.254' } } }),
  'a readiness probe of another host by TCP': inContainer({ readinessProbe: { tcpSocket: { port: 80, host: '10.0.0.1' } } }),
  'a startup probe of another host': inContainer({ startupProbe: { httpGet: { path: '/', port: 80, host: 'example.com' } } }),
  'a hook that asks another host': inContainer({ lifecycle: { postStart: { httpGet: { path: '/', port: 80, host: 'example.com' } } } }),
  'a last hook that asks another host': inContainer({ lifecycle: { preStop: { httpGet: { path: '/', port: 80, host: 'example.com' } } } }),
  'a pod for Windows': windows,
  'a pod for Windows that says nothing on root': both(windows, ({ spec }) => { spec.securityContext = {}; }),
  'a HostProcess pod': both(windows, inSpec({ hostNetwork: true }), ofPod({ windowsOptions: { hostProcess: true } })),
  'a pod with a node selector for Windows only': both(windows, inSpec({ os: undefined, nodeSelector: { 'kubernetes.io/os': 'windows' } })),
}; // prettier-ignore
