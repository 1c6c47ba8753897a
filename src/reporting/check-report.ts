// What a check of manifests found: findings at places of files, and what was looked at and what was not.
import type { RuleException } from '../api/personas.ts';
import type { SkippedInput } from '../document/manifest.ts';
import type { Finding, Severity } from '../rules/finding.ts';

/** The object that a finding is about; `namespace` is empty where neither file nor command line names one. */
export interface ObjectName {
  kind: string;
  namespace: string;
  name: string;
}

/** A place of the input. */
export interface FilePlace {
  /** As `Manifest.file`: `-` is stdin. */
  file: string;
  line: number;
  column: number;
  /** The template that `helm template` made it from; line and column count in its output. */
  origin?: string;
}

/** One finding at its place. */
export interface PlacedFinding extends FilePlace {
  /** `family/name` */
  rule: string;
  severity: Severity;
  level: Finding['level'];
  /** Undefined where a file could not be read. */
  object?: ObjectName;
  /** metadata.name of the persona that asks for it. */
  persona?: string;
  container?: string;
  /** Path in the object. */
  field?: string;
  actual?: string;
  expected?: string;
  message: string;
  suggestion?: string;
  /** Lifts it until its date: shown, never counted. */
  exception?: RuleException;
  /** In the baseline: never counted. */
  known?: true;
}

/** An object and its place. */
export interface PlacedObject extends FilePlace, ObjectName {}

/** Everything that a check knows. */
export interface CheckReport {
  /** By file in the order of their names, then by place, then by rule. */
  findings: PlacedFinding[];
  counts: {
    files: number;
    /** Objects with a kind, those that no rule looks at included. */
    objects: number;
    workloads: number;
    personas: number;
    /** Workloads that a persona was found for. */
    judged: number;
  };
  /** Workloads that were judged, one entry each. */
  judged: PlacedObject[];
  withoutPersona: PlacedObject[];
  personasWithoutWorkload: PlacedObject[];
  /** The one that counted. */
  clusterPersona: string | undefined;
  /** `v1/ConfigMap` and how many: kinds that no rule looks at. */
  otherKinds: ReadonlyMap<string, number>;
  skipped: readonly SkippedInput[];
  /** What a person should know beside: personas that stand twice, several ClusterPersonas. */
  notes: string[];
}
