// The controller of personas on a cluster in memory: what it writes, when, and what it leaves alone.
import { expect } from 'chai';
import { createPersonaController } from '../../../../operator/controllers/application-persona/controller.ts';
import { resources } from '../../../../src/kube/resources.ts';
import { MemoryCluster } from '../../memory-cluster.ts';
import { createCrashingPod, createDeployment, createPersona } from '../../objects.ts';

const { applicationPersonas, deployments, pods, clusterPersonas, services } = resources;

describe('the controller of personas', () => {
  let cluster: MemoryCluster;
  beforeEach(() => {
    cluster = new MemoryCluster();
  });
  afterEach(() => cluster.stop());

  const ready = (key: string) => {
    const conditions = (cluster.status(key).conditions ?? []) as {
      type: string;
      status: string;
      reason: string;
    }[];
    const condition = conditions.find(({ type }) => type === 'Ready');
    return condition && `${condition.status} ${condition.reason}`;
  };
  const told = () => cluster.events.map(({ type, reason, object }) => `${type} ${reason} ${object.name}`);

  it('says what is so, once, and then rests', async () => {
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.start(createPersonaController);
    expect(ready('store/shop')).to.equal('True Available');
    expect(cluster.status('store/shop')).to.deep.include({ phase: 'Active', observedGeneration: 1 });
    expect(cluster.status('store/shop')['deployments']).to.deep.include({
      current: 'shop:1',
      lastSuccessful: 'shop:1',
    });
    expect(cluster.writes).to.have.length(1);
    cluster.nowMs += 3_600_000;
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.put(services, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop', namespace: 'store' },
      spec: { selector: { run: 'shop' }, ports: [{ port: 80 }] },
    });
    expect(cluster.writes).to.have.length(1);
    expect(told()).to.deep.equal([]);
  });

  it('writes and tells nothing on a restart', async () => {
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop', { available: 0 }));
    await cluster.start(createPersonaController);
    expect(told()).to.deep.equal(['Warning Degraded shop']);
    await cluster.stop();
    cluster.nowMs += 600_000;
    await cluster.start(createPersonaController);
    expect(cluster.writes).to.have.length(1);
    expect(told()).to.have.length(1);
  });

  it('follows a workload that comes, is scaled to zero, goes', async () => {
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.start(createPersonaController);
    expect(ready('store/shop')).to.equal('False NoWorkload');
    await cluster.put(deployments, createDeployment('shop'));
    expect(ready('store/shop')).to.equal('True Available');
    await cluster.put(deployments, createDeployment('shop', { replicas: 0 }));
    expect(ready('store/shop')).to.equal('False ScaledToZero');
    await cluster.remove(deployments, 'store/shop');
    expect(ready('store/shop')).to.equal('False NoWorkload');
    expect(cluster.status('store/shop')['deployments']).to.deep.include({ lastSuccessful: 'shop:1' });
    expect(cluster.status('store/shop')['deployments']).to.not.have.property('current');
  });

  it('wakes both personas when a label moves from one to the other', async () => {
    await cluster.put(applicationPersonas, createPersona('old'));
    await cluster.put(applicationPersonas, createPersona('new'));
    await cluster.put(deployments, createDeployment('web', { labels: { app: 'old' } }));
    await cluster.start(createPersonaController);
    expect([ready('store/old'), ready('store/new')]).to.deep.equal(['True Available', 'False NoWorkload']);
    await cluster.put(deployments, createDeployment('web', { labels: { app: 'new' } }));
    expect([ready('store/old'), ready('store/new')]).to.deep.equal(['False NoWorkload', 'True Available']);
  });

  it('names the rivals of an application, and drops that once one of them goes', async () => {
    await cluster.put(applicationPersonas, createPersona('one', { name: 'shop' }));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.start(createPersonaController);
    await cluster.put(applicationPersonas, createPersona('two', { name: 'shop' }));
    expect([ready('store/one'), ready('store/two')]).to.deep.equal(['False Ambiguous', 'False Ambiguous']);
    await cluster.remove(applicationPersonas, 'store/two');
    expect(ready('store/one')).to.equal('True Available');
    expect(told().toSorted()).to.deep.equal([
      'Normal ValidationPassed one',
      'Warning Ambiguous one',
      'Warning Ambiguous two',
    ]);
  });

  it('calls nobody a rival who has a workload that matches better, from the moment it has', async () => {
    const contested = createDeployment('web', { labels: { 'app.kubernetes.io/name': 'x', app: 'y' } }) as {
      spec: { selector: object };
    };
    const selector = { matchLabels: { 'app.kubernetes.io/name': 'shop', app: 'till' } };
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(applicationPersonas, createPersona('till'));
    await cluster.put(deployments, { ...contested, spec: { ...contested.spec, selector } });
    await cluster.start(createPersonaController);
    const both = () => [ready('store/shop'), ready('store/till')];
    expect(both()).to.deep.equal(['False Ambiguous', 'False Ambiguous']);
    await cluster.put(deployments, createDeployment('desk', { labels: { app: 'till' } }));
    expect(both()).to.deep.equal(['True Available', 'True Available']);
    await cluster.remove(deployments, 'store/desk');
    expect(both()).to.deep.equal(['False Ambiguous', 'False Ambiguous']);
  });

  it('says why pods fail, and that they have recovered, also with a rollout between', async () => {
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.start(createPersonaController);
    await cluster.put(deployments, createDeployment('shop', { available: 0 }));
    await cluster.put(pods, createCrashingPod('shop', 'shop-1'));
    expect(ready('store/shop')).to.equal('False PodsFailing');
    expect(cluster.status('store/shop')['health']).to.have.nested.property(
      'podFailures[0].reason',
      'OOMKilled',
    );
    const rollout = { revision: 2, image: 'registry.example.com/shop:2', available: 0 };
    await cluster.remove(pods, 'store/shop-1');
    await cluster.put(
      deployments,
      createDeployment('shop', {
        ...rollout,
        progress: 'ReplicaSetUpdated',
        progressedAt: '2026-11-23T09:29:50Z',
      }),
    );
    expect(ready('store/shop')).to.equal('False Recovering');
    await cluster.put(deployments, createDeployment('shop', { ...rollout, available: 2 }));
    expect(ready('store/shop')).to.equal('True Available');
    expect(told()).to.deep.equal(['Warning Degraded shop', 'Normal Recovered shop']);
  });

  it('tells of a recovery from a rollout that failed, also where the operator was restarted before it', async () => {
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.start(createPersonaController);
    const broken = { revision: 2, image: 'registry.example.com/shop:broken', available: 0 };
    await cluster.put(
      deployments,
      createDeployment('shop', { ...broken, progress: 'ProgressDeadlineExceeded' }),
    );
    expect(ready('store/shop')).to.equal('False Unavailable');
    cluster.nowMs += 60_000;
    const mended = { revision: 3, image: 'registry.example.com/shop:3', available: 0 };
    const progressedAt = new Date(cluster.nowMs - 10_000).toISOString();
    await cluster.put(
      deployments,
      createDeployment('shop', { ...mended, progress: 'ReplicaSetUpdated', progressedAt }),
    );
    expect(ready('store/shop')).to.equal('False Recovering');
    await cluster.stop();
    await cluster.start(createPersonaController);
    await cluster.put(deployments, createDeployment('shop', { ...mended, available: 2 }));
    expect(ready('store/shop')).to.equal('True Available');
    await cluster.put(deployments, createDeployment('shop', { ...mended, available: 2, revision: 4 }));
    expect(told()).to.deep.equal(['Warning Degraded shop', 'Normal Recovered shop']);
  });

  it('tells of a recovery by a rollout from pods that failed long after theirs, also where the operator was restarted', async () => {
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.start(createPersonaController);
    await cluster.put(deployments, createDeployment('shop', { available: 0 }));
    await cluster.put(pods, createCrashingPod('shop', 'shop-1'));
    await cluster.stop();
    await cluster.start(createPersonaController);
    const mended = { revision: 2, image: 'registry.example.com/shop:2', available: 0 };
    await cluster.remove(pods, 'store/shop-1');
    const progressedAt = new Date(cluster.nowMs - 1_000).toISOString();
    const underWay = { ...mended, progress: 'ReplicaSetUpdated' as const, progressedAt };
    await cluster.put(deployments, createDeployment('shop', underWay));
    expect(ready('store/shop')).to.equal('False Recovering');
    expect(cluster.status('store/shop')['deployments']).to.nested.include({
      'history[1].status': 'Succeeded',
    });
    await cluster.stop();
    await cluster.start(createPersonaController);
    expect(ready('store/shop')).to.equal('False Recovering');
    await cluster.put(deployments, createDeployment('shop', { ...mended, available: 2 }));
    expect(told()).to.deep.equal(['Warning Degraded shop', 'Normal Recovered shop']);
    const next = { revision: 3, available: 2, progressedAt, progress: 'ReplicaSetUpdated' as const };
    await cluster.put(deployments, createDeployment('shop', next));
    expect(ready('store/shop')).to.equal('False Progressing');
    await cluster.put(deployments, createDeployment('shop', { revision: 3 }));
    expect(told()).to.have.length(2);
  });

  it('tells of findings once, and that they are gone', async () => {
    const persona = {
      policies: {
        security: { runAsNonRoot: true, readOnlyRootFilesystem: false, allowPrivilegeEscalation: true },
      },
    };
    await cluster.put(applicationPersonas, createPersona('shop', persona));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.start(createPersonaController);
    expect(cluster.status('store/shop')).to.deep.include({ phase: 'Degraded' });
    expect(ready('store/shop')).to.equal('True Available');
    await cluster.put(
      deployments,
      createDeployment('shop', { image: 'registry.example.com/shop:2', revision: 2 }),
    );
    await cluster.put(
      deployments,
      createDeployment('shop', {
        revision: 3,
        podSpec: { securityContext: { runAsNonRoot: true, runAsUser: 10 } },
      }),
    );
    expect(told()).to.deep.equal(['Warning ValidationFailed shop', 'Normal ValidationPassed shop']);
  });

  it('counts findings for /metrics, and forgets those of a persona that goes', async () => {
    const persona = {
      ownership: { team: 'pay' },
      policies: {
        security: { runAsNonRoot: true, readOnlyRootFilesystem: false, allowPrivilegeEscalation: true },
      },
    };
    await cluster.put(applicationPersonas, createPersona('shop', persona));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.start(createPersonaController);
    const expected =
      'dorgu_findings{namespace="store",team="pay",rule="security/run-as-non-root",severity="error"} 1';
    expect(await cluster.metrics.registry.metrics()).to.include(expected);
    expect(await cluster.metrics.registry.metrics()).to.include('dorgu_personas{phase="Degraded"} 1');
    await cluster.remove(applicationPersonas, 'store/shop');
    expect(await cluster.metrics.registry.metrics()).to.not.include('dorgu_findings{');
  });

  it('lets levels and exceptions of the ClusterPersona take effect', async () => {
    const persona = {
      policies: {
        security: { runAsNonRoot: true, readOnlyRootFilesystem: false, allowPrivilegeEscalation: true },
      },
    };
    await cluster.put(applicationPersonas, createPersona('shop', persona));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.start(createPersonaController);
    const passed = () => (cluster.status('store/shop')['validation'] as { passed: boolean }).passed;
    expect(passed()).to.equal(false);
    const putCluster = async (spec: object) => {
      await cluster.put(clusterPersonas, {
        apiVersion: 'dorgu.io/v1',
        kind: 'ClusterPersona',
        metadata: { name: 'here', creationTimestamp: '2026-11-23T08:30:00Z' },
        spec: { name: 'here', policies: { security: { enforceNonRoot: false } }, ...spec },
      });
      // All personas are looked at within a millisecond each.
      await new Promise((resolve) => setTimeout(resolve, 10));
      await cluster.settle();
    };
    const rule = 'security/run-as-non-root';
    await putCluster({ exceptions: [{ rule, reason: 'old', until: '2026-11-23T09:00:00Z' }] });
    expect(passed(), 'an exception that has expired').to.equal(false);
    await putCluster({ exceptions: [{ rule, reason: 'moving', until: '2026-12-01T00:00:00Z' }] });
    expect(passed(), 'an exception that holds').to.equal(true);
    await putCluster({ rules: [{ id: rule, level: 'warn' }] });
    expect(passed(), 'a rule that warns').to.equal(true);
  });

  it('takes back what somebody else has written into its fields', async () => {
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.start(createPersonaController);
    const object = cluster.get(applicationPersonas, 'store/shop');
    const validation = { passed: true, issues: [{ severity: 'info', message: 'all fine, believe me' }] };
    await cluster.put(applicationPersonas, {
      ...object,
      status: { ...cluster.status('store/shop'), validation },
    });
    expect(JSON.stringify(cluster.status('store/shop'))).to.not.include('believe me');
  });
});
