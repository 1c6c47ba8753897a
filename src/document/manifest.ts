// What reading manifests gives: the objects that people wrote, each with the places of its fields, and what was passed over.
import type { Fields } from '../api/foreign-fields.ts';

/** A place in a text; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** A path of keys and indices, or the same as rules write it: `spec.template.spec.containers[0].image`. */
export type FieldPath = string | readonly (string | number)[];

/** One object of a file; an item of a `List` is an object of its own. */
export interface Manifest {
  /** Relative to the working folder with forward slashes where it lies below, else absolute; `-` for stdin. */
  file: string;
  /** Which object of the file, from 0. */
  index: number;
  /** Where it begins. */
  line: number;
  column: number;
  /** What `helm template` says it was made from (`# Source: shop/templates/web.yaml`); undefined elsewhere. */
  origin: string | undefined;
  /** Has an apiVersion and a kind, both text. Keys are foreign: read it with src/api/foreign-fields.ts. */
  object: Fields;
  /** Where the field is: at its key, for an item at the item. For a field that is not there, the nearest object around it that is. */
  locate: (path: FieldPath) => Position;
}

/** Why something was passed over. */
export type SkipReason =
  /** A kustomization.yaml: `kustomize build` reads it. */
  | 'kustomization'
  /** A template of a Helm chart: not YAML yet. */
  | 'template'
  /** No object of Kubernetes: apiVersion or kind is missing. */
  | 'no-object';

/** A file, or a document of it, that was passed over. */
export interface SkippedInput {
  file: string;
  line: number;
  reason: SkipReason;
  /** Whether its file was named on the command line, not found in a folder. */
  isNamed: boolean;
}

/** Everything that was read, in the order of the sources; files of a folder in order of their paths. */
export interface Manifests {
  manifests: Manifest[];
  skipped: SkippedInput[];
  /** Files that were read, stdin included. */
  fileCount: number;
  /** Folders below the named ones that hold manifests and were not entered, because nobody asked for it. */
  foldersNotEntered: string[];
}
