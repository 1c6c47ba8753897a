// `recommend --patch`: the advice as patches that people apply.
import { DorguError } from '../../api/errors.ts';
import type { RecommendReport } from '../../cluster/recommend/recommended.ts';
import { toPatch, type PatchFormat } from '../../sizing/patch/to-patch.ts';
import { escapeLines } from '../../ui/escape.ts';

/** The text for stdout; empty where there is no advice. @throws DorguError BadArguments (usage) for several workloads in a format of one */
export function printPatches(report: RecommendReport, format: PatchFormat): string {
  const { workloads } = report;
  if (format !== 'kustomize' && workloads.length > 1) throw createSeveralError(report, format);
  const texts = workloads.map(({ workload, advice }) => toPatch(format, workload, advice));
  // Names come from a cluster; a terminal shows them.
  return escapeLines(texts.filter((text) => text !== '').join('---\n'));
}

function createSeveralError({ workloads }: RecommendReport, format: PatchFormat): DorguError {
  const [first] = workloads;
  const kind = first?.workload.kind.toLowerCase() ?? 'deployment';
  return new DorguError(
    'BadArguments',
    `--patch ${format} is of one workload, and ${workloads.length} have advice`,
    {
      kind: 'usage',
      hint: `name one: kubectl dorgu recommend ${kind}/${first?.workload.name ?? 'NAME'} --patch ${format}`,
    },
  );
}
