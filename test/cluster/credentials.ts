// The files of keys, certificates and kubeconfigs that the programs of one control plane are started with.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createAuthority,
  createServiceAccountKeys,
  servingNames,
  writeKeyPair,
  type Authority,
  type Identity,
  type KeyPair,
} from './certificates.ts';
import { writeKubeconfig } from './kubeconfig.ts';

/** Paths of every file, except for `authorityPem` and `admin`, which are PEM texts for our own requests. */
export interface Credentials {
  authority: KeyPair;
  serving: KeyPair;
  etcdClient: KeyPair;
  kubeletClient: KeyPair;
  frontProxyAuthority: KeyPair;
  frontProxyClient: KeyPair;
  serviceAccountKey: string;
  serviceAccountPublicKey: string;
  kubeconfigs: Record<KubeconfigUser, string>;
  authorityPem: string;
  admin: KeyPair;
}

/** Who gets a kubeconfig of its own. */
export type KubeconfigUser = keyof typeof users;

const users = {
  admin: { commonName: 'dorgu-test-admin', organization: 'system:masters' },
  'kube-controller-manager': { commonName: 'system:kube-controller-manager' },
  'kube-scheduler': { commonName: 'system:kube-scheduler' },
  kwok: { commonName: 'kwok', organization: 'system:masters' },
} as const satisfies Record<string, Identity>;

/** Makes all credentials for an API server at `server` and writes them into `folder`. */
export async function writeCredentials(folder: string, server: string): Promise<Credentials> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const authority = await createAuthority('dorgu-test-ca');
  const frontProxy = await createAuthority('dorgu-test-front-proxy-ca');
  const write = (name: string, pair: KeyPair): Promise<KeyPair> => writeKeyPair(folder, name, pair);
  const client = async (name: string, identity: Identity): Promise<KeyPair> =>
    write(name, await authority.issueClient(identity));
  const kubelet: Identity = { commonName: 'kube-apiserver-kubelet-client', organization: 'system:masters' };
  const admin = await authority.issueClient(users.admin);
  return {
    authority: await write('ca', authority.own),
    serving: await write('serving', await authority.issueServing('kube-apiserver', servingNames)),
    etcdClient: await client('etcd-client', { commonName: 'kube-apiserver-etcd-client' }),
    kubeletClient: await client('kubelet-client', kubelet),
    frontProxyAuthority: await write('front-proxy-ca', frontProxy.own),
    frontProxyClient: await write(
      'front-proxy-client',
      await frontProxy.issueClient({ commonName: 'front-proxy-client' }),
    ),
    ...(await writeServiceAccountKeys(folder)),
    kubeconfigs: await writeKubeconfigs(folder, server, authority, admin),
    authorityPem: authority.own.certificate,
    admin,
  };
}

async function writeServiceAccountKeys(
  folder: string,
): Promise<Pick<Credentials, 'serviceAccountKey' | 'serviceAccountPublicKey'>> {
  const { privateKey, publicKey } = await createServiceAccountKeys();
  const paths = {
    serviceAccountKey: join(folder, 'service-account.key'),
    serviceAccountPublicKey: join(folder, 'service-account.pub'),
  };
  await writeFile(paths.serviceAccountKey, privateKey, { mode: 0o600 });
  await writeFile(paths.serviceAccountPublicKey, publicKey);
  return paths;
}

async function writeKubeconfigs(
  folder: string,
  server: string,
  authority: Authority,
  admin: KeyPair,
): Promise<Record<KubeconfigUser, string>> {
  const write = async (user: KubeconfigUser, file: string): Promise<string> =>
    writeKubeconfig(join(folder, file), {
      server,
      authority: authority.own.certificate,
      user,
      credentials: user === 'admin' ? admin : await authority.issueClient(users[user]),
    });
  return {
    admin: await write('admin', '../kubeconfig'),
    'kube-controller-manager': await write('kube-controller-manager', 'kube-controller-manager.kubeconfig'),
    'kube-scheduler': await write('kube-scheduler', 'kube-scheduler.kubeconfig'),
    kwok: await write('kwok', 'kwok.kubeconfig'),
  };
}
