// Files list what is around a workload in one order, caches in another: findings are the same.
import { expect } from 'chai';
import { judge } from '../../src/rules/judge.ts';
import { shopInput } from './shop-input.ts';

const now = new Date('2027-03-01T12:00:00Z');

describe('what is around a workload', () => {
  it('gives the same findings in whatever order it is listed', () => {
    const around = ['a', 'b'].flatMap((name) => [
      { kind: 'HorizontalPodAutoscaler', metadata: { name }, spec: { maxReplicas: name === 'a' ? 3 : 9 } },
      { kind: 'ScaledObject', metadata: { name } },
      { kind: 'PodDisruptionBudget', metadata: { name }, spec: { maxUnavailable: 0 } },
      { kind: 'Service', metadata: { name }, spec: { ports: [{ port: 80, targetPort: name }] } },
    ]);
    const judged = (objects: typeof around) =>
      judge(shopInput({ around: objects, persona: { scaling: { minReplicas: 2, maxReplicas: 4 } } }), now);
    const findings = judged(around);
    expect(findings.map(({ rule }) => rule)).to.include.members(['scaling/duplicate-hpa', 'availability/pdb-blocks-drain', 'network/ports']); // prettier-ignore
    expect(judged([...around].reverse())).to.deep.equal(findings);
  });
});
