// The watch of ClusterPersonas, shared by the controllers: what they hold, and how the last discovery left them.
import { fieldAt, textOf } from '../../src/api/foreign-fields.ts';
import type { ClusterPersona } from '../../src/api/personas.ts';
import { resources } from '../../src/kube/resources.ts';
import type { CacheOptions } from '../manager/cache.ts';

/** All ClusterPersonas by name, without their managedFields; none while the CRD is missing. */
export const clusterPersonaCache: CacheOptions<ClusterPersona> = {
  resource: resources.clusterPersonas,
  isOptional: true,
  project: projectClusterPersona,
};

/** What is kept; undefined for what has no name or spec. */
export function projectClusterPersona(object: unknown): ClusterPersona | undefined {
  const isWhole = textOf(fieldAt(object, 'metadata', 'name')) !== '' && fieldAt(object, 'spec') !== undefined;
  if (!isWhole) return undefined;
  const persona = object as ClusterPersona;
  const { managedFields: _, ...metadata } = persona.metadata;
  return { ...persona, metadata };
}
