// Which rights a topic asks for, each of which is needed, and the one text for whoever lacks them.
import { expect } from 'chai';
import { createRights, describeMissing, type Sight } from '../../../operator/websocket/rights.ts';
import type { Access } from '../../../operator/access/create-access.ts';

const bob = { username: 'bob', uid: '', groups: [], extra: {} };

/** `list shop/applicationpersonas.dorgu.io/web`; a dash for the whole cluster. */
async function ask(sight: Sight, isAllowed: (right: string) => boolean) {
  const asked: string[] = [];
  const access: Access = {
    authenticate: () => Promise.reject(new Error('expected no question who it is')),
    authorize: (identity, question) => {
      expect(identity).to.equal(bob);
      if (!('resourceAttributes' in question)) throw new Error('expected a question about objects');
      const { namespace = '-', verb, group, resource, name } = question.resourceAttributes;
      const kind = group === '' ? resource : `${resource}.${group}`;
      const right = `${verb} ${[namespace, kind, ...(name === undefined ? [] : [name])].join('/')}`;
      asked.push(right);
      return Promise.resolve(isAllowed(right));
    },
  };
  return { isAllowed: await createRights(access).mayFollow(bob, sight), asked };
}

const personas = 'applicationpersonas.dorgu.io';

describe('the rights to a topic (F2)', () => {
  const sights: Readonly<Record<string, readonly [Sight, string[]]>> = {
    'personas of a namespace': [{ topic: 'personas', interest: { namespace: 'shop' } }, [`shop/${personas}`]],
    'personas of all namespaces': [{ topic: 'personas', interest: {} }, [`-/${personas}`]],
    'one persona, as a list of one is asked for': [{ topic: 'personas', interest: { namespace: 'shop', name: 'web' } }, [`shop/${personas}/web`]],
    'personas of a name in all namespaces': [{ topic: 'personas', interest: { name: 'web' } }, [`-/${personas}/web`]],
    'personas by labels, whole': [{ topic: 'personas', interest: { namespace: 'shop', labelSelector: 'a=b', isWhole: true } }, [`shop/${personas}`]],
    'the cluster, which is in no namespace': [{ topic: 'cluster', interest: { namespace: 'shop' } }, ['-/clusterpersonas.dorgu.io']],
    'one ClusterPersona': [{ topic: 'cluster', interest: { name: 'here' } }, ['-/clusterpersonas.dorgu.io/here']],
    'deployments': [{ topic: 'deployments', interest: { namespace: 'shop' } }, ['shop/deployments.apps']],
    'events, which tell of personas': [{ topic: 'events', interest: { namespace: 'shop' } }, [`shop/${personas}`, 'shop/events']],
    'events about one persona, which bear other names': [{ topic: 'events', interest: { namespace: 'shop', name: 'web' } }, [`shop/${personas}/web`, 'shop/events']],
  }; // prettier-ignore
  for (const [sentence, [sight, kinds]] of Object.entries(sights))
    it(`are to list and to watch: ${sentence}`, async () => {
      const needed = kinds.flatMap((kind) => ['list', 'watch'].map((verb) => `${verb} ${kind}`));
      const { isAllowed, asked } = await ask(sight, () => true);
      expect(asked).to.have.members(needed);
      expect(isAllowed).to.equal(true);
      for (const missing of needed)
        expect((await ask(sight, (right) => right !== missing)).isAllowed, missing).to.equal(false);
    });

  it('are told by kind and namespace, and by nothing that has been looked up', () => {
    const texts = Object.values(sights).map(([sight]) => describeMissing(sight));
    expect([...new Set(texts)]).to.deep.equal([
      'expected the right to list and watch applicationpersonas.dorgu.io in namespace shop',
      'expected the right to list and watch applicationpersonas.dorgu.io in all namespaces',
      'expected the right to list and watch clusterpersonas.dorgu.io',
      'expected the right to list and watch deployments.apps in namespace shop',
      'expected the right to list and watch applicationpersonas.dorgu.io and events in namespace shop',
    ]);
  });
});
