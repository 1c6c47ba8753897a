// The two kinds as a whole: names, scope, columns, and the schemas of spec and status.
import {
  applicationPersonaKind,
  applicationPersonaResource,
  clusterPersonaKind,
  clusterPersonaResource,
} from '../group-version.ts';
import { applicationPersonaSpec } from './application-persona-spec.ts';
import { applicationPersonaStatus } from './application-persona-status.ts';
import { clusterPersonaSpec } from './cluster-persona-spec.ts';
import { clusterPersonaStatus } from './cluster-persona-status.ts';
import type { Schema } from './schema.ts';

/** A column of `kubectl get`; `isWide` ones need `-o wide`. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  readonly jsonPath: string;
  readonly description: string;
  readonly isWide?: true;
}

/** Everything that a CRD says of a kind. */
export interface KindDefinition {
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly scope: 'Namespaced' | 'Cluster';
  readonly description: string;
  readonly columns: readonly PrinterColumn[];
  readonly selectableFields: readonly string[];
  readonly spec: Schema;
  readonly status: Schema;
}

const age: PrinterColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
  description: 'Since when there is a persona.',
};

const ready: PrinterColumn = {
  name: 'Ready',
  type: 'string',
  jsonPath: '.status.conditions[?(@.type=="Ready")].status',
  description: 'Status of condition Ready.',
};

const reason: PrinterColumn = {
  name: 'Reason',
  type: 'string',
  jsonPath: '.status.conditions[?(@.type=="Ready")].reason',
  description: 'Reason of condition Ready.',
  isWide: true,
};

/** ApplicationPersona. */
export const applicationPersonaDefinition: KindDefinition = {
  kind: applicationPersonaKind,
  plural: applicationPersonaResource,
  singular: 'applicationpersona',
  shortNames: ['ap', 'persona', 'personas'],
  scope: 'Namespaced',
  description: 'What an application is meant to be, and what the operator sees of it.',
  columns: [
    { name: 'Type', type: 'string', jsonPath: '.spec.type', description: 'What the application is.' },
    {
      name: 'Tier',
      type: 'string',
      jsonPath: '.spec.tier',
      description: 'How much it hurts when it is down.',
    },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase', description: 'The worst that applies.' },
    { name: 'Health', type: 'string', jsonPath: '.status.health.status', description: 'How the pods are.' },
    ready,
    {
      name: 'Issues',
      type: 'string',
      jsonPath: '.status.validation.summary',
      description: 'Findings of the validation.',
      isWide: true,
    },
    reason,
    age,
  ],
  selectableFields: ['.spec.name'],
  spec: applicationPersonaSpec,
  status: applicationPersonaStatus,
};

/** ClusterPersona. */
export const clusterPersonaDefinition: KindDefinition = {
  kind: clusterPersonaKind,
  plural: clusterPersonaResource,
  singular: 'clusterpersona',
  shortNames: ['cp', 'cpersona'],
  scope: 'Cluster',
  description:
    'What a cluster is for, what it asks of applications, and what the operator has discovered of it. One for a cluster: the oldest counts.',
  columns: [
    {
      name: 'Environment',
      type: 'string',
      jsonPath: '.spec.environment',
      description: 'What the cluster is for.',
    },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase', description: 'How the cluster is.' },
    {
      name: 'Nodes',
      type: 'integer',
      jsonPath: '.status.nodeCount',
      description: 'How many nodes there are.',
    },
    {
      name: 'Apps',
      type: 'integer',
      jsonPath: '.status.applicationCount',
      description: 'How many personas there are.',
    },
    {
      name: 'Version',
      type: 'string',
      jsonPath: '.status.kubernetesVersion',
      description: "The API server's version.",
    },
    { ...ready, isWide: true },
    reason,
    age,
  ],
  selectableFields: ['.spec.name'],
  spec: clusterPersonaSpec,
  status: clusterPersonaStatus,
};

/** Both kinds. */
export const kindDefinitions: readonly KindDefinition[] = [
  applicationPersonaDefinition,
  clusterPersonaDefinition,
];
