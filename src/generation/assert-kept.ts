// What comes of findings before anything is written: errors stop the run, the rest is said.
import { DorguError } from '../api/errors.ts';
import type { Settings } from '../settings/settings.ts';
import { findBlamedSettings } from './blamed-settings.ts';
import type { GeneratedFinding } from './judge-generated.ts';

/** A finding with the settings that may be behind it. */
export interface ExplainedFinding extends GeneratedFinding {
  /** `deployment_policy.strategy (.dorgu.yaml:4)`; empty where no setting of a person's can be. */
  settings: string[];
}

/** Adds the settings that may be behind each finding. `names` are the DNS-safe names by those of analysis. */
export function explainFindings(
  findings: readonly GeneratedFinding[],
  settings: Settings,
  names: ReadonlyMap<string, string>,
): ExplainedFinding[] {
  return findings.map((finding) => ({ ...finding, settings: findBlamedSettings(finding, settings, names) }));
}

/**
 * `clusterPersona` is the name of the one whose policies and conventions were asked for, too.
 * @throws DorguError RulesBroken (invalid) where one that counts is an error, naming the settings that may be behind it
 */
export function assertKept(findings: readonly ExplainedFinding[], clusterPersona?: string): void {
  const errors = findings.filter(({ severity, exception }) => severity === 'error' && !exception);
  if (errors.length === 0) return;
  const blamed = [...new Set(errors.flatMap(({ settings }) => settings))];
  const whose = clusterPersona === undefined ? '' : ` or of ClusterPersona ${clusterPersona}`;
  throw new DorguError(
    'RulesBroken',
    `what was generated breaks ${errors.length === 1 ? 'a rule' : `${errors.length} rules`} of its own persona${whose}, and nothing was written`,
    {
      hint: hintFor(blamed, clusterPersona),
      details: errors.map(({ file, rule, field, message }) => `${file}: ${field}: ${rule}: ${message}`),
    },
  );
}

function hintFor(blamed: readonly string[], clusterPersona: string | undefined): string {
  if (blamed.length > 0) return `change what may be behind it: ${blamed.join(', ')}`;
  if (clusterPersona !== undefined)
    return 'say in .dorgu.yaml what the cluster asks for (labels, annotations, resources …), or leave --from-cluster out';
  return 'no setting of yours says so: this is a bug, please report it with the lines above';
}
