// Reflectors on a real API server that changes, freezes, dies, forgets its history and comes back: in the end they know what kubectl shows.
import { expect } from 'chai';
import { resources, pathOf, type Resource } from '../../../src/kube/resources.ts';
import { createReflector } from '../../../src/kube/watch/create-reflector.ts';
import type { Change, Reflector } from '../../../src/kube/watch/reflector.ts';
import type { WatchTuning } from '../../../src/kube/watch/tuning.ts';
import { installCrds } from '../../cluster/crds.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { createAll, startOwnCluster, type OwnCluster } from '../../commands/cluster/own-cluster.ts';
import { createDeployment, createPersona } from '../../scenarios/objects.ts';

const namespace = 'default';

/** What is kept: enough to tell one state from another. */
function project(object: unknown): string {
  const { metadata } = object as { metadata: { uid: string; resourceVersion: string } };
  return `${metadata.uid} ${metadata.resourceVersion}`;
}

describe('a reflector on a real API server', () => {
  let cluster: OwnCluster | undefined;
  let watched: { resource: Resource; reflector: Reflector<string>; deleted: string[] }[] = [];
  /** Held while it is set: nobody tries anything again. */
  let gate: Promise<void> | undefined;
  let openGate = (): void => undefined;

  const plane = () => {
    if (cluster === undefined) throw new Error('no cluster');
    return cluster;
  };
  const program = (name: string) => {
    const found = plane().plane.programs.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  const watch = (resource: Resource, tuning: WatchTuning = {}) => {
    const deleted: string[] = [];
    const onChange = ({ type, key }: Change<string>) => {
      if (type === 'deleted') deleted.push(key);
    };
    const reflector = createReflector(
      plane().client,
      { resource, project, onChange },
      {
        stallMs: 3000,
        firstPauseMs: 50,
        sleep: async (ms, signal) => {
          await gate;
          if (!signal.aborted) await new Promise((done) => setTimeout(done, Math.min(ms, 500)));
        },
        ...tuning,
      },
    );
    reflector.start();
    watched.push({ resource, reflector, deleted });
  };
  /** What kubectl shows, as the reflectors keep it. */
  const ask = async ({ plural, group }: Resource): Promise<string[]> => {
    const json = await plane().kubectl(['get', `${plural}.${group}`, '-A', '-o', 'json']);
    const { items } = JSON.parse(json) as { items: { metadata: { namespace: string; name: string } }[] };
    return items.map((item) => `${item.metadata.namespace}/${item.metadata.name} ${project(item)}`).sort();
  };
  const expectSame = async () => {
    for (const { resource, reflector } of watched) {
      const expected = await ask(resource);
      const last = { seen: [] as string[] };
      await waitUntil(
        `the ${resource.plural} of kubectl`,
        () => {
          last.seen = [...reflector.objects].map(([key, state]) => `${key} ${state}`).sort();
          return JSON.stringify(last.seen) === JSON.stringify(expected) || undefined;
        },
        { timeoutMs: 15_000 },
      ).catch(() => expect(last.seen).to.deep.equal(expected));
    }
  };
  const create = (resource: Resource, objects: object[]) =>
    createAll(plane().client, pathOf(resource, { namespace }), objects);
  const change = async (round: string) => {
    await create(resources.deployments, [createDeployment(`late-${round}`)]);
    await create(resources.applicationPersonas, [createPersona(`late-${round}`)]);
    await plane().kubectl([
      'label',
      'deployments.apps',
      'app-1',
      '-n',
      namespace,
      `round=${round}`,
      '--overwrite',
    ]);
    await plane().kubectl(['delete', 'deployments.apps', `gone-${round}`, '-n', namespace]);
    await plane().kubectl(['delete', 'applicationpersonas.dorgu.io', `gone-${round}`, '-n', namespace]);
  };
  const untilReady = () =>
    waitUntil('the API server', async () => ((await plane().plane.isReady()) ? true : undefined), {
      timeoutMs: 60_000,
    });

  before(async function () {
    this.timeout(120_000);
    cluster = await startOwnCluster({ apiServerFlags: ['--etcd-compaction-interval=1s'] });
    if (cluster === undefined) {
      this.skip();
      return;
    }
    await installCrds(cluster.plane.kubectl);
    const names = [
      ...Array.from({ length: 40 }, (_, index) => `app-${index}`),
      ...['steady', 'frozen', 'lost'].map((round) => `gone-${round}`),
    ];
    await create(
      resources.deployments,
      names.map((name) => createDeployment(name)),
    );
    await create(
      resources.applicationPersonas,
      names.map((name) => createPersona(name)),
    );
    watch(resources.deployments);
    watch(resources.deployments, { isWatchListTried: false, pageSize: 7 });
    watch(resources.applicationPersonas);
    watch(resources.applicationPersonas, { isWatchListTried: false, pageSize: 7 });
    await Promise.all(watched.map(({ reflector }) => reflector.synced));
  });
  after(async function () {
    this.timeout(60_000);
    openGate();
    await Promise.all(watched.map(({ reflector }) => reflector.stop()));
    watched = [];
    await cluster?.stop();
  });

  it('knows what there is, as a WatchList and in pages, and what changes', async function () {
    this.timeout(60_000);
    await expectSame();
    await change('steady');
    await expectSame();
    for (const { reflector, deleted } of watched) {
      expect([...reflector.health().relists]).to.deep.equal([]);
      expect(deleted).to.deep.equal(['default/gone-steady']);
    }
  });

  it('finds by the clock that the server is frozen, and goes on when that does', async function () {
    this.timeout(90_000);
    const server = program('kube-apiserver');
    server.pause();
    try {
      for (const { reflector } of watched)
        await waitUntil(
          'a failure',
          () => (reflector.health().failure?.includes('nothing came for') ? true : undefined),
          { timeoutMs: 20_000 },
        );
    } finally {
      server.resume();
    }
    await untilReady();
    await change('frozen');
    await expectSame();
    for (const { reflector, deleted } of watched) {
      expect(reflector.health().restarts.get('stalled')).to.be.at.least(1);
      expect(deleted).to.deep.equal(['default/gone-steady', 'default/gone-frozen']);
    }
  });

  it('lists anew when the server died, and its history with it, and finds what went meanwhile', async function () {
    this.timeout(120_000);
    const server = program('kube-apiserver');
    gate = new Promise((resolve) => (openGate = resolve));
    await server.kill();
    for (const { reflector } of watched)
      await waitUntil('a failure', () => reflector.health().failure !== undefined || undefined, {
        timeoutMs: 10_000,
      });
    await server.startAgain();
    await untilReady();
    await change('lost');
    gate = undefined;
    openGate();
    await expectSame();
    for (const { reflector, deleted } of watched) {
      expect(reflector.health().failure).to.equal(undefined);
      expect(deleted).to.deep.equal(['steady', 'frozen', 'lost'].map((round) => `default/gone-${round}`));
    }
    const relists = watched.map(({ reflector }) => reflector.health().relists.get('expired') ?? 0);
    expect(Math.max(...relists), 'nobody met 410').to.be.at.least(1);
  });
});
