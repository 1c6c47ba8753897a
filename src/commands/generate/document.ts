// What `generate -o json|yaml` prints: the facts, the files with their status, what is to decide, what the rules say, what comes next.
import type { GenerationPlan } from '../../generation/plan.ts';

/** One document for programs; `isWritten` says whether the files are on disk now. */
export function toGenerationDocument(plan: GenerationPlan, isWritten: boolean): object {
  const { application, files, decisions, findings, next, options } = plan;
  return {
    name: options.name,
    namespace: options.namespace.value,
    outputDir: options.outputDir,
    written: isWritten,
    files: files.map(({ path, status, conflicts }) => ({ path, status, ...(conflicts && { conflicts }) })),
    decisions,
    // The level is what a webhook would do of it.
    findings: findings.map(({ level: _level, ...finding }) => finding),
    next,
    components: application.components,
    conflicts: application.conflicts,
  };
}
