// What rules say of a workload: violations as a rule sees them, findings as a cluster's levels and exceptions count them.
import type { RuleException } from '../api/personas.ts';

/** error, warning, info, gravest first: src/api/vocabulary.ts. */
export type Severity = 'error' | 'warning' | 'info';

/** What one rule holds against one place. */
export interface Violation {
  /** `security/run-as-non-root` */
  rule: string;
  severity: Severity;
  /** Path in the workload (or in the object that `object` names): `spec.template.spec.containers[0].image` */
  field: string;
  /** The container, where it is about one. */
  container?: string;
  /** What tells it from its neighbours where their indices may move: a variable's name, a port. Two findings are the same if rule, object, container, subject and field (without indices) are. */
  subject?: string;
  /** Another object that it is about: `HorizontalPodAutoscaler/shop`. */
  object?: string;
  /** Short values for a table; `unset` for what is absent. */
  actual: string;
  expected: string;
  /** One sentence, without a full stop: `container shop: runAsNonRoot is unset, true expected`. Never a secret value. */
  message: string;
  /** The change to make; where it can be a line of YAML, that line. */
  suggestion?: string;
}

/** A violation with what the cluster's levels and exceptions make of it. `severity` is the one that counts. */
export interface Finding extends Violation {
  /** What it does at admission in enforcing mode; `deny` for errors unless a level says otherwise. */
  level: 'info' | 'warn' | 'deny';
  /** The exception that lifts it until its date; such a finding neither denies nor counts as an issue. */
  exception?: RuleException;
}
