// What admission does with findings: admit, warn or deny. Findings are the same everywhere; the decision adds mode and what is new.
import { severities } from '../api/vocabulary.ts';
import type { Finding } from './finding.ts';
import type { Mode } from './mode.ts';
import { findNewOrWorse } from './newly-broken.ts';
import { toPlainLine } from './plain-line.ts';
import { capList, toWarnings } from './warning-text.ts';

/** The answer to an admission review. */
export interface Decision {
  allowed: boolean;
  /** Why not, with field, expectation and fix; only where it is denied. */
  message?: string;
  /** For the person who applies: at most 120 bytes each and 4,096 together, gravest first. */
  warnings: string[];
}

/** What is decided about: a workload, and a persona that claims it. */
export interface DecisionInput {
  mode: Mode;
  /** The persona's name, for the text; undefined where none claims the workload and the cluster itself asks. */
  personaName: string | undefined;
  /** As `judge` or `judgeMissingPersona` gives them, gravest first. */
  findings: readonly Finding[];
  /** Findings of the object as it was before an UPDATE, judged in the same way, none if this persona did not claim it then; undefined for a CREATE. */
  findingsBefore?: readonly Finding[] | undefined;
}

/** Most findings that the message of a denial spells out. */
const maxDenied = 10;

/** Decides: in enforcing mode findings of level deny refuse, on an UPDATE only those that it makes new or worse; the rest are warnings, notes are left out. */
export function decide(input: DecisionInput): Decision {
  return decideTogether([input]);
}

/** Decides where several personas claim the workload: one that refuses is enough, and each has its say. */
export function decideTogether(inputs: readonly DecisionInput[]): Decision {
  const parts = inputs.map((input) => ({ ...input, refusing: findRefusing(input) }));
  const warned = parts.flatMap(({ personaName, findings, refusing }) => {
    const isRefusing = new Set(refusing);
    return findings
      .filter((finding) => isToldOf(finding) && !isRefusing.has(finding))
      .map((finding) => ({ ...finding, personaName }));
  });
  const warnings = toWarnings(
    warned
      .toSorted((left, right) => severities.indexOf(left.severity) - severities.indexOf(right.severity))
      .map(
        ({ personaName, rule, message }) =>
          `${personaName === undefined ? '' : `${personaName}: `}${message} (${rule})`,
      ),
  );
  const denials = parts.filter(({ refusing }) => refusing.length > 0).map(describeDenial);
  if (denials.length === 0) return { allowed: true, warnings };
  return { allowed: false, message: denials.join('\n'), warnings };
}

/** The findings that refuse. */
export function findRefusing({ mode, findings, findingsBefore = [] }: DecisionInput): Finding[] {
  if (mode === 'advisory') return [];
  const counted = findings.filter(({ exception }) => exception === undefined);
  if (!counted.some(({ level }) => level === 'deny')) return [];
  return findNewOrWorse(findingsBefore, counted).filter(({ level }) => level === 'deny');
}

function isToldOf({ severity, exception }: Finding): boolean {
  return severity !== 'info' && exception === undefined;
}

function describeDenial({
  personaName,
  refusing,
}: {
  personaName: string | undefined;
  refusing: readonly Finding[];
}): string {
  const lines = refusing.map(({ rule, field, expected, message, suggestion }) =>
    [
      `${message} (${rule}, ${field}, expected ${expected})`,
      ...(suggestion === undefined ? [] : [`fix: ${suggestion}`]),
    ].join('; '),
  );
  const text = capList(lines, maxDenied).map((line) => `- ${toPlainLine(line)}`);
  const who = personaName === undefined ? 'the cluster' : `persona ${toPlainLine(personaName)}`;
  return [`${who} refuses it:`, ...text].join('\n');
}
