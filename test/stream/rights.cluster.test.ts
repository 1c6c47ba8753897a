// Who sees what: the stream never shows more than lists with the same credentials do, nor less.
// RIGHTS_CONFIGURATIONS=200 RIGHTS_SEED=7 node_modules/.bin/mocha --no-parallel test/stream/rights.cluster.test.ts
import { expect } from 'chai';
import { waitUntil } from '../cluster/wait-until.ts';
import { inParallel } from '../long/in-parallel.ts';
import { createRandom } from '../random.ts';
import { comparePerson, type Comparison } from './rights/compare.ts';
import { createConfiguration, type Configuration } from './rights/configuration.ts';
import { createWorld } from './rights/world.ts';
import { startStreamStage, type StreamStage } from './stage.ts';
import type { StreamAddress } from './stream-client.ts';

const count = Number(process.env['RIGHTS_CONFIGURATIONS'] ?? 24);
const seed = Number(process.env['RIGHTS_SEED'] ?? 20261123);
/** Of each eight people two, one of either kind, have kubectl look as well, at every seventh sight: it takes a second for each. */
const kubectlPeople = 8;
const kubectlSights = 7;
/** People who look at the same time. */
const width = 4;

describe('what the stream shows (F2)', function () {
  this.timeout(10 * 60 * 1000);
  let stage: StreamStage;
  let address: StreamAddress;
  before(async function () {
    this.timeout(35 * 60 * 1000);
    const started = await startStreamStage();
    if (started === undefined) this.skip();
    stage = started;
    await createWorld(stage);
    const { streamPort: port } = await stage.startOperator(['--controllers=cluster']);
    address = { port, authority: await stage.readStreamAuthority() };
  });
  after(async () => {
    await (stage as StreamStage | undefined)?.stop();
  });

  it(`is what lists show, for ${count} random configurations of RBAC`, async () => {
    const random = createRandom(seed);
    const all = Array.from({ length: count }, (_, index) => createConfiguration(index, random));
    await grantAll(stage, all);
    const found = new Map<Configuration, Comparison>();
    await inParallel(all.entries(), width, async ([index, configuration]) => {
      const kubectl = index % kubectlPeople < 2 ? { step: kubectlSights, first: index } : undefined;
      found.set(configuration, await comparePerson(stage, address, configuration.somebody, kubectl));
    });
    const differing = [...found].filter(([, { differences }]) => differences.length > 0);
    expect(
      differing.map(([{ objects }, { differences }]) => [...differences, JSON.stringify(objects)].join('\n')),
      `with RIGHTS_SEED=${seed}`,
    ).to.deep.equal([]);
    const sum = (of: 'shown' | 'refused' | 'askedOfKubectl') =>
      [...found.values()].reduce((total, one) => total + one[of], 0);
    expect(sum('askedOfKubectl')).to.be.greaterThan(count / 2);
    // Of each enough, or the configurations would prove nothing.
    expect(sum('shown')).to.be.greaterThan((sum('shown') + sum('refused')) / 10);
    expect(sum('refused')).to.be.greaterThan((sum('shown') + sum('refused')) / 10);
  });
});

/** Creates them, and waits until the API server goes by the last of each kind. */
async function grantAll(stage: StreamStage, all: readonly Configuration[]): Promise<void> {
  const rbac = 'rbac.authorization.k8s.io';
  const subjects = [{ apiGroup: rbac, kind: 'User', name: 'last' }];
  const last = (isWide: boolean) => {
    const metadata = { name: 'last', ...(isWide ? {} : { namespace: 'rights-a' }) };
    const kind = isWide ? 'ClusterRole' : 'Role';
    const rules = [{ apiGroups: [isWide ? 'wide' : 'narrow'], resources: ['things'], verbs: ['list'] }];
    const roleRef = { apiGroup: rbac, kind, name: 'last' };
    return [
      { apiVersion: `${rbac}/v1`, kind, metadata, rules },
      { apiVersion: `${rbac}/v1`, kind: `${kind}Binding`, metadata, roleRef, subjects },
    ];
  };
  await stage.kubectl(
    ['create', '-f', '-'],
    ...all.flatMap(({ objects }) => objects),
    ...last(false),
    ...last(true),
  );
  for (const group of ['wide', 'narrow'])
    await waitUntil(
      'RBAC',
      async () => {
        const review = await stage.kubectl(['create', '-o', 'jsonpath={.status.allowed}', '-f', '-'], {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SubjectAccessReview',
          spec: {
            user: 'last',
            resourceAttributes: { namespace: 'rights-a', verb: 'list', group, resource: 'things' },
          },
        });
        return review === 'true' || undefined;
      },
      { timeoutMs: 20_000 },
    );
}
