// Gives a persona that never met an API server the defaults that the API server would have given it.
import { prepareAsApiServer } from './schema/as-api-server.ts';
import { applicationPersonaSpec } from './schema/application-persona-spec.ts';
import { clusterPersonaSpec } from './schema/cluster-persona-spec.ts';
import type {
  ApplicationPersona,
  ClusterPersona,
  EffectiveApplicationPersona,
  EffectiveApplicationPersonaSpec,
  EffectiveClusterPersona,
  EffectiveClusterPersonaSpec,
} from './personas.ts';

/** A copy with every default of the schema in place, absent objects included. The same object for the rules, whether it comes from a file or a cluster. */
export function applyApplicationPersonaDefaults(persona: ApplicationPersona): EffectiveApplicationPersona {
  const { value } = prepareAsApiServer(applicationPersonaSpec, persona.spec, 'spec');
  return { ...persona, spec: value as EffectiveApplicationPersonaSpec };
}

/** The same for a cluster. */
export function applyClusterPersonaDefaults(persona: ClusterPersona): EffectiveClusterPersona {
  const { value } = prepareAsApiServer(clusterPersonaSpec, persona.spec, 'spec');
  return { ...persona, spec: value as EffectiveClusterPersonaSpec };
}
