// What one has to be allowed to follow a topic: to list and watch the data itself, so that the stream never shows more than kubectl get.
import type { Access, Freshness, Identity } from '../access/create-access.ts';
import type { Interest, Topic } from '../../src/protocol/messages.ts';
import { resources, type Resource } from '../../src/kube/resources.ts';

/** A subscription or a request. */
export interface Sight {
  topic: Topic;
  interest: Interest;
}

/** Asks. */
export interface Rights {
  /** Rejects where the API server does not say. */
  mayFollow(identity: Identity, sight: Sight, freshness?: Freshness): Promise<boolean>;
}

/** One kind that is shown. */
interface Shown {
  resource: Resource;
  /** What a list of one object asks for is that object: the API server takes a field selector of its name for its name. */
  isNamed: boolean;
}

const personas: Shown = { resource: resources.applicationPersonas, isNamed: true };

const shownBy: Readonly<Record<Topic, readonly Shown[]>> = {
  personas: [personas],
  cluster: [{ resource: resources.clusterPersonas, isNamed: true }],
  deployments: [{ resource: resources.deployments, isNamed: true }],
  // Events are found by what they are about: they have names of their own.
  events: [personas, { resource: resources.events, isNamed: false }],
};

/** Of an API server's word. */
export function createRights(access: Access): Rights {
  return {
    mayFollow: async (identity, { topic, interest: { namespace, name } }, freshness) => {
      const answers = await Promise.all(
        shownBy[topic].flatMap(({ resource: { group, plural, isNamespaced }, isNamed }) =>
          ['list', 'watch'].map((verb) => {
            const place = isNamespaced && namespace !== undefined ? { namespace } : {};
            const object = isNamed && name !== undefined ? { name } : {};
            const resourceAttributes = { verb, group, resource: plural, ...place, ...object };
            return access.authorize(identity, { resourceAttributes }, freshness);
          }),
        ),
      );
      return answers.every((isAllowed) => isAllowed);
    },
  };
}

/** Told to whoever may not, in the same words whether there is such a namespace or not. */
export function describeMissing({ topic, interest: { namespace } }: Sight): string {
  const kinds = shownBy[topic].map(({ resource: { plural, group } }) =>
    group === '' ? plural : `${plural}.${group}`,
  );
  const isNamespaced = shownBy[topic].some(({ resource }) => resource.isNamespaced);
  const where = !isNamespaced
    ? ''
    : namespace === undefined
      ? ' in all namespaces'
      : ` in namespace ${namespace}`;
  return `expected the right to list and watch ${kinds.join(' and ')}${where}`;
}
