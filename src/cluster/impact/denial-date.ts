// From when a finding refuses: dates of rules and ends of exceptions that the ClusterPersona already holds.
import type { Violation } from '../../rules/finding.ts';
import { fitsRule, toFindings, type LevelContext } from '../../rules/levels.ts';

/** RFC 3339, as the ClusterPersona writes it; undefined where it refuses now already, or never as things are. */
export function findDenialDate(violation: Violation, context: LevelContext): string | undefined {
  return listDates(violation, context).find((date) => refusesAt(violation, context, date));
}

/** Dates to come that have to do with the rule, earliest first. */
function listDates({ rule }: Violation, { clusterPersona, now }: LevelContext): string[] {
  const { rules = [], exceptions = [] } = clusterPersona?.spec ?? {};
  const dates = [
    ...rules.filter(({ id }) => fitsRule(id, rule)).flatMap(({ enforceFrom }) => enforceFrom ?? []),
    ...exceptions.filter((exception) => fitsRule(exception.rule, rule)).map(({ until }) => until),
  ];
  return [...new Set(dates)]
    .filter((date) => Date.parse(date) > now.getTime())
    .sort((left, right) => Date.parse(left) - Date.parse(right));
}

function refusesAt(violation: Violation, context: LevelContext, date: string): boolean {
  const [finding] = toFindings([violation], { ...context, now: new Date(date) });
  return finding?.level === 'deny' && finding.exception === undefined;
}
