// Why the pod of a workload is as it is, without its container.
import { containerFields } from './container-fields.ts';
import { itemOf } from './item-of.ts';
import { labelFields, selectorFields } from './metadata-fields.ts';
import { explainPort, explainUser, explainVolume } from './plan-reasons.ts';
import { always, below, type ComponentFieldView, type FieldTable } from './reason.ts';

const spread = 'affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[].';
const zones = 'topologySpreadConstraints[].';

/** Which of the component's volumes the path is in. */
const volumeOf = (view: ComponentFieldView) =>
  view.component.volumes.find(({ name }) => name === itemOf(view, 'volumes')?.['name']);

const explainOwnVolume = (view: ComponentFieldView) => explainVolume(view.component, volumeOf(view));

const identity: FieldTable<ComponentFieldView> = {
  serviceAccountName: ({ component }) => ({
    because:
      component.options.profile === 'minimal'
        ? "the namespace's own, because the minimal profile makes none"
        : 'the ServiceAccount that is generated beside it',
    settings: ['profile'],
  }),
  automountServiceAccountToken: () => ({
    because: 'nothing shows that it asks the API server, so no token lies in its files',
  }),
  enableServiceLinks: () => ({
    because:
      "a Service's variables (NAME_PORT=tcp://…) have broken applications that read a variable of that name",
  }),
  hostUsers: () => ({
    because: 'hardening max: root in the pod is nobody on the node',
    settings: ['hardening'],
  }),
  restartPolicy: () => ({
    because: 'what fails is started again in the same pod, as often as the Job allows',
  }),
  priorityClassName: () => ({
    because: 'settings name an existing PriorityClass',
    settings: ['priority_class'],
  }),
  'imagePullSecrets[].name': () => ({
    because: 'settings name an existing pull Secret',
    settings: ['image_pull_secrets'],
  }),
  terminationGracePeriodSeconds: ({ component: { component, stopGraceSeconds } }) => ({
    because: `${stopGraceSeconds} seconds between SIGTERM and SIGKILL, ${component.runtime.stopGracePeriodSeconds ? 'as the source says' : 'as usual'}, and the pause of preStop before them`,
    evidence: component.runtime.stopGracePeriodSeconds?.evidence ?? [],
  }),
};

const security: FieldTable<ComponentFieldView> = {
  'securityContext.runAsNonRoot': ({ component }) => ({
    ...explainUser(component),
    rule: 'security/run-as-non-root',
  }),
  'securityContext.runAsUser': ({ component }) => explainUser(component),
  'securityContext.runAsGroup': ({ component }) => explainUser(component),
  'securityContext.fsGroup': ({ component }) => ({
    ...explainUser(component),
    because: 'mounted volumes belong to the group that it runs as, so that it can write to them',
  }),
  'securityContext.fsGroupChangePolicy': () => ({
    because:
      'a large volume is not walked through on every start, only where its root belongs to somebody else',
  }),
  'securityContext.seccompProfile.type': () => ({
    because: "the runtime's own filter of system calls, which Pod Security restricted asks for",
    rule: 'security/pod-security',
  }),
  'securityContext.appArmorProfile.type': () => ({
    because: "hardening max: the runtime's own AppArmor profile",
    settings: ['hardening'],
  }),
  'securityContext.sysctls[].name': (view) => lowPort(view),
  'securityContext.sysctls[].value': (view) => lowPort(view),
};

function lowPort({ component }: ComponentFieldView) {
  const lowest = [...component.ports].sort((left, right) => left.port - right.port)[0];
  return {
    ...explainPort(component, lowest),
    because: `it listens on ${lowest?.port ?? 'a port'} below 1024 and is not root: its own network lets it`,
  };
}

const placement: FieldTable<ComponentFieldView> = {
  [`${spread}weight`]: () => ({
    because: 'the strongest wish: replicas are on different nodes as far as there is a choice',
    rule: 'availability/spread',
  }),
  [`${spread}podAffinityTerm.topologyKey`]: () => ({
    because: 'a node that goes takes one replica with it, not all',
    rule: 'availability/spread',
  }),
  ...selectorFields(`${spread}podAffinityTerm.labelSelector.matchLabels.`, 'the spread over nodes'),
  [`${zones}maxSkew`]: () => ({
    because: 'zones differ by one replica at most',
    rule: 'availability/spread',
  }),
  [`${zones}topologyKey`]: () => ({
    because: 'a zone that goes takes part of the replicas with it, not all',
    rule: 'availability/spread',
  }),
  [`${zones}whenUnsatisfiable`]: () => ({ because: 'a cluster with one zone has to run it, too' }),
  ...selectorFields(`${zones}labelSelector.matchLabels.`, 'the spread over zones'),
};

const volumes: FieldTable<ComponentFieldView> = {
  'volumes[].name': explainOwnVolume,
  'volumes[].emptyDir.sizeLimit': (view) => ({
    ...explainOwnVolume(view),
    because: 'a directory that goes with the pod, and cannot fill the disk of its node',
  }),
  'volumes[].persistentVolumeClaim.claimName': explainOwnVolume,
  'volumes[].secret.secretName': explainOwnVolume,
  'volumes[].configMap.name': explainOwnVolume,
  'volumes[].configMap.defaultMode': always(
    'everybody may read a file without secrets, and run it where it is a script',
  ),
  'volumes[].secret.defaultMode': () => ({
    because: 'its user and group may read the file (0440), nobody else',
  }),
};

/** Of a pod template; places begin with `metadata.` and `spec.`. */
export const podFields: FieldTable<ComponentFieldView> = {
  ...labelFields('metadata.labels.'),
  'metadata.annotations.kubectl.kubernetes.io/default-container': () => ({
    because: 'kubectl logs and exec take this container where a mesh adds others',
  }),
  'metadata.annotations.dorgu.io/config-checksum': () => ({
    because: 'a hash of the ConfigMap: pods read it when they start, so a change of it starts new ones',
  }),
  ...below('spec.', { ...identity, ...security, ...placement, ...volumes }),
  ...below('spec.containers[].', containerFields),
};
