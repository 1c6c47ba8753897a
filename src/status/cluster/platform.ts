// Who runs the cluster: told by labels, provider ids, versions and systems of its nodes; a cloud's machines alone are no managed cluster.
import { fieldAt, fieldsOf, textOf } from '../../api/foreign-fields.ts';

/** How a platform shows itself; one sign is enough. */
interface PlatformSigns {
  name: string;
  /** In the version of API server or kubelet: `-eks-`. */
  version?: string;
  /** Beginnings of a node's label or annotation keys. */
  keys?: readonly string[];
  /** The beginning of a node's providerID. Clouds are not platforms: machines on AWS are not EKS. */
  providerId?: string;
  /** In the name of a node's operating system. */
  system?: string;
  /** An API group that only this platform serves. */
  group?: string;
}

/** First match holds: what is built on another platform comes before it. */
const platforms: readonly PlatformSigns[] = [
  { name: 'OpenShift', group: 'config.openshift.io', keys: ['node.openshift.io/', 'machine.openshift.io/'] },
  { name: 'EKS Anywhere', keys: ['anywhere.eks.amazonaws.com/'] },
  { name: 'EKS', version: '-eks-', keys: ['eks.amazonaws.com/', 'alpha.eksctl.io/'] },
  { name: 'GKE', version: '-gke.', keys: ['cloud.google.com/gke-'] },
  { name: 'AKS', keys: ['kubernetes.azure.com/'] },
  { name: 'OKE', keys: ['oci.oraclecloud.com/', 'oke.oraclecloud.com/'] },
  { name: 'ACK', version: '-aliyun.', keys: ['alibabacloud.com/nodepool-id', 'ack.aliyun.com'] },
  { name: 'TKE', version: '-tke.', keys: ['tke.cloud.tencent.com/'] },
  {
    name: 'CCE',
    version: '-CCE',
    keys: ['node.kubernetes.io/container-engine', 'os.modified.huaweicloud.com/'],
  },
  { name: 'IKS', version: '+IKS', keys: ['ibm-cloud.kubernetes.io/'] },
  { name: 'DOKS', keys: ['doks.digitalocean.com/'] },
  { name: 'LKE', keys: ['lke.linode.com/'] },
  { name: 'Kapsule', keys: ['k8s.scaleway.com/'] },
  { name: 'VKE', keys: ['vke.vultr.com/'] },
  { name: 'Tanzu', version: '+vmware.', keys: ['run.tanzu.vmware.com/'] },
  { name: 'RKE2', version: '+rke2', keys: ['rke2.io/'] },
  { name: 'K3s', version: '+k3s', keys: ['k3s.io/'], providerId: 'k3s://' },
  { name: 'k0s', version: '+k0s', keys: ['k0sproject.io/'] },
  { name: 'MicroK8s', keys: ['microk8s.io/'] },
  { name: 'Talos', system: 'Talos', keys: ['talos.dev/'] },
  { name: 'Minikube', keys: ['minikube.k8s.io/'] },
  { name: 'Kind', providerId: 'kind://' },
  { name: 'Docker Desktop', system: 'Docker Desktop' },
  { name: 'kOps', keys: ['kops.k8s.io/'] },
  { name: 'kwok', keys: ['kwok.x-k8s.io/'] },
  { name: 'kubeadm', keys: ['kubeadm.alpha.kubernetes.io/'] },
];

/** Beginnings of providerIDs, and the cloud they mean. */
const clouds: readonly (readonly [string, string])[] = [
  ['aws://', 'AWS'],
  ['gce://', 'Google Cloud'],
  ['azure://', 'Azure'],
  ['digitalocean://', 'DigitalOcean'],
  ['hcloud://', 'Hetzner Cloud'],
  ['linode://', 'Linode'],
  ['openstack://', 'OpenStack'],
  ['vsphere://', 'vSphere'],
  ['ocid1.', 'Oracle Cloud'],
];

/** The platforms and the cloud that one node points to. */
export function findPlatformClues(node: unknown): { clues: readonly string[]; cloud: string | undefined } {
  const providerId = textOf(fieldAt(node, 'spec', 'providerID'));
  const system = textOf(fieldAt(node, 'status', 'nodeInfo', 'osImage'));
  const kubelet = textOf(fieldAt(node, 'status', 'nodeInfo', 'kubeletVersion'));
  const keys = ['labels', 'annotations'].flatMap((field) =>
    Object.keys(fieldsOf(fieldAt(node, 'metadata', field))),
  );
  const clues = platforms
    .filter(
      (signs) =>
        textContains(kubelet, signs.version) ||
        textContains(system, signs.system) ||
        (signs.providerId !== undefined && providerId.startsWith(signs.providerId)) ||
        (signs.keys ?? []).some((beginning) => keys.some((key) => key.startsWith(beginning))),
    )
    .map(({ name }) => name);
  const cloud = clouds.find(([beginning]) => providerId.startsWith(beginning))?.[1];
  return { clues, cloud };
}

function textContains(text: string, part: string | undefined): boolean {
  return part !== undefined && text.includes(part);
}

/** What the nodes and the server say together. */
export interface PlatformEvidence {
  /** `v1.35.4-eks-1234567`; empty where unknown. */
  version: string;
  /** API groups that the server serves. */
  groups: ReadonlySet<string>;
  nodes: readonly { clues: readonly string[]; cloud: string | undefined }[];
}

/** `EKS`, `kubeadm on AWS`, `self-managed on AWS`; undefined where nothing tells. */
export function detectPlatform({ version, groups, nodes }: PlatformEvidence): string | undefined {
  const clues = new Set(nodes.flatMap((node) => node.clues));
  const platform = platforms.find(
    (signs) =>
      clues.has(signs.name) ||
      textContains(version, signs.version) ||
      (signs.group !== undefined && groups.has(signs.group)),
  )?.name;
  const cloud = nodes.find((node) => node.cloud !== undefined)?.cloud;
  if (platform === 'kubeadm' || platform === 'kOps')
    return cloud === undefined ? platform : `${platform} on ${cloud}`;
  return platform ?? (cloud === undefined ? undefined : `self-managed on ${cloud}`);
}
