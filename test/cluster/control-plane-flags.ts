// The flags of etcd, the API server, the controller manager and the scheduler.
import type { Credentials } from './credentials.ts';

/** Loopback ports that were free a moment ago. */
export interface Ports {
  etcd: number;
  apiServer: number;
  kubelet: number;
}

/** etcd without waiting for the disk: the data does not outlive the run. The peer port is any, since there is no peer. */
export function listEtcdFlags(dataFolder: string, { etcd }: Ports, credentials: Credentials): string[] {
  const url = `https://127.0.0.1:${etcd}`;
  return [
    `--data-dir=${dataFolder}`,
    '--unsafe-no-fsync',
    '--listen-peer-urls=http://127.0.0.1:0',
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--cert-file=${credentials.serving.certificate}`,
    `--key-file=${credentials.serving.key}`,
    `--trusted-ca-file=${credentials.authority.certificate}`,
    '--client-cert-auth',
    '--log-level=warn',
  ];
}

/** The API server as a real cluster runs it: RBAC, pod security, a front proxy, and a way to the kubelets. */
export function listApiServerFlags(ports: Ports, credentials: Credentials): string[] {
  return [
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${ports.apiServer}`,
    `--etcd-servers=https://127.0.0.1:${ports.etcd}`,
    `--etcd-cafile=${credentials.authority.certificate}`,
    `--etcd-certfile=${credentials.etcdClient.certificate}`,
    `--etcd-keyfile=${credentials.etcdClient.key}`,
    `--tls-cert-file=${credentials.serving.certificate}`,
    `--tls-private-key-file=${credentials.serving.key}`,
    `--client-ca-file=${credentials.authority.certificate}`,
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${credentials.serviceAccountPublicKey}`,
    `--service-account-signing-key-file=${credentials.serviceAccountKey}`,
    `--requestheader-client-ca-file=${credentials.frontProxyAuthority.certificate}`,
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${credentials.frontProxyClient.certificate}`,
    `--proxy-client-key-file=${credentials.frontProxyClient.key}`,
    `--kubelet-client-certificate=${credentials.kubeletClient.certificate}`,
    `--kubelet-client-key=${credentials.kubeletClient.key}`,
    `--kubelet-certificate-authority=${credentials.authority.certificate}`,
    '--kubelet-preferred-address-types=InternalIP',
  ];
}

/** The controller manager with a ServiceAccount for each controller, as clusters run it. */
export function listControllerManagerFlags(credentials: Credentials): string[] {
  const kubeconfig = credentials.kubeconfigs['kube-controller-manager'];
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    `--service-account-private-key-file=${credentials.serviceAccountKey}`,
    `--root-ca-file=${credentials.authority.certificate}`,
    `--cluster-signing-cert-file=${credentials.authority.certificate}`,
    `--cluster-signing-key-file=${credentials.authority.key}`,
    '--use-service-account-credentials=true',
    '--leader-elect=false',
    '--secure-port=0',
  ];
}

/** The scheduler, alone and without an endpoint of its own. */
export function listSchedulerFlags(credentials: Credentials): string[] {
  return [
    `--kubeconfig=${credentials.kubeconfigs['kube-scheduler']}`,
    '--leader-elect=false',
    '--secure-port=0',
  ];
}
