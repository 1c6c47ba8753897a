// Onboarding as a team lives it: generate, commit, Argo CD syncs the commit, and the persona says that all is as it was meant.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readAudit, writeAuditPolicy } from '../cluster/audit.ts';
import { argoApplicationKind } from '../cluster/open-kind.ts';
import { isClusterRequired } from '../cluster/connection.ts';
import { startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import { installCrds } from '../cluster/crds.ts';
import { kubectlOrThrow } from '../cluster/kubectl.ts';
import { findPrograms } from '../cluster/programs.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { runHere } from '../commands/command-line.ts';
import { copyExample } from '../generation/generated-example.ts';
import { createOperatorAccount } from '../cluster/operator-account.ts';
import { expectStatusInvariants } from '../operator/status-invariants.ts';
import { startOperator, type OperatorChild } from '../outages/operator-child.ts';
import { findViolations, listPersonaWrites } from '../outages/persona-writes.ts';
import { formatSyncedStatus } from './onboarding-argo.ts';

const example = 'go-greeter';

/** For the audit log. */
const statusWrites = [{ level: 'RequestResponse', resources: [{ group: 'dorgu.io' }], verbs: ['patch'] }];

/** What the test reads of a persona's status. */
interface SeenStatus {
  phase?: string;
  observedGeneration?: number;
  validation?: { passed?: boolean; issues?: { rule?: string; severity: string; message: string }[] };
  health?: { status?: string; replicas?: { desired?: number; ready?: number } };
  argoCD?: Record<string, string>;
  conditions?: { type: string; status: string; reason: string }[];
}

describe('onboarding an application', function () {
  this.timeout(90_000);
  let plane: ControlPlane | undefined;
  let operator: OperatorChild | undefined;
  let folder = '';
  let repository = '';
  let revision = '';

  const kubectl = (args: readonly string[], input?: string): Promise<string> =>
    kubectlOrThrow(plane!.kubectl, args, input === undefined ? {} : { input });
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', env: gitEnvironment(folder) });
  const dorgu = (...argv: string[]) =>
    runHere(argv, {
      cwd: repository,
      env: { KUBECONFIG: plane!.kubectl.kubeconfig, LANG: 'C.UTF-8', PATH: process.env['PATH'] ?? '' },
    });
  const readStatus = async (): Promise<SeenStatus> => {
    const text = await kubectl(['get', 'applicationpersona', example, '-n', example, '-o', 'json']);
    return (JSON.parse(text) as { status?: SeenStatus }).status ?? {};
  };
  /** What `Ready`, `Validated` and `ArgoCDSynced` say. */
  const readConditions = ({ conditions = [] }: SeenStatus): Record<string, string> =>
    Object.fromEntries(conditions.map(({ type, status }) => [type, status]));
  const untilStatus = (what: string, holds: (status: SeenStatus) => boolean): Promise<SeenStatus> =>
    waitUntil(
      what,
      async () => {
        const status = await readStatus();
        return holds(status) ? status : undefined;
      },
      { timeoutMs: 30_000, intervalMs: 50 },
    ).catch(async (error: unknown) => {
      throw new Error(`${String(error)}; the status is ${JSON.stringify(await readStatus(), null, 1)}`, {
        cause: error,
      });
    });

  before('a cluster with Argo CD and the operator', async function () {
    const search = await findPrograms({ environment: process.env, report: () => undefined });
    if ('missing' in search || search.programs.workloads === undefined) {
      if (isClusterRequired(process.env)) throw new Error('missing' in search ? search.missing : 'no kwok');
      this.skip();
    }
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'dorgu-onboarding-')));
    repository = join(folder, example);
    const apiServerFlags = await writeAuditPolicy(folder, statusWrites);
    plane = await startControlPlane({ programs: search.programs, nodes: 2, apiServerFlags });
    await installCrds(plane.kubectl);
    await kubectl(['create', 'namespace', 'argocd']);
    await kubectl(['apply', '-f', '-'], JSON.stringify(argoApplicationKind));
    const kubeconfig = await createOperatorAccount(plane.kubectl, folder);
    operator = await startOperator({ kubeconfig, folder, flags: ['--leader-elect'] });
  });
  after(async () => {
    await operator?.terminate();
    await plane?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('begins with generate in a clone, whose result is committed', async () => {
    copyExample(example, repository);
    git('init', '--quiet', '--initial-branch=main');
    git('remote', 'add', 'origin', 'https://git.example.com/acme/greeter.git');
    git('add', '--all');
    git('commit', '--quiet', '--message=An application');
    const { code, stderr } = await dorgu('generate', '.');
    expect(code, stderr).to.equal(0);
    git('add', '--all');
    git('commit', '--quiet', '--message=Generate manifests');
    revision = git('rev-parse', 'HEAD').trim();
    expect(git('status', '--porcelain')).to.equal('');
    expect(git('ls-tree', '--name-only', 'HEAD', 'k8s/')).to.contain('k8s/persona.yaml');
  });

  it('goes on with Argo CD, which applies the folder of that commit', async () => {
    git('worktree', 'add', '--quiet', '--detach', join(folder, 'synced'), revision);
    const flags = ['--server-side', '--field-manager=argocd-controller'];
    await kubectl(['apply', ...flags, '-k', join(folder, 'synced/k8s')]);
    await kubectl(['rollout', 'status', `deployment/${example}`, '-n', example, '--timeout=60s']);
    await kubectl([
      'wait',
      '--for=condition=Ready',
      `applicationpersona/${example}`,
      '-n',
      example,
      '--timeout=30s',
    ]);
  });

  it('is validated and active', async () => {
    const status = await untilStatus('Active', ({ phase }) => phase === 'Active');
    expect(readConditions(status)).to.include({ Ready: 'True', Validated: 'True' });
    const { passed, issues = [] } = status.validation ?? {};
    expect({ passed, errors: issues.filter(({ severity }) => severity === 'error') }).to.deep.equal({
      passed: true,
      errors: [],
    });
    // How many there are is the autoscaler's: generate leaves replicas out.
    const { status: health, replicas } = status.health ?? {};
    expect(health).to.equal('Healthy');
    expect(replicas?.ready).to.equal(replicas?.desired).and.to.be.greaterThan(0);
    expect(status).to.not.have.property('argoCD');
  });

  it('mirrors the Application, as soon as Argo CD has written its status', async () => {
    await kubectl(['apply', '-f', join(folder, 'synced/argocd/application.yaml')]);
    const patch = ['--type=merge', '--patch', formatSyncedStatus(example, revision)];
    await kubectl(['patch', 'application', example, '-n', 'argocd', ...patch]);
    const status = await untilStatus('the mirror', ({ argoCD }) => argoCD !== undefined);
    expect(status.argoCD).to.include({
      syncStatus: 'Synced',
      healthStatus: 'Healthy',
      revision,
      applicationName: example,
      applicationNamespace: 'argocd',
    });
    expect(readConditions(status)).to.include({ Ready: 'True', Validated: 'True', ArgoCDSynced: 'True' });
  });

  it('is what `kubectl dorgu persona status` shows', async () => {
    const { code, stdout, stderr } = await dorgu('persona', 'status', example, '-n', example);
    expect(code, stderr).to.equal(0);
    expect(stdout).to.contain('Active').and.contain('Synced').and.contain(revision.slice(0, 7));
  });

  it('had a status that kept to the rules in every single write', async () => {
    const writes = listPersonaWrites(await readAudit(folder));
    expect(writes).to.not.be.empty;
    expect(findViolations(writes)).to.deep.equal([]);
    for (const { persona } of writes) expectStatusInvariants(persona);
  });

  it('ends with a clean tree: what runs is what was committed', async () => {
    const { code, stderr } = await dorgu('generate', '.', '--check');
    expect(code, stderr).to.equal(0);
    const diff = await dorgu('persona', 'diff', example, '-n', example);
    expect(diff.code, `${diff.stdout}${diff.stderr}`).to.equal(0);
  });
});

/** Nothing of the machine's git configuration. */
function gitEnvironment(home: string): Record<string, string> {
  const who = { NAME: 'A Developer', EMAIL: 'developer@example.com' };
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    ...Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((role) =>
        Object.entries(who).map(([field, value]) => [`GIT_${role}_${field}`, value]),
      ),
    ),
  };
}
