// A Deployment as an item.
import { fieldAt, listOf } from '../api/foreign-fields.ts';
import { nameLabel } from '../api/group-version.ts';
import { countAt, findCount, wordAt } from './foreign-words.ts';
import { readIdentity } from './item-identity.ts';
import type { DeploymentItem } from './items.ts';
import { maxItemImages } from './limits.ts';
import { toWholeObject, type ItemOptions } from './whole-object.ts';

/** The item of a foreign object; undefined where it has no name or no version. Never throws. */
export function toDeploymentItem(
  object: unknown,
  { isWhole = false }: ItemOptions = {},
): DeploymentItem | undefined {
  const identity = readIdentity(object);
  if (identity === undefined) return undefined;
  const status = fieldAt(object, 'status');
  const whole = isWhole ? toWholeObject(object) : undefined;
  return {
    ...identity,
    appName: findAppName(object),
    // The API server's default.
    replicas: findCount(object, 'spec', 'replicas') ?? 1,
    updated: countAt(status, 'updatedReplicas'),
    ready: countAt(status, 'readyReplicas'),
    available: countAt(status, 'availableReplicas'),
    images: listOf(fieldAt(object, 'spec', 'template', 'spec', 'containers'))
      .slice(0, maxItemImages)
      .map((container) => wordAt(container, 'image')),
    generation: countAt(object, 'metadata', 'generation'),
    observedGeneration: countAt(status, 'observedGeneration'),
    createdAt: wordAt(object, 'metadata', 'creationTimestamp'),
    ...(whole === undefined ? {} : { deployment: whole }),
  };
}

/** By the label, of the object or else of its pods; `app` only where that is nowhere. */
function findAppName(object: unknown): string {
  const places = [fieldAt(object, 'metadata'), fieldAt(object, 'spec', 'template', 'metadata')];
  return (
    [nameLabel, 'app']
      .flatMap((label) => places.map((metadata) => wordAt(metadata, 'labels', label)))
      .find((name) => name !== '') ?? ''
  );
}
