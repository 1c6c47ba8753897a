// What objects of files are called, and where they stand.
import { fieldAt, textOf } from '../api/foreign-fields.ts';
import type { FieldPath, Manifest } from '../document/manifest.ts';
import type { FilePlace, ObjectName, PlacedObject } from './check-report.ts';

/** The object's name; in `defaultNamespace` where it does not say. */
export function nameObject({ object }: Manifest, defaultNamespace: string): ObjectName {
  const metadata = fieldAt(object, 'metadata');
  const named = textOf(fieldAt(metadata, 'name'));
  const generated = textOf(fieldAt(metadata, 'generateName'));
  return {
    kind: textOf(fieldAt(object, 'kind')),
    namespace: textOf(fieldAt(metadata, 'namespace')) || defaultNamespace,
    name: named === '' && generated !== '' ? `${generated}*` : named,
  };
}

/** The place of a field of the object; of the object itself without a path. */
export function placeField({ file, origin, locate }: Manifest, path: FieldPath = ''): FilePlace {
  return { file, ...locate(path), ...(origin === undefined ? {} : { origin }) };
}

/** Name and place in one. */
export function placeObject(manifest: Manifest, defaultNamespace: string): PlacedObject {
  return { ...nameObject(manifest, defaultNamespace), ...placeField(manifest) };
}

/** `Deployment/web`; what a person calls it where the namespace is clear. */
export function formatObject({ kind, name }: Pick<ObjectName, 'kind' | 'name'>): string {
  return `${kind}/${name}`;
}
