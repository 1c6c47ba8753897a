import { expect } from 'chai';
import fc from 'fast-check';
import { createHeld, toUpdateType, type Held, type HeldChange } from '../../src/protocol/held.ts';
import type { ClusterItem, PersonaItem } from '../../src/protocol/items.ts';
import { createPersonaItem } from '../socket/played-operator.ts';

const item = createPersonaItem;
const say = (changes: readonly (HeldChange<'personas'> | undefined)[] | undefined) =>
  changes?.map((change) => change && `${change.eventType} ${change.item.name} ${change.item.phase}`);

function holding(...items: PersonaItem[]): Held<'personas'> {
  const held = createHeld('personas');
  held.takeState(items);
  return held;
}

describe('what a reader holds', () => {
  const cases: Record<string, [Held<'personas'>, (held: Held<'personas'>) => unknown, unknown]> = {
    'a first state is all new': [
      createHeld('personas'),
      (held) => say(held.takeState([item('a', '1'), item('b', '2')])),
      ['created a Active', 'created b Active'],
    ],
    'a state that was held already is no change': [
      holding(item('a', '1')),
      (held) => say(held.takeState([item('a', '1')])),
      [],
    ],
    'what a state lacks is gone, before what it has is new': [
      holding(item('a', '1'), item('b', '2')),
      (held) => say(held.takeState([item('b', '3', 'Failing'), item('c', '4')])),
      ['deleted a Active', 'updated b Failing', 'created c Active'],
    ],
    'a page says nothing before the last one': [
      holding(item('a', '1')),
      (held) => [
        say(held.takePage({ items: [item('b', '2')], page: 0, isLast: false })),
        say(held.takePage({ items: [item('c', '3')], page: 1, isLast: true })),
      ],
      [undefined, ['deleted a Active', 'created b Active', 'created c Active']],
    ],
    'pages of a connection that is gone are forgotten': [
      holding(item('a', '1')),
      (held) => {
        held.takePage({ items: [item('b', '2')], page: 0, isLast: false });
        held.forgetPages();
        return say(held.takePage({ items: [item('a', '1')], page: 1, isLast: true }));
      },
      [],
    ],
    'a first page begins a state anew': [
      holding(),
      (held) => {
        held.takePage({ items: [item('old', '1')], page: 0, isLast: false });
        return say(held.takePage({ items: [item('a', '2')], page: 0, isLast: true }));
      },
      ['created a Active'],
    ],
    'an event before any state is not believed': [
      createHeld('personas'),
      (held) => say([held.takeEvent(item('a', '1'), false)]),
      [undefined],
    ],
    'the same state again is no change': [
      holding(item('a', '1')),
      (held) => say([held.takeEvent(item('a', '1'), false)]),
      [undefined],
    ],
    'another version that says the same is no change': [
      holding(item('a', '1')),
      (held) => say([held.takeEvent(item('a', '2'), false)]),
      [undefined],
    ],
    'the deletion of what is not held is no change': [
      holding(item('a', '1')),
      (held) => say([held.takeEvent(item('b', '2'), true)]),
      [undefined],
    ],
    'names like __proto__ are names': [
      holding(),
      (held) => say([held.takeEvent(item('__proto__', '1'), false)]),
      ['created __proto__ Active'],
    ],
  };
  for (const [title, [held, act, expected]] of Object.entries(cases))
    it(title, () => expect(act(held)).to.deep.equal(expected));

  it('begins each change where the one before it ended, and ends where the server is, in whatever order states and events come', () => {
    const change = fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      isGone: fc.boolean(),
      phase: fc.nat(2),
    });
    const step = fc.record({
      changes: fc.array(change, { maxLength: 4 }),
      isHeard: fc.boolean(),
      pages: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const held = createHeld('personas');
        const server = new Map<string, PersonaItem>();
        const known = new Map<string, PersonaItem>();
        let version = 0;
        const play = (changes: readonly HeldChange<'personas'>[]) => {
          for (const { eventType, item: now, previous } of changes) {
            expect(previous).to.equal(known.get(now.name));
            expect(eventType === 'created').to.equal(previous === undefined);
            if (eventType === 'deleted') known.delete(now.name);
            else known.set(now.name, now);
          }
        };
        play(held.takeState([]));
        for (const { changes, isHeard, pages } of steps) {
          for (const { name, isGone, phase } of changes) {
            const next = item(name, String((version += 1)), `p${phase}`);
            if (isGone) server.delete(name);
            else server.set(name, next);
            const told = isHeard ? held.takeEvent(next, isGone) : undefined;
            if (told !== undefined) play([told]);
          }
          if (!isHeard) play(takePages(held, [...server.values()], pages));
        }
        play(held.believe());
        const words = (items: Iterable<PersonaItem>) =>
          [...items].map(({ name, phase }) => name + phase).sort();
        expect(words(known.values())).to.deep.equal(words(server.values()));
        expect(words(held.items.values())).to.deep.equal(words(server.values()));
      }),
    );
  });

  it('tells each version once, and none after a newer one, though sources lag behind each other', () => {
    const change = fc.record({ name: fc.constantFrom('a', 'b', 'c'), isGone: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }),
        (changes, switches) => {
          const history = changes.map(({ name, isGone }, index) => ({
            isGone,
            item: item(name, String(index + 1), `p${index + 1}`),
          }));
          const told: { name: string; version: number; isGone: boolean }[] = [];
          const hear = (heard: readonly HeldChange<'personas'>[]) => {
            for (const {
              eventType,
              item: { name, resourceVersion },
            } of heard)
              told.push({ name, version: Number(resourceVersion), isGone: eventType === 'deleted' });
          };
          const held = createHeld('personas');
          held.takeState([]);
          // Each source begins where it stands, and goes on a while; the last one to the end.
          switches.forEach((start, index) => {
            const state = new Map<string, PersonaItem>();
            const from = Math.min(start, history.length);
            const to = index === switches.length - 1 ? history.length : Math.min(from + 7, history.length);
            history.slice(0, from).forEach((one) => play(state, one));
            hear(held.takeState(state.values()));
            for (const one of history.slice(from, to)) {
              // The one that goes bears the last version that the source has of it.
              const last = one.isGone ? state.get(one.item.name) : one.item;
              play(state, one);
              if (last !== undefined)
                hear([held.takeEvent(last, one.isGone)].filter((heard) => heard !== undefined));
            }
          });
          const updates = told
            .filter(({ isGone }) => !isGone)
            .map(({ name, version }) => `${name} ${version}`);
          expect(new Set(updates).size, updates.join()).to.equal(updates.length);
          for (const name of ['a', 'b', 'c']) {
            const versions = told
              .filter((one) => one.name === name && !one.isGone)
              .map(({ version }) => version);
            expect(versions).to.deep.equal(versions.toSorted((one, other) => one - other));
          }
          hear(held.believe());
          const end = new Map<string, PersonaItem>();
          history.forEach((one) => play(end, one));
          expect([...held.items.values()].map(({ resourceVersion }) => resourceVersion).sort()).to.deep.equal(
            [...end.values()].map(({ resourceVersion }) => resourceVersion).sort(),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('believes what goes back when nothing else is said', () => {
    const held = holding(item('a', '5'), item('b', '6'));
    expect(say(held.takeState([item('a', '3', 'Old')]))).to.deep.equal([]);
    expect(held.isDoubtful).to.equal(true);
    expect(say(held.believe())).to.deep.equal(['deleted b Active', 'updated a Old']);
    expect(held.isDoubtful).to.equal(false);
  });

  it('tells nodes that came or went of a ClusterPersona', () => {
    const cluster = (nodeCount: number) => ({ nodeCount }) as ClusterItem;
    const told = [3, 5, 4].map((count) => toUpdateType(cluster(4), cluster(count)));
    expect(told).to.deep.equal(['nodeRemoved', 'nodeAdded', 'updated']);
  });
});

function play(
  state: Map<string, PersonaItem>,
  { item, isGone }: { item: PersonaItem; isGone: boolean },
): void {
  if (isGone) state.delete(item.name);
  else state.set(item.name, item);
}

/** A state in pages, after some that were cut off. */
function takePages(
  held: Held<'personas'>,
  items: readonly PersonaItem[],
  cutOff: number,
): readonly HeldChange<'personas'>[] {
  for (let page = 0; page < cutOff; page++)
    held.takePage({ items: items.slice(page, page + 1), page, isLast: false });
  held.forgetPages();
  held.takePage({ items: items.slice(0, 1), page: 0, isLast: false });
  return held.takePage({ items: items.slice(1), page: 1, isLast: true }) ?? [];
}
