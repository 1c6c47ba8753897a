// Reads the personas of manifests: the valid ones, and findings at the places of what is wrong with the others.
import type { EffectiveApplicationPersona, EffectiveClusterPersona } from '../api/personas.ts';
import {
  validateApplicationPersona,
  validateClusterPersona,
  type PersonaValidation,
} from '../api/validate.ts';
import type { Manifest } from '../document/manifest.ts';
import type { ObjectMeta } from '../api/object-meta.ts';
import type { PlacedFinding } from './check-report.ts';
import { invalidPersona, unknownField } from '../rules/asked-first.ts';
import { nameObject, placeField } from './object-name.ts';

/** A valid persona of a file. */
export interface FilePersona<Persona> {
  persona: Persona;
  manifest: Manifest;
}

/** Personas, and what is wrong with those that are left out. */
export interface ReadPersonas<Persona> {
  personas: FilePersona<Persona>[];
  findings: PlacedFinding[];
}

/** ApplicationPersonas; those without a namespace are in `defaultNamespace`. */
export function readApplicationPersonas(
  manifests: readonly Manifest[],
  defaultNamespace: string,
): ReadPersonas<EffectiveApplicationPersona> {
  return readPersonas(manifests, defaultNamespace, validateApplicationPersona);
}

/** ClusterPersonas; they have no namespace. */
export function readClusterPersonas(manifests: readonly Manifest[]): ReadPersonas<EffectiveClusterPersona> {
  return readPersonas(manifests, '', validateClusterPersona);
}

function readPersonas<Persona extends { metadata: ObjectMeta }>(
  manifests: readonly Manifest[],
  defaultNamespace: string,
  validate: (value: unknown) => PersonaValidation<Persona>,
): ReadPersonas<Persona> {
  const personas: FilePersona<Persona>[] = [];
  const findings: PlacedFinding[] = [];
  for (const manifest of manifests) {
    const validation = validate(manifest.object);
    for (const path of validation.unknownFields)
      findings.push(createFinding(manifest, defaultNamespace, path, 'unknown field', unknownField.id));
    if (validation.ok) {
      personas.push({ persona: inNamespace(validation.persona, defaultNamespace), manifest });
      continue;
    }
    for (const { path, message } of validation.problems)
      findings.push(createFinding(manifest, defaultNamespace, path, message, invalidPersona.id));
  }
  return { personas, findings };
}

function inNamespace<Persona extends { metadata: ObjectMeta }>(persona: Persona, namespace: string): Persona {
  const own = persona.metadata.namespace ?? '';
  if (own !== '' || namespace === '') return persona;
  return { ...persona, metadata: { ...persona.metadata, namespace } };
}

function createFinding(
  manifest: Manifest,
  defaultNamespace: string,
  path: string,
  message: string,
  rule: string,
): PlacedFinding {
  return {
    ...placeField(manifest, path),
    rule,
    severity: 'error',
    level: 'deny',
    object: nameObject(manifest, defaultNamespace),
    field: path,
    message: `${path}: ${message}`,
  };
}
