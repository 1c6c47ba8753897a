// The client against a real API server: who asks, and reading, listing, applying, deleting as that one.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { exitCodeOf } from '../../src/commands/exit-codes.ts';
import { parseApplyConflicts } from '../../src/kube/apply-conflicts.ts';
import { applyObject } from '../../src/kube/apply.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import type { ConnectionOptions } from '../../src/kube/connection-options.ts';
import { deleteObject } from '../../src/kube/delete.ts';
import { getServerVersion, isServed } from '../../src/kube/discovery.ts';
import type { ClusterEntry, UserEntry } from '../../src/kube/kubeconfig/kubeconfig.ts';
import { listObjects, listPages } from '../../src/kube/list.ts';
import { findObject, getObject } from '../../src/kube/read.ts';
import { resources } from '../../src/kube/resources.ts';
import { useCluster } from '../cluster/use-cluster.ts';
import { connectWith, refusalOf, useFolder, writeKubeconfig } from './connecting.ts';
import { startConnectProxy } from './proxies.ts';

describe('the client and a real API server', () => {
  const cluster = useCluster();
  const folder = useFolder();
  const open: KubeClient[] = [];
  let namespace = '';
  let client: KubeClient;
  before(async () => {
    namespace = await cluster.createNamespace();
    client = await connectWith(cluster.kubeconfig, { namespace });
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });
  after(() => client.close());

  /** The cluster's entry of the administrator's kubeconfig. */
  function clusterEntry(): ClusterEntry {
    const { clusters } = parse(readFileSync(cluster.kubeconfig, 'utf8')) as {
      clusters: { cluster: ClusterEntry }[];
    };
    return clusters[0]!.cluster;
  }

  async function connectAs(
    user: UserEntry,
    options: Partial<ConnectionOptions> = {},
    fields: ClusterEntry = {},
  ): Promise<KubeClient> {
    const path = writeKubeconfig(folder.path, { ...clusterEntry(), ...fields }, user);
    const env = { KUBECONFIG: path, PATH: process.env['PATH'] };
    const connected = await connectWith(path, { namespace, env, ...options });
    open.push(connected);
    return connected;
  }

  /** Whom the server takes us for. */
  async function whoAmI(asking: KubeClient): Promise<{ username?: string; groups?: string[]; uid?: string }> {
    const { body } = await asking.request<{ status: { userInfo: { username: string } } }>({
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    });
    return body.status.userInfo;
  }

  const createToken = async (): Promise<string> =>
    (await cluster.expectKubectl(['create', 'token', 'default', '-n', namespace])).trim();

  const configMap = (name: string, data: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data,
  });

  describe('is taken for', () => {
    it('the owner of its certificate', async () => {
      expect((await whoAmI(client)).username).to.equal('dorgu-test-admin');
    });

    it('the account of its token, given at once, in a file or by a plugin', async () => {
      const token = await createToken();
      const expected = `system:serviceaccount:${namespace}:default`;
      const tokenFile = join(folder.path, 'token');
      writeFileSync(tokenFile, `${token}\n`);
      // Relative to the kubeconfig, as exec plugins and token files may be.
      const plugin = join(folder.path, 'login');
      writeFileSync(
        plugin,
        `#!/bin/sh\ncase "$KUBERNETES_EXEC_INFO" in *'"server":"${cluster.server}"'*) ;; *) exit 7 ;; esac\n` +
          `printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%s"}}' "$(cat ${tokenFile})"\n`,
      );
      chmodSync(plugin, 0o700);
      const exec = {
        command: './login',
        apiVersion: 'client.authentication.k8s.io/v1',
        interactiveMode: 'Never',
        provideClusterInfo: true,
      };
      for (const user of [{ token }, { tokenFile: 'token' }, { exec }])
        expect((await whoAmI(await connectAs(user))).username).to.equal(expected);
    });

    it('whoever is impersonated, with groups and uid', async () => {
      const { users } = parse(readFileSync(cluster.kubeconfig, 'utf8')) as { users: { user: UserEntry }[] };
      const impersonating = await connectAs(users[0]!.user, {
        as: 'jo@example.com',
        asGroups: ['blue', 'green'],
        asUid: '7',
      });
      expect(await whoAmI(impersonating)).to.deep.equal({
        username: 'jo@example.com',
        groups: ['blue', 'green', 'system:authenticated'],
        uid: '7',
      });
    });

    it('nobody: refused with 401 or 403 in the words of the server', async () => {
      const expired = await refusalOf(
        (await connectAs({ token: 'expired' })).request({ method: 'GET', path: '/api/v1/nodes' }),
      );
      expect({ code: expired.code, exit: exitCodeOf(expired) }).to.deep.equal({
        code: 'Unauthorized',
        exit: 4,
      });
      const account = await connectAs({ token: await createToken() });
      const forbidden = await refusalOf(listObjects(account, resources.secrets, { namespace }));
      expect({ code: forbidden.code, exit: exitCodeOf(forbidden), hint: forbidden.hint }).to.deep.equal({
        code: 'Forbidden',
        exit: 4,
        hint: `kubectl auth can-i list secrets -n ${namespace} asks whether you may; --context or --user takes other credentials`,
      });
      expect(forbidden.message).to.match(
        new RegExp(`^secrets is forbidden: User "system:serviceaccount:${namespace}:default" cannot list`),
      );
    });
  });

  it('is reached through a proxy', async () => {
    const proxy = await startConnectProxy();
    const through = await connectAs(
      { token: await createToken() },
      {},
      {
        'proxy-url': `http://127.0.0.1:${proxy.port}`,
      },
    );
    expect((await getServerVersion(through)).gitVersion).to.match(/^v1\.\d+\.\d+/);
    expect(proxy.asked).to.deep.equal([new URL(cluster.server).host]);
    through.close();
    await proxy.stop();
  });

  it('knows what is served', async () => {
    expect(await isServed(client, resources.applicationPersonas)).to.equal(true);
    expect(await isServed(client, resources.argoApplications)).to.equal(false);
    expect(await isServed(client, { ...resources.pods, plural: 'podz' })).to.equal(false);
  });

  it('applies: created, unchanged without a write, configured', async () => {
    const options = { fieldManager: 'kubectl-dorgu' };
    const dryRun = { ...options, isDryRun: true };
    const apply = async (data: Record<string, string>, how: typeof options) =>
      (await applyObject(client, resources.configMaps, configMap('one', data), how)).outcome;
    expect(await apply({ a: '1' }, dryRun)).to.equal('created');
    expect(await findObject(client, resources.configMaps, { name: 'one' })).to.equal(undefined);
    expect(await apply({ a: '1' }, options)).to.equal('created');
    const { metadata } = await getObject(client, resources.configMaps, { name: 'one' });
    expect(await apply({ a: '1' }, dryRun)).to.equal('unchanged');
    expect(await apply({ a: '1' }, options)).to.equal('unchanged');
    expect(await apply({ a: '2' }, dryRun)).to.equal('configured');
    const after = await getObject(client, resources.configMaps, { name: 'one' });
    expect(after.metadata.resourceVersion).to.equal(metadata.resourceVersion);
    expect(await apply({ a: '2' }, options)).to.equal('configured');
  });

  it('names manager and field of each conflict, and takes them over by force', async () => {
    const apply = (data: Record<string, string>, fieldManager: string, force = false) =>
      applyObject(client, resources.configMaps, configMap('two', data), { fieldManager, force });
    await apply({ a: '1', 'b.c': '1' }, 'somebody "else"');
    const error = await refusalOf(apply({ a: '2', 'b.c': '2' }, 'kubectl-dorgu'));
    expect({ code: error.code, exit: exitCodeOf(error) }).to.deep.equal({ code: 'Conflict', exit: 6 });
    const conflicts = parseApplyConflicts(error);
    expect(conflicts.map(({ field }) => field)).to.deep.equal(['.data.a', '.data.b.c']);
    expect(conflicts[0]?.manager).to.contain('somebody');
    expect((await apply({ a: '2' }, 'kubectl-dorgu', true)).outcome).to.equal('configured');
  });

  it('names a manager that wrote by update, and with which version', async () => {
    await cluster.expectKubectl(['create', 'configmap', 'three', '-n', namespace, '--from-literal=a=1']);
    const error = await refusalOf(
      applyObject(client, resources.configMaps, configMap('three', { a: '2' }), { fieldManager: 'k' }),
    );
    expect(parseApplyConflicts(error)).to.deep.equal([
      { manager: 'kubectl-create', using: 'v1', field: '.data.a' },
    ]);
  });

  it('refuses what is not valid, in the words of the server', async () => {
    const persona = {
      apiVersion: 'dorgu.io/v1',
      kind: 'ApplicationPersona',
      metadata: { name: 'bad' },
      spec: { name: 'bad', type: 'toaster' },
    };
    const error = await refusalOf(
      applyObject(client, resources.applicationPersonas, persona, { fieldManager: 'k' }),
    );
    expect({ code: error.code, exit: exitCodeOf(error) }).to.deep.equal({ code: 'Invalid', exit: 1 });
    expect(error.message).to.contain('toaster');
  });

  it('lists page by page, and metadata alone', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `page-${index}`);
    const labelled = names.map((name) => ({
      ...configMap(name, { a: 'b' }),
      metadata: { name, labels: { kind: 'paged' } },
    }));
    for (const each of labelled) await applyObject(client, resources.configMaps, each, { fieldManager: 'k' });
    const query = { namespace, labelSelector: 'kind=paged', limit: 3 };
    const sizes: number[] = [];
    for await (const { items } of listPages(client, resources.configMaps, query)) sizes.push(items.length);
    expect(sizes).to.deep.equal([3, 3, 1]);
    const bare = await listObjects(client, resources.configMaps, { ...query, isMetadataOnly: true });
    expect(bare.map(({ metadata }) => metadata.name)).to.deep.equal(names);
    expect(bare[0]).to.have.keys('apiVersion', 'kind', 'metadata');
  });

  it('deletes: not in a dry run, not another object of the name, and only once', async () => {
    const key = { name: 'gone' };
    await applyObject(client, resources.configMaps, configMap('gone', {}), { fieldManager: 'k' });
    await deleteObject(client, resources.configMaps, key, { isDryRun: true });
    const other = { preconditions: { uid: '00000000-0000-0000-0000-000000000000' } };
    expect((await refusalOf(deleteObject(client, resources.configMaps, key, other))).code).to.equal(
      'Conflict',
    );
    await deleteObject(client, resources.configMaps, key);
    const error = await refusalOf(deleteObject(client, resources.configMaps, key));
    expect({ code: error.code, message: error.message, exit: exitCodeOf(error) }).to.deep.equal({
      code: 'NotFound',
      message: 'configmaps "gone" not found',
      exit: 5,
    });
  });
});
