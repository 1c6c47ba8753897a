// The shape of a rule: documented constants, and a pure function.
import type { Severity, Violation } from './finding.ts';
import type { RuleInput } from './rule-input.ts';

/** What a rule reports; id and default severity are filled in by the engine unless a rule says another severity. */
export type RuleReport = Omit<Violation, 'rule' | 'severity'> & { severity?: Severity };

/** What is written down of a rule. docs/reference/rules.md, `explain RULE` and the rules of SARIF are made from these constants. */
export interface DocumentedRule {
  /** `family/name`, stable for ever. */
  id: `${string}/${string}`;
  /** What is asked, in one line. */
  title: string;
  /** Exact semantics, in a few sentences. */
  semantics: string;
  /** Why it matters to the person whose application it is. */
  rationale: string;
  /** The default; a report may say another where the rule's row in the design has two. */
  severity: Severity;
  /** Others that its reports may carry, and when: `error for tier critical`. Empty where there is one. */
  otherSeverities: string;
  /** YAML of a workload's part that breaks the rule, and the same part mended; for people. */
  bad: string;
  good: string;
  /** Whether it needs other objects than the workload. */
  needsSurroundings: boolean;
  /** Counts the same everywhere: no level and no exception of a ClusterPersona reaches it. */
  isFixed?: true;
}

/** A rule that the engine asks of a workload. */
export interface Rule extends DocumentedRule {
  /** Every violation; empty is a pass; `not-applicable` where the rule has nothing to say of this input. Never throws. */
  evaluate(input: RuleInput): readonly RuleReport[] | 'not-applicable';
}
