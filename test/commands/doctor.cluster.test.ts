// `doctor` on a cluster that goes from empty to whole, and breaks in one place after the other.
import { expect } from 'chai';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import type { Check } from '../../src/cluster/doctor/check.ts';
import { isClusterRequired } from '../cluster/connection.ts';
import { startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import { kubectlOrThrow } from '../cluster/kubectl.ts';
import { findPrograms } from '../cluster/programs.ts';
import { configFolder } from '../config/bundle.ts';
import { startInstalledOperator, type InstalledOperator } from '../config/installed-operator.ts';
import { leadWebhookTo } from '../config/lead-webhook.ts';
import { runHere } from './command-line.ts';

const namespace = 'dorgu-system';

describe('doctor on a cluster', function () {
  this.timeout(120_000);
  let plane: ControlPlane;
  let operator: InstalledOperator | undefined;
  /** What a port-forward to any pod leads to. */
  let relay: Server;
  let streamPort: number | undefined;

  before(async function () {
    this.timeout(35 * 60 * 1000);
    const search = await findPrograms({ environment: process.env, report: () => undefined });
    const missing = 'missing' in search ? search.missing : undefined;
    if (missing !== undefined && isClusterRequired(process.env)) throw new Error(missing);
    if ('missing' in search || search.programs.workloads === undefined) this.skip();
    relay = createServer((socket) => {
      socket.on('error', () => undefined);
      if (streamPort === undefined) return void socket.destroy();
      const far = connect(streamPort, '127.0.0.1').on('error', () => socket.destroy());
      socket.pipe(far).pipe(socket);
    });
    await new Promise<void>((done) => relay.listen(0, '127.0.0.1', done));
    const { port } = relay.address() as AddressInfo;
    const forwardPodsTo = { address: '127.0.0.1', port };
    plane = await startControlPlane({ programs: search.programs, nodes: 1, forwardPodsTo });
    await kubectl('create', 'namespace', 'shop');
  });
  after(async () => {
    await operator?.stop();
    (relay as Server | undefined)?.close();
    await (plane as ControlPlane | undefined)?.stop();
  });

  const kubectl = (...args: string[]) => kubectlOrThrow(plane.kubectl, args);
  const examine = async (...flags: string[]) => {
    const env = { KUBECONFIG: plane.kubectl.kubeconfig, LANG: 'C.UTF-8' };
    const { code, stdout, stderr } = await runHere(['doctor', '-n', 'shop', '-o', 'json', ...flags], { env });
    expect(stderr).to.equal('');
    const { verdict, checks } = JSON.parse(stdout) as { verdict: string; checks: Check[] };
    const of = (name: Check['name']) => checks.find((check) => check.name === name);
    const bad = checks
      .filter((check) => check.verdict !== 'ok')
      .map((check) => `${check.verdict} ${check.name}`);
    return { code, verdict, of, bad };
  };

  it('tells what an empty cluster lacks, and the command that installs it', async () => {
    const { code, verdict, of, bad } = await examine();
    expect({ code, verdict }).to.deep.equal({ code: 3, verdict: 'failed' });
    expect(bad.slice(0, 2)).to.deep.equal(['failed kinds', 'failed operator']);
    expect(of('webhook')).to.include({ verdict: 'skipped', blockedBy: 'operator' });
    expect(of('kinds')?.message).to.match(
      /^the API server does not know applicationpersonas\.dorgu\.io and /,
    );
    for (const name of ['kinds', 'operator'] as const)
      expect(of(name)?.fix).to.match(/^kubectl apply --server-side -k /);
  });

  it('tells that nobody leads where pods are ready and do nothing', async () => {
    await kubectl('apply', '-k', join(configFolder, 'default'));
    await kubectl('rollout', 'status', 'deployment/dorgu-operator', '-n', namespace, '--timeout=60s');
    const { code, of, bad } = await examine();
    expect(code).to.equal(3);
    expect(bad).to.include.members(['failed operator', 'failed webhook', 'warning stream']);
    expect(of('operator')?.message).to.equal('its pods are ready in dorgu-system, but none leads');
    expect(of('webhook')?.message).to.contain('its caBundle is empty');
  });

  it('finds nothing to mend where all is well', async () => {
    operator = await startInstalledOperator(plane);
    await operator.ready();
    await operator.said('Leading begins');
    await leadWebhookTo(await operator.port('webhook'), plane);
    streamPort = await operator.port('stream');
    const { code, verdict, of, bad } = await examine();
    expect(bad).to.deep.equal([]);
    expect({ code, verdict }).to.deep.equal({ code: 0, verdict: 'ok' });
    expect(of('webhook')?.message).to.equal(
      'the API server asks the operator, which answers (advisory in shop)',
    );
    expect(of('operator')?.message).to.match(/^0\.\d+\.\d+, 2 replicas in dorgu-system$/);
  });

  it('tells what a user may not do, and who could change that', async () => {
    await kubectl('create', 'rolebinding', 'eve', '--clusterrole=view', '--user=eve', '-n', 'shop');
    const { code, of, bad } = await examine('--as=eve');
    expect(code).to.equal(0);
    expect(of('rights')?.message).to.equal(
      'in shop this user may not patch applicationpersonas (for persona apply)',
    );
    expect(of('rights')?.fix).to.match(
      /^let an admin run: kubectl create rolebinding dorgu-edit --clusterrole=edit --user=eve -n shop$/,
    );
    expect(bad).to.deep.equal([
      'warning rights',
      'unknown operator',
      'skipped operator-rights',
      'unknown webhook',
      'warning stream',
    ]);
    const nobody = await examine('--as=mallory');
    expect(nobody.code).to.equal(3);
    expect(nobody.of('rights')).to.have.property('verdict', 'failed');
  });

  it('tells what the operator may not do', async () => {
    await kubectl(
      'patch',
      'clusterrole',
      'dorgu-operator',
      '--type=json',
      '-p',
      '[{"op":"remove","path":"/rules/0"}]',
    );
    const { code, of } = await examine();
    expect(code).to.equal(3);
    expect(of('operator-rights')?.message).to.match(
      /^system:serviceaccount:dorgu-system:dorgu-operator may not list, watch, create, patch events \(/,
    );
    await kubectl('apply', '-k', join(configFolder, 'rbac'));
    expect((await examine()).of('operator-rights')).to.have.property('verdict', 'ok');
  });

  it('tells of kinds of an older version which fields are lost', async () => {
    const path = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/sizing';
    await kubectl(
      'patch',
      'crd',
      'applicationpersonas.dorgu.io',
      '--type=json',
      '-p',
      JSON.stringify([{ op: 'remove', path }]),
    );
    const { code, of } = await examine();
    expect(code).to.equal(0);
    expect(of('kinds')?.message).to.match(/older version: the server drops ApplicationPersona spec\.sizing$/);
    await kubectl('apply', '-k', join(configFolder, 'crd'));
  });

  it('tells of an operator of another version', async () => {
    await kubectl(
      'set',
      'image',
      'deployment/dorgu-operator',
      'operator=ghcr.io/dorgu-io/dorgu-operator:v0.0.9',
      '-n',
      namespace,
    );
    await kubectl('rollout', 'status', 'deployment/dorgu-operator', '-n', namespace, '--timeout=60s');
    const { code, of } = await examine();
    expect(code).to.equal(0);
    expect(of('operator')).to.include({ verdict: 'warning' });
    expect(of('operator')?.message).to.match(/^0\.0\.9, 2 replicas in dorgu-system; this plugin is /);
  });

  it('tells of a namespace that is left out', async () => {
    await kubectl('label', 'namespace', 'shop', 'dorgu.io/validate=false');
    const { of } = await examine();
    expect(of('webhook')).to.deep.include({
      verdict: 'warning',
      fix: 'kubectl label namespace shop dorgu.io/validate-',
    });
    await kubectl('label', 'namespace', 'shop', 'dorgu.io/validate-');
  });

  it('tells of a webhook that nobody reaches, which lets everything through', async () => {
    await operator?.stop();
    streamPort = undefined;
    const { code, of, bad } = await examine();
    expect(code).to.equal(3);
    expect(bad).to.include('failed webhook');
    expect(of('webhook')?.message).to.match(/^a change that was tried in shop was let through unjudged: /);
    expect(of('webhook')?.fix).to.match(/^kubectl get endpointslices -n dorgu-system /);
    expect(of('operator')?.message).to.contain('none leads');
  });
});
