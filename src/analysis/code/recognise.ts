// Recognises frameworks and dependencies by the packages that a manifest names.
import type { DependencyFact } from '../../application/component.ts';
import { CONFIDENCE, createFact, type Evidence, type Fact } from '../../application/fact.ts';
import type { Framework } from '../frameworks/framework.ts';

/** Packages that a manifest (or an import) names, each with the line that does. */
export type Packages = ReadonlyMap<string, Evidence>;

/** What a package is a client of. */
export interface ClientPackages {
  readonly name: string;
  readonly type: DependencyFact['type'];
  /** Package names; `x*` matches a prefix. */
  readonly packages: readonly string[];
}

/** The evidence for the first package that one of these patterns names. */
export function findPackage(packages: Packages, patterns: readonly string[]): Evidence | undefined {
  for (const pattern of patterns) {
    if (!pattern.endsWith('*')) {
      const evidence = packages.get(pattern);
      if (evidence) return evidence;
      continue;
    }
    const prefix = pattern.slice(0, -1);
    for (const [name, evidence] of packages) if (name.startsWith(prefix)) return evidence;
  }
  return undefined;
}

/** The first framework of the table that the packages or the files of the component show. */
export function recogniseFramework(
  table: readonly Framework[],
  packages: Packages,
  findFile: (name: string) => string | undefined,
): { framework: Framework; fact: Fact<string> } | undefined {
  for (const framework of table) {
    const evidence = findPackage(packages, framework.packages ?? []) ?? fileEvidence(framework, findFile);
    if (evidence) return { framework, fact: createFact(framework.name, CONFIDENCE.manifest, evidence) };
  }
  return undefined;
}

function fileEvidence(
  framework: Framework,
  findFile: (name: string) => string | undefined,
): Evidence | undefined {
  for (const name of framework.files ?? []) {
    const file = findFile(name);
    if (file !== undefined) return { file, reason: `${framework.name} keeps its settings here` };
  }
  return undefined;
}

/** What the packages are clients of: databases, caches, queues. */
export function recogniseDependencies(
  table: readonly ClientPackages[],
  packages: Packages,
): DependencyFact[] {
  return table.flatMap(({ name, type, packages: patterns }) => {
    const evidence = findPackage(packages, patterns);
    return evidence ? [{ name, type, evidence: [evidence] }] : [];
  });
}
