// The pipeline behind generate: path -> settings -> analysis -> manifests -> checks -> what to write. Nothing is written here.
import type { Application } from '../application/application.ts';
import { DorguError } from '../api/errors.ts';
import { mergeText } from '../document/merge/merge-text.ts';
import type { ManifestResult } from '../manifests/build.ts';
import type { Decision, NextSteps } from '../manifests/generated-file.ts';
import type { ManifestOptions } from '../manifests/options.ts';
import { withPinsOf } from '../manifests/pinned-digests.ts';
import { listDeleted, planFiles, type PlannedFile } from '../output/plan-files.ts';
import { listStrangers } from '../output/strangers.ts';
import { writeFiles } from '../output/write-files.ts';
import type { Settings } from '../settings/settings.ts';
import { withoutDeleted } from '../manifests/kustomization.ts';
import { assertKept, explainFindings, type ExplainedFinding } from './assert-kept.ts';
import { buildWithPins } from './build-result.ts';
import { listClusterDecisions } from './cluster-decisions.ts';
import { createConflictError, isBoth } from './conflict-error.ts';
import { prepareApplication, type GenerationInput } from './prepare-application.ts';

/** Everything that is known before a file is written. */
export interface GenerationPlan {
  directory: string;
  application: Application;
  settings: Settings;
  options: ManifestOptions;
  /** Sorted by path. */
  files: PlannedFile[];
  decisions: Decision[];
  /** What the rules say of it, none of them an error. */
  findings: ExplainedFinding[];
  next: NextSteps;
  /** DNS-safe names of the components, by the name that analysis has for them. */
  names: ReadonlyMap<string, string>;
}

/**
 * Analyses, builds, checks and compares with the disk.
 * @throws DorguError as {@link prepareApplication} does; ChecksFailed, RulesBroken (invalid)
 */
export async function planGeneration(input: GenerationInput): Promise<GenerationPlan> {
  const { settings, application, options } = await prepareApplication(input);
  input.onProgress?.('building manifests');
  const result = buildWithPins(application, options, input.directory);
  const deleted = listDeleted(input.directory, options.outputDir);
  const files = planFiles({
    directory: input.directory,
    files: withoutDeleted(result.files, deleted),
    adopt: withPinsOf,
    merge: mergeText,
    deleted,
  });
  // What is on disk already was checked when it was written.
  if (files.some(({ status }) => status !== 'unchanged')) {
    input.onProgress?.('checking');
    await assertChecked(result);
  }
  const findings = await judgeResult(result, settings);
  return {
    directory: input.directory,
    application,
    settings,
    options,
    files,
    decisions: [
      ...result.decisions,
      ...listClusterDecisions(settings, options),
      ...strangerDecisions(input.directory, options, files),
    ],
    findings,
    next: result.next,
    names: result.names,
  };
}

// Loaded when it is needed, as the checks are: what only analyses has no use for rules.
async function judgeResult(
  { files, names }: ManifestResult,
  settings: Settings,
): Promise<ExplainedFinding[]> {
  const { judgeGenerated } = await import('./judge-generated.ts');
  const findings = explainFindings(
    judgeGenerated(files, new Date(), settings.clusterPersona),
    settings,
    names,
  );
  assertKept(findings, settings.clusterPersona?.metadata.name);
  return findings;
}

// Plain manifests are applied by folder, by kubectl and by Argo CD, and templates by Helm.
function strangerDecisions(
  directory: string,
  { format, outputDir }: ManifestOptions,
  files: readonly PlannedFile[],
): Decision[] {
  if (format === 'kustomize') return [];
  const folder = format === 'helm' ? `${outputDir}/templates` : outputDir;
  const paths = files.map(({ path }) => path);
  const [first, ...more] = listStrangers(directory, folder, paths);
  if (first === undefined) return [];
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return [
    {
      topic: 'output',
      message: `${folder}/ holds ${first}${others}, not written by generate, which is applied with the rest`,
      command: 'kubectl dorgu generate --output-dir …',
    },
  ];
}

/** What is to become of conflicts: a person's side stays with `keepMine`; with `force` all is as it was generated. */
export interface WriteOptions {
  force?: boolean;
  keepMine?: boolean;
}

/**
 * Writes a plan.
 * @returns the paths written or removed
 * @throws DorguError FilesEdited (conflict) where a person and the generator changed the same place and neither is to win; OutputFailed (failed)
 */
export function writePlan(plan: GenerationPlan, how: WriteOptions = {}): string[] {
  const conflicts = plan.files.filter(({ status }) => status === 'conflict');
  const isSettled = how.force === true || (how.keepMine === true && conflicts.every(isBoth));
  if (conflicts.length > 0 && !isSettled) throw createConflictError(conflicts);
  return writeFiles(plan.directory, plan.files, how);
}

// Loaded when it is needed: the validators of Kubernetes' schemas are the largest part of the program.
async function assertChecked({ files }: ManifestResult): Promise<void> {
  const { checkFiles } = await import('../checks/check-files.ts');
  const findings = checkFiles(files);
  if (findings.length === 0) return;
  throw new DorguError(
    'ChecksFailed',
    `what was generated fails ${findings.length} of its checks, and nothing was written`,
    {
      hint: 'if no setting of yours says so, this is a bug: please report it with the lines above',
      details: findings.map(({ file, path, message }) => `${file}: ${path}: ${message}`),
    },
  );
}
