// Makes the ClusterPersona that `cluster init` applies: what flags say, what was said before, what the cluster tells.
import { apiVersion, clusterPersonaKind } from '../api/group-version.ts';
import type { ClusterPersonaSpec } from '../api/personas.ts';
import { validateClusterPersona } from '../api/validate.ts';
import { DorguError } from '../api/errors.ts';
import type { KubeClient } from '../kube/client.ts';
import type { KubeObject } from '../kube/objects.ts';
import { findObject } from '../kube/read.ts';
import { resources } from '../kube/resources.ts';
import type { ClusterFacts } from '../status/cluster/cluster-facts.ts';
import { guessEnvironment } from '../status/cluster/environment.ts';
import { mergeFields, pickOwnedSpec } from '../status/cluster/owned-fields.ts';
import { discoverCluster } from '../discovery/discover-cluster.ts';
import { listClusterPersonas } from './discover-description.ts';
import { discoverPolicies } from './discover-policies.ts';

/** What a person says. */
export interface ClusterPersonaWishes {
  /** metadata.name */
  name: string;
  /** spec.name, for people. */
  displayName: string;
  /** Parts of the spec that flags give. */
  spec: Partial<ClusterPersonaSpec>;
  /** Under which earlier applies were made. */
  fieldManager: string;
}

/** The object to apply, and what people should know about it. */
export interface PlannedClusterPersona {
  object: KubeObject;
  facts: ClusterFacts;
  /** Whether the environment was read from the name. */
  isEnvironmentGuessed: boolean;
  /** Older or younger ones of another name. */
  others: readonly string[];
  notes: readonly string[];
}

/** Discovers the cluster and plans. @throws KubeError; DorguError PersonaInvalid where flags give what the API refuses */
export async function planClusterPersona(
  client: KubeClient,
  wishes: ClusterPersonaWishes,
  { signal }: { signal: AbortSignal },
): Promise<PlannedClusterPersona> {
  const [{ all, refusal }, { facts, applicationNamespaces }] = await Promise.all([
    listClusterPersonas(client, { signal }),
    discoverCluster(client, { signal }),
  ]);
  const policies = await discoverPolicies(client, applicationNamespaces, { signal });
  // Without what was said before, applying would take it away.
  const existing =
    refusal === undefined
      ? all.find(({ metadata }) => metadata.name === wishes.name)
      : await findObject(client, resources.clusterPersonas, { name: wishes.name }, { signal });
  const guess = guessEnvironment(wishes.displayName) ?? guessEnvironment(wishes.name);
  const found = { ...policies.spec, ...(guess === undefined ? {} : { environment: guess }) };
  const said = pickOwnedSpec(existing, wishes.fieldManager);
  const base = mergeFields(mergeFields({ name: wishes.displayName }, found), said);
  const object = assertValid({
    apiVersion,
    kind: clusterPersonaKind,
    metadata: { name: wishes.name },
    spec: mergeFields(base, { ...wishes.spec }),
  });
  const isSaid = wishes.spec.environment !== undefined || said['environment'] !== undefined;
  return {
    object,
    facts,
    isEnvironmentGuessed: guess !== undefined && !isSaid,
    others: all.map(({ metadata }) => metadata.name).filter((name) => name !== wishes.name),
    notes: policies.notes,
  };
}

/** Flags are judged here, so that a dry run of the client says what the server would say. */
function assertValid(object: KubeObject): KubeObject {
  const verdict = validateClusterPersona(object);
  if (verdict.ok) return object;
  const [first] = verdict.problems;
  throw new DorguError('PersonaInvalid', `${first?.path ?? ''}: ${first?.message ?? ''}`, {
    hint: 'kubectl dorgu cluster init -h shows the flags',
    details: verdict.problems.slice(1).map(({ path, message }) => `${path}: ${message}`),
  });
}
