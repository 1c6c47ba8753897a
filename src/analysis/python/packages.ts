// The packages of a Python component, as every kind of manifest adds to them.
import type { Evidence } from '../../application/fact.ts';

/** What the manifests of one folder say, each with its line. */
export interface PythonManifest {
  /** Normalised package names: lower case, `-` for `_` and `.`. */
  packages: Map<string, Evidence>;
  name?: { value: string; evidence: Evidence };
  version?: { value: string; evidence: Evidence };
  description?: { value: string; evidence: Evidence };
  pythonVersion?: { value: string; evidence: Evidence };
  /** Console scripts by name. */
  scripts: Map<string, Evidence>;
  /** The manifest files that were found, in order of authority. */
  files: string[];
}

/** PEP 503. */
export function normalisePackage(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Adds the package that a PEP 508 requirement names: `Flask[async]>=2; python_version>"3"`. */
export function addRequirement(manifest: PythonManifest, requirement: string, evidence: Evidence): void {
  const match = /^\s*([A-Za-z0-9][\w.-]{0,100})(?:\s?\[([\w\s,.-]{0,100})\])?/.exec(requirement);
  if (match?.[1] === undefined) return;
  const name = normalisePackage(match[1].replace(/[.-]+$/, ''));
  if (!manifest.packages.has(name)) manifest.packages.set(name, evidence);
  for (const extra of (match[2] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const full = `${name}[${extra.toLowerCase()}]`;
    if (!manifest.packages.has(full)) manifest.packages.set(full, evidence);
  }
}
