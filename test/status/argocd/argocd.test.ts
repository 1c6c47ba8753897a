import { expect } from 'chai';
import fc from 'fast-check';
import { validateApplicationPersona } from '../../../src/api/validate.ts';
import { readArgoApplication } from '../../../src/status/argocd/application.ts';
import { findApplication } from '../../../src/status/argocd/find-application.ts';
import { mirrorApplication } from '../../../src/status/argocd/mirror-application.ts';
import { readSeenStatus } from '../../../src/status/seen-status.ts';
import { createWorkload, now } from '../objects.ts';

type Fields = Record<string, unknown>;

const inside = { server: 'https://kubernetes.default.svc', namespace: 'store' };

/** An Application that deploys into `store`, and manages nothing yet. */
function createApplication(
  name: string,
  parts: { destination?: object; status?: Fields; namespace?: string } = {},
) {
  const { destination = inside, status = {}, namespace = 'argocd' } = parts;
  return readArgoApplication({ metadata: { name, namespace }, spec: { destination }, status });
}

const managing = (kind: string, name: string, namespace = 'store', group = 'apps') => ({
  resources: [{ group, kind, name, namespace }],
});

const tracked = (id: string) => ({ annotations: { 'argocd.argoproj.io/tracking-id': id } });

function find(
  applications: ReturnType<typeof createApplication>[],
  metadata: object = {},
  servers: string[] = [],
) {
  const workloads = [createWorkload('Deployment', { metadata: { ...metadata } })];
  return findApplication({ namespace: 'store', application: 'shop', workloads }, applications, { servers })
    ?.name;
}

describe('the Application of a persona', () => {
  const remote = { server: 'https://elsewhere.example.com', namespace: 'store' };
  const cases: Record<
    string,
    { there: ReturnType<typeof createApplication>[]; metadata?: object; servers?: string[]; then?: string }
  > = {
    'is the one that manages its workload': {
      there: [
        createApplication('shop'),
        createApplication('other', { status: managing('Deployment', 'shop') }),
      ],
      then: 'other',
    },
    'is not one that manages a namesake of another kind': {
      there: [createApplication('other', { status: managing('StatefulSet', 'shop') })],
    },
    'is not one that manages a namesake of another group': {
      there: [createApplication('other', { status: managing('Deployment', 'shop', 'store', 'acme.io') })],
    },
    'is not one that manages a namesake in another namespace': {
      there: [createApplication('other', { status: managing('Deployment', 'shop', 'elsewhere') })],
    },
    'is the one of the tracking annotation before the one of the name': {
      there: [createApplication('shop'), createApplication('web')],
      metadata: tracked('web:apps/Deployment:store/shop'),
      then: 'web',
    },
    'may stand in a namespace of its own, which the annotation says': {
      there: [createApplication('web', { namespace: 'team' })],
      metadata: tracked('team_web:apps/Deployment:store/shop'),
      then: 'web',
    },
    'is not the one of an annotation that was copied from another workload': {
      there: [createApplication('web')],
      metadata: tracked('web:apps/Deployment:store/original'),
    },
    'is the one of the instance label in its destination namespace': {
      there: [createApplication('web')],
      metadata: { labels: { app: 'shop', 'app.kubernetes.io/instance': 'web' } },
      then: 'web',
    },
    'is not a namesake of the label that deploys elsewhere: Helm writes that label too': {
      there: [createApplication('web', { destination: { ...inside, namespace: 'elsewhere' } })],
      metadata: { labels: { app: 'shop', 'app.kubernetes.io/instance': 'web' } },
    },
    'is the namesake of the persona within its destination namespace': {
      there: [createApplication('shop')],
      then: 'shop',
    },
    'is never a namesake across namespaces': {
      there: [createApplication('shop', { destination: { ...inside, namespace: 'elsewhere' } })],
    },
    'is never one of another cluster, whatever it manages': {
      there: [createApplication('shop', { destination: remote, status: managing('Deployment', 'shop') })],
    },
    'may call this cluster by its address': {
      there: [createApplication('shop', { destination: { ...remote, server: 'https://10.0.0.1:6443/' } })],
      servers: ['https://10.0.0.1:6443'],
      then: 'shop',
    },
    'may call this cluster by its name in Argo CD': {
      there: [createApplication('shop', { destination: { name: 'in-cluster', namespace: 'store' } })],
      then: 'shop',
    },
    'is not one of another cluster’s name': {
      there: [createApplication('shop', { destination: { name: 'production', namespace: 'store' } })],
    },
    'is the first by name where two manage the same': {
      there: ['b', 'a'].map((name) => createApplication(name, { status: managing('Deployment', 'shop') })),
      then: 'a',
    },
  };
  for (const [title, { there, metadata, servers, then }] of Object.entries(cases)) {
    it(title, () => expect(find(there, metadata, servers)).to.equal(then));
  }
});

describe('the mirror of an Application', () => {
  const mirror = (status: Fields, seen = {}) =>
    mirrorApplication(createApplication('shop', { status }), readSeenStatus(seen), { generation: 3, now });
  const last = { phase: 'Succeeded', finishedAt: '2026-11-23T09:00:00.5Z', syncResult: { revision: 'aaa' } };
  const failed = { phase: 'Failed', finishedAt: '2026-11-23T09:10:00Z', syncResult: { revision: 'bbb' } };
  const history = [
    { revision: 'old', deployedAt: '2026-11-22T09:00:00Z' },
    { revision: 'aaa', deployedAt: '2026-11-23T08:00:00Z' },
  ];
  const cases: Record<string, { status: Fields; then: Fields }> = {
    'says what is synced': {
      status: {
        sync: { status: 'Synced', revision: 'aaa' },
        health: { status: 'Healthy' },
        operationState: last,
      },
      then: {
        syncStatus: 'Synced',
        healthStatus: 'Healthy',
        revision: 'aaa',
        lastSyncTime: '2026-11-23T09:00:00Z',
      },
    },
    'says what was synced, not what git has, while it is out of sync': {
      status: {
        sync: { status: 'OutOfSync', revision: 'bbb' },
        health: { status: 'Degraded' },
        operationState: last,
      },
      then: { syncStatus: 'OutOfSync', healthStatus: 'Degraded', revision: 'aaa' },
    },
    'takes the last sync that went well from the history where the last one did not': {
      status: { sync: { status: 'OutOfSync', revision: 'bbb' }, operationState: failed, history },
      then: { revision: 'aaa', lastSyncTime: '2026-11-23T08:00:00Z' },
    },
    'joins the revisions of several sources': {
      status: { sync: { status: 'Synced', revisions: ['aaa', 'bbb'] } },
      then: { revision: 'aaa,bbb' },
    },
    'of a new Application is Unknown': {
      status: {},
      then: { syncStatus: 'Unknown', healthStatus: 'Unknown' },
    },
    'of words that nobody knows is Unknown': {
      status: { sync: { status: 'Sideways' }, health: { status: 7 } },
      then: { syncStatus: 'Unknown', healthStatus: 'Unknown' },
    },
  };
  for (const [title, { status, then }] of Object.entries(cases)) {
    it(title, () => expect(mirror(status).status.argoCD).to.deep.include(then));
  }

  it('rests once it stands in the status, and is given up without an Application', () => {
    const { status } = mirror({ sync: { status: 'Synced', revision: 'aaa' } });
    expect(mirror({ sync: { status: 'Synced', revision: 'aaa' } }, status).isChanged).to.equal(false);
    const options = { generation: 3, now };
    expect(mirrorApplication(undefined, readSeenStatus(status), options)).to.deep.equal({
      status: {},
      isChanged: true,
    });
    expect(mirrorApplication(undefined, {}, options)).to.deep.equal({ status: {}, isChanged: false });
  });

  it('fits the schema whatever the Application holds', () => {
    const spec = { name: 'shop', type: 'api' };
    const persona = {
      apiVersion: 'dorgu.io/v1',
      kind: 'ApplicationPersona',
      metadata: { name: 'shop', namespace: 'store' },
      spec,
    };
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
    );
    const status = fc.record({
      sync: fc.record({ status: anything, revision: anything, revisions: anything }),
      health: anything,
      operationState: fc.record({
        phase: fc.constantFrom('Succeeded', 1),
        finishedAt: anything,
        syncResult: anything,
      }),
      history: anything,
      resources: fc.oneof(anything, fc.array(anything)),
    });
    fc.assert(
      fc.property(status, anything, (foreign, name) => {
        const application = readArgoApplication({
          metadata: { name, namespace: name },
          spec: name,
          status: foreign,
        });
        const mirrored = mirrorApplication(application, {}, { generation: 1, now });
        const { ok, ...rest } = validateApplicationPersona({ ...persona, status: mirrored.status });
        expect({ ok, ...(ok ? {} : rest) }).to.deep.equal({ ok: true });
      }),
      { numRuns: 500 },
    );
  });
});
