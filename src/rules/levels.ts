// What a cluster makes of violations: levels per rule, dates from which they hold, and exceptions that end.
import type { EffectiveClusterPersona, RuleException, RuleSetting } from '../api/personas.ts';
import { matchesSelector, readSelector } from '../workload/selector.ts';
import type { TextMap } from '../workload/workload.ts';
import type { Finding, Severity, Violation } from './finding.ts';
import { findRule } from './rules.ts';

/** Whose violations they are, and when it is. */
export interface LevelContext {
  clusterPersona: EffectiveClusterPersona | undefined;
  namespace: string;
  namespaceLabels: TextMap;
  /** metadata.name and spec.name of the persona: an exception may say either. */
  personaNames: readonly string[];
  now: Date;
}

type Level = Finding['level'];

const levelOf: Record<Severity, Level> = { error: 'deny', warning: 'warn', info: 'info' };
const severityOf: Record<Level, Severity> = { deny: 'error', warn: 'warning', info: 'info' };

/**
 * The violations as the cluster counts them, in the same order. Of the entries of spec.rules that fit (by id or family, and by the namespace's labels)
 * the last one holds: `off` drops the violation; `info`, `warn` and `deny` make it info, warning and error. A `deny` whose enforceFrom
 * has not come yet is a `warn`. A note (severity info of a graver rule) is never raised: it says that the rule is met.
 */
export function toFindings(violations: readonly Violation[], context: LevelContext): Finding[] {
  const spec = context.clusterPersona?.spec;
  const settings = (spec?.rules ?? []).filter((setting) => isMeant(setting, context.namespaceLabels));
  const exceptions = (spec?.exceptions ?? []).filter((exception) => holds(exception, context));
  const findings: Finding[] = [];
  for (const violation of violations) {
    const setting = settings.findLast(({ id }) => fitsRule(id, violation.rule));
    if (setting?.level === 'off') continue;
    const level = chooseLevel(violation, setting, context.now);
    const exception = exceptions.find((candidate) => lifts(candidate, violation));
    const finding: Finding = { ...violation, severity: severityOf[level], level };
    if (exception !== undefined) finding.exception = exception;
    findings.push(finding);
  }
  return findings;
}

/** Whether `security/run-as-non-root` or `security/*` means the rule. */
export function fitsRule(pattern: string, rule: string): boolean {
  return pattern.endsWith('/*') ? rule.startsWith(pattern.slice(0, -1)) : pattern === rule;
}

function chooseLevel(violation: Violation, setting: RuleSetting | undefined, now: Date): Level {
  const own = levelOf[violation.severity];
  if (setting === undefined || setting.level === 'off') return own;
  const isNote = violation.severity === 'info' && findRule(violation.rule)?.severity !== 'info';
  if (isNote) return 'info';
  return setting.level === 'deny' && isBefore(now, setting.enforceFrom) ? 'warn' : setting.level;
}

// Instants carry their zone; one that cannot be read counts as one that is past: the level holds, the exception does not.
function isBefore(now: Date, instant: string | undefined): boolean {
  return instant !== undefined && now.getTime() < Date.parse(instant);
}

function isMeant({ namespaceSelector }: RuleSetting, labels: TextMap): boolean {
  const selector = readSelector(namespaceSelector);
  return selector === undefined || matchesSelector(selector, labels);
}

function holds(exception: RuleException, { namespace, personaNames, now }: LevelContext): boolean {
  if (exception.namespace !== undefined && exception.namespace !== namespace) return false;
  if (exception.persona !== undefined && !personaNames.includes(exception.persona)) return false;
  // Last, because reading a date costs more than all the rest, and there may be hundreds.
  return isBefore(now, exception.until);
}

function lifts(exception: RuleException, violation: Violation): boolean {
  if (!fitsRule(exception.rule, violation.rule)) return false;
  return exception.container === undefined || exception.container === violation.container;
}
