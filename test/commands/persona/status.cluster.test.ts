// `persona status` on a real control plane without an operator: what runs and how it is.
import { expect } from 'chai';
import { cronJob, persona, workload } from './cluster-objects.ts';
import { useStatusSession } from './status-session.ts';

describe('persona status', () => {
  const { cluster, apply, run, read, waitForRollout, getNamespace } = useStatusSession();

  it('shows a healthy application in a few lines, and says who judged it', async () => {
    await apply(persona('well'), workload('Deployment', 'well'));
    await waitForRollout('deployment/well');
    const { code, stdout, stderr } = await run('well', '--exit-code');
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).to.deep.equal([
      [`well in ${getNamespace()}: worker, best-effort`, 'Active'],
      [''],
      ['Ready', 'True'],
      ['Validated', 'True'],
      [
        'Judged',
        'from here: no operator has looked at it',
        'kubectl get pods -A -l app.kubernetes.io/name=dorgu-operator',
      ],
      ['Workload', 'Deployment well, 1 of 1 available, rolled out', 'registry.invalid/acme/shop:1.8.2'],
      [''],
    ]);
  });

  it('gives programs the object, one field of it, or its name', async () => {
    await apply(persona('formats'), workload('Deployment', 'formats'));
    await waitForRollout('deployment/formats');
    const shown = await read('formats');
    expect([shown.judgedBy, shown.status.phase, shown.diagnoses, shown.unseen]).to.deep.equal([
      'kubectl-dorgu',
      'Active',
      [],
      [],
    ]);
    expect((await run('formats', '-o', 'jsonpath={.status.phase} {.judgedBy}')).stdout).to.equal(
      'Active kubectl-dorgu',
    );
    expect((await run('persona/formats', '-o', 'name')).stdout).to.equal(
      'applicationpersona.dorgu.io/formats\n',
    );
    expect((await run('formats', '-o', 'yaml')).stdout).to.match(/^judgedBy: kubectl-dorgu$/m);
  });

  it("takes an operator's word for it, and says what contradicts it", async () => {
    await apply(persona('told'), workload('Deployment', 'told'));
    await waitForRollout('deployment/told');
    const condition = {
      type: 'Ready',
      status: 'True',
      reason: 'Available',
      message: '',
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    const tell = (status: string) =>
      cluster.expectKubectl([
        'patch',
        'applicationpersona',
        'told',
        '-n',
        getNamespace(),
        '--subresource=status',
        '--type=merge',
        '-p',
        JSON.stringify({
          status: { observedGeneration: 1, phase: 'Active', conditions: [{ ...condition, status }] },
        }),
      ]);
    await tell('True');
    const { code, stdout } = await run('told', '--exit-code');
    expect({ code, stdout }).to.have.property('code', 0);
    expect(stdout)
      .to.match(/^Ready {9}True, for \d+d$/m)
      .and.not.match(/^(Judged|Live)/m);
    await tell('False');
    const contradicted = await run('told', '--exit-code');
    expect(contradicted.code).to.equal(1);
    expect(contradicted.stdout).to.match(/^Live {10}Active: Deployment told: 1 of 1 available/m);
  });

  it('takes replicas 0 for a pause', async () => {
    await apply(persona('paused'), workload('Deployment', 'paused', { replicas: 0 }));
    await waitForRollout('deployment/paused');
    const { code, stdout } = await run('paused', '--exit-code');
    expect(code).to.equal(1);
    expect(stdout)
      .to.match(/: worker, best-effort +Active$/m)
      .and.match(/^Ready {9}False: ScaledToZero/m);
    expect(stdout).to.match(/^Workload {6}Deployment paused, scaled to 0/m);
  });

  it('shows StatefulSets and CronJobs as what they are', async () => {
    await apply(
      persona('store'),
      workload('StatefulSet', 'store'),
      persona('nightly', { type: 'cron' }),
      cronJob('nightly', '0 3 * * *'),
    );
    await waitForRollout('statefulset/store');
    expect((await run('store')).stdout).to.match(
      /^Workload {6}StatefulSet store, 1 of 1 available, rolled out/m,
    );
    expect((await run('nightly')).stdout).to.match(
      /^Workload {6}CronJob nightly, 0 3 \* \* \*, waits for its first run/m,
    );
  });

  it('shows what scales it', async () => {
    const hpa = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'scaled' },
      spec: {
        minReplicas: 1,
        maxReplicas: 4,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled' },
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
          },
        ],
      },
    };
    await apply(persona('scaled'), workload('Deployment', 'scaled'), hpa);
    expect((await run('scaled')).stdout).to.match(/^Scaling {7}HPA 1 to 4 at 70% CPU/m);
  });

  it('says that nothing belongs to it', async () => {
    await apply(persona('lonely'));
    const { stdout } = await run('lonely');
    expect(stdout)
      .to.match(/^Ready {9}False: NoWorkload/m)
      .and.not.match(/^Workload/m);
    expect((await read('lonely')).status.conditions[0]?.reason).to.equal('NoWorkload');
  });

  it('names the other persona where two claim one application', async () => {
    const shared = { ...persona('left', { name: 'shared' }) };
    await apply(shared, persona('right', { name: 'shared' }), workload('Deployment', 'shared'));
    const { stdout } = await run('left');
    expect(stdout)
      .to.match(/^left \(application shared\) in /m)
      .and.match(/^Ready {9}False: Ambiguous +claimed by another persona as well: right$/m);
  });
});
