// What is foretold of a workload: what admission would answer, now and from a date on, and why.
import type { Finding } from '../../rules/finding.ts';
import type { Mode } from '../../rules/mode.ts';
import type { WorkloadKind } from '../../workload/workload.ts';

/** Gravest first. `later`: not today, but from a date that the ClusterPersona already holds. */
export const outcomes = ['denied', 'later', 'warned', 'admitted'] as const;
export type Outcome = (typeof outcomes)[number];

/** The answer to a request. */
export interface Foretold {
  outcome: Outcome;
  /** RFC 3339: the first instant from which it is denied; only with `later`. */
  from?: string;
  /** What the API server would say; only with `denied`. */
  message?: string;
}

/** A finding, and what it does to the creation of its workload. */
export interface ForetoldFinding extends Finding {
  /** `admitted` for notes and for what an exception lifts. */
  outcome: Outcome;
  /** RFC 3339; only with `later`. */
  from?: string;
  /** The persona that asks for it; undefined where the cluster itself does. */
  persona: string | undefined;
}

/** One workload. */
export interface WorkloadImpact {
  namespace: string;
  kind: WorkloadKind;
  /** `apps/v1` */
  apiVersion: string;
  name: string;
  /** Names of the personas that claim it; empty where none does. */
  personas: readonly string[];
  /** Who answers for it: the persona's team, else the workload's label. */
  team: string | undefined;
  /** Enforcing where it is for one of the personas. */
  mode: Mode;
  /** Applied anew as it runs now: everything counts that needs no other object. */
  create: Foretold;
  /** Updated without making anything worse. */
  update: Foretold;
  /** Gravest outcome first; of the creation. */
  findings: readonly ForetoldFinding[];
}
