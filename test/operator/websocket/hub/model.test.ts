// Random changes, readers that come, go, sleep and wake: in the end each holds what the API server has of its interest, and was told nothing twice.
// DORGU_FUZZ_RUNS=2000 plays more of them.
import { expect } from 'chai';
import fc from 'fast-check';
import { toDeploymentItem } from '../../../../src/protocol/deployment-item.ts';
import { toOccurrenceItem, toValidationItem } from '../../../../src/protocol/event-items.ts';
import { keyOf } from '../../../../src/protocol/item-identity.ts';
import type { ItemOf } from '../../../../src/protocol/items.ts';
import type { Interest, Topic } from '../../../../src/protocol/messages.ts';
import { toPersonaItem } from '../../../../src/protocol/persona-item.ts';
import { LameClock, PlayedHub, type Followed } from './played-hub.ts';

const numRuns = Number(process.env['DORGU_FUZZ_RUNS'] ?? 60);

const namespaces = ['a', 'b'];
const names = ['x', 'y', 'z', 'u', 'v'];
const teams = ['blue', 'red'];
/** Makes a whole object large enough for a few of them to fill a page. */
const ballast = 'x'.repeat(100_000);

type Follow = { topic: Topic; interest: Interest };
type Act =
  | { act: 'put'; topic: Topic; key: string; phase: string; team: string; touch: number }
  | { act: 'remove'; topic: Topic; key: string }
  | ({ act: 'follow'; isSlow: boolean } & Follow)
  | { act: 'leave' | 'sleep' | 'wake'; reader: number }
  | { act: 'settle' };

const topic = fc.constantFrom<Topic>('personas', 'personas', 'deployments', 'events');
const key = fc
  .tuple(fc.constantFrom(...namespaces), fc.constantFrom(...names))
  .map((parts) => parts.join('/'));
const narrow: fc.Arbitrary<Interest> = fc.record(
  {
    namespace: fc.constantFrom(...namespaces),
    name: fc.constantFrom(...names),
    labelSelector: fc.constantFrom('team=blue', 'team!=blue', 'team', '!team'),
    isWhole: fc.boolean(),
  },
  { requiredKeys: [] },
);
/** Whole objects come in pages, between which things happen. */
const paged = fc.record(
  { isWhole: fc.constant(true), labelSelector: fc.constantFrom('team', 'team!=red') },
  { requiredKeys: ['isWhole'] },
);
const interest: fc.Arbitrary<Interest> = fc.oneof(narrow, paged);
const reader = fc.nat(7);
const put = fc.record({
  act: fc.constant('put' as const),
  topic,
  key,
  phase: fc.constantFrom('Active', 'Failed'),
  team: fc.constantFrom('', ...teams),
  touch: fc.nat(2),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 10, arbitrary: put },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('remove' as const), topic, key }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('follow' as const), topic, interest, isSlow: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom('leave', 'sleep', 'wake', 'wake'),
      reader,
    }),
  },
  { weight: 6, arbitrary: fc.constant({ act: 'settle' as const }) },
);

/** One game. */
class Game {
  readonly played = new PlayedHub({ clock: new LameClock() });
  readonly followers: (Followed & Follow)[] = [];

  async play(one: Act): Promise<void> {
    const { played, followers } = this;
    switch (one.act) {
      case 'put':
        played.put(one.topic, one.key, toObject(one));
        return;
      case 'remove':
        played.remove(one.topic, one.key);
        return;
      case 'settle':
        await played.settle();
        return;
      case 'follow':
        await this.#follow(one);
        return;
      case 'leave': {
        const [gone] = followers.splice(one.reader, 1);
        gone?.subscription.close();
        return;
      }
      default: {
        const found = followers[one.reader];
        if (found !== undefined) this.#wake(found, one.act === 'wake');
      }
    }
  }

  /** Everybody wakes, and hears what there is to hear. */
  async end(): Promise<void> {
    await this.played.settle();
    for (let turn = 0; turn < 10; turn += 1) {
      for (const follower of this.followers) this.#wake(follower, true);
      await this.played.settle();
    }
  }

  /** What the API server has of an interest. */
  expected({ topic: of, interest: wanted }: Follow): Map<string, ItemOf[Topic]> {
    const isMeant = (item: { namespace: string; name: string }) =>
      (wanted.namespace ?? item.namespace) === item.namespace && (wanted.name ?? item.name) === item.name;
    const items = this.#itemsOf(of, wanted.isWhole === true).filter(
      ({ item, team }) => isMeant(item) && isSelected(wanted.labelSelector, team),
    );
    return new Map(items.map(({ item }) => [keyOf(of, item), item]));
  }

  async #follow({ topic: of, interest: wanted, isSlow }: Follow & { isSlow: boolean }): Promise<void> {
    if (this.followers.length >= 8) return;
    const followed = await this.played.follow(of, wanted);
    followed.reader.weight = wanted.isWhole === true ? 1 : 5000;
    followed.reader.isSlow = isSlow;
    this.followers.push({ ...followed, topic: of, interest: wanted });
  }

  #wake({ reader: woken, subscription }: Followed, isAwake: boolean): void {
    woken.isSlow = !isAwake;
    if (!isAwake) return;
    woken.take();
    subscription.drained();
  }

  /** `team` is undefined for what no persona is there for. */
  #itemsOf(
    of: Topic,
    isWhole: boolean,
  ): { item: Exclude<ItemOf[Topic], ItemOf['cluster']>; team: string | undefined }[] {
    const objects = (plural: string) => [...(this.played.objects.get(plural)?.entries() ?? [])];
    const personas = objects('applicationpersonas');
    if (of === 'deployments')
      return objects('deployments').map(([, object]) => ({
        item: toDeploymentItem(object, { isWhole })!,
        team: teamOf(object),
      }));
    if (of !== 'events')
      return personas.map(([, object]) => ({
        item: toPersonaItem(object, { isWhole })!,
        team: teamOf(object),
      }));
    const teamsOf = new Map(personas.map(([name, object]) => [name, teamOf(object)]));
    return [
      ...personas.map(([, object]) => ({ item: toValidationItem(object)!, team: teamOf(object) })),
      ...objects('events').map(([, object]) => {
        const item = toOccurrenceItem(object)!;
        return { item, team: teamsOf.get(`${item.namespace}/${item.name}`) };
      }),
    ];
  }
}

function toObject({
  topic: of,
  key: place,
  phase,
  team,
  touch,
}: Extract<Act, { act: 'put' }>): Record<string, unknown> {
  const metadata = { labels: team === '' ? {} : { team }, annotations: { touch: String(touch), ballast } };
  if (of === 'deployments') return { metadata, spec: { replicas: touch }, status: {} };
  if (of === 'personas')
    return { metadata, spec: { name: 'app' }, status: { phase, validation: { passed: phase === 'Active' } } };
  const [namespace = '', name = ''] = place.split('/');
  const persona = names[(names.indexOf(name) + touch) % 2] ?? name;
  const involvedObject = { apiVersion: 'dorgu.io/v1', kind: 'ApplicationPersona', namespace, name: persona };
  return { metadata: {}, involvedObject, type: 'Normal', reason: phase, message: 'it has', count: 1 };
}

function teamOf(object: object): string {
  return (object as { metadata: { labels: { team?: string } } }).metadata.labels.team ?? '';
}

const readings: Record<string, (team: string) => boolean> = {
  team: (team) => team !== '',
  '!team': (team) => team === '',
  'team=blue': (team) => team === 'blue',
  'team!=blue': (team) => team !== 'blue',
  'team!=red': (team) => team !== 'red',
};

function isSelected(selector: string | undefined, team: string | undefined): boolean {
  return selector === undefined || (team !== undefined && readings[selector]!(team));
}

describe('the hub, whatever happens', function () {
  this.timeout(60_000);

  it('leaves each reader with what the API server has of its interest, and tells nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 200, size: 'max' }), async (acts) => {
        const game = new Game();
        for (const one of acts) await game.play(one);
        await game.end();
        for (const follower of game.followers) {
          const { reader: told } = follower;
          const shown = (items: Iterable<[string, ItemOf[Topic]]>) =>
            [...items].map(([place, item]) => `${place} ${told.comparable(item)}`).sort();
          expect(shown(told.held ?? [])).to.deep.equal(shown(game.expected(follower)));
        }
        await game.played.hub.stop();
      }),
      { numRuns },
    );
  });
});
