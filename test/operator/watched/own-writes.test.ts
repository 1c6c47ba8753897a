// Which changes are taken for the echo of a write, and when that is taken back.
import { expect } from 'chai';
import { createOwnWrites } from '../../../operator/watched/own-writes.ts';
import { projectPersona, type WatchedPersona } from '../../../operator/watched/personas.ts';
import { createPersona } from '../objects.ts';

const key = 'store/shop';

function at(
  resourceVersion: string,
  { phase = 'Active', generation = 1, uid = 'one', spec = {}, annotations = {} } = {},
): WatchedPersona {
  const object = createPersona('shop', spec, { uid, resourceVersion, generation, annotations });
  return projectPersona({ ...object, status: { phase } });
}

describe('own writes', () => {
  const before = at('7', { phase: 'Pending' });
  const written = at('9');

  it('take what comes before the answer for the echo, and forget it with the answer', () => {
    const writes = createOwnWrites();
    writes.begin(key);
    expect(writes.isEcho(key, written, before)).to.equal(true);
    expect(writes.end(key, written, written)).to.equal(false);
    expect(writes.latest(key, before), 'nothing is held back').to.equal(before);
  });

  it('take what comes after the answer for the echo, once', () => {
    const writes = createOwnWrites();
    writes.begin(key);
    expect(writes.end(key, written, before)).to.equal(false);
    expect(writes.latest(key, before)).to.equal(written);
    expect(writes.isEcho(key, written, before)).to.equal(true);
    expect(writes.isEcho(key, at('11', { phase: 'Failed' }), written)).to.equal(false);
    expect(writes.latest(key, before)).to.equal(before);
  });

  const later = at('12', { phase: 'Failed' });
  const cases: Record<string, (writes: ReturnType<typeof createOwnWrites>) => boolean> = {
    'somebody wrote after it, and that came first': (writes) => writes.end(key, written, later),
    'the write has failed': (writes) => writes.end(key, undefined, later),
    'the persona went away meanwhile': (writes) => writes.end(key, written, undefined),
    'another persona of the name came meanwhile': (writes) =>
      writes.end(key, written, at('12', { uid: 'two' })),
  };
  for (const [when, end] of Object.entries(cases))
    it(`ask for another look where something was taken for the echo and ${when}`, () => {
      const writes = createOwnWrites();
      writes.begin(key);
      expect(writes.isEcho(key, later, before)).to.equal(true);
      expect(end(writes)).to.equal(true);
    });

  for (const [when, end] of Object.entries(cases))
    it(`ask for none where nothing was taken for the echo and ${when}: that has woken it already`, () => {
      const writes = createOwnWrites();
      writes.begin(key);
      expect(end(writes)).to.equal(false);
    });

  const news: Record<string, WatchedPersona> = {
    'another spec': at('8', { spec: { tier: 'critical' } }),
    'another team': at('8', { spec: { ownership: { team: 'payments' } } }),
    'another generation': at('8', { generation: 2 }),
    'another mode': at('8', { annotations: { 'dorgu.io/mode': 'enforcing' } }),
    'another object of the name': at('8', { uid: 'two' }),
  };
  for (const [what, value] of Object.entries(news))
    it(`are not mixed up with ${what}, also while one is on its way`, () => {
      const writes = createOwnWrites();
      writes.begin(key);
      expect(writes.isEcho(key, value, before)).to.equal(false);
    });

  it('take nothing for an echo while none is on its way', () => {
    expect(createOwnWrites().isEcho(key, written, before)).to.equal(false);
  });
});
