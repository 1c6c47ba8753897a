// Whether the cluster serves our two kinds, with all the fields that this version writes.
import { fieldAt, fieldsOf, listOf, textOf } from '../../api/foreign-fields.ts';
import { group, version } from '../../api/group-version.ts';
import { kindDefinitions, type KindDefinition } from '../../api/schema/kinds.ts';
import type { Schema } from '../../api/schema/schema.ts';
import type { KubeClient } from '../../kube/client.ts';
import { listServedResources } from '../../kube/discovery.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { getObject } from '../../kube/read.ts';
import { resources } from '../../kube/resources.ts';
import { admitIgnorance, fail, pass, warn, type Check } from './check.ts';
import { installCommand } from './fixes.ts';

/** `kinds`. @throws the signal's reason */
export async function examineKinds(client: KubeClient, signal: AbortSignal): Promise<Check> {
  const served = await listServedResources(client, { group, version }, { signal }).catch((error: unknown) => {
    if (error instanceof KubeError) return error;
    throw error;
  });
  if (served instanceof KubeError) return admitIgnorance('kinds', served);
  const missing = kindDefinitions.filter(({ plural }) => !served.has(plural));
  if (missing.length > 0) {
    const names = missing.map(({ plural }) => `${plural}.${group}`).join(' and ');
    return fail('kinds', `the API server does not know ${names}`, installCommand);
  }
  const names = kindDefinitions.map(({ kind }) => kind).join(', ');
  const unknown = (
    await Promise.all(kindDefinitions.map((definition) => findUnknownFields(client, definition, signal)))
  ).flat();
  if (unknown.length === 0) return pass('kinds', `${names} (${group}/${version})`);
  return warn(
    'kinds',
    `the CustomResourceDefinitions are of an older version: the server drops ${formatFields(unknown)}`,
    installCommand,
  );
}

/** Fields that this version writes and the cluster's CRD does not have; none where nobody may read it. */
async function findUnknownFields(
  client: KubeClient,
  { kind, plural, spec, status }: KindDefinition,
  signal: AbortSignal,
): Promise<string[]> {
  const name = `${plural}.${group}`;
  try {
    const crd = await getObject(client, resources.customResourceDefinitions, { name }, { signal });
    const ours = listOf(fieldAt(crd, 'spec', 'versions')).find(
      (one) => textOf(fieldAt(one, 'name')) === version,
    );
    const found = fieldAt(ours, 'schema', 'openAPIV3Schema', 'properties');
    return [
      ...listMissing(spec, fieldAt(found, 'spec'), 'spec'),
      ...listMissing(status, fieldAt(found, 'status'), 'status'),
    ].map((path) => `${kind} ${path}`);
  } catch (error) {
    if (error instanceof KubeError) return [];
    throw error;
  }
}

/** Paths of fields without a counterpart, nothing below such a one. */
function listMissing(schema: Schema, found: unknown, path: string): string[] {
  if (fieldAt(found, 'x-kubernetes-preserve-unknown-fields') === true) return [];
  if (schema.items !== undefined) {
    const below = fieldAt(found, schema.type === 'map' ? 'additionalProperties' : 'items');
    return below === undefined ? [] : listMissing(schema.items, below, path);
  }
  const fields = fieldsOf(fieldAt(found, 'properties'));
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const place = `${path}.${name}`;
    const counterpart = fieldAt(fields, name);
    return counterpart === undefined ? [place] : listMissing(property, counterpart, place);
  });
}

function formatFields(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
