// The CAs of client certificates: read as they change, kept where they cannot be read, and that is told once.
import { expect } from 'chai';
import { authoritiesPlace, createClientAuthorities } from '../../../operator/access/client-authorities.ts';
import { FakeClock } from '../manager/fake-clock.ts';
import { createFakeReflectors, noClient } from '../manager/caches/fake-reflector.ts';
import { createMemoryLogger } from '../manager/memory-logger.ts';
import { createRoot } from './client-certificates.ts';

const key = `${authoritiesPlace.namespace}/${authoritiesPlace.name}`;

async function start() {
  const clock = new FakeClock();
  const logger = createMemoryLogger();
  const { create, watches } = createFakeReflectors();
  const authorities = createClientAuthorities({ client: noClient, createReflector: create, clock, logger });
  await authorities.start();
  const [watch] = watches;
  if (watch === undefined) throw new Error('expected a watch');
  const said = () =>
    logger.lines.filter(({ level }) => level === 'warn').map(({ fields }) => fields['reason']);
  const put = (text: unknown) => watch.put(key, { data: { [authoritiesPlace.key]: text } });
  return { authorities, clock, watch, said, put };
}

describe('the CAs of client certificates', () => {
  it('are none at first, then those of the ConfigMap as it changes; nothing is ready or unready for that', async () => {
    const { authorities, put, watch } = await start();
    let changes = 0;
    const end = authorities.subscribe(() => void (changes += 1));
    expect(authorities.trusted).to.deep.equal([]);
    expect(authorities.whyNotReady()).to.equal(undefined);
    expect(authorities.isKnown).to.equal(false);
    watch.sync();
    expect(authorities.isKnown).to.equal(true);
    const [one, two] = [await createRoot('one'), await createRoot('two')];
    const counts = [one.certificate, one.certificate + two.certificate, 'garbage', undefined, 7].map(
      (text) => {
        put(text);
        return authorities.trusted.length;
      },
    );
    expect(counts).to.deep.equal([1, 2, 0, 0, 0]);
    put(two.certificate);
    watch.remove(key);
    expect(authorities.trusted).to.deep.equal([]);
    expect(changes).to.equal(7);
    end();
    put(two.certificate);
    expect(changes).to.equal(7);
    await authorities.stop();
    expect(watch.state).to.equal('stopped');
  });

  it('stay the last known ones where they cannot be read, which is told once, and not of a moment', async () => {
    const { authorities, clock, put, said, watch } = await start();
    put((await createRoot('one')).certificate);
    watch.failure = 'a moment';
    await clock.advance(2000);
    watch.failure = undefined;
    await clock.advance(2000);
    expect(said()).to.deep.equal([]);
    watch.failure = 'forbidden';
    await clock.advance(60_000);
    expect(said()).to.deep.equal(['forbidden']);
    expect(authorities.trusted).to.have.length(1);
    watch.failure = undefined;
    await clock.advance(2000);
    watch.failure = 'forbidden';
    await clock.advance(60_000);
    expect(said()).to.deep.equal(['forbidden', 'forbidden']);
    await authorities.stop();
  });
});
