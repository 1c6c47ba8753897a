// The ConfigMap from which clients of the operator (the CLI, Prometheus) take the CAs that they are to trust.
import { resources } from '../../src/kube/resources.ts';
import { fieldsOf } from '../../src/kube/watch/watch-event.ts';
import type { BundleTarget } from './bundle-target.ts';
import { caName, fieldManager } from './ca-secret.ts';
import { OwnObject, toApply, type Patch, type ServerParts } from './own-object.ts';
import { readState, toText, type SeenState } from './seen-state.ts';

const bundleKey = 'ca.crt';

interface CaConfigMap extends SeenState {
  bundle: string;
}

/** Made where it is missing; other keys in it are left alone. */
export function createCaConfigMap(parts: ServerParts, namespace: string, onChange: () => void): BundleTarget {
  const place = { resource: resources.configMaps, name: caName, namespace, project: readCaConfigMap };
  const object = new OwnObject(parts, place, onChange);
  return {
    title: `ConfigMap ${caName}`,
    get problem() {
      return object.problem;
    },
    look: (bundle) => {
      if (object.isSynced && object.value?.bundle === bundle) {
        object.settle();
        return 'held';
      }
      return object.isStuck ? 'stuck' : 'pending';
    },
    publish: async (bundle) => {
      if (!object.mayWrite || object.value?.bundle === bundle) return false;
      const seen = object.value;
      return object.write(() => toBundlePatch(seen, bundle));
    },
    start: () => object.start(),
    stop: () => object.stop(),
  };
}

function readCaConfigMap(object: unknown): CaConfigMap {
  return { ...readState(object), bundle: toText(fieldsOf(fieldsOf(object)['data'])[bundleKey]) };
}

/** Applied, not posted: so the right to create it can be given by name. */
function toBundlePatch(seen: CaConfigMap | undefined, bundle: string): Patch {
  const labels = { 'app.kubernetes.io/name': 'dorgu-operator' };
  const state = seen === undefined ? {} : { uid: seen.uid, resourceVersion: seen.resourceVersion };
  return toApply(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: caName, labels, ...state },
      data: { [bundleKey]: bundle },
    },
    { fieldManager, force: true },
  );
}
