// Why a workload makes no pods, or stops half-way.
import { expect } from 'chai';
import { createPod, createWorkload, event, explain, lines, waiting } from './evidence.ts';

describe('the diagnosis of what makes the pods', () => {
  const refused = (message: string) =>
    explain({
      replicaSets: [
        {
          status: {
            conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }],
          },
        },
      ],
    });
  const cases: Record<string, [message: string, code: string, todo: string]> = {
    'names the quota': [
      'pods "shop-" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=10, limited: pods=10',
      'QuotaExceeded',
      'kubectl -n store describe resourcequota compute',
    ],
    'names the ServiceAccount': [
      'pods "shop-" is forbidden: error looking up service account store/shop: serviceaccount "shop" not found',
      'ServiceAccountMissing',
      'kubectl -n store create serviceaccount shop',
    ],
    'names Pod Security': [
      'pods "shop-" is forbidden: violates PodSecurity "restricted:latest": privileged',
      'AdmissionRefused',
      'mend the securityContext that it names: kubectl -n store edit deployment/shop',
    ],
    'names a webhook': [
      'admission webhook "policy.example.com" denied the request: no owner label',
      'AdmissionRefused',
      'mend what it names: kubectl -n store edit deployment/shop',
    ],
    'repeats what it does not know': [
      'something new',
      'CreationFailed',
      'kubectl -n store describe deployment/shop',
    ],
  };
  for (const [title, [message, code, todo]] of Object.entries(cases)) {
    it(`${title} that refuses the pods`, () => {
      const [cause, ...others] = refused(message);
      expect([cause?.code, cause?.todo, others]).to.deep.equal([code, todo, []]);
      expect(cause?.what).to.contain(code === 'ServiceAccountMissing' ? 'ServiceAccount shop' : message);
    });
  }

  it('does not say that a ServiceAccount is missing which has come since', () => {
    const message = 'pods "shop-" is forbidden: serviceaccount "shop" not found';
    const causes = explain({
      replicaSets: [{ status: { conditions: [{ type: 'ReplicaFailure', status: 'True', message }] } }],
      references: [
        {
          kind: 'ServiceAccount',
          name: 'shop',
          use: 'the pods run as it',
          keys: new Map(),
          isPullSecret: false,
          lookup: { state: 'present', keys: new Set() },
        },
      ],
    });
    expect(lines(causes)).to.deep.equal([
      [
        'CreationFailed',
        'ServiceAccount shop was missing and is there now: the pods come when the controller tries again',
        'kubectl -n store rollout restart deployment/shop',
      ],
    ]);
  });

  it('reads refusals of a StatefulSet from its Events', () => {
    const causes = explain({
      workload: createWorkload('StatefulSet'),
      events: [
        event(
          'FailedCreate',
          'create Pod shop-0 in StatefulSet shop failed error: pods "shop-0" is forbidden: exceeded quota: compute, requested: pods=1',
          { uid: 'uid-workload', fieldPath: '' },
        ),
      ],
    });
    expect(causes.map(({ code, what }) => [code, what])).to.deep.equal([
      [
        'QuotaExceeded',
        'no room in the namespace: pods "shop-0" is forbidden: exceeded quota: compute, requested: pods=1',
      ],
    ]);
  });

  const late = {
    conditions: [
      { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' },
    ],
  };

  it('tells of a passed deadline only where nothing better is known', () => {
    expect(
      explain({ workload: createWorkload('Deployment', { status: late }) }).map(({ code }) => code),
    ).to.deep.equal(['DeadlineExceeded']);
    const causes = explain({
      workload: createWorkload('Deployment', { status: late }),
      pods: [createPod({ status: waiting('ErrImagePull', 'no') })],
    });
    expect(causes.map(({ code }) => code)).to.deep.equal(['ImageUnavailable']);
  });

  it('says that somebody has paused the rollout', () => {
    expect(
      lines(explain({ workload: createWorkload('Deployment', { spec: { paused: true } }) })),
    ).to.deep.equal([
      ['RolloutPaused', 'the rollout is paused', 'kubectl -n store rollout resume deployment/shop'],
    ]);
  });
});
