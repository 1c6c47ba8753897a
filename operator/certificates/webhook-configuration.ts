// The caBundle of the operator's own ValidatingWebhookConfiguration, and nothing else of it.
import type { Resource } from '../../src/kube/resources.ts';
import { fieldsOf } from '../../src/kube/watch/watch-event.ts';
import type { BundleTarget } from './bundle-target.ts';
import { fieldManager } from './ca-secret.ts';
import { OwnObject, type Patch, type ServerParts } from './own-object.ts';
import { readState, toText, type SeenState } from './seen-state.ts';

export const webhookConfigurations: Resource = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  plural: 'validatingwebhookconfigurations',
  kind: 'ValidatingWebhookConfiguration',
  isNamespaced: false,
};

/** Which configuration, and which Service its webhooks call to reach this operator. */
export interface WebhookPlace {
  configuration: string;
  service: string;
  namespace: string;
}

interface Webhook {
  /** Its position in the list. */
  index: number;
  /** base64; empty where there is none. */
  caBundle: string;
}

interface Configuration extends SeenState {
  /** Those that call our Service: others, if somebody has put any there, are theirs. */
  ours: readonly Webhook[];
}

/** Never made: while it is not there nobody calls, and nothing is to be done. */
export function createWebhookConfiguration(
  parts: ServerParts,
  place: WebhookPlace,
  onChange: () => void,
): BundleTarget {
  const { configuration: name } = place;
  const object = new OwnObject<Configuration>(
    parts,
    { resource: webhookConfigurations, name, project: (found) => readConfiguration(found, place) },
    onChange,
  );
  return {
    title: `ValidatingWebhookConfiguration ${name}`,
    get problem() {
      const isCalled = object.value === undefined || object.value.ours.length > 0;
      return object.problem ?? (isCalled ? undefined : `${object.title}: ${sayUncalled(place)}`);
    },
    look: (bundle) => {
      if (object.isSynced && listWrong(object.value, bundle).length === 0) {
        object.settle();
        return object.value === undefined ? 'dormant' : 'held';
      }
      return object.isStuck ? 'stuck' : 'pending';
    },
    publish: async (bundle) => {
      const seen = object.value;
      const wrong = listWrong(seen, bundle);
      if (!object.mayWrite || seen === undefined || wrong.length === 0) return false;
      return object.write(() => toCaBundlePatch(seen, wrong, bundle));
    },
    start: () => object.start(),
    stop: () => object.stop(),
  };
}

function sayUncalled({ namespace, service }: WebhookPlace): string {
  return `none of its webhooks calls the Service ${namespace}/${service}`;
}

function readConfiguration(object: unknown, { service, namespace }: WebhookPlace): Configuration {
  const { webhooks } = fieldsOf(object);
  const list: unknown[] = Array.isArray(webhooks) ? webhooks : [];
  const ours = list.flatMap((webhook, index): Webhook[] => {
    const { service: called, caBundle } = fieldsOf(fieldsOf(webhook)['clientConfig']);
    const { name: calledName, namespace: calledNamespace } = fieldsOf(called);
    if (calledName !== service || calledNamespace !== namespace) return [];
    return [{ index, caBundle: toText(caBundle) }];
  });
  return { ...readState(object), ours };
}

function listWrong(seen: Configuration | undefined, bundle: string): Webhook[] {
  const wanted = encode(bundle);
  return seen?.ours.filter(({ caBundle }) => caBundle !== wanted) ?? [];
}

/**
 * Not a server-side apply: that would own the webhook as an item of the list, and whoever installs by server-side apply could never remove one again
 * (what we own would stay, and be no webhook). This owns caBundle alone. Positions are safe, because the state that was seen is asked for.
 */
function toCaBundlePatch({ resourceVersion }: SeenState, wrong: readonly Webhook[], bundle: string): Patch {
  const value = encode(bundle);
  return {
    query: { fieldManager },
    contentType: 'application/json-patch+json',
    body: [
      { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
      ...wrong.map(({ index }) => ({ op: 'add', path: `/webhooks/${index}/clientConfig/caBundle`, value })),
    ],
  };
}

function encode(bundle: string): string {
  return Buffer.from(bundle).toString('base64');
}
