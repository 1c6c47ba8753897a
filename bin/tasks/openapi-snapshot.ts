// What is kept of the API server's OpenAPI documents: the schemas that our kinds reach, without descriptions, in a fixed order.
import { compareText } from '../../src/api/compare-text.ts';

/** A group and version whose document is kept: its path below /openapi/v3, the kinds that generate writes, and our file. */
export interface SnapshotSource {
  path: string;
  kinds: readonly string[];
  file: string;
}

/** Everything that generate writes and Kubernetes itself defines. */
export const snapshotSources: readonly SnapshotSource[] = [
  {
    path: 'api/v1',
    kinds: ['ConfigMap', 'Namespace', 'PersistentVolumeClaim', 'Secret', 'Service', 'ServiceAccount'],
    file: 'core-v1.json',
  },
  { path: 'apis/apps/v1', kinds: ['DaemonSet', 'Deployment', 'StatefulSet'], file: 'apps-v1.json' },
  { path: 'apis/autoscaling/v2', kinds: ['HorizontalPodAutoscaler'], file: 'autoscaling-v2.json' },
  { path: 'apis/batch/v1', kinds: ['CronJob', 'Job'], file: 'batch-v1.json' },
  {
    path: 'apis/networking.k8s.io/v1',
    kinds: ['Ingress', 'NetworkPolicy'],
    file: 'networking.k8s.io-v1.json',
  },
  { path: 'apis/policy/v1', kinds: ['PodDisruptionBudget'], file: 'policy-v1.json' },
];

type Json = null | boolean | number | string | Json[] | JsonObject;
interface JsonObject {
  [key: string]: Json;
}

/** The part of an OpenAPI 3 document that is read here. */
export interface OpenApiDocument {
  components: { schemas: Record<string, JsonObject> };
}

const reference = '#/components/schemas/';
/** Keys whose value maps names to schemas, so that a key `description` below them is somebody's field. */
const maps = new Set(['properties', 'schemas']);

/** The schemas that the kinds reach, without descriptions, keys sorted. Throws when the document does not define a kind. */
export function selectSchemas(document: OpenApiDocument, kinds: readonly string[]): OpenApiDocument {
  const { schemas } = document.components;
  const wanted = kinds.map((kind) => findKind(schemas, kind));
  const reached = new Set<string>();
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    wanted.push(...listReferences(schemas[name] ?? {}));
  }
  const names = [...reached].sort(compareText);
  const kept = names.map((name) => [name, prune(schemas[name] ?? {}, false)] as const);
  return { components: { schemas: Object.fromEntries(kept) as Record<string, JsonObject> } };
}

/** JSON with one line for each field of a schema: few lines, and a change of one field changes one of them. */
export function formatSnapshot(document: OpenApiDocument): string {
  return `${formatTo(5, { components: { schemas: document.components.schemas } }, '')}\n`;
}

function findKind(schemas: Record<string, JsonObject>, kind: string): string {
  const name = Object.keys(schemas).find((candidate) => {
    const meanings = schemas[candidate]?.['x-kubernetes-group-version-kind'];
    return candidate.endsWith(`.${kind}`) && Array.isArray(meanings) && meanings.length === 1;
  });
  if (name === undefined)
    throw new Error(`expected the document to define the kind ${kind}, found no schema of that name`);
  return name;
}

function listReferences(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(listReferences);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, below]) =>
    key === '$ref' && typeof below === 'string' ? [below.replace(reference, '')] : listReferences(below),
  );
}

/** A copy with sorted keys and without descriptions; `isMap` says that the keys here are names, not keywords. */
function prune(value: Json, isMap: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => prune(item, false));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .filter(([key]) => isMap || key !== 'description')
    .sort(([left], [right]) => compareText(left, right))
    .map(([key, below]) => [key, prune(below, !isMap && maps.has(key))] as const);
  return Object.fromEntries(entries);
}

function formatTo(depth: number, value: Json, indent: string): string {
  if (depth === 0 || value === null || typeof value !== 'object' || Array.isArray(value))
    return JSON.stringify(value);
  const lines = Object.entries(value).map(
    ([key, below]) => `${indent} ${JSON.stringify(key)}: ${formatTo(depth - 1, below, `${indent} `)}`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
}
