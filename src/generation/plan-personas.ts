// The personas of an application alone, one a component: what generate writes to persona.yaml, and persona apply applies.
import type { KubernetesObject } from '../manifests/generated-file.ts';
import { buildPersona } from '../manifests/persona.ts';
import { planApplication } from '../manifests/plan-application.ts';
import { prepareApplication, type GenerationInput, type PreparedApplication } from './prepare-application.ts';

/** Personas, and what they were made of. */
export interface PersonaPlan extends PreparedApplication {
  /** In the order of the components; each names its namespace. */
  personas: KubernetesObject[];
}

/** Analyses and builds; nothing is written. @throws DorguError as {@link prepareApplication} does */
export async function planPersonas(input: GenerationInput): Promise<PersonaPlan> {
  const prepared = await prepareApplication(input);
  const { components } = planApplication(prepared.application, prepared.options);
  return { ...prepared, personas: components.map(buildPersona) };
}
