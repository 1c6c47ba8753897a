// What an image is called, as analysis compares names: without its registry.
import { splitImageReference } from '../../workload/image-reference.ts';

/** `ghcr.io/acme/web:1.2@sha256:…` in parts. */
export interface ImageReference {
  /** Without tag and digest; Docker Hub's `docker.io/` and `library/` are taken off: `node`, `bitnami/redis`, `ghcr.io/acme/web`. */
  repository: string;
  /** The repository without any registry, in lower case: `acme/web`. */
  path: string;
  /** The last part of the path: `web`. */
  name: string;
  tag?: string;
}

/** Reads a reference as written after FROM or in compose; anything is taken, nothing is checked. */
export function parseImageReference(image: string): ImageReference {
  const { name: written, tag } = splitImageReference(image);
  const repository = written
    .replace(/^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io)\//, '')
    .replace(/^library\//, '');
  // What comes before the first slash is a registry where it could be a host.
  const path = repository.replace(/^(?:localhost|[^/]*[.:][^/]*)\/(?=.)/, '').toLowerCase();
  return {
    repository,
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    ...(tag !== undefined && { tag }),
  };
}
