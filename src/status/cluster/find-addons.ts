// Finds add-ons by what runs and what is served, in any namespace, with version and health.
import { compareText } from '../../api/compare-text.ts';
import { fieldAt, fieldsOf, listOf, textOf } from '../../api/foreign-fields.ts';
import { maxStatusAddons } from '../../api/limits.ts';
import type { Addon } from '../../api/personas.ts';
import { parseImageReference } from '../../workload/image-reference.ts';
import { toLine } from '../plain-text.ts';
import { tallyReplicas } from '../replica-tally.ts';
import type { AddonDefinition } from './addon-definition.ts';
import { addonDefinitions } from './addon-table.ts';

/** A Deployment, StatefulSet or DaemonSet that belongs to an add-on: all that is kept of it. */
export interface AddonWorkload {
  /** The add-on's name. */
  addon: string;
  namespace: string;
  name: string;
  /** Place of its image in the add-on's list; past the end where labels alone told. */
  rank: number;
  version: string | undefined;
  desired: number;
  available: number;
}

/** An add-on with the counts that its health comes from. */
export interface DiscoveredAddon {
  addon: Addon;
  desiredPods: number;
  availablePods: number;
}

/** Of one workload of the API, the add-on that it belongs to; undefined for people's own. Never throws. */
export function readAddonWorkload(
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet',
  object: unknown,
): AddonWorkload | undefined {
  const images = readImages(object);
  const labels = fieldsOf(fieldAt(object, 'metadata', 'labels'));
  const match = matchImages(images) ?? matchLabels(labels);
  if (match === undefined) return undefined;
  const { definition, rank, tag } = match;
  const { desired, available } = tallyReplicas({
    kind,
    spec: fieldsOf(fieldAt(object, 'spec')),
    status: fieldsOf(fieldAt(object, 'status')),
  });
  return {
    addon: definition.name,
    namespace: toLine(textOf(fieldAt(object, 'metadata', 'namespace'))),
    name: toLine(textOf(fieldAt(object, 'metadata', 'name'))),
    rank,
    version: toVersion(tag) ?? toVersion(textOf(labels['app.kubernetes.io/version'])),
    desired,
    available,
  };
}

/** The add-ons, in the order of the table: those with workloads, and those of which only the API is served. */
export function findAddons(
  workloads: readonly AddonWorkload[],
  servedResources: ReadonlySet<string>,
): DiscoveredAddon[] {
  return addonDefinitions
    .flatMap((definition) => {
      const own = workloads.filter(({ addon }) => addon === definition.name);
      const isServed = (definition.resources ?? []).some((resource) => servedResources.has(resource));
      return own.length > 0 || isServed ? [summarise(definition, own)] : [];
    })
    .slice(0, maxStatusAddons);
}

function summarise({ name, type }: AddonDefinition, workloads: readonly AddonWorkload[]): DiscoveredAddon {
  const sorted = workloads.toSorted(
    (left, right) =>
      left.rank - right.rank ||
      compareText(left.namespace, right.namespace) ||
      compareText(left.name, right.name),
  );
  const [main] = sorted;
  const version = sorted.find((workload) => workload.version !== undefined)?.version;
  const desiredPods = sorted.reduce((sum, { desired }) => sum + desired, 0);
  const availablePods = sorted.reduce((sum, { desired, available }) => sum + Math.min(desired, available), 0);
  return {
    addon: {
      name,
      type,
      installed: true,
      ...(version === undefined ? {} : { version }),
      ...(main === undefined || main.namespace === '' ? {} : { namespace: main.namespace }),
      ...(desiredPods === 0 ? {} : { healthy: availablePods >= desiredPods }),
    },
    desiredPods,
    availablePods,
  };
}

/** More containers than these no pod has. */
const maxContainers = 100;

function readImages(object: unknown): { path: string; tag: string | undefined }[] {
  return listOf(fieldAt(object, 'spec', 'template', 'spec', 'containers'))
    .slice(0, maxContainers)
    .flatMap((container) => {
      const parsed = parseImageReference(textOf(fieldAt(container, 'image')));
      return parsed === undefined ? [] : [{ path: toOrigin(parsed.path), tag: parsed.tag }];
    });
}

/** Rancher's mirror writes `rancher/mirrored-library-traefik` for `library/traefik`. */
function toOrigin(path: string): string {
  return path.replace(/^(.*\/)?mirrored-(library-)?/, '');
}

interface Match {
  definition: AddonDefinition;
  rank: number;
  tag: string | undefined;
}

/** The first container whose image the table knows; a sidecar of another add-on beside it does not count. */
function matchImages(images: readonly { path: string; tag: string | undefined }[]): Match | undefined {
  for (const { path, tag } of images) {
    for (const definition of addonDefinitions) {
      const rank = definition.images.findIndex((image) => isImage(path, image));
      if (rank >= 0) return { definition, rank, tag };
    }
  }
  return undefined;
}

function isImage(path: string, image: string): boolean {
  return path === image || path.endsWith(`/${image}`) || path === image.replaceAll('/', '-');
}

function matchLabels(labels: Readonly<Record<string, unknown>>): Match | undefined {
  const read = (key: string) => (Object.hasOwn(labels, key) ? textOf(labels[key]) : '');
  const partOf = read('app.kubernetes.io/part-of');
  const names = [read('app.kubernetes.io/name'), read('k8s-app')];
  const definition = addonDefinitions.find(
    (one) =>
      one.partOf?.includes(partOf) === true || names.some((name) => one.names?.includes(name) === true),
  );
  return definition && { definition, rank: definition.images.length, tag: undefined };
}

/** `v1.2.3-distroless` as `1.2.3-distroless`; undefined for a tag that is no version. */
function toVersion(tag: string | undefined): string | undefined {
  return /^v?(\d+(?:\.\d+){0,3}(?:[-+][0-9A-Za-z.-]{1,40})?)$/.exec(tag ?? '')?.[1];
}
