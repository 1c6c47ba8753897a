// Breaks one object of a generated file in one way, its text along with it.
import type { CheckedFile } from '../../src/checks/finding.ts';
import { formatYaml } from '../../src/manifests/yaml-text.ts';

/** Breaks an object in place. */
export type Change = (object: object) => void;

/** A way to break a file, and what has to be found. */
export interface Break {
  /** Below k8s/, without `.yaml`. */
  file: string;
  change: Change;
  /** Where the finding has to be. */
  field: RegExp;
  /** What it has to say. */
  says: RegExp;
}

/** The files with one of them broken. */
export function breakFile(files: readonly CheckedFile[], path: string, change: Change): CheckedFile[] {
  return files.map((file) => {
    if (file.path !== path) return file;
    const object: object = structuredClone(file.objects[0] ?? {});
    change(object);
    return { path, objects: [object], content: formatYaml(object) };
  });
}

/** Sets the field at `spec.ports.0.name`; a key that holds dots stands in brackets. */
export function set(path: string, value: unknown): Change {
  return (object) => {
    const { parent, key } = locate(object, path);
    parent[key] = value;
  };
}

/** Removes a field. */
export function drop(path: string): Change {
  return (object) => {
    const { parent, key } = locate(object, path);
    Reflect.deleteProperty(parent, key);
  };
}

/** Puts the first item of a list behind its last. */
export function repeatFirst(path: string): Change {
  return (object) => {
    const { parent, key } = locate(object, path);
    const list = parent[key] as unknown[];
    list.push(list[0]);
  };
}

/** Makes one field the same as another. */
export function copy(from: string, to: string): Change {
  return (object) => {
    const source = locate(object, from);
    set(to, source.parent[source.key])(object);
  };
}

function locate(object: object, path: string): { parent: Record<string, unknown>; key: string } {
  const keys = path.match(/(?<=\[)[^\]]+|[^.[\]]+(?![^[]*\])/g) ?? [];
  let parent = object as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  return { parent, key: keys.at(-1) ?? '' };
}
