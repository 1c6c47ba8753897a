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
        const words = (items: Iterable<PersonaItem>) =>
          [...items].map(({ name, phase }) => name + phase).sort();
        expect(words(known.values())).to.deep.equal(words(server.values()));
        expect(words(held.items.values())).to.deep.equal(words(server.values()));
      }),
    );
  });

  it('tells nodes that came or went of a ClusterPersona', () => {
    const cluster = (nodeCount: number) => ({ nodeCount }) as ClusterItem;
    const told = [3, 5, 4].map((count) => toUpdateType(cluster(4), cluster(count)));
    expect(told).to.deep.equal(['nodeRemoved', 'nodeAdded', 'updated']);
  });
});

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
