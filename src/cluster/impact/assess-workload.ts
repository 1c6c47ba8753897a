// Foretells what admission would answer to one workload, by the webhook's own code.
import { compareText } from '../../api/compare-text.ts';
import { severities } from '../../api/vocabulary.ts';
import { teamLabel } from '../../api/group-version.ts';
import { findClaims, weighClaim, type AdmissionInput, type Claim } from '../../rules/admission.ts';
import { decideTogether, findRefusing, type Decision } from '../../rules/decide.ts';
import type { Finding } from '../../rules/finding.ts';
import { findDenialDate } from './denial-date.ts';
import { outcomes, type Foretold, type ForetoldFinding, type WorkloadImpact } from './foretold.ts';
import { suppose, type Supposition } from './supposition.ts';

/** What is known of the workload and around it. */
export type AssessInput = Omit<AdmissionInput, 'before' | 'mode'>;

/** Pure, and never throws. */
export function assessWorkload(input: AssessInput, supposition: Supposition, now: Date): WorkloadImpact {
  const { workload } = input;
  const asked = { ...input, mode: supposition.mode };
  const claim = (before: AdmissionInput['before']) =>
    findClaims({ ...asked, before }).map((one) => suppose(one, workload, supposition));
  const claims = claim(undefined);
  const findings = claims.flatMap((one) => foretellFindings(one, now)).sort(compareFindings);
  const personas = claims.flatMap(({ persona }) => persona ?? []);
  return {
    namespace: workload.namespace,
    kind: workload.kind,
    apiVersion: workload.apiVersion,
    name: workload.name,
    personas: personas.map(({ metadata }) => metadata.name),
    team:
      personas.map(({ spec }) => spec.ownership?.team).find((team) => team !== undefined && team !== '') ??
      workload.labels.get(teamLabel),
    mode: claims.some(({ mode }) => mode === 'enforcing') ? 'enforcing' : 'advisory',
    create: foretell(decide(claims, now), findings),
    update: foretell(
      decide(
        claim(() => input),
        now,
      ),
      [],
    ),
    findings,
  };
}

function decide(claims: readonly Claim[], now: Date): Decision {
  return decideTogether(claims.map((claim) => weighClaim(claim, now)));
}

function foretell({ allowed, message, warnings }: Decision, findings: readonly ForetoldFinding[]): Foretold {
  if (!allowed) return { outcome: 'denied', ...(message === undefined ? {} : { message }) };
  const from = findings.flatMap((finding) => finding.from ?? []).sort(compareDates)[0];
  if (from !== undefined) return { outcome: 'later', from };
  return { outcome: warnings.length > 0 ? 'warned' : 'admitted' };
}

function foretellFindings(claim: Claim, now: Date): ForetoldFinding[] {
  const input = weighClaim(claim, now);
  const refusing = new Set(findRefusing(input));
  return input.findings.map((finding) => ({
    ...finding,
    persona: input.personaName,
    ...(refusing.has(finding) ? { outcome: 'denied' as const } : foretellAdmitted(finding, claim, now)),
  }));
}

function foretellAdmitted(
  { exception, ...violation }: Finding,
  { mode, context }: Claim,
  now: Date,
): Pick<ForetoldFinding, 'outcome' | 'from'> {
  const from = mode === 'enforcing' ? findDenialDate(violation, { ...context, now }) : undefined;
  if (from !== undefined) return { outcome: 'later', from };
  const isSilent = violation.severity === 'info' || exception !== undefined;
  return { outcome: isSilent ? 'admitted' : 'warned' };
}

function compareFindings(left: ForetoldFinding, right: ForetoldFinding): number {
  return (
    outcomes.indexOf(left.outcome) - outcomes.indexOf(right.outcome) ||
    compareDates(left.from ?? '', right.from ?? '') ||
    severities.indexOf(left.severity) - severities.indexOf(right.severity) ||
    compareText(left.rule, right.rule)
  );
}

/** Instants as texts; both are there, or neither. */
function compareDates(left: string, right: string): number {
  return left === right ? 0 : Date.parse(left) - Date.parse(right);
}
