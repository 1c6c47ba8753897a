// Takes an image reference apart: registry and repository, tag, digest.

/** `ghcr.io/acme/web:1.2@sha256:…` in parts. */
export interface ImageReference {
  /** Without tag and digest; Docker Hub's `docker.io/` and `library/` are taken off: `node`, `bitnami/redis`, `ghcr.io/acme/web`. */
  repository: string;
  /** The last part of the repository: `web`. */
  name: string;
  tag?: string;
}

/** Reads a reference as written after FROM or in compose; anything is taken, nothing is checked. */
export function parseImageReference(image: string): ImageReference {
  const [withTag = ''] = image.slice(0, 1024).split('@', 1);
  const colon = withTag.lastIndexOf(':');
  const hasTag = colon > withTag.lastIndexOf('/');
  const path = hasTag ? withTag.slice(0, colon) : withTag;
  const repository = path
    .replace(/^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io)\//, '')
    .replace(/^library\//, '');
  return {
    repository,
    name: repository.slice(repository.lastIndexOf('/') + 1).toLowerCase(),
    ...(hasTag && { tag: withTag.slice(colon + 1) }),
  };
}
