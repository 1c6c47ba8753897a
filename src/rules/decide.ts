// What admission does with findings: admit, warn or deny. Findings are the same everywhere; the decision adds mode and what is new.
import type { EffectiveClusterPersona } from '../api/personas.ts';
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

/** What is decided about: a workload that a persona claims. */
export interface DecisionInput {
  mode: Mode;
  /** The persona's name, for the text. */
  personaName: string;
  /** As `judge` gives them, gravest first. */
  findings: readonly Finding[];
  /** Findings of the object as it was before an UPDATE, judged in the same way; undefined for a CREATE. */
  findingsBefore?: readonly Finding[] | undefined;
}

/** Most findings that the message of a denial spells out. */
const maxDenied = 10;

/** Decides: in enforcing mode findings of level deny refuse, on an UPDATE only those that it makes new or worse; the rest are warnings, notes are left out. */
export function decide({ mode, personaName, findings, findingsBefore }: DecisionInput): Decision {
  const counted = findings.filter(({ exception }) => exception === undefined);
  const refusing =
    mode === 'enforcing'
      ? findNewOrWorse(findingsBefore ?? [], counted).filter(({ level }) => level === 'deny')
      : [];
  const isRefusing = new Set(refusing);
  const warnings = toWarnings(
    counted
      .filter((finding) => finding.severity !== 'info' && !isRefusing.has(finding))
      .map(({ rule, message }) => `${personaName}: ${message} (${rule})`),
  );
  if (refusing.length === 0) return { allowed: true, warnings };
  return { allowed: false, message: describeDenial(personaName, refusing), warnings };
}

/** Decides about a workload that no persona claims, by the ClusterPersona's requirePersona. An UPDATE of one that had none before is only warned about. */
export function decideWithoutPersona(
  mode: Mode,
  clusterPersona: EffectiveClusterPersona | undefined,
  workload: { kind: string; name: string; hadPersona: boolean; isUpdate: boolean },
): Decision {
  const requirement = clusterPersona?.spec.policies.requirePersona ?? 'off';
  if (requirement === 'off') return { allowed: true, warnings: [] };
  const text = `${workload.kind} ${workload.name} has no ApplicationPersona: kubectl dorgu persona apply`;
  const isNew = !workload.isUpdate || workload.hadPersona;
  if (requirement === 'deny' && mode === 'enforcing' && isNew) {
    return { allowed: false, message: toPlainLine(`this cluster asks for a persona: ${text}`), warnings: [] };
  }
  return { allowed: true, warnings: toWarnings([text]) };
}

function describeDenial(personaName: string, refusing: readonly Finding[]): string {
  const lines = refusing.map(({ rule, field, expected, message, suggestion }) =>
    [
      `${message} (${rule}, ${field}, expected ${expected})`,
      ...(suggestion === undefined ? [] : [`fix: ${suggestion}`]),
    ].join('; '),
  );
  const text = capList(lines, maxDenied).map((line) => `- ${toPlainLine(line)}`);
  return [`persona ${toPlainLine(personaName)} refuses it:`, ...text].join('\n');
}
