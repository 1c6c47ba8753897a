// A persona that is to be applied: the object, its resource, and where it comes from.
import type { KubeObject } from '../../kube/objects.ts';
import { resources, type Resource } from '../../kube/resources.ts';

/** One persona of either kind. */
export interface PersonaInput {
  object: KubeObject;
  resource: Resource;
  /** `k8s/persona.yaml:3:1`, or the folder that it was made from. */
  place: string;
}

/** The resource of a kind of ours; undefined for any other kind. */
export function findPersonaResource(kind: string): Resource | undefined {
  return [resources.applicationPersonas, resources.clusterPersonas].find(
    (resource) => resource.kind === kind,
  );
}

/** `persona shop in store`, `ClusterPersona prod`. */
export function describeObject({ kind, metadata }: KubeObject): string {
  const place = metadata.namespace === undefined ? '' : ` in ${metadata.namespace}`;
  return `${kind === 'ApplicationPersona' ? 'persona' : kind} ${metadata.name}${place}`;
}
