// `persona diff`: a persona against its workload, or the personas of source and files against the cluster.
import * as Args from '@oclif/core/args';
import { comparePersonas } from '../../cluster/compare-personas.ts';
import { gatherPersona } from '../../cluster/gather/gather-persona.ts';
import { judgeWorkloadsOf } from '../../cluster/judge-persona.ts';
import type { KubeClient } from '../../kube/client.ts';
import { createPalette } from '../../ui/palette.ts';
import { formatStructured } from '../../ui/structured.ts';
import { formatUnifiedDiff } from '../../ui/unified-diff.ts';
import { ClusterCommand } from '../cluster-command.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { isColoured } from '../invocation.ts';
import { createOutputFlag, isStructured } from '../output-flag.ts';
import { showWaiting } from '../show-waiting.ts';
import { applyFlags } from './apply/flags.ts';
import { formatForceCommand } from './apply/force-command.ts';
import { readInputs } from './apply/read-inputs.ts';
import { chooseComparison } from './diff/choose-comparison.ts';
import { isDifferent, type Difference } from './diff/difference.ts';
import { runExternalDiff } from './diff/external-diff.ts';
import { narrowInputs } from './diff/narrow-inputs.ts';
import { keepExitOne } from './diff/keep-exit-one.ts';
import { toPersonaDifference } from './diff/persona-difference.ts';
import { toWorkloadDifferences } from './diff/workload-difference.ts';
import { sourceFlags } from './source-flags.ts';

const { filename, recursive, 'field-manager': fieldManager, 'force-conflicts': forceConflicts } = applyFlags;
const diffFlags = {
  filename,
  recursive,
  'field-manager': fieldManager,
  'force-conflicts': forceConflicts,
  ...sourceFlags,
  output: createOutputFlag(['diff', 'json', 'yaml']),
};

export default class PersonaDiff extends ClusterCommand {
  static override id = 'persona diff';
  static override summary =
    'Show how a persona differs from what runs, or from its source.\nNAME alone: - what runs, + what the persona asks for.\nNAME PATH, PATH or -f: - the persona in the cluster, + what apply would make it.\nExit 0: no difference, 1: one, more: an error. KUBECTL_EXTERNAL_DIFF as kubectl.';
  static override args = {
    name: Args.string({ ignoreStdin: true }),
    path: Args.string({ ignoreStdin: true }),
  };
  static override flags = diffFlags;
  static override examples = [
    { command: 'kubectl dorgu persona diff shop', description: 'is what runs what the persona asks for?' },
    {
      command: 'kubectl dorgu persona diff shop ./shop',
      description: 'would applying the source change persona shop?',
    },
    { command: 'kubectl dorgu persona diff .', description: 'the same for every component of this folder' },
    { command: 'kubectl dorgu persona diff -f k8s -R', description: 'for the personas of files' },
  ];

  async run(): Promise<number> {
    try {
      return await this.compare();
    } catch (error) {
      throw keepExitOne(error);
    }
  }

  private async compare(): Promise<number> {
    const { args, flags } = await this.parse(PersonaDiff);
    const comparison = chooseComparison(args, (flags.filename ?? []).length > 0);
    const client = await this.connect(flags);
    if (comparison.with === 'workload')
      return this.printDifferences(await this.compareWorkload(client, comparison.name), flags);
    const path = comparison.with === 'source' ? comparison.path : undefined;
    const inputs = await readInputs({ path, flags, fallback: client.namespace }, this.invocation);
    const differences: Difference[] = [];
    const force = formatForceCommand({ path, ...flags }).replace('persona apply', 'persona diff');
    for await (const compared of comparePersonas(client, narrowInputs(inputs, comparison.name), {
      fieldManager: flags['field-manager'],
      force: flags['force-conflicts'],
      commands: { force, isDiff: true },
      signal: this.invocation.signal,
    }))
      differences.push(toPersonaDifference(compared));
    return this.printDifferences(differences, flags);
  }

  private async compareWorkload(client: KubeClient, name: string): Promise<Difference[]> {
    const key = { namespace: client.namespace, name, signal: this.invocation.signal };
    const view = await showWaiting(
      `asking ${client.server} about ${name}`,
      gatherPersona(client, key),
      this.invocation,
    );
    return toWorkloadDifferences(view.persona, judgeWorkloadsOf(view.persona, view.around, new Date()));
  }

  private async printDifferences(
    all: readonly Difference[],
    { color, output }: { color?: Parameters<typeof isColoured>[2]; output?: string | undefined },
  ): Promise<number> {
    const { env, stdout } = this.invocation;
    const differences = all.filter(isDifferent);
    if (isStructured(output)) {
      this.print(formatStructured({ differences }, output));
      return differences.length === 0 ? EXIT_CODES.ok : EXIT_CODES.no;
    }
    const external = env['KUBECTL_EXTERNAL_DIFF'];
    if (external !== undefined && external !== '' && differences.length > 0)
      return (await runExternalDiff(external, differences, this.invocation)) ? EXIT_CODES.no : EXIT_CODES.ok;
    const palette = createPalette(isColoured(stdout, env, color));
    for (const { name, before, after } of differences)
      this.print(formatUnifiedDiff(name, before, after, palette));
    return differences.length === 0 ? EXIT_CODES.ok : EXIT_CODES.no;
  }
}
