// Recommendations in the status of a persona: another part of the operator writes them, and the controller judges by them.
import { expect } from 'chai';
import { createPersonaController } from '../../../../operator/controllers/application-persona/controller.ts';
import type { ControllerDeps } from '../../../../operator/manager/controller-deps.ts';
import { resources } from '../../../../src/kube/resources.ts';
import { MemoryCluster } from '../../memory-cluster.ts';
import { createDeployment, createPersona } from '../../objects.ts';

const { applicationPersonas, deployments } = resources;

const recommend = (recommended: string, parts: object = {}) => ({
  recommendations: [
    {
      ...{ id: 'a', type: 'resource', priority: 'high', message: `use ${recommended}` },
      ...{ workload: 'Deployment/shop', container: 'main', resource: 'memory', setting: 'request', recommended },
      ...parts,
    },
  ],
}); // prettier-ignore

describe('the controller of personas, where something is recommended', () => {
  let cluster: MemoryCluster;
  let looks = 0;
  /** Keys are counted as they are looked at. */
  const createCounted = (deps: ControllerDeps) =>
    createPersonaController({
      ...deps,
      createQueue: (reconcile, options) =>
        deps.createQueue((key, context) => {
          looks += 1;
          return reconcile(key, context);
        }, options),
    });
  const write = (status: object) => cluster.applyStatus('metrics', 'store/shop', { ...status });
  const findings = () => {
    const { issues = [] } = cluster.status('store/shop')['validation'] as {
      issues?: { rule: string; severity: string; message: string }[];
    };
    return issues
      .filter(({ rule }) => rule === 'resources/usage-vs-request')
      .map(({ severity, message }) => `${severity} ${message}`);
  };

  beforeEach(async () => {
    cluster = new MemoryCluster();
    await cluster.put(applicationPersonas, createPersona('shop'));
    const container = { name: 'main', image: 'shop:1', resources: { requests: { memory: '64Mi' } } };
    await cluster.put(deployments, createDeployment('shop', { podSpec: { containers: [container] } }));
    await cluster.start(createCounted);
    looks = 0;
  });
  afterEach(() => cluster.stop());

  it('says what falls short of them once they come, and is silent once they go', async () => {
    expect(findings()).to.deep.equal([]);
    await write(recommend('256Mi'));
    expect(findings()).to.deep.equal([
      'warning container main: request of memory is 64Mi, 256Mi is recommended',
    ]);
    expect(cluster.writes).to.have.length(2);
    await write({ recommendations: [] });
    expect(findings()).to.deep.equal([]);
    expect(cluster.writes).to.have.length(3);
  });

  it('follows the workload, while they stay as they are', async () => {
    await write(recommend('256Mi'));
    expect(findings()).to.have.length(1);
    const container = { name: 'main', image: 'shop:1', resources: { requests: { memory: '256Mi' } } };
    await cluster.put(deployments, createDeployment('shop', { podSpec: { containers: [container] } }));
    expect(findings()).to.deep.equal([]);
  });

  it('looks at nothing again for what no rule reads of a status, nor for what it has written itself', async () => {
    await write(recommend('256Mi'));
    expect(looks).to.equal(1);
    await write(
      recommend('256Mi', { message: 'other words', trend: ['1Mi'], samples: 9, confidence: '0.9' }),
    );
    await write({
      ...recommend('256Mi'),
      learned: { resourceBaseline: { avgCPU: '10m', windowEnd: '2026-11-23T09:00:00Z' } },
    });
    await cluster.put(applicationPersonas, { ...cluster.get(applicationPersonas, 'store/shop') });
    expect(looks).to.equal(1);
    await write(recommend('512Mi'));
    expect(looks).to.equal(2);
    expect(cluster.writes).to.have.length(3);
  });

  it('rests after a restart', async () => {
    await write(recommend('256Mi'));
    await cluster.stop();
    const before = cluster.writes.length;
    await cluster.start(createCounted);
    expect(cluster.writes).to.have.length(before);
  });
});
