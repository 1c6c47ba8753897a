// How one owner's part of a persona's status is written: by whom, how often, and what comes of each answer.
import { expect } from 'chai';
import { NotLeading } from '../../../operator/manager/leadership.ts';
import { createPartWriter, type PartWriterParts } from '../../../operator/watched/part-writer.ts';
import { projectPersona, type WatchedPersona } from '../../../operator/watched/personas.ts';
import type { KubeRequest } from '../../../src/kube/client.ts';
import { toAnswerError } from '../../../src/kube/errors-of-answers.ts';
import { KubeError } from '../../../src/kube/kube-error.ts';
import { noClient } from '../manager/caches/fake-reflector.ts';
import { createFault } from '../memory-cluster.ts';
import { createPersona } from '../objects.ts';

interface Part {
  phase: string;
  lastUpdated?: string;
}

const key = 'store/shop';
const at = (resourceVersion: string, phase: string): WatchedPersona =>
  projectPersona({ ...createPersona('shop', {}, { uid: 'one', resourceVersion }), status: { phase } });
const before = at('7', 'Pending');
const idle = new AbortController().signal;

/** A writer, the requests that reach its server, the keys that it wakes, and what the server answers next; without an answer it takes the part. */
function createWorld(options: Partial<PartWriterParts<Part>> = {}) {
  const world = {
    sent: [] as KubeRequest[],
    woken: [] as string[],
    answers: [] as Error[],
    cached: before as WatchedPersona | undefined,
    leading: new AbortController(),
    onSent: (): void => undefined,
  };
  const request = (sent: KubeRequest) => {
    // Whether the kind is served at all.
    if (sent.method === 'GET') return Promise.reject(createFault(404, 'NotFound'));
    world.sent.push(sent);
    world.onSent();
    const answer = world.answers.shift();
    if (answer !== undefined) return Promise.reject(answer);
    const { status } = sent.body as { status: Part };
    const body = { ...createPersona('shop', {}, { uid: 'one', resourceVersion: '9' }), status };
    return Promise.resolve({ status: 200, warnings: [], body } as never);
  };
  const writer = createPartWriter<Part>({
    client: { ...noClient, request },
    leadership: { isLeader: true, requireLeading: () => world.leading.signal, onAcquired: () => undefined },
    fieldManager: 'dorgu-operator-parts',
    find: () => world.cached,
    wake: (woken) => void world.woken.push(woken),
    ...options,
  });
  const write = (part: Part) => writer.write(key, before, part, idle);
  const metadata = () => world.sent.map(({ body }) => (body as { metadata: object }).metadata);
  return { ...world, world, writer, write, metadata };
}

describe('the writer of a part of a status', () => {
  it('applies the part under its own name to that very object', async () => {
    const { write, sent, metadata } = createWorld();
    const end = await write({ phase: 'Active' });
    expect(end).to.have.property('outcome', 'written');
    expect(sent[0]?.query).to.deep.include({ fieldManager: 'dorgu-operator-parts', force: true });
    expect(metadata()).to.deep.equal([{ namespace: 'store', name: 'shop', uid: 'one' }]);
  });

  it('names the version that was judged where a change meanwhile matters', async () => {
    const { write, metadata } = createWorld({ isExact: true });
    await write({ phase: 'Active' });
    expect(metadata()[0]).to.have.property('resourceVersion', '7');
  });

  it('goes on from its answer until the watch has brought it, and takes that for its echo', async () => {
    const { write, writer, woken } = createWorld();
    await write({ phase: 'Active' });
    expect(writer.latest(key, before).resourceVersion).to.equal('9');
    expect(writer.isEcho(key, at('9', 'Active'), before)).to.equal(true);
    expect(writer.isEcho(key, at('10', 'Failed'), at('9', 'Active'))).to.equal(false);
    expect(woken).to.deep.equal([]);
  });

  it('wakes the key where it took for its echo what was none', async () => {
    const { world, write, writer, woken } = createWorld();
    world.onSent = () => {
      world.cached = at('8', 'Failed');
      writer.isEcho(key, world.cached, before);
    };
    world.answers.push(createFault(409, 'Conflict'));
    await write({ phase: 'Active' });
    expect(woken).to.deep.equal([key]);
  });

  const answers: Record<string, { fault: KubeError; outcome: string }> = {
    'another object of the name': { fault: createFault(409, 'Conflict'), outcome: 'stale' },
    'no object of the name': { fault: createFault(404, 'NotFound'), outcome: 'gone' },
  };
  for (const [what, { fault, outcome }] of Object.entries(answers))
    it(`takes ${what} for ${outcome}, and sends the same part again when it is asked to`, async () => {
      const { world, write, sent } = createWorld();
      world.answers.push(fault);
      expect(await write({ phase: 'Active' })).to.deep.equal({ outcome });
      expect(await write({ phase: 'Active' })).to.have.property('outcome', 'written');
      expect(sent).to.have.length(2);
    });

  for (const httpStatus of [422, 413])
    it(`asks once for what is refused with ${httpStatus}, whatever its times, and again for something else`, async () => {
      const { world, write, sent } = createWorld();
      world.answers.push(createFault(httpStatus, 'Invalid'));
      const first = await write({ phase: 'Active', lastUpdated: '2026-11-23T09:30:00Z' });
      expect(first).to.deep.include({ outcome: 'refused', persona: undefined });
      expect(await write({ phase: 'Active', lastUpdated: '2026-11-23T09:31:00Z' })).to.deep.equal({
        outcome: 'known',
      });
      expect(sent).to.have.length(1);
      expect(await write({ phase: 'Failed' })).to.have.property('outcome', 'written');
      expect(await write({ phase: 'Active' }), 'it may be taken now').to.have.property('outcome', 'written');
    });

  it('asks again for what was refused once the object is another', async () => {
    const { world, write, writer } = createWorld();
    world.answers.push(createFault(422, 'Invalid'));
    await write({ phase: 'Active' });
    writer.forget(key);
    expect(await write({ phase: 'Active' })).to.have.property('outcome', 'written');
  });

  it('says something shorter where there is something, and goes on from what was taken of it', async () => {
    const { world, write, writer, sent } = createWorld({ shorten: () => ({ phase: 'Unknown' }) });
    world.answers.push(createFault(422, 'Invalid'));
    const end = await write({ phase: 'Active' });
    expect(end).to.have.nested.property('persona.resourceVersion', '9');
    expect(end).to.have.property('outcome', 'refused');
    expect(sent.map(({ body }) => (body as { status: Part }).status.phase)).to.deep.equal([
      'Active',
      'Unknown',
    ]);
    expect(writer.latest(key, before).resourceVersion).to.equal('9');
  });

  it('says so where not even that is taken', async () => {
    const { world, write } = createWorld({ shorten: () => ({ phase: 'Unknown' }) });
    world.answers.push(createFault(422, 'Invalid'), createFault(422, 'Invalid'));
    expect(await write({ phase: 'Active' })).to.deep.include({ outcome: 'refused', persona: undefined });
  });

  const passing: Record<string, KubeError> = {
    'a server that fails': createFault(500, 'NotFound'),
    'a subresource that is not served': toAnswerError(
      404,
      '404 page not found',
      { server: 'https://nowhere', contextName: undefined },
      { method: 'PATCH', path: '/status' },
    ),
  };
  for (const [what, fault] of Object.entries(passing))
    it(`throws because of ${what}, and remembers no refusal`, async () => {
      const { world, write } = createWorld();
      world.answers.push(fault);
      const thrown: unknown = await write({ phase: 'Active' }).catch((error: unknown) => error);
      expect(thrown).to.be.instanceOf(KubeError).with.property('httpStatus', fault.httpStatus);
      expect(await write({ phase: 'Active' })).to.have.property('outcome', 'written');
    });

  it('sends nothing without the lead, and ends what is under way with it', async () => {
    const follower = createWorld({
      leadership: {
        isLeader: false,
        requireLeading: () => {
          throw new NotLeading('another leads');
        },
        onAcquired: () => undefined,
      },
    });
    const thrown: unknown = await follower.write({ phase: 'Active' }).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(NotLeading);
    expect(follower.sent).to.deep.equal([]);
    const leader = createWorld();
    await leader.write({ phase: 'Active' });
    leader.world.leading.abort();
    expect(leader.sent[0]?.signal?.aborted).to.equal(true);
  });
});
