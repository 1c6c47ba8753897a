// Judges manifests by the personas among them: the rules of the cluster, on files, at their places.
import type { EffectiveApplicationPersona } from '../api/personas.ts';
import type { Manifest, SkippedInput } from '../document/manifest.ts';
import type { ManifestProblem } from '../document/manifest-problem.ts';
import { compareText } from '../api/compare-text.ts';
import { severities } from '../api/vocabulary.ts';
import { judge } from '../rules/judge.ts';
import type { CheckReport, PlacedFinding } from './check-report.ts';
import { unreadable } from '../rules/asked-first.ts';
import { choosePersonas, chooseClusterPersona } from './choose-personas.ts';
import type { JudgeContext } from './judge-context.ts';
import { judgeMissingPersonas } from './missing-persona.ts';
import { createNeighbourhood } from './neighbourhood.ts';
import { formatObject, nameObject, placeField, placeObject } from './object-name.ts';
import { pairPersonas, type Pair } from './pair-personas.ts';
import { readApplicationPersonas, readClusterPersonas } from './read-personas.ts';
import { sortManifests, type SortedManifests } from './sort-manifests.ts';

/** What is checked. */
export interface CheckInput {
  manifests: readonly Manifest[];
  /** Personas that the command line names; they win over those of the input. */
  personaManifests: readonly Manifest[];
  clusterPersonaManifests: readonly Manifest[];
  /** Where objects without a namespace belong; empty where unknown. */
  namespace: string;
  skipped: readonly SkippedInput[];
  problems: readonly ManifestProblem[];
  fileCount: number;
}

/** Every finding, sorted. Never throws for what the manifests say. `now` decides whether exceptions and dates of rules hold. */
export function judgeManifests(input: CheckInput, now: Date): CheckReport {
  const sorted = sortManifests(input.manifests, input.namespace);
  const personas = collectPersonas(input, sorted);
  const clusterPersona = personas.cluster?.persona;
  const neighbourhood = createNeighbourhood(sorted.neighbours);
  const context = { sorted, clusterPersona, neighbourhood, now };
  const { pairs, lonelyWorkloads, lonelyPersonas } = pairPersonas(personas.application, sorted.workloads);
  const findings = [
    ...input.problems.map(toUnreadable),
    ...personas.findings,
    ...pairs.flatMap((pair) => judgePair(pair, context)),
    ...judgeMissingPersonas(lonelyWorkloads, context),
  ];
  const judged = [...new Set(pairs.map(({ manifest }) => manifest))];
  const place = (manifest: Manifest) => placeObject(manifest, input.namespace);
  return {
    findings: dropRepeated(findings.sort(compareFindings)),
    counts: {
      files: input.fileCount,
      objects: input.manifests.length,
      workloads: sorted.workloads.length,
      personas: personas.application.length,
      judged: judged.length,
    },
    judged: judged.map(place),
    withoutPersona: lonelyWorkloads.map(({ manifest }) => place(manifest)),
    personasWithoutWorkload: lonelyPersonas.map(({ manifest }) => place(manifest)),
    clusterPersona: clusterPersona?.metadata.name,
    otherKinds: new Map([...sorted.otherKinds].sort(([left], [right]) => compareText(left, right))),
    skipped: input.skipped,
    notes: personas.notes,
  };
}

function collectPersonas(input: CheckInput, sorted: SortedManifests) {
  const named = sortManifests(input.personaManifests, input.namespace);
  const clusterNamed = sortManifests(input.clusterPersonaManifests, '');
  const application = readApplicationPersonas(
    [...named.applicationPersonas, ...sorted.applicationPersonas],
    input.namespace,
  );
  const cluster = readClusterPersonas(
    clusterNamed.clusterPersonas.length > 0 ? clusterNamed.clusterPersonas : sorted.clusterPersonas,
  );
  const chosen = choosePersonas(application.personas);
  const chosenCluster = chooseClusterPersona(cluster.personas);
  return {
    application: chosen.personas,
    cluster: chosenCluster.persona,
    findings: [...application.findings, ...cluster.findings],
    notes: [...chosen.notes, ...chosenCluster.notes],
  };
}

function toUnreadable({ file, position, message, hint }: ManifestProblem): PlacedFinding {
  return {
    file,
    line: position?.line ?? 1,
    column: position?.column ?? 1,
    rule: unreadable.id,
    severity: 'error',
    level: 'deny',
    message,
    ...(hint === undefined ? {} : { suggestion: hint }),
  };
}

function judgePair(
  { persona: { persona }, workload, manifest, rivals }: Pair,
  context: JudgeContext,
): PlacedFinding[] {
  const { sorted, clusterPersona, neighbourhood, now } = context;
  const namespace = settleNamespace(workload.namespace, persona);
  const findings = judge(
    {
      persona,
      workload,
      surroundings: neighbourhood.around(workload.namespace),
      clusterPersona,
      namespaceLabels: sorted.namespaceLabels.get(namespace) ?? new Map(),
      rivals,
      source: 'file',
    },
    now,
  );
  return findings.map(({ object, field, ...finding }) => {
    const other = object === undefined ? undefined : neighbourhood.find(object, workload.namespace);
    const subject = other ?? manifest;
    return {
      ...finding,
      field,
      object: nameObject(subject, workload.namespace),
      persona: persona.metadata.name,
      ...placeField(subject, object !== undefined && other === undefined ? '' : field),
    };
  });
}

const settleNamespace = (namespace: string, persona: EffectiveApplicationPersona) =>
  namespace === '' ? (persona.metadata.namespace ?? '') : namespace;

function compareFindings(left: PlacedFinding, right: PlacedFinding): number {
  return (
    compareText(left.file, right.file) ||
    left.line - right.line ||
    left.column - right.column ||
    compareText(left.rule, right.rule) ||
    compareText(
      formatObject(left.object ?? { kind: '', name: '' }),
      formatObject(right.object ?? { kind: '', name: '' }),
    ) ||
    compareText(left.message, right.message)
  );
}

/**
 * Two workloads of one autoscaler find the same fault in it, as do two personas of one workload: it is said once, as gravely as anybody has it. What an
 * exception lifts for one persona counts where another holds it up.
 */
function dropRepeated(findings: readonly PlacedFinding[]): PlacedFinding[] {
  const gravest = new Map<string, PlacedFinding>();
  for (const finding of findings) {
    const { file, line, column, rule, message } = finding;
    const key = JSON.stringify([file, line, column, rule, message]);
    const known = gravest.get(key);
    if (known === undefined || rankOf(finding) < rankOf(known)) gravest.set(key, finding);
  }
  return [...gravest.values()];
}

function rankOf({ severity, exception }: PlacedFinding): number {
  return exception === undefined ? severities.indexOf(severity) : severities.length;
}
