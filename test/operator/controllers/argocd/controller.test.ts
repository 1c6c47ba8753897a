// The watcher of Argo CD beside the controller of personas, on a cluster in memory: each writes its own fields.
import { expect } from 'chai';
import { createPersonaController } from '../../../../operator/controllers/application-persona/controller.ts';
import { createArgoController } from '../../../../operator/controllers/argocd/controller.ts';
import { resources } from '../../../../src/kube/resources.ts';
import { createFault, MemoryCluster } from '../../memory-cluster.ts';
import { createDeployment, createPersona } from '../../objects.ts';

const { applicationPersonas, deployments, argoApplications } = resources;

function createApplication(syncStatus: string, parts: { reconciledAt?: string; kind?: string } = {}): object {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'front', namespace: 'argocd' },
    spec: { destination: { server: 'https://kubernetes.default.svc', namespace: 'store' } },
    status: {
      sync: { status: syncStatus, revision: 'abc' },
      health: { status: 'Healthy' },
      reconciledAt: parts.reconciledAt,
      resources: [{ group: 'apps', kind: parts.kind ?? 'Deployment', namespace: 'store', name: 'shop' }],
    },
  };
}

describe('the watcher of Argo CD', () => {
  let cluster: MemoryCluster;
  beforeEach(async () => {
    cluster = new MemoryCluster();
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop'));
  });
  afterEach(() => cluster.stop());
  const conditions = () => cluster.status('store/shop').conditions?.map(({ type }) => type);
  const sync = () =>
    (cluster.status('store/shop')['argoCD'] as { syncStatus: string } | undefined)?.syncStatus;
  /** Also what comes again after a conflict. */
  const settle = async () => {
    await new Promise((resolve) => setTimeout(resolve, 45));
    await cluster.settle();
  };

  it('adds its own fields to those of the controller of personas, and each rests', async () => {
    await cluster.put(argoApplications, createApplication('Synced'));
    await cluster.start(createPersonaController, createArgoController);
    await settle();
    expect(sync()).to.equal('Synced');
    expect(conditions()).to.have.members(['Ready', 'Validated', 'ArgoCDSynced']);
    const fields = cluster.writes.map(({ manager, status }) => [manager, Object.keys(status).sort().join()]);
    expect(fields).to.deep.equal([
      ['dorgu-operator', 'conditions,deployments,health,lastUpdated,observedGeneration,phase,validation'],
      ['dorgu-operator-argocd', 'argoCD,conditions'],
    ]);
    await cluster.put(
      argoApplications,
      createApplication('Synced', { reconciledAt: '2026-11-23T09:31:00Z' }),
    );
    await settle();
    expect(cluster.writes).to.have.length(2);
  });

  it('says nothing of a persona that nobody has judged: no status is without a condition Ready', async () => {
    await cluster.put(argoApplications, createApplication('Synced'));
    await cluster.start(createArgoController);
    await settle();
    expect(cluster.writes).to.deep.equal([]);
  });

  it('follows the Application, and gives its fields up with it', async () => {
    await cluster.start(createPersonaController, createArgoController);
    await cluster.put(argoApplications, createApplication('OutOfSync'));
    await settle();
    expect(sync()).to.equal('OutOfSync');
    await cluster.remove(argoApplications, 'argocd/front');
    await settle();
    expect(sync()).to.equal(undefined);
    expect(conditions()).to.have.members(['Ready', 'Validated']);
  });

  it('lets go of a workload that the Application no longer manages', async () => {
    await cluster.put(argoApplications, createApplication('Synced'));
    await cluster.start(createPersonaController, createArgoController);
    await settle();
    await cluster.put(argoApplications, createApplication('Synced', { kind: 'StatefulSet' }));
    await settle();
    expect(sync()).to.equal(undefined);
  });

  it('finds the Application of a workload that changes hands', async () => {
    await cluster.put(applicationPersonas, createPersona('other'));
    await cluster.put(argoApplications, createApplication('Synced'));
    await cluster.start(createPersonaController, createArgoController);
    await settle();
    await cluster.put(deployments, createDeployment('shop', { labels: { app: 'other' } }));
    await settle();
    expect(cluster.status('store/other')).to.have.nested.property('argoCD.applicationName', 'front');
  });

  it('asks once where the server does not take it', async () => {
    let asked = 0;
    cluster.fault = ({ query }) => {
      if (query?.['fieldManager'] !== 'dorgu-operator-argocd') return undefined;
      asked += 1;
      return createFault(422, 'Invalid');
    };
    await cluster.put(argoApplications, createApplication('Synced'));
    await cluster.start(createPersonaController, createArgoController);
    await cluster.put(applicationPersonas, createPersona('shop', { version: '2' }));
    await settle();
    expect(asked).to.equal(1);
  });

  it('is quiet where there is no Argo CD', async () => {
    await cluster.stop();
    cluster = new MemoryCluster({ isMissing: ({ group }) => group === argoApplications.group });
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.start(createPersonaController, createArgoController);
    expect(cluster.writes.map(({ manager }) => manager)).to.deep.equal(['dorgu-operator']);
    expect(cluster.logger.lines.filter(({ level }) => level === 'error')).to.deep.equal([]);
  });

  // Texts of statuses are shortened, also by the persona's own name.
  for (const name of ['shop', 'argo', 'type'])
    it(`takes back at its start what it has said of ${name}, where the Application went meanwhile`, async () => {
      const status = {
        argoCD: { application: 'argocd/front', syncStatus: 'Synced', healthStatus: 'Healthy' },
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            reason: 'Available',
            message: 'x',
            lastTransitionTime: '2026-11-23T09:30:00Z',
          },
        ],
      };
      await cluster.put(applicationPersonas, { ...createPersona(name), status });
      await cluster.start(createArgoController);
      await settle();
      const fields = cluster.writes.map(({ manager, status }) => [manager, Object.keys(status)]);
      expect(fields).to.deep.equal([['dorgu-operator-argocd', []]]);
    });
});
