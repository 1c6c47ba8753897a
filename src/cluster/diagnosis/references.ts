// Which other objects a pod needs before it can start: Secrets, ConfigMaps, claims and its ServiceAccount.
import { fieldAt, fieldsOf, listOf, textOf, type Fields } from '../../api/foreign-fields.ts';

/** The kinds that a pod names. */
export type ReferenceKind = 'Secret' | 'ConfigMap' | 'PersistentVolumeClaim' | 'ServiceAccount';

/** One object that a pod cannot do without. */
export interface Reference {
  kind: ReferenceKind;
  name: string;
  /** What uses the object as a whole, first use: `container shop takes variables from it`. */
  use: string;
  /** Keys that have to be in it, each with what reads it: `container shop reads DATABASE_URL from it`. */
  keys: ReadonlyMap<string, string>;
  /** Whether a pod can start without: credentials for a registry that may be open. */
  isPullSecret: boolean;
}

/** A pod that names more than these is not looked at further. */
const MAX_REFERENCES = 60;
const MAX_KEYS = 200;

interface Use {
  kind: ReferenceKind;
  name: unknown;
  use: string;
  key?: unknown;
  isPullSecret?: boolean;
}

/** Everything a pod of this spec needs, each object once; what is marked optional is left out. Never throws. */
export function listReferences(podSpec: unknown): Reference[] {
  const spec = fieldsOf(podSpec);
  const containers = [...listOf(spec['initContainers']), ...listOf(spec['containers'])].map(fieldsOf);
  return mergeUses([
    ...containers.flatMap(listContainerUses),
    ...listOf(spec['volumes']).map(fieldsOf).flatMap(listVolumeUses),
    ...listOf(spec['imagePullSecrets']).map((entry) => ({
      kind: 'Secret' as const,
      name: fieldAt(entry, 'name'),
      use: 'it holds the credentials to pull images',
      isPullSecret: true,
    })),
    { kind: 'ServiceAccount', name: spec['serviceAccountName'], use: 'the pods run as it' },
  ]);
}

function listContainerUses(container: Fields): Use[] {
  const name = textOf(container['name']);
  const variables = listOf(container['env']).flatMap((entry): Use[] => {
    const use = `container ${name} reads ${textOf(fieldAt(entry, 'name'))} from it`;
    return [
      ...pick(fieldAt(entry, 'valueFrom', 'secretKeyRef'), 'Secret', use),
      ...pick(fieldAt(entry, 'valueFrom', 'configMapKeyRef'), 'ConfigMap', use),
    ];
  });
  const wholes = listOf(container['envFrom']).flatMap((entry): Use[] => {
    const use = `container ${name} takes variables from it`;
    return [
      ...pick(fieldAt(entry, 'secretRef'), 'Secret', use),
      ...pick(fieldAt(entry, 'configMapRef'), 'ConfigMap', use),
    ];
  });
  return [...wholes, ...variables];
}

/** A reference by name, with a key where it has one; none where it is absent or optional. */
function pick(reference: unknown, kind: ReferenceKind, use: string): Use[] {
  const { name, key, optional } = fieldsOf(reference);
  if (optional === true || textOf(name) === '') return [];
  return [{ kind, name, use, ...(key === undefined ? {} : { key }) }];
}

function listVolumeUses(volume: Fields): Use[] {
  const use = `volume ${textOf(volume['name'])} is made from it`;
  const claim = fieldAt(volume, 'persistentVolumeClaim', 'claimName');
  return [
    ...listSourceUses(
      { ...fieldsOf(volume['secret']), name: fieldAt(volume, 'secret', 'secretName') },
      'Secret',
      use,
    ),
    ...listSourceUses(volume['configMap'], 'ConfigMap', use),
    ...listOf(fieldAt(volume, 'projected', 'sources')).flatMap((source) => [
      ...listSourceUses(fieldAt(source, 'secret'), 'Secret', use),
      ...listSourceUses(fieldAt(source, 'configMap'), 'ConfigMap', use),
    ]),
    ...(claim === undefined ? [] : [{ kind: 'PersistentVolumeClaim' as const, name: claim, use }]),
  ];
}

/** A volume's source: the object, and the keys that its `items` name. */
function listSourceUses(source: unknown, kind: ReferenceKind, use: string): Use[] {
  const { name, optional, items } = fieldsOf(source);
  if (optional === true || textOf(name) === '') return [];
  return [
    { kind, name, use },
    ...listOf(items).map((item) => ({ kind, name, use, key: fieldAt(item, 'key') })),
  ];
}

function mergeUses(uses: readonly Use[]): Reference[] {
  const merged = new Map<string, Reference & { keys: Map<string, string> }>();
  for (const { kind, name: foreignName, use, key, isPullSecret = false } of uses) {
    const name = textOf(foreignName);
    const id = `${kind}/${name}`;
    const known = merged.get(id);
    if (name === '' || (known === undefined && merged.size >= MAX_REFERENCES)) continue;
    const reference = known ?? { kind, name, use, keys: new Map<string, string>(), isPullSecret };
    reference.isPullSecret &&= isPullSecret;
    addKey(reference.keys, textOf(key), use);
    merged.set(id, reference);
  }
  return [...merged.values()];
}

function addKey(keys: Map<string, string>, key: string, use: string): void {
  if (key !== '' && keys.size < MAX_KEYS && !keys.has(key)) keys.set(key, use);
}
