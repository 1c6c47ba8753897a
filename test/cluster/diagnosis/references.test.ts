// What a pod needs beside itself, and what is said of it where it is not there or not to be seen.
import { expect } from 'chai';
import { listReferences } from '../../../src/cluster/diagnosis/references.ts';
import type { Lookup } from '../../../src/cluster/diagnosis/reference-causes.ts';
import { createPod, explain, lines, podSpec, waiting } from './evidence.ts';

describe('what a pod needs', () => {
  it('is every Secret, ConfigMap, claim and ServiceAccount by name, with the keys, without what is optional', () => {
    expect(
      listReferences(podSpec).map(({ kind, name, keys }) =>
        `${kind}/${name} ${[...keys.keys()].join()}`.trim(),
      ),
    ).to.deep.equal([
      'ConfigMap/settings level',
      'Secret/shop-db url',
      'PersistentVolumeClaim/shop-data',
      'Secret/shop-tls tls.crt',
      'ConfigMap/extra',
      'Secret/registry',
      'ServiceAccount/shop',
    ]);
  });

  const check = (name: string, lookup: Lookup) =>
    explain({
      references: listReferences(podSpec)
        .filter((reference) => reference.name === name)
        .map((reference) => ({ ...reference, lookup })),
    });
  const present = (...keys: string[]): Lookup => ({ state: 'present', keys: new Set(keys) });
  const cases: Record<string, [name: string, lookup: Lookup, lines: (string | undefined)[][]]> = {
    'is missed by name, with the command that makes it': [
      'shop-db',
      { state: 'missing' },
      [
        [
          'SecretMissing',
          'Secret shop-db does not exist: container shop reads DATABASE_URL from it',
          'kubectl -n store create secret generic shop-db --from-literal=url=…',
        ],
      ],
    ],
    'is missed by key': [
      'shop-db',
      present('password'),
      [
        [
          'SecretKeyMissing',
          'Secret shop-db has no key url: container shop reads DATABASE_URL from it',
          `kubectl -n store patch secret shop-db --type=merge -p '{"stringData":{"url":"…"}}'`,
        ],
      ],
    ],
    'is fine where all keys are there': ['shop-db', present('url', 'password'), []],
    'is not held against it where it may not be seen': [
      'shop-db',
      { state: 'forbidden' },
      [
        [
          'ReferenceUnseen',
          'Secret shop-db cannot be seen with your rights: container shop reads DATABASE_URL from it',
          'kubectl -n store auth can-i get secret/shop-db; ask someone who may whether it exists',
        ],
      ],
    ],
    'may be a claim that waits': [
      'shop-data',
      { state: 'present', keys: new Set(), claimPhase: 'Pending' },
      [
        [
          'VolumeClaimPending',
          'PersistentVolumeClaim shop-data is Pending, not Bound: volume data is made from it',
          'kubectl -n store describe persistentvolumeclaim shop-data',
        ],
      ],
    ],
    'may be credentials of a registry': [
      'registry',
      { state: 'missing' },
      [
        [
          'PullSecretMissing',
          'Secret registry does not exist: it holds the credentials to pull images',
          'kubectl -n store create secret docker-registry registry --docker-server=… --docker-username=… --docker-password=…',
        ],
      ],
    ],
  };
  for (const [title, [name, lookup, expected]] of Object.entries(cases)) {
    it(title, () => expect(lines(check(name, lookup))).to.deep.equal(expected));
  }

  it('is one cause, whether we see it or the kubelet says it', () => {
    const [reference] = listReferences(podSpec).filter(({ name }) => name === 'shop-db');
    const kubelet = [
      createPod({ status: waiting('CreateContainerConfigError', 'secret "shop-db" not found') }),
    ];
    for (const state of ['missing', 'forbidden'] as const) {
      const causes = explain({ pods: kubelet, references: [{ ...reference!, lookup: { state } }] });
      expect(causes.map(({ code, pods }) => [code, pods])).to.deep.equal([['SecretMissing', 1]]);
    }
  });
});
