// Our count of the evictions that a budget allows against the disruption controller's own.
import { expect } from 'chai';
import { stringify } from 'yaml';
import { allowedEvictions } from '../../../src/rules/availability/budgets.ts';
import { readDisruptionBudget } from '../../../src/workload/read-surroundings.ts';
import { fieldAt, listOf, textOf } from '../../../src/api/foreign-fields.ts';
import { useCluster } from '../../cluster/use-cluster.ts';
import { waitUntil } from '../../cluster/wait-until.ts';

const values = [0, 1, 2, 3, '0%', '1%', '33%', '34%', '50%', '51%', '66%', '67%', '99%', '100%'];
const specs: readonly object[] = [
  {},
  ...values.flatMap((value) => [{ minAvailable: value }, { maxUnavailable: value }]),
];

describe('availability/pdb-blocks-drain, against the disruption controller', () => {
  const cluster = useCluster({ workloads: true });

  for (const replicas of [1, 2, 3])
    it(`counts alike with ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`, async () => {
      const namespace = await cluster.createNamespace();
      const labels = { app: 'shop' };
      const deployment = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'shop' },
        spec: {
          replicas,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'shop', image: 'shop:1' }] } },
        },
      };
      const budgets = specs.map((spec, index) => ({
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: `budget-${index}` },
        spec: { ...spec, selector: { matchLabels: labels } },
      }));
      const apply = (objects: readonly object[]) =>
        cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], {
          input: objects.map((object) => stringify(object)).join('---\n'),
        });
      await apply([deployment]);
      await cluster.expectKubectl(['-n', namespace, 'rollout', 'status', 'deployment/shop', '--timeout=40s']);
      // Last, because a pod that becomes ready has one of the budgets that select it counted anew, not each.
      await apply(budgets);
      const settled = await waitUntil('all budgets to have counted', () => readSettled(namespace, replicas), {
        timeoutMs: 30_000,
        intervalMs: 250,
      });
      for (const object of settled) {
        const budget = readDisruptionBudget(object);
        const allowed = fieldAt(object, 'status', 'disruptionsAllowed');
        expect(
          budget && allowedEvictions(budget, replicas),
          JSON.stringify(fieldAt(object, 'spec')),
        ).to.equal(allowed);
      }
      expect(settled).to.have.length(specs.length);
    }).timeout(90_000);

  /** The budgets, once each has counted every pod as healthy. */
  async function readSettled(namespace: string, replicas: number): Promise<readonly unknown[] | undefined> {
    const text = await cluster.expectKubectl(['-n', namespace, 'get', 'pdb', '-o', 'json']);
    const items = listOf(fieldAt(JSON.parse(text), 'items'));
    const isCounted = (item: unknown) =>
      fieldAt(item, 'status', 'currentHealthy') === replicas &&
      textOf(fieldAt(item, 'metadata', 'name')) !== '' &&
      fieldAt(item, 'status', 'observedGeneration') === fieldAt(item, 'metadata', 'generation');
    return items.length === specs.length && items.every(isCounted) ? items : undefined;
  }
});
