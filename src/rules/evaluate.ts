// Runs the rules: every rule over one input, each report made a violation of its rule.
import { compareText } from '../api/compare-text.ts';
import type { Violation } from './finding.ts';
import { toPlainLine } from './plain-line.ts';
import type { RuleInput } from './rule-input.ts';
import type { Rule, RuleReport } from './rule.ts';
import { rules } from './rules.ts';
import { settleInput } from './settle-input.ts';

/** Longest path, value and sentence of a violation, in characters: foreign text is cut before it reaches a status or a terminal. */
const maxFieldLength = 256;
const maxValueLength = 200;
const maxTextLength = 1000;

/** Every violation of every rule that applies, by rule id, then field. Never throws; the same input gives the same list. */
export function evaluate(input: RuleInput): Violation[] {
  return evaluateSettled(settleInput(input)).sort(compareViolations);
}

/** The same for an input that has been settled, in the order of the rules. */
export function evaluateSettled(settled: RuleInput): Violation[] {
  const violations: Violation[] = [];
  for (const rule of rules) violations.push(...evaluateRule(rule, settled));
  return violations;
}

/** The violations of one rule, in its own order. */
export function evaluateRule(rule: Rule, input: RuleInput): Violation[] {
  if (rule.needsSurroundings && input.surroundings === undefined) return [];
  const reports = rule.evaluate(input);
  if (reports === 'not-applicable' || reports.length === 0) return [];
  return reports.map((report) => toViolation(rule, report));
}

/** The order of violations of one severity: rule, field, container, message. */
export function compareViolations(left: Violation, right: Violation): number {
  return (
    compareText(left.rule, right.rule) ||
    compareText(left.field, right.field) ||
    compareText(left.container ?? '', right.container ?? '') ||
    compareText(left.message, right.message)
  );
}

function toViolation(rule: Rule, report: RuleReport): Violation {
  const violation: Violation = { ...report, rule: rule.id, severity: report.severity ?? rule.severity };
  violation.field = cut(violation.field, maxFieldLength);
  violation.actual = cut(violation.actual, maxValueLength);
  violation.expected = cut(violation.expected, maxValueLength);
  violation.message = cut(violation.message, maxTextLength);
  if (violation.suggestion !== undefined) violation.suggestion = cut(violation.suggestion, maxTextLength);
  return violation;
}

function cut(text: string, length: number): string {
  const line = toPlainLine(text.length <= length ? text : text.slice(0, length));
  return text.length <= length ? line : `${line.slice(0, length - 1).toWellFormed()}…`;
}
