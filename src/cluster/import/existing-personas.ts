// The personas that a cluster has already, so that an import neither replaces what people wrote nor claims anything twice.
import { importedFromAnnotation } from '../../adoption/adopt.ts';
import type { ApplicationPersona } from '../../api/personas.ts';
import type { KubeClient } from '../../kube/client.ts';
import { listPages } from '../../kube/list.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { resources } from '../../kube/resources.ts';
import { findPersonas, listClaimableNames } from '../../workload/belongs-to.ts';
import type { Workload } from '../../workload/workload.ts';
import { stripObject } from './strip-object.ts';

/** Looked up by namespace. */
export interface ExistingPersonas {
  list(namespace: string): readonly ApplicationPersona[];
  find(namespace: string, name: string): ApplicationPersona | undefined;
}

/** @throws KubeError, DorguError Preflight where the cluster lacks our CRDs */
export async function readExistingPersonas(
  client: KubeClient,
  { namespace, signal }: { namespace?: string | undefined; signal?: AbortSignal | undefined },
): Promise<ExistingPersonas> {
  let byNamespace = new Map<string, ApplicationPersona[]>();
  const pages = listPages<ApplicationPersona & KubeObject>(client, resources.applicationPersonas, {
    namespace,
    signal,
  });
  for await (const { items, restarted } of pages) {
    if (restarted) byNamespace = new Map();
    for (const item of items) {
      const { metadata } = stripObject(item);
      const group = byNamespace.get(metadata.namespace ?? '') ?? [];
      group.push({ apiVersion: item.apiVersion, kind: item.kind, metadata, spec: item.spec });
      byNamespace.set(metadata.namespace ?? '', group);
    }
  }
  const list = (name: string) => byNamespace.get(name) ?? [];
  return {
    list,
    find: (where, name) => list(where).find(({ metadata }) => metadata.name === name),
  };
}

/** Whether an import made it; one that a person or a pipeline wrote since is theirs by managed fields, and the API server says so. */
export function isImported({ metadata }: ApplicationPersona): boolean {
  return metadata.annotations?.[importedFromAnnotation] !== undefined;
}

/** Name of an existing persona that claims the workload as strongly as the new one does, or more; undefined for none. */
export function findClaimant(
  workload: Workload,
  persona: ApplicationPersona,
  existing: readonly ApplicationPersona[],
): string | undefined {
  const carried = new Set(listClaimableNames(workload).flat());
  const others = existing.filter(
    ({ metadata, spec }) => carried.has(spec.name) && metadata.name !== persona.metadata.name,
  );
  return findPersonas(workload, [persona, ...others]).find((found) => found !== persona)?.metadata.name;
}
